"""The journey of a hall in plain forms, without a script: door, seat, topic, paper, stage, projector."""

import re
import uuid
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import Quartier, User
from participation.models import Ballot, BallotPaper, Event, Interest, Seat, Topic
from participation.services import ballots as ballot_services
from participation.services import events as services
from participation.services import grid as grid_services

OPTIONS = ["Rad", "Dach", "Kino", "Bus"]
PHONE_QUERIES, STAGE_QUERIES = 18, 25


def text_of(response: Any) -> str:
    """What stands on the page, without marks and doubled spaces."""
    body = re.sub(r"<(script|template)\b.*?</\1>", " ", response.content.decode(), flags=re.DOTALL)
    return " ".join(re.sub(r"<[^>]+>", " ", body).split())


def offered_at(door: Any) -> dict[str, str]:
    """What the form at the door brings along, as a browser would send it."""
    fields = [dict(re.findall(r'(\w+)="([^"]*)"', tag)) for tag in re.findall(r"<input[^>]+>", door.content.decode())]
    return {field["name"]: field["value"] for field in fields if field["name"] in {"nickname", "device"}}


@pytest.fixture
def ballot(event: Event, contact_person: User) -> Ballot:
    made = ballot_services.create_ballot(event=event, by=contact_person, question="Was zuerst?", options=OPTIONS)
    return ballot_services.open_ballot(ballot=made, by=contact_person)


@pytest.fixture
def phone(event: Event, guest: Seat, guest_token: str) -> Client:
    """The guest's device."""
    client = Client()
    client.cookies[f"seat_{event.pk}"] = guest_token
    return client


def page(event: Event) -> str:
    return reverse("events:phone", args=[event.join_code])


def cast(ballot: Ballot, **fields: Any) -> dict[str, Any]:
    return {"k": "paper.cast", "op": uuid.uuid4(), "ballot": ballot.pk, **fields}


# --- the door --------------------------------------------------------------------------------------------
@pytest.mark.parametrize("typed", ["{}", " {} ", "{lower}", "{spaced}", "{dashed}"])
def test_a_code_is_understood_as_people_type_it(client: Client, event: Event, typed: str) -> None:
    Event.objects.filter(pk=event.pk).update(join_code="AB01K7")
    spellings = {"lower": "abo1k7", "spaced": "AB0 1K7", "dashed": "ab0-lk7"}
    response = client.post(reverse("events:join"), {"code": typed.format("AB01K7", **spellings)})
    assert response["Location"] == "/j/AB01K7/"


@pytest.mark.parametrize("typed", ["", "ZZZZZZ", "💥", "x" * 30])
def test_a_wrong_code_says_what_to_do_and_keeps_what_was_typed(client: Client, db: None, typed: str) -> None:
    response = client.post(reverse("events:join"), {"code": typed})
    assert response.status_code == 422
    assert f'value="{typed}"' in response.content.decode() or not typed


def test_a_guest_takes_a_seat_with_one_tap(client: Client, event: Event) -> None:
    door = client.get(reverse("events:join", args=[event.join_code]))
    offered = offered_at(door)
    response = client.post(door.request["PATH_INFO"], offered)
    assert response["Location"] == page(event)
    cookie = response.cookies[f"seat_{event.pk}"]
    assert (cookie["httponly"], cookie["samesite"]) == (True, "Lax")
    assert Seat.objects.get().nickname == offered["nickname"]
    assert client.get(page(event)).status_code == 200


def test_a_double_tap_takes_one_seat(event: Event) -> None:
    offered = {"nickname": "Otter-7", "device": "a-token-that-the-form-has-brought-along"}
    for _ in range(2):
        Client().post(reverse("events:join", args=[event.join_code]), offered)
    assert Seat.objects.count() == 1


def test_an_odd_nickname_comes_back_with_a_sentence(client: Client, event: Event) -> None:
    form = {"nickname": "<script>", "device": "a-token-that-the-form-has-brought-along"}
    response = client.post(reverse("events:join", args=[event.join_code]), form)
    assert response.status_code == 422
    assert "Buchstaben, Zahlen" in text_of(response)
    assert 'value="&lt;script&gt;"' in response.content.decode()


def test_a_resident_sits_down_under_their_own_name(resident_client: Client, resident: User, event: Event) -> None:
    door = resident_client.get(reverse("events:join", args=[event.join_code]))
    resident_client.post(door.request["PATH_INFO"], door.context["form"].initial)
    assert Seat.objects.get().user == resident


def test_before_the_day_the_page_says_when_and_where(client: Client, event: Event) -> None:
    Event.objects.filter(pk=event.pk).update(state="announced")
    response = client.get(page(event), follow=True)
    assert "Aula" in text_of(response)
    assert "Der Einlass öffnet am Tag selbst" in text_of(response)
    assert "Nimm dir einen Platz" not in text_of(response)


