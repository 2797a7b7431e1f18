"""Ballots as plain forms, without a script: the paper on the phone, every button of the stage."""

import uuid
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from participation.models import Ballot, BallotPaper, Event, Seat
from participation.services import ballots as services
from participation.services.events import change_state
from tests.participation.events.test_views import text_of

from .test_services import count

Make = Callable[..., Ballot]


@pytest.fixture
def phone(event: Event, guest: Seat, guest_token: str) -> Client:
    client = Client()
    client.cookies[f"seat_{event.pk}"] = guest_token
    return client


@pytest.fixture
def press(contact_client: Client, event: Event) -> Callable[..., Any]:
    """Press a button of the stage; the page afterwards."""
    address = reverse("events:stage", args=[event.join_code])
    return lambda **fields: contact_client.post(address, {"ballot": 1, **fields}, follow=True)


@pytest.fixture
def send(phone: Client, event: Event) -> Callable[..., Any]:
    """Send a form of the phone; the page afterwards."""

    def post(kind: str = "paper.cast", **fields: Any) -> Any:
        ballot = event.ballots.order_by("number").last()
        form = {"k": kind, "op": uuid.uuid4(), "ballot": ballot.pk if ballot else 0, **fields}
        return phone.post(event.get_absolute_url(), form, follow=True)

    return post


def said(response: Any) -> list[str]:
    return [str(message) for message in response.context["messages"]]


# --- the paper -------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("kind", "fields", "choice"),
    [
        ("scale", {"wahl": "4"}, {"4": 1}),
        ("scale", {}, {}),
        ("scale", {"wahl": "4", "enthalten": "1"}, {}),
        ("words", {"wort": ["Kino", " ", " Rad! "]}, {"Kino": 1, "Rad": 1}),
        ("words", {"wort": ["", "", ""]}, {}),
        ("words", {"wort": ["Kino"], "enthalten": "1"}, {}),
        ("choice", {"wahl": ["1"], "enthalten": "1"}, {}),
        ("dots", {"o1": "3", "enthalten": "1"}, {}),
    ],
)
def test_a_paper_of_every_kind_from_a_plain_form(
    open_one: Make, send: Callable[..., Any], kind: str, fields: dict[str, Any], choice: dict[str, int]
) -> None:
    open_one(kind=kind, max_choices=3)
    assert send(**fields).status_code == 200
    assert BallotPaper.objects.get().choice == choice


@pytest.mark.parametrize(
    ("kind", "fields", "kept"),
    [
        ("words", {"wort": ["Kino", "mia@example.org"]}, 'value="mia@example.org"'),
        ("words", {"wort": ["x" * 25]}, f'value="{"x" * 25}"'),
        ("scale", {"wahl": ["1", "2"]}, 'value="2" checked'),
    ],
)
def test_a_paper_that_is_refused_keeps_what_was_typed(
    open_one: Make, send: Callable[..., Any], kind: str, fields: dict[str, Any], kept: str
) -> None:
    open_one(kind=kind, max_choices=3)
    answer = send(**fields)
    assert (answer.status_code, len(said(answer)), kept in answer.content.decode()) == (409, 1, True)


def test_a_secret_paper_is_final_and_the_phone_says_so_before(
    open_one: Make, send: Callable[..., Any], phone: Client, event: Event
) -> None:
    open_one(secrecy="secret", kind="choice")
    assert "Geheim und endgültig" in text_of(phone.get(event.get_absolute_url()))
    after = text_of(send(wahl="1"))
    assert "Deine Stimme ist drin und bleibt geheim." in after
    assert "geheim drin · Beleg" in after
    assert said(send(wahl="2")) == ["Deine Stimme ist schon drin und bleibt geheim."]


def test_an_open_paper_has_no_word_of_secrecy(open_one: Make, phone: Client, event: Event) -> None:
    open_one()
    page = phone.get(event.get_absolute_url()).content.decode()
    shown = page.partition("<template")[0]
    assert "data-secret hidden" in shown


