"""Topics through their services: every move, by everybody who might try it."""

import uuid
from collections.abc import Callable
from datetime import timedelta
from itertools import product
from typing import Any

import pytest
import time_machine
from django.utils import timezone

from accounts.models import User
from common.errors import Refused
from participation.models import Event, Interest, LogEntry, Room, Seat, Session, SignUp, Slot, Topic, Undo
from participation.rules.events import TEAM_TARGETS, TOPIC_MOVES
from participation.selectors.hall import pitch_queue
from participation.services import events as services
from participation.services import hall

STATES = Topic.State.values
# Whoever proposed a topic takes it down from here, and nobody else does.
WITHDRAWABLE = {before for before, targets in TOPIC_MOVES.items() if "withdrawn" in targets}
MERGEABLE = {before for before, targets in TOPIC_MOVES.items() if "merged" in targets}


def refusal(act: Callable[[], object]) -> str:
    with pytest.raises(Refused) as refused:
        act()
    return refused.value.code


def row(topic: Topic) -> dict[str, Any]:
    return Topic.objects.values().get(pk=topic.pk)


def propose(seat: Seat, title: str = "Kino im Hof") -> Topic:
    return services.propose_topic(seat=seat, op=uuid.uuid4(), title=title)


@pytest.fixture
def topic(guest: Seat) -> Topic:
    return propose(guest)


@pytest.fixture
def seats(event: Event) -> list[Seat]:
    return [services.take_seat(event=event, token=f"{n}-a-long-enough-token", nickname=f"G {n}") for n in range(3)]


def stand(topic: Topic, state: str) -> None:
    Topic.objects.filter(pk=topic.pk).update(state=state)
    topic.state = state


def place(event: Event, topic: Topic) -> Session:
    now = timezone.now()
    room = Room.objects.create(event=event, number=1, name="Aula")
    slot = Slot.objects.create(event=event, number=1, starts_at=now, ends_at=now + timedelta(hours=1))
    stand(topic, "placed")
    return Session.objects.create(event=event, topic=topic, room=room, slot=slot)


# --- every move ------------------------------------------------------------------------------------------
@pytest.mark.parametrize(("before", "after"), [*product(STATES, STATES)])
def test_the_team_moves_a_topic_along_its_table_only(
    event: Event, topic: Topic, contact_person: User, before: str, after: str
) -> None:
    stand(topic, before)
    unchanged = row(topic)
    act = lambda: services.move_topic(topic=topic, by=contact_person, state=after, reason="Doppelt")  # noqa: E731
    if before == after:
        assert row(act()) == unchanged
    elif after in TOPIC_MOVES[before] and after in TEAM_TARGETS and before != "withdrawn":
        assert act().state == after
        assert LogEntry.objects.last().data["rev"] == row(topic)["rev"] == Event.objects.get().seq
    else:
        assert (refusal(act), row(topic)) == ("not_now", unchanged)


@pytest.mark.parametrize(("who", "state"), [*product(["other_staff", "resident", "neighbour"], STATES)])
def test_strangers_move_no_topic(request: pytest.FixtureRequest, topic: Topic, who: str, state: str) -> None:
    by, unchanged = request.getfixturevalue(who), row(topic)
    acts = [
        lambda: services.move_topic(topic=topic, by=by, state=state, reason="Doppelt"),
        lambda: services.merge_topic(topic=topic, into=topic, by=by),
        lambda: services.pitch_next(event=topic.event, by=by),
        lambda: services.scribe_topic(event=topic.event, by=by, op=uuid.uuid4(), title="X"),
    ]
    assert [refusal(act) for act in acts] == ["forbidden"] * 4
    assert row(topic) == unchanged


@pytest.mark.parametrize("before", STATES)
def test_only_whoever_proposed_a_topic_withdraws_it(guest: Seat, seats: list[Seat], topic: Topic, before: str) -> None:
    stand(topic, before)
    unchanged = row(topic)
    assert refusal(lambda: services.withdraw_topic(seat=seats[0], topic=1)) == "not_yours"
    act = lambda: services.withdraw_topic(seat=guest, topic=1)  # noqa: E731
    if before in WITHDRAWABLE:
        assert (act().state, row(topic)["moved_from"]) == ("withdrawn", before)
    elif before == "withdrawn":
        assert row(act()) == unchanged
    else:
        assert (refusal(act), row(topic)) == ("not_now", unchanged)


@pytest.mark.parametrize("before", STATES)
def test_only_what_hangs_or_waits_is_merged(topic: Topic, guest: Seat, contact_person: User, before: str) -> None:
    other = propose(guest, "Freiluftkino")
    stand(topic, before)
    unchanged = row(topic)
    act = lambda: services.merge_topic(topic=topic, into=other, by=contact_person)  # noqa: E731
    if before in MERGEABLE:
        assert (act().state, row(topic)["merged_into_id"]) == ("merged", other.pk)
        assert act().state == "merged"
    else:
        assert (refusal(act), row(topic)) == ("not_now", unchanged)


