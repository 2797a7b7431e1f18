"""The page of a topic, outcomes on phone and stage: plain forms, who may what, and nothing typed is lost."""

import uuid
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from common import photos
from participation.models import Event, Note, NotePhoto, Outcome, OutcomeJoin, Seat, Topic
from participation.services import events as services
from participation.services import harvest
from tests import cast
from tests.participation.events.test_views import text_of

PEOPLE = ("guest", "elsewhere", "resident", "visitor", "team", "other_team")


def address(topic: Topic) -> str:
    return reverse("events:topic", args=[topic.event.join_code, topic.number])


@pytest.fixture
def clients(
    event: Event, phone: Client, resident_client: Client, contact_client: Client, other_staff_client: Client,
    contact_person: User,
) -> dict[str, Client]:  # fmt: skip
    """The guest's phone, a phone with a seat in another event, and people without a seat."""
    other = cast.make_event(contact_person, event.quartier, "Anderswo")
    elsewhere = Client()
    elsewhere.cookies[f"seat_{other.pk}"] = "another-token-that-is-long-enough"
    services.take_seat(event=other, token="another-token-that-is-long-enough", nickname="Gast 9")
    return {
        "guest": phone,
        "elsewhere": elsewhere,
        "resident": resident_client,
        "visitor": Client(),
        "team": contact_client,
        "other_team": other_staff_client,
    }


@pytest.fixture
def things(topic: Topic, guest: Seat, rounds: Event, write: Callable[..., Note], outcome: Outcome) -> dict[str, Any]:
    note = write(guest)
    topic.refresh_from_db()
    photo = harvest.add_photo(topic=topic, author=guest, client_id=uuid.uuid4(), upload=cast.make_photo())
    return {"note": note, "photo": photo}


# act on the topic's page → who gets there (302 with the act done), in the order of PEOPLE
ACTS: list[tuple[dict[str, Any], list[int]]] = [
    ({}, [200, 302, 302, 302, 200, 302]),
    ({"k": "note.write", "section": "want", "text": "Noch etwas"}, [302, 302, 302, 302, 302, 302]),
    ({"k": "note.remove", "note": 1}, [302, 302, 302, 302, 404, 302]),
    ({"k": "note.hide", "note": 1}, [404, 302, 302, 302, 302, 302]),
    ({"k": "note.show", "note": 1}, [404, 302, 302, 302, 302, 302]),
    ({"k": "photo.release"}, [404, 302, 302, 302, 302, 302]),
    ({"k": "photo.reject"}, [404, 302, 302, 302, 302, 302]),
    ({"k": "photo"}, [302, 302, 302, 302, 302, 302]),
]
DONE = {
    "note.write": {"guest", "team"},
    "note.remove": {"guest"},
    "note.hide": {"team"},
    "note.show": set(),  # it is shown already
    "photo.release": {"team"},
    "photo.reject": {"team"},
    "photo": {"guest", "team"},
}


def state_of_things() -> tuple[Any, ...]:
    return (
        list(Note.objects.order_by("pk").values_list("text", "hidden")),
        list(NotePhoto.objects.order_by("pk").values_list("pk", "released")),
    )


@pytest.mark.parametrize("who", PEOPLE)
@pytest.mark.parametrize(("act", "answers"), ACTS, ids=[act.get("k", "read") for act, _answers in ACTS])
def test_the_topic_s_page_gives_everybody_what_is_theirs(
    clients: dict[str, Client], topic: Topic, things: dict[str, Any], who: str, act: dict[str, Any], answers: list[int]
) -> None:
    before = state_of_things()
    data = {"op": uuid.uuid4(), "photo_id": things["photo"].pk, "photo": cast.make_photo(), **act}
    response = clients[who].post(address(topic), data) if act else clients[who].get(address(topic))
    assert response.status_code == answers[PEOPLE.index(who)]
    assert (state_of_things() != before) == (who in DONE.get(act.get("k", ""), ()))


def test_without_a_seat_one_is_led_to_the_door_and_afterwards_to_the_proceedings(topic: Topic, client: Client) -> None:
    assert client.get(address(topic))["Location"] == reverse("events:join", args=[topic.event.join_code])
    Event.objects.update(state="closed")
    proceedings = reverse("events:proceedings", args=[topic.event.join_code])
    assert client.get(address(topic))["Location"] == f"{proceedings}#thema-1"


def test_a_photo_is_seen_by_its_sender_at_once_and_by_others_after_the_look(
    phone: Client, event: Event, topic: Topic, things: dict[str, Any], contact_person: User
) -> None:
    other = Client()
    other.cookies[f"seat_{event.pk}"] = "the-token-of-somebody-else-in-the-hall"
    services.take_seat(event=event, token="the-token-of-somebody-else-in-the-hall", nickname="Gast 2")

    def sees(client: Client) -> bool:
        return "<figure" in client.get(address(topic)).content.decode()

    before = [sees(phone), sees(other)]
    harvest.release_photo(photo=things["photo"], by=contact_person)
    assert [*before, sees(phone), sees(other)] == [True, False, True, True]


