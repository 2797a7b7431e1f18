"""The grid in plain forms, without a script: the stage, the suggested plan, and my plan on the phone."""

import re
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
from participation.models import Event, Room, Seat, Session, SignUp, Slot, Topic, Undo, Whereabouts
from participation.selectors import grid as selectors
from participation.selectors.events import state_of, you_of
from participation.selectors.hall import marks_of
from participation.services import grid as services
from participation.services.events import propose_topic
from participation.views.events.phone import plan as phone_plan
from participation.views.events.stage import grid as stage_grid

from .conftest import Grid, like

Hang = Callable[..., Topic]


def text_of(response: Any) -> str:
    """What stands on the page, without marks and doubled spaces."""
    body = re.sub(r"<(script|template)\b.*?</\1>", " ", response.content.decode(), flags=re.DOTALL)
    return " ".join(re.sub(r"<[^>]+>", " ", body).split())


def chosen(topic: Topic) -> str:
    """The value of the topic's radio button."""
    return f"{topic.number}-{Topic.objects.get(pk=topic.pk).rev}"


@pytest.fixture
def press(contact_client: Client, event: Event) -> Callable[..., Any]:
    """A button of the stage."""

    def post(act: str, **fields: Any) -> Any:
        return contact_client.post(reverse("events:stage", args=[event.join_code]), {"act": act, **fields})

    return post


@pytest.fixture
def phone(event: Event, seats: list[Seat]) -> Client:
    """The device of the first seat."""
    client = Client()
    client.cookies[f"seat_{event.pk}"] = "0-a-token-that-is-long-enough"
    return client


def page(event: Event) -> str:
    return reverse("events:phone", args=[event.join_code])


# --- the stage -------------------------------------------------------------------------------------------
def test_rooms_and_slots_are_made_changed_and_removed(press: Callable[..., Any], event: Event) -> None:
    press("add_room", name="Aula", where="EG", capacity="60", step_free="on")
    press("add_room", name="Keller")
    begin = timezone.localtime(event.starts_at).strftime("%Y-%m-%dT%H:%M")
    press("add_slots", starts_at=begin, minutes="30", count="2", pause="10")
    press("change_room", room="2", name="Keller", capacity="15")
    press("change_slot", slot="2", starts_at=begin, minutes="20")
    later = timezone.localtime(event.starts_at + timedelta(hours=3))
    press("change_slot", slot="2", starts_at=later.strftime("%Y-%m-%dT%H:%M"), minutes="20")
    assert list(Room.objects.values_list("name", "capacity", "step_free")) == [
        ("Aula", 60, True),
        ("Keller", 15, False),
    ]
    assert [slot.ends_at - slot.starts_at for slot in Slot.objects.all()] == [timedelta(minutes=m) for m in (30, 20)]
    press("remove_room", room="2")
    press("remove_slot", slot="2")
    assert (Room.objects.count(), Slot.objects.count()) == (1, 1)


@pytest.mark.parametrize(
    ("act", "fields", "sentence"),
    [
        ("add_room", {"name": "", "where": "EG"}, "Gib dem Raum einen Namen."),
        ("add_room", {"name": "Saal", "capacity": "viele"}, "Gib eine Zahl an."),
        ("add_room", {"name": "Saal", "capacity": "9" * 30}, "Nimm eine Zahl bis 5000."),
        ("change_room", {"room": "3", "name": "Aula"}, "So heißt schon ein Raum."),
        (
            "add_slots",
            {"starts_at": "gleich", "minutes": "45", "count": "1", "pause": "0"},
            "Wähl Tag und Uhrzeit aus.",
        ),
        ("add_slots", {"starts_at": "2026-12-05T10:00", "minutes": "1", "count": "1", "pause": "0"}, "ab 5"),
    ],
)
def test_a_mistake_comes_back_with_a_sentence_and_what_was_typed(
    grid: Grid, press: Callable[..., Any], act: str, fields: dict[str, str], sentence: str
) -> None:
    response = press(act, **fields)
    assert response.status_code == 422
    assert sentence in text_of(response)
    typed = next(value for name, value in fields.items() if value and name not in {"room", "slot"})
    assert f'value="{typed}"' in response.content.decode()