@pytest.mark.parametrize("name", ["phone", "screen", "join"])
def test_a_draft_is_absent_for_everybody_but_its_team(
    client: Client, other_staff_client: Client, event: Event, name: str
) -> None:
    Event.objects.filter(pk=event.pk).update(state="draft")
    address = reverse(f"events:{name}", args=[event.join_code])
    assert [c.get(address, follow=True).status_code for c in (client, other_staff_client)] == [404, 404]


# --- the phone -------------------------------------------------------------------------------------------
def test_a_phone_without_a_seat_is_led_to_the_door(client: Client, event: Event) -> None:
    assert client.get(page(event))["Location"] == reverse("events:join", args=[event.join_code])


def test_a_dots_paper_is_cast_changed_and_shown_with_its_receipt(phone: Client, event: Event, ballot: Ballot) -> None:
    phone.post(page(event), cast(ballot, o1=3, o2=2, o3=0, o4=0))
    response = phone.post(page(event), cast(ballot, o1=3, o3=1), follow=True)
    assert BallotPaper.objects.get().choice == {"1": 3, "3": 1}
    assert re.search(r"gezählt \d\d:\d\d · Beleg \w{3}-\w{3}", text_of(response))
    assert "1 von 1 haben abgestimmt" in text_of(response)
    assert 'name="o3" value="1" checked' in response.content.decode()


def test_a_paper_over_the_budget_is_refused_and_kept_on_the_page(phone: Client, event: Event, ballot: Ballot) -> None:
    response = phone.post(page(event), cast(ballot, o1=3, o2=3))
    assert response.status_code == 409
    assert "mehr, als du vergeben kannst" in text_of(response)
    assert 'name="o2" value="3" checked' in response.content.decode()
    assert BallotPaper.objects.count() == 0


@pytest.mark.parametrize(
    ("kind", "fields", "choice"),
    [
        ("consent", {"wahl": "yes"}, {"1": 1}),
        ("consent", {"wahl": "no"}, {"2": 1}),
        ("consent", {"wahl": "abstain"}, {}),
        ("choice", {"wahl": ["2"]}, {"2": 1}),
        ("choice", {}, {}),
    ],
)
def test_other_kinds_of_papers(
    phone: Client,
    event: Event,
    contact_person: User,
    kind: str,
    fields: dict[str, Any],
    choice: dict[str, int],
) -> None:
    made = ballot_services.create_ballot(event=event, by=contact_person, question="Ja?", kind=kind, options=OPTIONS)
    ballot = ballot_services.open_ballot(ballot=made, by=contact_person)
    phone.post(page(event), cast(ballot, **fields))
    assert BallotPaper.objects.get().choice == choice


@pytest.mark.parametrize(
    "fields",
    [
        {"k": "nonsense"},
        {"k": "paper.cast", "ballot": "x"},
        {"k": "paper.cast", "ballot": "9" * 40},
        {"k": "topic.interest", "topic": "-1", "on": "1"},
        {"k": "topic.interest", "topic": "9" * 40, "on": "1", "op": "no-uuid"},
    ],
)
def test_what_makes_no_sense_gets_a_sentence(phone: Client, event: Event, fields: dict[str, str]) -> None:
    response = phone.post(page(event), fields, follow=True)
    assert response.status_code == 200
    assert len(list(response.context["messages"])) == 1


@pytest.mark.parametrize("fields", [{"o1": "x"}, {"o9": "1"}, {"o1": "-2"}, {"o1": "99999"}])
def test_a_bent_paper_is_refused(phone: Client, event: Event, ballot: Ballot, fields: dict[str, str]) -> None:
    assert phone.post(page(event), cast(ballot, **fields)).status_code == 409
    assert BallotPaper.objects.count() == 0


def test_a_closed_ballot_says_so_and_nothing_is_counted(
    phone: Client, event: Event, ballot: Ballot, contact_person: User
) -> None:
    ballot_services.close_ballot(ballot=ballot, by=contact_person)
    with time_machine.travel(timezone.now() + timedelta(seconds=3), tick=False):
        response = phone.post(page(event), cast(ballot, o1=1))
    assert response.status_code == 409
    assert "Die Abstimmung war schon zu" in text_of(response)


def test_a_topic_is_proposed_and_gathers_interest(phone: Client, event: Event) -> None:
    form = {"k": "topic.propose", "op": uuid.uuid4(), "title": "Kino im Hof", "text": "Freitags"}
    for _ in range(2):
        response = phone.post(page(event), form, follow=True)
    assert "Dein Thema hängt an der Wand." in text_of(response)
    assert Topic.objects.count() == 1
    phone.post(page(event), {"k": "topic.interest", "topic": "1", "on": "1", "op": uuid.uuid4()})
    assert Interest.objects.count() == 1
    assert 'aria-pressed="true"' in phone.get(page(event)).content.decode()


