"""Rooms, slots and topics in cells, through their services and the operations of a seat."""

import uuid
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from accounts.models import User
from common.errors import Refused
from participation.live.events import apply
from participation.models import Event, LogEntry, Room, Seat, Session, SignUp, Slot, Topic, Undo, Whereabouts
from participation.selectors import events as selectors
from participation.selectors import grid as grid_selectors
from participation.services import events as event_services
from participation.services import grid as services
from participation.services.grid.placing import undo_placing

from .conftest import Grid, like, refusal

Hang = Callable[..., Topic]
Ask = Callable[..., Any]


def told(event: Event, kind: str) -> list[Any]:
    return list(LogEntry.objects.filter(event=event, kind=kind).order_by("seq").values_list("data", flat=True))


def fresh(topic: Topic) -> Topic:
    return Topic.objects.select_related("event").get(pk=topic.pk)


# --- rooms and slots -------------------------------------------------------------------------------------
def test_a_room_is_told_to_everybody_and_made_once(event: Event, contact_person: User) -> None:
    facts = {"event": event, "by": contact_person, "name": " Großer  Saal ", "where": "2. Stock", "capacity": 60}
    rooms = [services.add_room(**facts) for _ in range(2)]
    assert rooms[0] == rooms[1] == Room.objects.get()
    assert told(event, "room.changed") == [
        {"n": 1, "name": "Großer Saal", "where": "2. Stock", "capacity": 60, "step_free": True}
    ]


@pytest.mark.parametrize(
    ("facts", "code", "field"),
    [
        ({"name": " "}, "empty", "name"),
        ({"name": "x" * 41}, "too_long", "name"),
        ({"name": "Saal", "where": "x" * 81}, "too_long", "where"),
        ({"name": "Saal", "capacity": 0}, "odd_number", "capacity"),
        ({"name": "Saal", "capacity": 5001}, "odd_number", "capacity"),
    ],
)
def test_a_room_with_mistakes_is_refused(
    event: Event, contact_person: User, facts: dict[str, Any], code: str, field: str
) -> None:
    refused = refusal(lambda: services.add_room(event=event, by=contact_person, **facts))
    assert (refused.code, refused.field) == (code, field)


def test_two_rooms_cannot_have_one_name(grid: Grid) -> None:
    change = lambda: services.change_room(room=grid.rooms["Dach"], by=grid.by, name="aula")  # noqa: E731
    assert refusal(change).code == "name_taken"


def test_slots_follow_one_another_with_breaks(event: Event, contact_person: User) -> None:
    facts = {"event": event, "by": contact_person, "starts_at": event.starts_at, "minutes": 30, "count": 3, "pause": 10}
    services.add_slots(**facts)
    assert services.add_slots(**facts) == list(Slot.objects.order_by("number"))
    begins = [slot.starts_at - event.starts_at for slot in Slot.objects.order_by("number")]
    assert begins == [timedelta(minutes=0), timedelta(minutes=40), timedelta(minutes=80)]
    assert [facts["n"] for facts in told(event, "slot.changed")] == [1, 2, 3]


def test_slots_do_not_overlap(grid: Grid) -> None:
    begin = grid.slots[1].starts_at + timedelta(minutes=30)
    add = lambda: services.add_slots(event=grid.event, by=grid.by, starts_at=begin, minutes=20)  # noqa: E731
    move = lambda: services.change_slot(  # noqa: E731
        slot=grid.slots[3], by=grid.by, starts_at=begin, ends_at=begin + timedelta(minutes=20)
    )
    assert [refusal(act).code for act in (add, move)] == ["overlaps", "overlaps"]


def test_what_is_empty_can_go_and_what_is_filled_stays(grid: Grid, propose: Hang) -> None:
    grid.place(propose("Kino im Hof"), "Aula", 1)
    room = refusal(lambda: services.remove_room(room=grid.rooms["Aula"], by=grid.by))
    slot = refusal(lambda: services.remove_slot(slot=grid.slots[1], by=grid.by))
    assert (room.code, slot.code) == ("not_empty", "not_empty")
    for _again in range(2):
        services.remove_room(room=grid.rooms["Dach"], by=grid.by)
        services.remove_slot(slot=grid.slots[3], by=grid.by)
    assert [facts["gone"] for facts in told(grid.event, "room.changed")[3:]] == [True]
    assert [facts["gone"] for facts in told(grid.event, "slot.changed")[3:]] == [True]
    state = selectors.state_of(grid.event)
    assert ([room["name"] for room in state["rooms"]], [slot["n"] for slot in state["slots"]]) == (
        ["Aula", "Küche"],
        [1, 2],
    )