def test_two_taps_place_a_topic_and_two_more_move_it(grid: Grid, propose: Hang, press: Callable[..., Any]) -> None:
    topic = propose("Kino im Hof")
    for cell in ("1-1", "2-3"):
        assert press("place", topic=chosen(topic), cell=cell).status_code == 302
    assert Session.objects.values_list("room__name", "slot__number").get() == ("Küche", 3)
    press("place", topic=chosen(topic), cell="out")
    assert Session.objects.count() == 0


def test_a_placing_is_taken_back_with_one_tap(grid: Grid, propose: Hang, press: Callable[..., Any]) -> None:
    press("place", topic=chosen(propose("Kino im Hof")), cell="1-1")
    assert press("undo", key=Undo.objects.get().key.hex).status_code == 302
    assert (Session.objects.count(), Topic.objects.get().state, Undo.objects.count()) == (0, "on_wall", 0)


def test_the_slower_one_is_offered_what_is_free(grid: Grid, propose: Hang, press: Callable[..., Any]) -> None:
    first, second = propose("Kino im Hof"), propose("Nachtbus")
    press("place", topic=chosen(first), cell="1-2")
    response = press("place", topic=chosen(second), cell="1-2")
    assert response.status_code == 422
    assert "Da war jemand schneller" in text_of(response)
    offered = re.findall(rf'value="{chosen(second)}".*?name="cell" value="(\d-\d)"', response.content.decode())
    assert offered[:3] == ["2-2", "3-2", "2-1"] or sorted(offered[:3]) == ["2-1", "2-2", "3-2"]
    assert press("place", topic=chosen(second), cell=offered[0]).status_code == 302
    assert Session.objects.count() == 2


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"cell": "1-1"}, "Tipp zuerst auf ein Thema"),
        ({"topic": "99-1", "cell": "1-1"}, "Tipp zuerst auf ein Thema"),
        ({"topic": "1-0", "cell": "1-1"}, "gerade verschoben"),
        ({"topic": "own", "cell": "9-9"}, "gibt es nicht mehr"),
        ({"topic": "own", "cell": "x" * 500}, "gibt es nicht mehr"),
        ({"topic": "own", "cell": "99999999999-1"}, "gibt es nicht mehr"),
    ],
)
def test_odd_taps_are_answered_with_a_sentence(
    grid: Grid, propose: Hang, press: Callable[..., Any], fields: dict[str, str], sentence: str
) -> None:
    topic = propose("Kino im Hof")
    if fields.get("topic") == "own":
        fields = {**fields, "topic": chosen(topic)}
    response = press("place", **fields)
    assert (response.status_code, Session.objects.count()) == (422, 0)
    assert sentence in text_of(response)


def test_groups_begin_and_end_from_the_stage(grid: Grid, propose: Hang, press: Callable[..., Any]) -> None:
    for number, room in enumerate(("Aula", "Küche", "Dach")):
        grid.place(propose(f"Thema {number}", seat=number), room, 1)
    press("run_topic", topic="1", state="running")
    press("run_slot", slot="1", state="running")
    assert set(Topic.objects.values_list("state", flat=True)) == {"running"}
    press("run_topic", topic="2", state="placed")
    press("run_slot", slot="1", state="harvested")
    assert list(Topic.objects.order_by("number").values_list("state", flat=True)) == [
        "harvested",
        "placed",
        "harvested",
    ]


def test_the_stage_shows_the_grid_as_a_table_with_heads(
    grid: Grid, propose: Hang, seats: list[Seat], contact_client: Client
) -> None:
    first, second = propose("Kino im Hof"), propose("Nachtbus", seat=1)
    grid.place(first, "Aula", 1)
    grid.place(second, "Küche", 1)
    SignUp.objects.bulk_create(SignUp(topic=topic, seat=seats[3]) for topic in (first, second))
    response = contact_client.get(reverse("events:stage", args=[grid.event.join_code]))
    body = response.content.decode()
    assert (body.count('<th scope="col">'), body.count('<th scope="row">')) == (4, 3)
    assert "1 will zu zwei Gruppen" in text_of(response)


def test_the_switch_closes_placing_on_phones(grid: Grid, press: Callable[..., Any]) -> None:
    press("placing", on="0")
    assert not Event.objects.get().placing_open