def test_an_empty_topic_comes_back_with_what_was_typed(phone: Client, event: Event) -> None:
    form = {"k": "topic.propose", "op": uuid.uuid4(), "title": " ", "text": "Freitags im Sommer"}
    response = phone.post(page(event), form)
    assert response.status_code == 422
    assert "Freitags im Sommer" in text_of(response)


@pytest.mark.parametrize("topics", [1, 3])
def test_the_phone_takes_the_same_queries_however_long_the_wall(
    phone: Client, event: Event, guest: Seat, ballot: Ballot, topics: int, django_assert_num_queries: Any
) -> None:
    for number in range(topics):
        services.propose_topic(seat=guest, op=uuid.uuid4(), title=f"Thema {number}")
    with django_assert_num_queries(PHONE_QUERIES):
        phone.get(page(event))


# --- the stage -------------------------------------------------------------------------------------------
def stage(event: Event) -> str:
    return reverse("events:stage", args=[event.join_code])


def test_the_stage_is_absent_for_strangers_and_asks_visitors_to_log_in(
    client: Client, other_staff_client: Client, resident_client: Client, event: Event
) -> None:
    assert [c.get(stage(event)).status_code for c in (other_staff_client, resident_client)] == [404, 404]
    assert client.get(stage(event))["Location"].startswith("/team/login/")


def test_a_whole_ballot_is_led_with_buttons(contact_client: Client, phone: Client, event: Event) -> None:
    press = lambda **fields: contact_client.post(stage(event), fields, follow=True)  # noqa: E731
    form = {
        "act": "new_ballot", "client_id": uuid.uuid4(), "question": "Was zuerst?", "kind": "dots", "tier": "signal",
        "options": "Rad\nDach\n\nKino", "budget": 5, "max_per_option": 3, "max_choices": 1,
    }  # fmt: skip
    for _ in range(2):
        press(**form)
    ballot = Ballot.objects.get()
    press(act="open", ballot=1)
    phone.post(page(event), cast(ballot, o1=3, o3=2))
    press(act="close", ballot=1)
    with time_machine.travel(timezone.now() + timedelta(seconds=3), tick=False):
        preview = contact_client.get(stage(event))
        assert "Das sieht noch niemand außer dir" in text_of(preview)
        assert "Das Ergebnis kommt gleich" in text_of(phone.get(page(event)))
    press(act="reveal", ballot=1)
    shown = text_of(phone.get(page(event)))
    assert re.search(r"Rad 3 Kino 2 Dach 0 1 Stimmzettel · 5 Punkte · 0 Enthaltungen", shown)
    screen = text_of(Client().get(reverse("events:screen", args=[event.join_code])))
    assert "Ergebnis" in screen
    assert "Gast 1" not in screen


@pytest.mark.parametrize(
    ("fields", "field", "value"),
    [
        ({"act": "phase", "phase": "pitch"}, "phase", "pitch"),
        ({"act": "state", "state": "wrap_up"}, "state", "wrap_up"),
        ({"act": "held", "on": "1"}, "topics_held", True),
        ({"act": "freeze", "on": "1"}, "frozen", True),
        ({"act": "joining", "on": "0"}, "joining_open", False),
        ({"act": "capacity", "capacity": "40"}, "capacity", 40),
        ({"act": "proposals", "on": "0"}, "proposals_open", False),
        ({"act": "interest", "on": "0"}, "interest_visible", False),
        ({"act": "scene", "kind": "message", "text": "Pause"}, "scene", {"kind": "message", "text": "Pause"}),
    ],
)
def test_a_button_does_what_it_says_however_often_it_is_pressed(
    contact_client: Client, event: Event, fields: dict[str, str], field: str, value: object
) -> None:
    for _ in range(2):
        response = contact_client.post(stage(event), fields)
        assert response.status_code == 302
    event.refresh_from_db()
    assert getattr(event, field) == value


@pytest.mark.parametrize(
    "fields",
    [{"act": "dance"}, {}, {"act": "state", "state": "draft"}, {"act": "phase", "phase": "x"}, {"act": "scene"}],
)
def test_a_button_that_goes_nowhere_gets_a_sentence(
    contact_client: Client, event: Event, fields: dict[str, str]
) -> None:
    response = contact_client.post(stage(event), fields, follow=True)
    assert len(list(response.context["messages"])) == 1