def test_the_file_of_a_photo_that_waits_is_for_its_sender_and_the_team(
    clients: dict[str, Client], topic: Topic, rounds: Event, guest: Seat, django_capture_on_commit_callbacks: Any
) -> None:
    topic.refresh_from_db()
    with django_capture_on_commit_callbacks(execute=True):
        photo = harvest.add_photo(topic=topic, author=guest, client_id=uuid.uuid4(), upload=cast.make_photo())
    url = photos.urls(photo.photo)[640]
    found = {who: clients[who].get(url) for who in PEOPLE}
    assert {who: answer.status_code for who, answer in found.items()} == {
        "guest": 200, "elsewhere": 404, "resident": 404, "visitor": 404, "team": 200, "other_team": 404,
    }  # fmt: skip
    assert found["guest"]["Cache-Control"] == "private, no-store"
    assert clients["team"].get(f"{url}x").status_code == 404


def test_what_is_refused_stays_in_its_section(phone: Client, rounds: Event, topic: Topic) -> None:
    data = {"k": "note.write", "op": uuid.uuid4(), "section": "carry", "text": "Ruf an: 0171 2345678"}
    response = phone.post(address(topic), data)
    sections = {row["section"].value: row["form"].initial["text"] for row in response.context["sections"]}
    assert response.status_code == 409
    assert "Lass die Telefonnummer lieber weg" in text_of(response)
    assert sections == {"talked": "", "want": "", "carry": "Ruf an: 0171 2345678", "open": ""}


def test_a_hidden_topic_is_absent_for_seats(phone: Client, contact_client: Client, topic: Topic) -> None:
    Topic.objects.update(state="hidden")
    assert [c.get(address(topic)).status_code for c in (phone, contact_client)] == [404, 200]


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_asks_as_often_for_three_notes_as_for_one(
    phone: Client, rounds: Event, topic: Topic, guest: Seat, write: Callable[..., Note], count: int,
    django_assert_num_queries: Any,
) -> None:  # fmt: skip
    for number in range(count):
        write(guest, f"Notiz {number}")
    with django_assert_num_queries(5):
        phone.get(address(topic))


# --- outcomes --------------------------------------------------------------------------------------------
def test_ich_bin_dabei_as_a_plain_form(phone: Client, event: Event, outcome: Outcome) -> None:
    page = event.get_absolute_url()
    for on in ("1", "1", "0", "1"):
        data = {"k": "outcome.join", "op": uuid.uuid4(), "outcome": outcome.number, "on": on}
        response = phone.post(page, data)
    assert response["Location"] == f"{page}#ergebnis-1"
    assert OutcomeJoin.objects.count() == 1
    assert 'aria-pressed="true"' in phone.get(page).content.decode()


def test_a_seat_proposes_an_outcome_and_keeps_what_was_typed(phone: Client, event: Event, topic: Topic) -> None:
    Event.objects.update(phase="action")
    page = event.get_absolute_url()
    data = {"k": "outcome.propose", "op": uuid.uuid4(), "outcome-topic": 1, "outcome-title": "x" * 81}
    response = phone.post(page, data)
    assert (response.status_code, response.context["outcome_form"]["title"].value()) == (422, "x" * 81)
    phone.post(page, data | {"outcome-title": "Drei Kinoabende"})
    made = Outcome.objects.get()
    assert (made.title, made.topic, made.seat, made.hidden) == ("Drei Kinoabende", topic, topic.seat, False)


@pytest.mark.parametrize("act", ["outcome_make", "outcome_hide", "outcome_idea", "outcome_project", "converge"])
@pytest.mark.parametrize(("who", "status"), [("guest", 302), ("resident", 404), ("visitor", 302), ("other_team", 404)])
def test_the_stage_is_the_team_s(
    clients: dict[str, Client], event: Event, outcome: Outcome, act: str, who: str, status: int
) -> None:
    data = {"act": act, "outcome": 1, "outcome-title": "Noch eins"}
    response = clients[who].post(reverse("events:stage", args=[event.join_code]), data)
    outcome.refresh_from_db()
    assert (response.status_code, response.get("Location", "")[:6]) in {(404, ""), (302, "/team/")}
    assert response.status_code == status
    assert (Outcome.objects.count(), outcome.hidden, outcome.idea, outcome.project) == (1, False, None, None)


def press(client: Client, event: Event, act: str, **data: Any) -> Any:
    return client.post(reverse("events:stage", args=[event.join_code]), {"act": act, **data})