def _full_grid(event: Event, by: User, seats: list[Seat], rooms: int, slots: int) -> None:
    for number in range(rooms):
        services.add_room(event=event, by=by, name=f"Raum {number}", capacity=30)
    services.add_slots(event=event, by=by, starts_at=event.starts_at, minutes=30, count=slots)
    topics = [
        Topic(event=event, number=n, title=f"Thema {n}", state="placed", seat=seats[n % 5])
        for n in range(1, rooms * slots + 1)
    ]
    Topic.objects.bulk_create(topics)
    cells = [(room, slot) for room in Room.objects.all() for slot in Slot.objects.all()]
    Session.objects.bulk_create(
        Session(event=event, topic=topic, room=room, slot=slot)
        for topic, (room, slot) in zip(topics, cells, strict=True)
    )
    SignUp.objects.bulk_create(SignUp(topic=topic, seat=seat) for topic in topics[:20] for seat in seats)


@pytest.mark.parametrize(("rooms", "slots"), [(1, 1), (12, 8)])
def test_a_grid_of_any_size_costs_the_stage_four_queries(
    event: Event, contact_person: User, seats: list[Seat], django_assert_num_queries: Any, rooms: int, slots: int
) -> None:
    _full_grid(event, contact_person, seats, rooms, slots)
    with django_assert_num_queries(4):
        context = stage_grid.context(event)
        assert sum(cell["topic"] is not None for row in context["grid_rows"] for cell in row["cells"]) == rooms * slots


# --- the suggested plan ----------------------------------------------------------------------------------
def test_a_suggested_plan_is_shown_and_taken_only_by_hand(
    grid: Grid, propose: Hang, seats: list[Seat], contact_client: Client
) -> None:
    for number, title in enumerate(["Kino im Hof", "Nachtbus", "Fahrrad"]):
        like(propose(title, seat=number), *seats[: number + 1])
    address = reverse("events:plan", args=[grid.event.join_code])
    body = contact_client.get(address).content.decode()
    assert Session.objects.count() == 0
    cells = re.findall(r'<input type="hidden" name="cell" value="([\d-]+)">', body)
    assert len(cells) == 3
    assert contact_client.post(address, {"cell": cells[0]}).status_code == 302
    assert Session.objects.count() == 1
    assert contact_client.post(address, {"cell": cells}, follow=True).status_code == 200
    assert Session.objects.count() == 3
    assert "Alles eingeplant" in text_of(contact_client.get(address))


@pytest.mark.parametrize("cell", ["", "1-1", "x-x-x-x", "1-1-9-9", "9" * 40 + "-1-1-1", "-".join("1" * 60)])
def test_odd_plans_place_nothing(grid: Grid, propose: Hang, contact_client: Client, cell: str) -> None:
    propose("Kino im Hof")
    response = contact_client.post(reverse("events:plan", args=[grid.event.join_code]), {"cell": cell}, follow=True)
    assert "Inzwischen hat sich etwas geändert" in text_of(response)
    assert Session.objects.count() == 0


def test_strangers_see_no_plan(grid: Grid, resident_client: Client, other_staff_client: Client) -> None:
    address = reverse("events:plan", args=[grid.event.join_code])
    assert [client.get(address).status_code for client in (resident_client, other_staff_client)] == [404, 404]


@pytest.mark.parametrize(("rooms", "slots"), [(1, 1), (12, 8)])
def test_a_suggestion_costs_four_queries(
    event: Event, contact_person: User, seats: list[Seat], django_assert_num_queries: Any, rooms: int, slots: int
) -> None:
    _full_grid(event, contact_person, seats, rooms, slots)
    propose_topic(seat=seats[0], op=uuid.uuid4(), title="Kino im Hof")
    with django_assert_num_queries(4):
        assert selectors.suggestion_for(event) == []


# --- my plan ---------------------------------------------------------------------------------------------
def test_without_a_grid_there_is_no_plan(phone: Client, event: Event) -> None:
    assert 'data-part="plan" id="plan" data-zone="Europe/Berlin" hidden' in phone.get(page(event)).content.decode()