def test_the_stage_says_where_a_hidden_topic_still_stands(
    contact_client: Client, contact_person: User, event: Event, guest: Seat
) -> None:
    for title in ("Kino im Hof", "Garten"):
        services.propose_topic(seat=guest, op=uuid.uuid4(), title=title)
    ballot = ballot_services.create_ballot(
        event=event, by=contact_person, question="Was zuerst?", kind="dots", topics=[1, 2]
    )
    words = "in dieser Abstimmung steht es noch: Kino im Hof Soll"
    assert words not in text_of(contact_client.get(stage(event)))
    press(contact_client, event, act="topic", topic=1, state="hidden", reason="Verletzt jemanden")
    assert words in text_of(contact_client.get(stage(event)))
    press(contact_client, event, act="void", ballot=ballot.number, reason="Ein Thema ist weg")
    assert words not in text_of(contact_client.get(stage(event)))


def test_a_ballot_without_options_comes_back_with_what_was_typed(contact_client: Client, event: Event) -> None:
    form = {"act": "new_ballot", "client_id": uuid.uuid4(), "question": "Wohin?", "kind": "choice",
            "tier": "signal", "options": "nur eins", "budget": 5, "max_per_option": 3, "max_choices": 1}  # fmt: skip
    response = contact_client.post(stage(event), form)
    assert response.status_code == 422
    assert 'value="Wohin?"' in response.content.decode()
    assert "2 bis 20 Vorschläge" in text_of(response)


def test_a_hidden_topic_is_seen_by_its_proposer_only_with_the_reason(
    contact_client: Client, phone: Client, event: Event, guest: Seat
) -> None:
    other = services.take_seat(event=event, token="another-long-enough-token", nickname="Andere")
    services.propose_topic(seat=guest, op=uuid.uuid4(), title="Etwas Böses")
    form = {"act": "topic", "topic": 1, "state": "hidden"}
    assert len(list(contact_client.post(stage(event), form, follow=True).context["messages"])) == 1
    contact_client.post(stage(event), {**form, "reason": "Verletzt jemanden"})
    stranger = Client()
    stranger.cookies[f"seat_{event.pk}"] = "another-long-enough-token"
    pages = [stranger.get(page(event)), Client().get(reverse("events:screen", args=[event.join_code]))]
    assert ["Etwas Böses" in answer.content.decode() for answer in pages] == [False, False]
    assert "Etwas Böses" in text_of(phone.get(page(event)))
    assert "Verletzt jemanden" in text_of(phone.get(page(event)))
    assert other.number == 2


def test_staff_makes_a_new_event(contact_client: Client, quartier: Quartier) -> None:
    form = {"client_id": uuid.uuid4(), "quartier": quartier.pk, "title": "Freie Plätze",
            "starts_at": "2026-12-05T14:00", "place": "Altes Theater"}  # fmt: skip
    for _ in range(2):
        response = contact_client.post(reverse("events:new"), form)
    event = Event.objects.get()
    assert response["Location"] == stage(event)
    assert (event.title, event.state) == ("Freie Plätze", "draft")


def test_staff_makes_events_in_their_own_quartiere_only(
    contact_client: Client, resident_client: Client, other_quartier: Quartier
) -> None:
    form = {"client_id": uuid.uuid4(), "quartier": other_quartier.pk, "title": "X", "starts_at": "2026-12-05T14:00"}
    assert contact_client.post(reverse("events:new"), form).status_code == 422
    assert resident_client.get(reverse("events:new")).status_code == 404


# --- the stage: everyday acts ----------------------------------------------------------------------------
def press(client: Client, event: Event, **fields: Any) -> Any:
    return client.post(stage(event), fields, follow=True)


def test_a_press_that_was_sent_twice_counts_once(contact_client: Client, event: Event, guest: Seat) -> None:
    for title in ("Eins", "Zwei", "Drei"):
        services.propose_topic(seat=guest, op=uuid.uuid4(), title=title)
    press(contact_client, event, act="pitch_next", after=0)
    again = {"act": "pitch_next", "after": 1, "press": uuid.uuid4()}
    for _ in range(2):
        press(contact_client, event, **again)
    event.refresh_from_db()
    assert event.scene["topic"] == 2


def test_the_stage_offers_to_take_back(contact_client: Client, event: Event) -> None:
    shown = press(contact_client, event, act="scene", kind="message", text="Alle rein")
    assert "Der Beamer zeigt etwas anderes. Rückgängig" in text_of(shown)
    press(contact_client, event, act="undo", key=shown.context["undo"]["key"])
    event.refresh_from_db()
    assert event.scene == {"kind": "wall"}
    assert "Rückgängig" not in text_of(contact_client.get(stage(event)))