@pytest.mark.parametrize("state", [state for state in STATES if state not in {"on_wall", "pitched", "placed"}])
def test_nothing_is_merged_into_what_does_not_hang(topic: Topic, guest: Seat, contact_person: User, state: str) -> None:
    other = propose(guest, "Freiluftkino")
    stand(other, state)
    act = lambda: services.merge_topic(topic=topic, into=other, by=contact_person)  # noqa: E731
    if state in {"running", "harvested"}:
        assert act().state == "merged"
    else:
        assert refusal(act) == "not_now"


@pytest.mark.parametrize("state", ["draft", "announced", "closed", "archived"])
def test_behind_closed_doors_nobody_withdraws(event: Event, guest: Seat, topic: Topic, state: str) -> None:
    Event.objects.filter(pk=event.pk).update(state=state)
    unchanged = row(topic)
    assert refusal(lambda: services.withdraw_topic(seat=guest, topic=1)) == "not_now"
    assert row(topic) == unchanged


# --- withdraw, hide, merge, and back ---------------------------------------------------------------------
@pytest.mark.parametrize(("seconds", "back"), [(9, True), (13, False)])
def test_thinking_again_goes_for_ten_seconds(guest: Seat, topic: Topic, seconds: int, back: bool) -> None:
    services.withdraw_topic(seat=guest, topic=1)
    with time_machine.travel(timezone.now() + timedelta(seconds=seconds), tick=False):
        act = lambda: services.restore_topic(seat=guest, topic=1)  # noqa: E731
        assert (act().state if back else refusal(act)) == ("on_wall" if back else "too_late")


def test_a_hidden_topic_needs_a_reason_and_comes_back_as_it_was(
    event: Event, topic: Topic, contact_person: User
) -> None:
    stand(topic, "pitched")
    assert refusal(lambda: services.hide_topic(topic=topic, by=contact_person, reason=" ")) == "empty"
    hidden = services.hide_topic(topic=topic, by=contact_person, reason="  Gegen  jemanden ")
    assert hidden.hidden_reason == "Gegen jemanden"
    hall.undo(event=event, by=contact_person, key=event.undo.key.hex)
    assert (row(topic)["state"], row(topic)["hidden_reason"]) == ("pitched", "")


def test_a_merge_moves_interest_and_plans_without_doubles_and_back(
    event: Event, guest: Seat, seats: list[Seat], topic: Topic, contact_person: User
) -> None:
    other = propose(guest, "Freiluftkino")
    for seat in seats[:2]:
        services.show_interest(seat=seat, topic=topic)
    for seat in seats[1:]:
        services.show_interest(seat=seat, topic=other)
    SignUp.objects.create(topic=topic, seat=seats[0])
    services.merge_topic(topic=topic, into=other, by=contact_person)
    assert row(other)["interest_count"] == Interest.objects.filter(topic=other).count() == 3
    assert list(other.sign_ups.values_list("seat", flat=True)) == [seats[0].pk]
    hall.undo(event=event, by=contact_person, key=event.undo.key.hex)
    assert row(other)["interest_count"] == Interest.objects.filter(topic=other).count() == 2
    assert (row(topic)["state"], row(topic)["interest_count"], other.sign_ups.count()) == ("on_wall", 2, 0)


def test_a_topic_that_is_hidden_frees_its_cell_and_gets_it_back(
    event: Event, topic: Topic, contact_person: User
) -> None:
    place(event, topic)
    services.hide_topic(topic=topic, by=contact_person, reason="Doppelt")
    assert Session.objects.count() == 0
    assert LogEntry.objects.get(kind="session.gone").data == {"n": 1, "gone": True}
    hall.undo(event=event, by=contact_person, key=event.undo.key.hex)
    assert (row(topic)["state"], Session.objects.get().topic) == ("placed", topic)


def test_what_has_changed_again_is_not_taken_back(event: Event, topic: Topic, contact_person: User) -> None:
    services.move_topic(topic=topic, by=contact_person, state="parked")
    key = event.undo.key.hex
    Topic.objects.filter(pk=topic.pk).update(rev=99)
    assert refusal(lambda: hall.undo(event=event, by=contact_person, key=key)) == "too_late"
    assert row(topic)["state"] == "parked"


# --- the queue and the papers ----------------------------------------------------------------------------
def test_what_reports_hide_is_nothing_that_the_stage_takes_back(
    event: Event, topic: Topic, contact_person: User
) -> None:
    services.set_phase(event=event, by=contact_person, phase="market")
    offered = Undo.objects.get(event=event).key
    services.move_topic(topic=topic, by=None, state="hidden", reason="Gemeldet")
    assert Undo.objects.get(event=event).key == offered