def test_the_team_holds_on_to_an_outcome_changes_it_and_makes_a_project_of_it(
    contact_client: Client, phone: Client, event: Event, topic: Topic
) -> None:
    client_id = uuid.uuid4()
    for _ in range(2):
        press(
            contact_client, event, "outcome_make", client_id=client_id, **{"outcome-topic": 1, "outcome-title": "Kino"}
        )
    press(contact_client, event, "outcome_edit", outcome=1, title="Drei Kinoabende", text="Ab Mai")
    press(contact_client, event, "outcome_project", outcome=1, capacity="12")
    made = Outcome.objects.get()
    assert (made.title, made.text, made.topic) == ("Drei Kinoabende", "Ab Mai", topic)
    assert made.project is not None
    assert (made.project.title, made.project.capacity) == ("Drei Kinoabende", 12)
    assert "Daraus wurde ein Projekt" in text_of(phone.get(event.get_absolute_url()))


def test_one_tap_makes_a_ballot_of_all_that_came_of_the_day(
    contact_client: Client, rounds: Event, topic: Topic, guest: Seat, outcome: Outcome, write: Callable[..., Note]
) -> None:
    other = services.propose_topic(seat=guest, op=uuid.uuid4(), title="Licht am Weg")
    services.propose_topic(seat=guest, op=uuid.uuid4(), title="Ohne Notizen")
    write(guest, about=topic)
    write(guest, about=other)
    client_id = uuid.uuid4()
    for _ in range(2):
        press(contact_client, rounds, "converge", client_id=client_id)
    (ballot,) = rounds.ballots.all()
    labels = set(ballot.options.values_list("label", "topic__number"))
    assert (ballot.kind, ballot.state, labels) == ("dots", "ready", {("Drei Kinoabende", None), ("Licht am Weg", 2)})


def test_a_photo_is_looked_at_on_the_stage(contact_client: Client, rounds: Event, things: dict[str, Any]) -> None:
    stage = reverse("events:stage", args=[rounds.join_code])
    waiting = text_of(contact_client.get(stage))
    press(contact_client, rounds, "photo_release", photo=things["photo"].pk)
    assert ("1 Foto wartet auf einen Blick" in waiting, NotePhoto.objects.get().released) == (True, True)


@pytest.mark.parametrize(("thing", "status"), [("topic", 200), ("note", 200), ("photo", 404), ("outcome", 200)])
def test_everybody_can_report_what_everybody_sees(
    client: Client,
    contact_client: Client,
    topic: Topic,
    outcome: Outcome,
    things: dict[str, Any],
    thing: str,
    status: int,
) -> None:
    pk = {"topic": topic.pk, "outcome": outcome.pk, **{name: row.pk for name, row in things.items()}}[thing]
    url = reverse("moderation:report", args=[thing, pk])
    assert [c.get(url).status_code for c in (client, contact_client)] == [status, 200]


def test_what_is_known_by_its_number_leads_to_its_report(
    client: Client, contact_client: Client, event: Event, topic: Topic, outcome: Outcome, contact_person: User
) -> None:
    def answers(what: str, number: int) -> list[Any]:
        url = reverse("events:report", args=[event.join_code, what, number])
        return [c.get(url).headers.get("Location") for c in (client, contact_client)]

    to_topic, to_outcome = (
        reverse("moderation:report", args=[thing, row.pk]) for thing, row in (("topic", topic), ("outcome", outcome))
    )
    assert answers("thema", topic.number) == [to_topic, to_topic]
    assert answers("ergebnis", outcome.number) == [to_outcome, to_outcome]
    assert [answers("thema", 9), answers("ergebnis", 9), answers("notiz", 1)] == [[None, None]] * 3
    harvest.hide_outcome(outcome=outcome, by=contact_person)
    assert answers("ergebnis", outcome.number) == [None, to_outcome]


def test_a_photo_that_was_let_go_while_a_page_loads_is_found_by_its_old_address(
    client: Client, topic: Topic, rounds: Event, contact_person: User, django_capture_on_commit_callbacks: Any
) -> None:
    topic.refresh_from_db()
    with django_capture_on_commit_callbacks(execute=True):
        facts = {"author": contact_person, "client_id": uuid.uuid4(), "upload": cast.make_photo()}
        photo = harvest.conceal_photo(photo=harvest.add_photo(topic=topic, **facts), by=contact_person)
    before = photos.urls(photo.photo)[640]
    assert client.get(before).status_code == 404
    with django_capture_on_commit_callbacks() as moves:
        released = harvest.release_photo(photo=photo, by=contact_person)
    assert client.get(before).status_code == 200  # let go, but its files are still on their way
    for move in moves:
        move()
    assert client.get(before)["Location"] == photos.urls(released.photo)[640]