@pytest.mark.parametrize(
    ("state", "phase", "first"),
    [
        ("draft", "circle", ["next", "settings"]),
        ("lobby", "circle", ["next", "doors", "scenes"]),
        ("live", "collect", ["next", "topics", "scenes"]),
        ("live", "pitch", ["pitch", "next"]),
        ("live", "convergence", ["ballots", "next"]),
        ("archived", "closing", []),
    ],
)
def test_what_is_needed_now_stands_first(
    contact_client: Client, event: Event, state: str, phase: str, first: list[str]
) -> None:
    Event.objects.filter(pk=event.pk).update(state=state, phase=phase)
    shown = contact_client.get(stage(event)).context
    assert [section.name for section in shown["first"]][: len(first)] == first
    names = [section.name for section in [*shown["first"], *shown["folded"]]]
    assert len(names) == len(set(names))


def test_a_running_ballot_stands_on_top(contact_client: Client, event: Event, ballot: Ballot) -> None:
    assert contact_client.get(stage(event)).context["first"][0].name == "ballots"


@pytest.mark.parametrize(
    ("state", "phase", "words"),
    [
        ("draft", "circle", "Ankündigen"),
        ("announced", "circle", "Einlass öffnen"),
        ("lobby", "circle", "Los geht’s: live gehen"),
        ("live", "circle", "Weiter: Themen sammeln"),
        ("live", "closing", "Zum Abschluss"),
        ("wrap_up", "closing", "Veranstaltung beenden (halten)"),
    ],
)
def test_the_big_button_says_what_comes_next(
    contact_client: Client, event: Event, state: str, phase: str, words: str
) -> None:
    Event.objects.filter(pk=event.pk).update(state=state, phase=phase)
    assert words in text_of(contact_client.get(stage(event)))


def test_the_queue_is_worked_off_with_two_buttons(
    contact_client: Client, phone: Client, event: Event, guest: Seat
) -> None:
    press(contact_client, event, act="held", on="1")
    for title in ("Kino im Hof", "Nachtbus"):
        answer = phone.post(page(event), {"k": "topic.propose", "op": uuid.uuid4(), "title": title}, follow=True)
    assert "Dein Thema wird gleich angeschaut" in text_of(answer)
    assert "Wird gleich angeschaut" in text_of(phone.get(page(event)))
    assert "2 Themen warten auf dich" in text_of(contact_client.get(stage(event)))
    press(contact_client, event, act="topic", topic=1, state="on_wall")
    press(contact_client, event, act="topic", topic=2, state="hidden", reason="Hängt schon an der Wand")
    shown = text_of(phone.get(page(event)))
    assert "Hängt schon an der Wand" in shown
    assert list(Topic.objects.order_by("number").values_list("state", flat=True)) == ["on_wall", "hidden"]


def test_topics_are_merged_on_the_stage_and_the_convener_reads_it(
    contact_client: Client, phone: Client, event: Event, guest: Seat
) -> None:
    for title in ("Kino im Hof", "Freiluftkino"):
        services.propose_topic(seat=guest, op=uuid.uuid4(), title=title)
    looked_at = contact_client.get(stage(event), {"thema": 1})
    assert [topic.number for topic in looked_at.context["chosen_others"]] == [2]
    assert len(list(press(contact_client, event, act="merge", topic=1).context["messages"])) == 1
    press(contact_client, event, act="merge", topic=1, into=2)
    assert "Gehört jetzt zu Freiluftkino ." in text_of(phone.get(page(event)))


@pytest.mark.parametrize(("asked", "then"), [("?thema=7", "?thema=7"), ("?thema=x", ""), ("", "")])
def test_a_button_leads_back_to_the_topic_that_was_looked_at(
    contact_client: Client, event: Event, asked: str, then: str
) -> None:
    response = contact_client.post(stage(event) + asked, {"act": "scene", "kind": "wall"})
    assert response["Location"] == stage(event) + then


@pytest.mark.parametrize("typed", ["x", "-3", "99999999999"])
def test_an_odd_capacity_comes_back_as_it_was_typed(contact_client: Client, event: Event, typed: str) -> None:
    response = contact_client.post(stage(event), {"act": "capacity", "capacity": typed})
    assert response.status_code == 422
    assert f'value="{typed}"' in response.content.decode()
    assert response.context["open_part"] == "doors"


def test_facts_are_changed_on_the_stage(contact_client: Client, event: Event) -> None:
    facts = {"act": "facts", "title": "Neue Plätze", "starts_at": "2026-12-05T14:00", "ends_at": "2026-12-05T13:00"}
    response = contact_client.post(stage(event), facts)
    assert "Das Ende liegt vor dem Beginn." in text_of(response)
    press(contact_client, event, **{**facts, "ends_at": "2026-12-05T18:00"})
    event.refresh_from_db()
    assert (event.title, event.ends_at is not None) == ("Neue Plätze", True)