@pytest.mark.parametrize(
    ("title", "text", "code", "field"),
    [
        ("Ruf an: 0151 23456789", "", "phone", "title"),
        ("Kino im Hof", "Schreib mir: rosa@post.de", "email", "text"),
        ("Kino im Hof", "Mein Insta ist luchs_17", "handle", "text"),
        ("Schau auf kino.de", "", "link", "title"),
        ("\u200b\u2066", "", "empty", "title"),
    ],
)
def test_a_topic_says_something_and_not_how_to_reach_anybody(
    guest: Seat, title: str, text: str, code: str, field: str
) -> None:
    with pytest.raises(Refused) as refused:
        services.propose_topic(seat=guest, op=uuid.uuid4(), title=title, text=text)
    assert (refused.value.code, refused.value.field) == (code, field)
    assert Topic.objects.count() == 0


def test_a_topic_turns_no_line_around(guest: Seat) -> None:
    made = services.propose_topic(
        seat=guest, op=uuid.uuid4(), title="\u202eKino\x1b im\tHof", text="Frei\u202etags\r\n"
    )
    assert (made.title, made.text) == ("Kino im Hof", "Freitags")


def test_with_the_queue_on_a_topic_waits_for_a_look(event: Event, guest: Seat, contact_person: User) -> None:
    services.set_switches(event=event, by=contact_person, topics_held=True)
    topic = propose(guest)
    assert topic.state == "held"
    assert LogEntry.objects.last().data["title"] == ""
    services.move_topic(topic=topic, by=contact_person, state="on_wall")
    assert LogEntry.objects.last().data["title"] == "Kino im Hof"


def test_a_topic_from_paper_hangs_at_once_with_the_name_on_it(event: Event, contact_person: User) -> None:
    services.set_switches(event=event, by=contact_person, topics_held=True, proposals_open=False)
    op = uuid.uuid4()
    facts = {"event": event, "by": contact_person, "op": op, "name": "Oma  Lene", "step_free": True}
    first = services.scribe_topic(title=" Bänke ", **facts)
    assert services.scribe_topic(title="Anderes", **facts) == first
    assert (first.title, first.by, first.state, first.scribed, first.step_free, first.seat) == (
        "Bänke", "Oma Lene", "on_wall", True, True, None,
    )  # fmt: skip


@pytest.mark.parametrize(("title", "code"), [("", "empty"), ("x" * 81, "too_long")])
def test_a_paper_topic_is_checked_too(event: Event, contact_person: User, title: str, code: str) -> None:
    act = lambda: services.scribe_topic(event=event, by=contact_person, op=uuid.uuid4(), title=title)  # noqa: E731
    assert refusal(act) == code


# --- the pitch queue -------------------------------------------------------------------------------------
def scene(event: Event) -> tuple[str, int]:
    shown = Event.objects.get(pk=event.pk).scene
    return shown["kind"], shown.get("topic", 0)


def test_one_topic_after_the_other_is_pitched(event: Event, guest: Seat, contact_person: User) -> None:
    first, second = propose(guest, "Eins"), propose(guest, "Zwei")
    step = lambda after, **how: services.pitch_next(event=event, by=contact_person, after=after, **how)  # noqa: E731
    step(0)
    assert scene(event) == ("pitch", 1)
    step(1)
    assert (scene(event), row(first)["state"]) == (("pitch", 2), "pitched")
    step(1)
    assert scene(event) == ("pitch", 2)
    step(2)
    assert (scene(event), row(second)["state"]) == (("wall", 0), "pitched")


def test_who_is_skipped_comes_last(event: Event, guest: Seat, contact_person: User) -> None:
    for title in ("Eins", "Zwei"):
        propose(guest, title)
    services.pitch_next(event=event, by=contact_person)
    services.pitch_next(event=event, by=contact_person, after=1, skip=True)
    assert scene(event) == ("pitch", 2)
    assert [topic.number for topic in pitch_queue(event)] == [2, 1]


def test_the_queue_stands_in_the_order_of_interest(event: Event, guest: Seat, contact_person: User) -> None:
    propose(guest, "Eins")
    services.show_interest(seat=guest, topic=propose(guest, "Zwei"))
    orders = []
    for order in ("interest", "number"):
        services.order_pitches(event=event, by=contact_person, order=order)
        orders.append([topic.number for topic in pitch_queue(event)])
    assert orders == [[2, 1], [1, 2]]


def test_a_pitch_gets_a_minute_once_more_and_is_taken_back(event: Event, guest: Seat, contact_person: User) -> None:
    topic = propose(guest)
    services.pitch_next(event=event, by=contact_person)
    services.pitch_next(event=event, by=contact_person, after=1)
    hall.undo(event=event, by=contact_person, key=event.undo.key.hex)
    assert (scene(event), row(topic)["state"]) == (("pitch", 1), "on_wall")
    now = timezone.now() + timedelta(minutes=5)
    with time_machine.travel(now, tick=False):
        services.pitch_topic(event=event, by=contact_person, topic=1)
    ends = Event.objects.get(pk=event.pk).scene["ends"]
    assert ends == int((now + timedelta(seconds=60)).timestamp() * 1000)