def test_more_time_is_asked_with_one_tap_and_rings_at_the_stage(
    open_one: Make, send: Callable[..., Any], press: Callable[..., Any], guest: Seat
) -> None:
    open_one(seconds=60)
    assert "Das Team weiß Bescheid." in text_of(send("ballot.more_time"))
    assert f"Platz {guest.number} braucht mehr Zeit." in text_of(press(act="pause"))
    press(act="resume")
    page = press(act="extend", seat=guest.number, seconds=120)
    assert f"Platz {guest.number} hat 2 Min. länger." in text_of(page)
    with time_machine.travel(timezone.now() + timedelta(seconds=90), tick=False):
        services.settle_due(event_ids=[guest.event_id])
        after = text_of(send(o1="3"))
    assert "Du hast länger Zeit als die anderen." in after
    assert BallotPaper.objects.get().choice == {"1": 3}


def test_a_result_that_is_only_on_the_projector_sends_eyes_there(
    open_one: Make, phone: Client, event: Event, contact_person: User
) -> None:
    ballot = count(services.close_ballot(ballot=open_one(), by=contact_person))
    services.reveal_ballot(ballot=ballot, by=contact_person, targets=["projector"])
    assert "Das Ergebnis ist auf dem Beamer." in text_of(phone.get(event.get_absolute_url()))
    services.reveal_ballot(ballot=ballot, by=contact_person, targets=["phones"])
    assert "0 Stimmzettel" in text_of(phone.get(event.get_absolute_url()))


def test_a_ballot_that_shows_nothing_leaves_the_phone_when_the_event_is_over(
    open_one: Make, phone: Client, event: Event, contact_person: User
) -> None:
    count(services.close_ballot(ballot=open_one(), by=contact_person))
    assert "Das Ergebnis kommt gleich." in text_of(phone.get(event.get_absolute_url()))
    for state in ("wrap_up", "closed"):
        change_state(event=event, by=contact_person, state=state)
    told = text_of(phone.get(event.get_absolute_url()))
    assert ("Das Ergebnis kommt gleich." in told, "Das war’s!" in told) == (False, True)


# --- the projector ---------------------------------------------------------------------------------------
def projector(event: Event) -> str:
    return text_of(Client().get(reverse("events:screen", args=[event.join_code])))


@pytest.mark.parametrize(
    ("targets", "said", "bars"),
    [
        (["phones"], "Das Ergebnis ist auf den Handys.", False),
        (["public"], "Das Ergebnis steht im Netz.", False),
        (["projector"], "0 Stimmzettel", True),
    ],
)
def test_the_projector_shows_what_was_revealed_to_it(
    open_one: Make, contact_person: User, event: Event, targets: list[str], said: str, bars: bool
) -> None:
    ballot = count(services.close_ballot(ballot=open_one(), by=contact_person))
    assert "Ausgezählt. Gleich kommt das Ergebnis." in projector(event)
    services.reveal_ballot(ballot=ballot, by=contact_person, targets=targets)
    shown = projector(event)
    assert (said in shown, "Rad 0" in shown) == (True, bars)


def test_a_new_round_is_named_on_every_screen(
    open_one: Make, contact_person: User, event: Event, phone: Client
) -> None:
    void = services.void_ballot(ballot=open_one(), by=contact_person, reason="Technik")
    services.open_ballot(ballot=services.rerun_ballot(ballot=void, by=contact_person), by=contact_person)
    assert "Neue Runde" in projector(event)
    shown = phone.get(event.get_absolute_url()).content.decode().partition("<template")[0]
    assert 'data-rerun><span class="pill tone-blush">Neue Runde' in shown


# --- the stage -------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("fields", "kept"),
    [
        ({"kind": "words", "max_words": 2}, {"kind": "words", "max_choices": 2, "secrecy": "counted"}),
        ({"kind": "scale", "secrecy": "secret"}, {"kind": "scale", "max_choices": 1, "secrecy": "secret"}),
        ({"kind": "choice", "options": "a\nb\nc", "max_choices": 2}, {"kind": "choice", "max_choices": 2}),
        ({"kind": "dots", "options": "a\nb", "budget": 4, "max_per_option": 2}, {"budget": 4, "max_per_option": 2}),
        ({"kind": "consent", "tier": "binding", "max_choices": 9}, {"tier": "binding", "max_choices": 1}),
    ],
)
def test_only_the_limits_of_the_kind_count(
    press: Callable[..., Any], fields: dict[str, Any], kept: dict[str, Any]
) -> None:
    form = {"client_id": uuid.uuid4(), "question": "Was?", "tier": "signal", "options": "", **fields}
    press(act="new_ballot", **form)
    ballot = Ballot.objects.get()
    assert {name: getattr(ballot, name) for name in kept} == kept