@pytest.mark.parametrize("topics", [1, 3])
def test_the_stage_takes_the_same_queries_however_long_the_wall(
    contact_client: Client, event: Event, guest: Seat, topics: int, django_assert_num_queries: Any
) -> None:
    for number in range(topics):
        services.propose_topic(seat=guest, op=uuid.uuid4(), title=f"Thema {number}")
    with django_assert_num_queries(STAGE_QUERIES):
        contact_client.get(stage(event))


# --- papers ----------------------------------------------------------------------------------------------
def test_papers_are_written_down_one_after_the_other(contact_client: Client, event: Event) -> None:
    scribe = reverse("events:scribe", args=[event.join_code])
    form = {"op": uuid.uuid4(), "title": "Bänke mit Lehne", "name": "Oma Lene", "step_free": "on"}
    for _ in range(2):
        answer = contact_client.post(scribe, form, follow=True)
    topic = Topic.objects.get()
    assert (topic.title, topic.by, topic.step_free, topic.scribed) == ("Bänke mit Lehne", "Oma Lene", True, True)
    assert "„Bänke mit Lehne“ hängt als Nummer 1." in text_of(answer)
    wrong = contact_client.post(scribe, {"title": "", "name": "Oma Lene"})
    assert (wrong.status_code, 'value="Oma Lene"' in wrong.content.decode()) == (422, True)


# --- help ------------------------------------------------------------------------------------------------
def test_a_call_for_help_rings_at_the_stage_and_nowhere_else(
    contact_client: Client, phone: Client, event: Event
) -> None:
    call = {"k": "help.call", "op": uuid.uuid4(), "where": "Aula, hinten", "text": "Mir ist schlecht"}
    answer = text_of(phone.post(page(event), call, follow=True))
    assert "Jemand vom Team kommt" in answer
    assert "Aula, hinten Mir ist schlecht Platz 1" in text_of(contact_client.get(stage(event)))
    for name in ("screen", "wall"):
        assert "schlecht" not in Client().get(reverse(f"events:{name}", args=[event.join_code])).content.decode()
    press(contact_client, event, act="help_take", call=event.help_calls.get().pk)
    assert "Jemand vom Team ist unterwegs zu dir" in text_of(phone.get(page(event)))
    phone.post(page(event), {"k": "help.cancel", "op": uuid.uuid4()})
    assert "Mir ist schlecht" not in text_of(contact_client.get(stage(event)))


# --- codes and doors -------------------------------------------------------------------------------------
def test_a_new_code_leads_on_whoever_was_in(
    client: Client, contact_client: Client, phone: Client, event: Event
) -> None:
    projector, old = Client(), event.join_code
    addresses = {name: reverse(f"events:{name}", args=[old]) for name in ("phone", "join", "screen", "wall", "stage")}
    projector.get(addresses["screen"])
    press(contact_client, event, act="rotate", old=old)
    event.refresh_from_db()
    new = {name: reverse(f"events:{name}", args=[event.join_code]) for name in addresses}
    assert phone.get(addresses["phone"])["Location"] == new["phone"]
    assert phone.get(addresses["join"], follow=True).redirect_chain == [(new["join"], 307), (new["phone"], 302)]
    assert projector.get(addresses["screen"])["Location"] == new["screen"]
    assert contact_client.get(addresses["stage"])["Location"] == new["stage"]
    strangers = [client.get(address) for address in addresses.values()]
    assert [answer.status_code for answer in strangers] == [410, 410, 410, 410, 302]
    assert "Der Code hat gewechselt" in text_of(strangers[0])
    assert all(event.join_code not in answer.content.decode() for answer in strangers)
    assert all("no-store" in answer["Cache-Control"] for answer in strangers[:4])