def test_what_was_taken_away_meanwhile_is_neither_changed_nor_filled(grid: Grid, propose: Hang) -> None:
    topic, room, slot = propose("Kino im Hof"), grid.rooms["Dach"], grid.slots[3]
    Room.objects.filter(pk=room.pk).delete()
    Slot.objects.filter(pk=slot.pk).delete()
    acts: list[Callable[[], object]] = [
        lambda: grid.place(topic, "Dach", 1),
        lambda: grid.place(topic, "Aula", 3),
        lambda: services.change_room(room=room, by=grid.by, name="Dachboden"),
        lambda: services.change_slot(slot=slot, by=grid.by, starts_at=slot.starts_at, ends_at=slot.ends_at),
    ]
    assert [refusal(act).code for act in acts] == ["absent"] * 4


def test_strangers_do_not_touch_the_grid(grid: Grid, propose: Hang, other_staff: User, resident: User) -> None:
    topic = propose("Kino im Hof")
    for by in (other_staff, resident):
        acts: list[Callable[[], object]] = [
            lambda by=by: services.add_room(event=grid.event, by=by, name="Keller"),
            lambda by=by: services.remove_slot(slot=grid.slots[1], by=by),
            lambda by=by: grid.place(topic, "Aula", 1, by=by),
            lambda by=by: services.unplace_topic(topic=topic, by=by),
            lambda by=by: services.run_topic(topic=topic, state="running", by=by),
        ]
        assert [refusal(act).code for act in acts] == ["forbidden"] * len(acts)


# --- placing ---------------------------------------------------------------------------------------------
def test_a_topic_is_placed_moved_and_taken_out(grid: Grid, propose: Hang) -> None:
    topic = propose("Kino im Hof")
    grid.place(topic, "Aula", 1, base_rev=fresh(topic).rev)
    assert fresh(topic).state == "placed"
    grid.place(topic, "Küche", 2, base_rev=fresh(topic).rev)
    assert selectors.state_of(grid.event)["sessions"] == [{"n": 1, "room": 2, "slot": 2}]
    services.unplace_topic(topic=topic, by=grid.by, base_rev=fresh(topic).rev)
    assert (fresh(topic).state, Session.objects.count()) == ("on_wall", 0)
    assert [entry["rev"] for entry in told(grid.event, "topic.changed")] == sorted(
        {entry["rev"] for entry in told(grid.event, "topic.changed")}
    )


def test_a_pitched_topic_is_pitched_again_when_it_leaves_the_grid(grid: Grid, propose: Hang) -> None:
    topic = propose("Kino im Hof")
    event_services.move_topic(topic=topic, by=grid.by, state="pitched")
    grid.place(topic, "Aula", 1)
    assert services.unplace_topic(topic=topic, by=grid.by).state == "pitched"


def test_the_cell_it_is_in_already_changes_nothing(grid: Grid, propose: Hang) -> None:
    topic = propose("Kino im Hof")
    grid.place(topic, "Aula", 1)
    grid.event.refresh_from_db()
    grid.place(topic, "Aula", 1, base_rev=0)
    assert Event.objects.get().seq == grid.event.seq


def test_who_has_seen_an_old_place_is_told_so(grid: Grid, propose: Hang) -> None:
    topic = propose("Kino im Hof")
    seen = fresh(topic).rev
    grid.place(topic, "Aula", 1, base_rev=seen)
    assert refusal(lambda: grid.place(topic, "Aula", 2, base_rev=seen)).code == "stale_base"
    assert refusal(lambda: services.unplace_topic(topic=topic, by=grid.by, base_rev=seen)).code == "stale_base"


def test_a_taken_cell_offers_the_nearest_free_ones(grid: Grid, propose: Hang) -> None:
    grid.place(propose("Kino im Hof"), "Aula", 2)
    late = propose("Nachtbus", interest=20)
    refused = refusal(lambda: grid.place(late, "Aula", 2))
    assert (refused.code, refused.facts) == (
        "taken",
        {"free": [{"room": 3, "slot": 2}, {"room": 3, "slot": 1}, {"room": 1, "slot": 1}]},
    )
    assert "Dach" in str(refused)