def test_a_limit_that_makes_no_sense_is_told_at_its_own_field(press: Callable[..., Any]) -> None:
    form = {"client_id": uuid.uuid4(), "question": "Was?", "tier": "signal", "kind": "choice", "options": "a\nb"}
    page = press(act="new_ballot", **form, max_choices=3)
    assert page.status_code == 422
    assert list(page.context["form"].errors) == ["max_choices"]


@pytest.mark.parametrize("kind", Ballot.Kind.values)
def test_a_paper_is_looked_at_before_it_opens(
    make_ballot: Make, press: Callable[..., Any], contact_client: Client, event: Event, kind: str
) -> None:
    """It can be filled in by nobody: there is no form around it."""
    make_ballot(kind=kind)
    page = contact_client.get(reverse("events:stage", args=[event.join_code])).content.decode()
    assert "So sieht der Stimmzettel aus" in page
    assert ('class="ballot-look" disabled' in page, 'value="paper.cast"' in page) == (True, False)


def test_words_are_released_one_by_one_or_all(
    open_one: Make, send: Callable[..., Any], press: Callable[..., Any], contact_person: User
) -> None:
    ballot = open_one(kind="words", max_choices=3)
    send(wort=["Kino", "Rad", "Doof"])
    count(services.close_ballot(ballot=ballot, by=contact_person))
    press(act="release", word="Kino")
    press(act="release", all=1)
    press(act="release", word="Doof", on=0)
    ballot.refresh_from_db()
    assert ballot.released == ["kino", "rad"]


def test_sums_from_paper_are_entered_and_mistakes_come_back(
    open_one: Make, press: Callable[..., Any], contact_person: User
) -> None:
    ballot = open_one()
    count(services.close_ballot(ballot=ballot, by=contact_person))
    page = press(act="totals", papers=1, abstentions=0, o1=9)
    assert page.status_code == 422
    assert "Zähl noch einmal nach." in text_of(page)
    assert 'name="o1" value="9"' in page.content.decode()
    page = press(act="totals", papers=2, abstentions=0, o1=3, o2=2)
    assert "am Handy 0 · auf Papier 3" in text_of(page)
    ballot.refresh_from_db()
    assert ballot.paper_totals == {"papers": 2, "abstentions": 0, "options": {"1": 3, "2": 2, "3": 0, "4": 0}}


def test_words_from_paper_are_lines(open_one: Make, press: Callable[..., Any]) -> None:
    ballot = open_one(kind="words", max_choices=2)
    press(act="totals", papers=3, words="Kino 3\nMehr Licht 2\n\nBus")
    ballot.refresh_from_db()
    assert ballot.paper_totals == {"papers": 3, "abstentions": 0, "options": {"Bus": 1, "Kino": 3, "Mehr Licht": 2}}


def test_a_reveal_goes_where_it_was_ticked(open_one: Make, press: Callable[..., Any], contact_person: User) -> None:
    ballot = count(services.close_ballot(ballot=open_one(), by=contact_person))
    assert said(press(act="reveal", choose=1)) == ["Wähl aus, wo das Ergebnis zu sehen sein soll."]
    press(act="reveal", choose=1, target=["projector", "phones"])
    ballot.refresh_from_db()
    assert (ballot.state, ballot.revealed_on) == ("revealed", ["projector", "phones"])


def test_a_void_ballot_is_led_to_its_new_round(open_one: Make, press: Callable[..., Any]) -> None:
    open_one()
    press(act="void", reason="Falscher Text")
    page = text_of(press(act="rerun"))
    assert "Die neue Runde ist Abstimmung 2." in page
    assert "Neue Runde von 1" in page


@pytest.mark.parametrize("ballots", [1, 3])
def test_the_stage_takes_the_same_queries_however_many_ballots(
    make_ballot: Make, contact_client: Client, event: Event, ballots: int
) -> None:
    """Those of this part; the page as a whole is counted with the event."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from participation.views.events.stage.ballots import context

    for _ in range(ballots):
        make_ballot()
    with CaptureQueriesContext(connection) as queries:
        context(event)
    assert len(queries) == 3