def test_a_page_of_an_old_code_still_sends_its_form(
    phone: Client, contact_client: Client, contact_person: User, event: Event, guest: Seat
) -> None:
    """Without a script the page in the hand still has the old code in its forms: what they send is carried out."""
    services.propose_topic(seat=guest, op=uuid.uuid4(), title="Kino im Hof")
    old, topic = event.join_code, Topic.objects.get()
    services.rotate_code(event=event, by=contact_person, old=old)
    event.refresh_from_db()
    facts = {"k": "topic.interest", "op": str(uuid.uuid4()), "topic": topic.number, "on": 1}
    sent = phone.post(reverse("events:phone", args=[old]), facts, follow=True)
    assert sent.redirect_chain[0] == (reverse("events:phone", args=[event.join_code]), 307)
    assert Interest.objects.filter(topic=topic).count() == 1
    seen = phone.get(reverse("events:topic", args=[old, topic.number]), {"von": "wand"})
    assert seen["Location"] == f"{reverse('events:topic', args=[event.join_code, topic.number])}?von=wand"
    contact_client.post(reverse("events:stage", args=[old]), {"act": "joining", "on": "0"}, follow=True)
    event.refresh_from_db()
    assert event.joining_open is False
    assert Client().get(reverse("events:phone", args=["ZZZZZZ"])).status_code == 404


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({"capacity": 1}, "Der Saal ist voll"),
        ({"joining_open": False}, "Der Einlass macht gerade Pause"),
        ({"state": "closed"}, "Was daraus geworden ist"),
        ({"state": "archived"}, "Was daraus geworden ist"),
    ],
)
def test_the_door_says_why_nobody_comes_in(
    client: Client, event: Event, guest: Seat, facts: dict[str, Any], words: str
) -> None:
    door = reverse("events:join", args=[event.join_code])
    offered = offered_at(client.get(door))
    Event.objects.filter(pk=event.pk).update(**facts)
    answer = client.post(door, offered)
    assert (answer.status_code, Seat.objects.count()) == (409, 1)
    assert words in text_of(answer)
    assert words in text_of(client.get(door))


def test_guessing_codes_has_a_limit_for_a_session_only(client: Client, event: Event) -> None:
    statuses = [client.post(reverse("events:join"), {"code": f"ZZZZ{n:02}"}).status_code for n in range(22)]
    assert statuses == [422] * 20 + [429] * 2
    assert Client().post(reverse("events:join"), {"code": event.join_code}).status_code == 302
    assert client.post(reverse("events:join"), {"code": event.join_code}).status_code == 302


def test_a_mistyped_address_keeps_what_was_typed(client: Client, db: None) -> None:
    answer = client.get("/j/AB3K7X/")
    assert (answer.status_code, 'value="AB3K7X"' in answer.content.decode()) == (404, True)


def test_a_device_forgets_its_seat(phone: Client, event: Event) -> None:
    answer = phone.post(page(event), {"k": "leave"})
    assert (answer["Location"], answer["Clear-Site-Data"]) == (
        reverse("events:join", args=[event.join_code]),
        '"storage"',
    )
    assert phone.get(page(event))["Location"] == answer["Location"]
    assert Seat.objects.count() == 1


# --- one's own topics ------------------------------------------------------------------------------------
def test_a_topic_is_withdrawn_and_put_up_again(phone: Client, event: Event) -> None:
    phone.post(page(event), {"k": "topic.propose", "op": uuid.uuid4(), "title": "Kino im Hof"})
    phone.post(page(event), {"k": "topic.withdraw", "op": uuid.uuid4(), "topic": 1})
    assert "Du hast es zurückgezogen. Doch wieder aufhängen" in text_of(phone.get(page(event)))
    phone.post(page(event), {"k": "topic.restore", "op": uuid.uuid4(), "topic": 1})
    assert Topic.objects.get().state == "on_wall"


# --- the projector ---------------------------------------------------------------------------------------
SCENES: dict[str, dict[str, Any]] = {
    "Handy raus": {"kind": "lobby"},
    "Themen an der Wand": {"kind": "wall"},
    "Danach: Nachtbus": {"kind": "pitch", "topic": 1},
    "5:00": {"kind": "timer", "minutes": 5},
    "Weiter um": {"kind": "break", "minutes": 20},
    "Gleich geht es weiter.": {"kind": "break"},
    "Frisch an der Wand": {"kind": "news"},
    "Was nehmt ihr euch vor?": {"kind": "outcomes"},
    "Gleich zurück": {"kind": "message", "text": "Gleich zurück"},
}


@pytest.mark.parametrize("words", SCENES)
@pytest.mark.parametrize("name", ["screen", "wall"])
def test_every_scene_shows_the_code_and_no_name(
    client: Client, event: Event, guest: Seat, contact_person: User, words: str, name: str
) -> None:
    Event.objects.filter(pk=event.pk).update(join_code="ABCDEF")
    event.refresh_from_db()
    for title in ("Kino im Hof", "Nachtbus"):
        services.propose_topic(seat=guest, op=uuid.uuid4(), title=title)
    with time_machine.travel(timezone.now(), tick=False):
        services.set_scene(event=event, by=contact_person, **SCENES[words])
        response = client.get(reverse(f"events:{name}", args=[event.join_code]))
    assert words in text_of(response)
    assert "ABC DEF" in text_of(response)
    body = response.content.decode()
    assert ("<svg" in body, "Gast 1" in body, len(re.findall(r"<h1[ >]", body))) == (True, False, 1)
    if name == "wall":
        assert ("<script" in body, '<meta http-equiv="refresh"' in body) == (False, True)