@pytest.mark.parametrize(
    ("room", "facts", "code"),
    [
        ("Küche", {"interest": 20}, "too_small"),
        ("Dach", {"step_free": True}, "steps"),
        ("Dach", {"interest": 40}, "too_small"),
    ],
)
def test_too_small_and_stairs_are_hard_stops(
    grid: Grid, propose: Hang, room: str, facts: dict[str, Any], code: str
) -> None:
    topic = propose("Kino im Hof", **facts)
    assert refusal(lambda: grid.place(topic, room, 1)).code == code
    assert fresh(topic).state == "on_wall"


def test_the_largest_room_takes_the_most_wanted_topic(grid: Grid, propose: Hang) -> None:
    placed = grid.place(propose("Kino im Hof", interest=75), "Aula", 1)
    assert placed.warnings == {"over": 15}


def test_clashes_are_counted_and_nobody_is_named(grid: Grid, propose: Hang, seats: list[Seat]) -> None:
    cinema, bus, bike = propose("Kino im Hof"), propose("Nachtbus"), propose("Fahrrad", seat=1)
    like(cinema, *seats[:3])
    like(bus, *seats[1:])
    grid.place(cinema, "Aula", 1)
    assert grid.place(bike, "Dach", 1).warnings == {}
    assert grid.place(bus, "Küche", 1).warnings == {"clashes": 2, "convener": 1}
    SignUp.objects.create(topic=cinema, seat=seats[4])
    assert grid.place(bus, "Küche", 1).warnings == {"clashes": 3, "convener": 1}


@pytest.mark.parametrize("state", ["held", "parked", "hidden", "merged", "withdrawn", "running", "harvested"])
def test_only_what_hangs_on_the_wall_is_placed(grid: Grid, propose: Hang, state: str) -> None:
    topic = propose("Kino im Hof")
    Topic.objects.filter(pk=topic.pk).update(state=state)
    assert refusal(lambda: grid.place(topic, "Aula", 1)).code == "not_now"


def test_nothing_is_planned_when_the_day_is_over(grid: Grid, propose: Hang) -> None:
    topic = propose("Kino im Hof")
    Event.objects.update(state="closed")
    assert refusal(lambda: grid.place(topic, "Aula", 1)).code == "closed"
    assert refusal(lambda: services.add_room(event=grid.event, by=grid.by, name="Keller")).code == "closed"


def test_a_topic_that_is_hidden_frees_its_cell(grid: Grid, propose: Hang) -> None:
    first, second = propose("Kino im Hof"), propose("Nachtbus")
    grid.place(first, "Aula", 1)
    event_services.move_topic(topic=first, by=grid.by, state="parked")
    grid.place(second, "Aula", 1)
    assert selectors.state_of(grid.event)["sessions"] == [{"n": 2, "room": 1, "slot": 1}]


# --- taking it back --------------------------------------------------------------------------------------
def test_placing_moving_and_taking_out_can_be_taken_back(grid: Grid, propose: Hang) -> None:
    topic = propose("Kino im Hof")

    def take_back() -> list[tuple[str, int]]:
        undo_placing(grid.event, Undo.objects.get().facts)
        return list(Session.objects.values_list("room__name", "slot__number"))

    grid.place(topic, "Aula", 1)
    assert take_back() == []
    grid.place(topic, "Aula", 1)
    grid.place(topic, "Küche", 2)
    assert take_back() == [("Aula", 1)]
    services.unplace_topic(topic=topic, by=grid.by)
    assert take_back() == [("Aula", 1)]


def test_what_has_changed_since_is_not_taken_back(grid: Grid, propose: Hang) -> None:
    topic = propose("Kino im Hof")
    grid.place(topic, "Aula", 1)
    facts = Undo.objects.get().facts
    grid.place(topic, "Aula", 2)
    undo = lambda: undo_placing(grid.event, facts)  # noqa: E731
    assert refusal(undo).code == "too_late"