def test_my_plan_says_when_and_where_in_plain_forms(
    grid: Grid, propose: Hang, phone: Client, event: Event, seats: list[Seat]
) -> None:
    for title, room, slot in [("Kino im Hof", "Aula", 1), ("Nachtbus", "Küche", 1), ("Fahrrad", "Dach", 2)]:
        grid.place(propose(title, seat=1), room, slot)
    clock = timezone.localtime(grid.slots[2].starts_at).strftime("%H:%M")
    response = phone.post(page(event), {"k": "plan.sign_up", "op": uuid.uuid4(), "topic": 3, "on": 1})
    assert response["Location"] == f"{page(event)}#gruppe-3"
    shown = text_of(phone.get(page(event)))
    assert f"Als Nächstes {clock} Dach" in " ".join(shown.replace(" Jetzt ", " ").split())
    for topic in (1, 2):
        phone.post(page(event), {"k": "plan.sign_up", "op": uuid.uuid4(), "topic": topic, "on": 1})
    assert set(SignUp.objects.values_list("topic__number", "seat")) == {(n, seats[0].pk) for n in (1, 2, 3)}
    body = phone.get(page(event)).content.decode()
    assert body.count("data-clash>") == 1


def test_where_i_am_in_plain_forms(grid: Grid, propose: Hang, phone: Client, event: Event, seats: list[Seat]) -> None:
    grid.place(propose("Kino im Hof", seat=1), "Aula", 1)
    for topic, stored in [("1", 1), ("", None)]:
        phone.post(page(event), {"k": "here.set", "op": uuid.uuid4(), "topic": topic})
        assert Whereabouts.objects.values_list("topic__number", flat=True).get(seat=seats[0]) == stored


def test_a_convener_places_with_a_plain_form(grid: Grid, propose: Hang, phone: Client, event: Event) -> None:
    topic = propose("Kino im Hof")
    body = phone.get(page(event)).content.decode()
    rev = re.search(r'name="topic" value="1"><input type="hidden" name="base_rev" value="(\d+)"', body)
    assert rev is not None
    assert int(rev[1]) == topic.rev
    form = {"k": "topic.place", "op": uuid.uuid4(), "topic": 1, "base_rev": rev[1], "cell": "2-1"}
    assert phone.post(page(event), form)["Location"] == f"{page(event)}#plan"
    assert Session.objects.values_list("room__name", "slot__number").get() == ("Küche", 1)
    late = phone.post(page(event), {**form, "op": uuid.uuid4(), "cell": "1-1"}, follow=True)
    assert "gerade verschoben" in text_of(late)
    for cell in ("", "1", "x-y", "0-0"):
        odd = phone.post(page(event), {**form, "op": uuid.uuid4(), "cell": cell}, follow=True)
        assert "Such zuerst einen freien Platz aus." in text_of(odd)


@pytest.mark.parametrize("groups", [1, 3])
def test_my_plan_costs_one_query_of_its_own(
    grid: Grid, propose: Hang, event: Event, seats: list[Seat], django_assert_num_queries: Any, groups: int
) -> None:
    for slot in range(1, groups + 1):
        grid.place(propose(f"Thema {slot}", seat=slot % 2), "Aula", slot)
    with django_assert_num_queries(1):
        mine = marks_of(seats[0])
    with django_assert_num_queries(3):
        grid_facts = selectors.grid_facts(event)
    assert (len(mine["mine"]), len(grid_facts["sessions"])) == (groups // 2, groups)
    state, you = state_of(event), you_of(seats[0])
    with django_assert_num_queries(1):
        context = phone_plan.context(event, you, state)
    assert [len(slot["sessions"]) for slot in context["plan"]["slots"]] == [1] * groups


def test_the_counts_of_a_tick_cost_two_queries(
    event: Event, contact_person: User, seats: list[Seat], django_assert_num_queries: Any
) -> None:
    _full_grid(event, contact_person, seats, 12, 8)
    with django_assert_num_queries(2):
        tally = selectors.plan_tally(event.pk)
    assert (len(tally["plan"]), sum(tally["plan"].values()), tally["here"]) == (96, 100, {"moving": 0})


def test_what_is_over_comes_last_and_needs_no_sign_up(
    grid: Grid, propose: Hang, phone: Client, event: Event, seats: list[Seat]
) -> None:
    for slot in (1, 2):
        grid.place(propose(f"Thema {slot}", seat=1), "Aula", slot)
    with time_machine.travel(grid.slots[1].ends_at + timedelta(minutes=1), tick=False):
        context = phone_plan.context(event, you_of(seats[0]), state_of(event))
        body = phone.get(page(event)).content.decode()
    assert [slot["n"] for slot in context["plan"]["slots"]] == [2, 1]
    signing = re.findall(r'data-sign-up( hidden)?>.*?name="topic" value="(\d)"', body)
    assert signing[:2] == [("", "2"), (" hidden", "1")]