def test_a_prepared_scene_is_seen_by_the_team_only(
    client: Client, contact_client: Client, event: Event, contact_person: User
) -> None:
    services.prepare_scene(event=event, by=contact_person, kind="message", text="Gleich!")
    address = reverse("events:screen", args=[event.join_code])
    assert client.get(address, {"gleich": "1"}).status_code == 404
    assert "Gleich!" not in text_of(client.get(address))
    look = contact_client.get(address, {"gleich": "1"})
    assert ("Gleich!" in text_of(look), "js/live/screen.js" in look.content.decode()) == (True, False)
    assert look["X-Frame-Options"] == "SAMEORIGIN"
    assert "frame-src 'self'" in contact_client.get(stage(event))["Content-Security-Policy"]
    press(contact_client, event, act="take")
    assert "Gleich!" in text_of(client.get(address))


def test_a_long_plain_wall_turns_its_pages(client: Client, event: Event, contact_person: User) -> None:
    for number in range(15):
        services.scribe_topic(event=event, by=contact_person, op=uuid.uuid4(), title=f"Thema {number:02}")
    seen = set()
    for seconds in (0, 8):
        with time_machine.travel(timezone.now() + timedelta(seconds=seconds), tick=False):
            body = client.get(reverse("events:wall", args=[event.join_code])).content.decode()
        found = re.findall(r"Thema \d\d", body)
        assert len(found) in {9, 6}
        seen |= set(found)
    assert len(seen) == 15


def test_the_projector_shows_progress_and_no_bars(client: Client, event: Event, ballot: Ballot) -> None:
    text = text_of(client.get(reverse("events:screen", args=[event.join_code])))
    assert "Was zuerst?" in text
    assert "0 von 0" in text
    assert "Kino" not in text


@pytest.mark.parametrize("view", ["phone", "stage", "screen", "join"])
def test_every_page_has_one_headline(
    client: Client, contact_client: Client, phone: Client, event: Event, ballot: Ballot, view: str
) -> None:
    who = {"phone": phone, "stage": contact_client, "screen": client, "join": client}[view]
    body = who.get(reverse(f"events:{view}", args=[event.join_code])).content.decode()
    assert len(re.findall(r"<h1[ >]", body)) == 1
    assert "style=" not in body


def test_whoever_proposed_a_merged_topic_does_not_read_what_was_hidden_since(
    phone: Client, event: Event, guest: Seat, contact_person: User
) -> None:
    gone, kept = (services.propose_topic(seat=guest, op=uuid.uuid4(), title=title) for title in ("Kino", "Böses"))
    Topic.objects.filter(pk=kept.pk).update(seat=None)
    services.merge_topic(topic=gone, into=kept, by=contact_person)
    assert "Gehört jetzt zu Böses" in text_of(phone.get(page(event)))
    services.hide_topic(topic=kept, by=contact_person, reason="Verletzt jemanden")
    said = text_of(phone.get(page(event)))
    assert ("Gehört jetzt zu einem anderen Thema." in said, "Böses" in said) == (True, False)


def test_two_acts_of_one_page_both_count_and_the_same_one_twice_counts_once(
    phone: Client, event: Event, guest: Seat, ballot: Ballot
) -> None:
    topics = [services.propose_topic(seat=guest, op=uuid.uuid4(), title=title) for title in ("Kino", "Rad")]
    op = str(uuid.uuid4())
    for topic in (*topics, topics[0]):
        phone.post(page(event), {"k": "topic.interest", "op": op, "topic": topic.number, "on": "1"})
    for points in ({"o1": "3"}, {"o2": "2"}):
        phone.post(page(event), cast(ballot, **points) | {"op": op})
    for _time in range(2):
        phone.post(page(event), {"k": "topic.propose", "op": op, "title": "Dach"})
    assert Interest.objects.filter(seat=guest).count() == 2
    assert BallotPaper.objects.get().choice == {"2": 2}
    assert list(Topic.objects.order_by("number").values_list("title", flat=True)) == ["Kino", "Rad", "Dach"]


def test_of_two_who_take_a_room_away_the_later_one_reads_a_sentence(
    contact_client: Client, event: Event, contact_person: User
) -> None:
    grid_services.add_room(event=event, by=contact_person, name="Aula")
    stage = reverse("events:stage", args=[event.join_code])
    for press in (uuid.uuid4(), uuid.uuid4()):
        answer = contact_client.post(stage, {"act": "remove_room", "room": "1", "press": press}, follow=True)
    assert answer.status_code == 200
    assert "Diesen Knopf gibt es nicht mehr." in text_of(answer)