# --- conveners -------------------------------------------------------------------------------------------
def test_conveners_place_move_and_take_out_their_own_topic(
    grid: Grid, propose: Hang, seats: list[Seat], ask: Ask
) -> None:
    topic = propose("Kino im Hof", interest=70)
    op, rev = uuid.uuid4(), fresh(topic).rev
    answer = ask(seats[0], "topic.place", op, rev, topic=1, room=1, slot=1)
    assert answer == {"rev": Event.objects.get().seq, "topic": 1, "room": 1, "slot": 1, "warnings": {"over": 10}}
    assert ask(seats[0], "topic.place", op, rev, topic=1, room=1, slot=1) == {**answer, "dup": True}
    assert ask(seats[0], "topic.unplace", base_rev=fresh(topic).rev, topic=1)["topic"] == 1
    assert not Undo.objects.exists()


def test_a_phone_says_what_it_had_seen(grid: Grid, propose: Hang, seats: list[Seat], ask: Ask) -> None:
    propose("Kino im Hof")
    refused = ask(seats[0], "topic.place", topic=1, room=1, slot=1)
    assert isinstance(refused, Refused)
    assert refused.code == "stale_base"


@pytest.mark.parametrize(
    ("seat", "event_facts", "code"),
    [
        (1, {}, "not_yours"),
        (0, {"placing_open": False}, "placing_closed"),
        (0, {"state": "wrap_up"}, "placing_closed"),
        (0, {"frozen": True}, "paused"),
    ],
)
def test_when_a_phone_may_not_place(
    grid: Grid, propose: Hang, seats: list[Seat], ask: Ask, seat: int, event_facts: dict[str, Any], code: str
) -> None:
    topic = propose("Kino im Hof")
    Event.objects.update(**event_facts)
    refused = ask(seats[seat], "topic.place", base_rev=fresh(topic).rev, topic=1, room=1, slot=1)
    assert isinstance(refused, Refused)
    assert refused.code == code


@pytest.mark.parametrize(("topic", "room", "slot"), [(9, 1, 1), (1, 9, 1), (1, 1, 9)])
def test_what_does_not_exist_is_absent(
    grid: Grid, propose: Hang, seats: list[Seat], ask: Ask, topic: int, room: int, slot: int
) -> None:
    propose("Kino im Hof")
    assert ask(seats[0], "topic.place", base_rev=1, topic=topic, room=room, slot=slot).code == "absent"


def test_a_convener_begins_and_ends_the_group(grid: Grid, propose: Hang, seats: list[Seat], ask: Ask) -> None:
    topic = propose("Kino im Hof")
    assert ask(seats[0], "session.begin", topic=1).code == "not_now"
    grid.place(topic, "Aula", 1)
    assert ask(seats[1], "session.begin", topic=1).code == "not_yours"
    assert ask(seats[0], "session.finish", topic=1).code == "not_now"
    for kind, state in [("session.begin", "running"), ("session.finish", "harvested")]:
        assert ask(seats[0], kind, topic=1)["topic"] == 1
        assert fresh(topic).state == state
    assert ask(seats[0], "session.begin", topic=1).code == "not_now"
    assert services.run_topic(topic=topic, state="running", by=grid.by).state == "running"
    assert refusal(lambda: services.unplace_topic(topic=topic, by=grid.by)).code == "not_now"


# --- my plan ---------------------------------------------------------------------------------------------
def test_seats_plan_where_to_go(grid: Grid, propose: Hang, seats: list[Seat], ask: Ask) -> None:
    grid.place(propose("Kino im Hof"), "Aula", 1)
    grid.place(propose("Nachtbus"), "Küche", 2)
    propose("Noch an der Wand")
    op = uuid.uuid4()
    first = ask(seats[0], "plan.sign_up", op, topic=1, on=True)
    assert ask(seats[0], "plan.sign_up", op, topic=1, on=False) == {**first, "dup": True}
    for seat in seats[:3]:
        ask(seat, "plan.sign_up", topic=2, on=True)
    ask(seats[1], "plan.sign_up", topic=2, on=False)
    assert grid_selectors.plan_counts(grid.event.pk) == {"1": 1, "2": 2}
    assert selectors.you_of(seats[0])["plan"] == [1, 2]
    assert selectors.you_of(seats[0])["mine"] == [1, 2, 3]
    assert ask(seats[0], "plan.sign_up", topic=3, on=True).code == "absent"
    assert ask(seats[0], "plan.sign_up", topic=9, on=True).code == "absent"


def test_many_taps_of_one_batch_leave_the_last_word(grid: Grid, propose: Hang, seats: list[Seat]) -> None:
    grid.place(propose("Kino im Hof"), "Aula", 1)
    taps = [(0, True), (0, False), (1, True), (1, True), (2, False)]
    marks = [services.PlanMark(seats[seat].pk, uuid.uuid4(), 1, on) for seat, on in taps]
    answers = services.mark_plans(event_id=grid.event.pk, marks=marks)
    assert [answer["on"] for answer in answers if isinstance(answer, dict)] == [on for _seat, on in taps]
    assert list(SignUp.objects.values_list("seat", flat=True)) == [seats[1].pk]


def test_seats_say_where_they_are(grid: Grid, propose: Hang, seats: list[Seat], ask: Ask) -> None:
    grid.place(propose("Kino im Hof"), "Aula", 1)
    assert selectors.you_of(seats[0])["here"] is None
    for seat in seats[:3]:
        ask(seat, "here.set", topic=1)
    ask(seats[1], "here.set", topic=None)
    assert grid_selectors.here_counts(grid.event.pk) == {"moving": 1, "1": 2}
    assert [selectors.you_of(seat)["here"] for seat in seats[:2]] == [1, 0]
    assert ask(seats[0], "here.set", topic=7).code == "absent"
    marks = [services.HereMark(seats[4].pk, uuid.uuid4(), topic) for topic in (1, None, 1)]
    assert len(services.mark_whereabouts(event_id=grid.event.pk, marks=marks)) == 3
    assert Whereabouts.objects.filter(seat=seats[4]).values_list("topic__number", flat=True).get() == 1


@pytest.mark.parametrize("kind", ["plan.sign_up", "here.set"])
def test_plans_end_with_the_event(grid: Grid, propose: Hang, seats: list[Seat], ask: Ask, kind: str) -> None:
    grid.place(propose("Kino im Hof"), "Aula", 1)
    arguments = {"topic": 1, "on": True} if kind == "plan.sign_up" else {"topic": 1}
    Event.objects.update(frozen=True)
    assert ask(seats[0], kind, **arguments).code == "paused"
    Event.objects.update(frozen=False, state="closed")
    assert ask(seats[0], kind, **arguments).code == "closed"


# --- what screens put together ---------------------------------------------------------------------------
def test_a_snapshot_and_the_entries_after_it_are_the_later_snapshot(grid: Grid, propose: Hang) -> None:
    event, by, begin = grid.event, grid.by, grid.slots[3].starts_at
    first, second = propose("Kino im Hof"), propose("Nachtbus")
    event.refresh_from_db()
    state, seq = selectors.state_of(event), event.seq
    acts: list[Callable[[], object]] = [
        lambda: services.add_room(event=event, by=by, name="Keller"),
        lambda: services.change_room(room=grid.rooms["Dach"], by=by, name="Dachboden", capacity=None),
        lambda: services.change_slot(slot=grid.slots[3], by=by, starts_at=begin, ends_at=begin + timedelta(hours=1)),
        lambda: grid.place(first, "Aula", 1),
        lambda: grid.place(second, "Aula", 2),
        lambda: grid.place(first, "Küche", 2),
        lambda: services.run_topic(topic=first, state="running", by=by),
        lambda: services.run_topic(topic=first, state="harvested", by=by),
        lambda: services.unplace_topic(topic=second, by=by),
        lambda: services.remove_slot(slot=grid.slots[1], by=by),
        lambda: services.remove_room(room=grid.rooms["Aula"], by=by),
        lambda: event_services.set_switches(event=event, by=by, placing_open=False),
    ]
    for act in acts:
        act()
        event.refresh_from_db()
        for entry in selectors.log_after(event.pk, seq) or []:
            state, seq = apply(state, entry.kind, entry.data), entry.seq
        assert (state, seq) == (selectors.state_of(event), event.seq)


def test_a_plan_is_taken_as_a_whole_and_what_no_longer_fits_is_left_out(grid: Grid, propose: Hang) -> None:
    topics = [propose(title, seat=number) for number, title in enumerate(["Kino", "Nachtbus", "Fahrrad"])]
    suggestions = grid_selectors.suggestion_for(grid.event)
    assert (len(suggestions), Session.objects.count()) == (3, 0)
    rooms = {room.number: room for room in grid.rooms.values()}
    proposals = [(fresh(topics[one.topic - 1]), rooms[one.room], grid.slots[one.slot]) for one in suggestions]
    grid.place(topics[2], "Dach", 3)
    assert services.accept_plan(by=grid.by, proposals=proposals) == 2
    assert Session.objects.count() == 3
