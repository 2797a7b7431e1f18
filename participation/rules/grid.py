"""The grid: what fits where, and who may put it there. Pure questions about plain facts."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import combinations
from typing import Final

from participation.models import Event, Topic

State = Event.State
TopicState = Topic.State
PLACEABLE: Final = frozenset({TopicState.ON_WALL, TopicState.PITCHED, TopicState.PLACED})
"""States from which a topic goes into a cell, or into another one."""

IN_GRID: Final = frozenset({TopicState.PLACED, TopicState.RUNNING, TopicState.HARVESTED})
"""States of a topic that has a cell."""

OPEN_GROUPS: Final = frozenset({TopicState.PLACED, TopicState.RUNNING})
"""States in which people plan to go to a group, or are there."""

RUNS: Final = {
    TopicState.RUNNING.value: frozenset({TopicState.PLACED, TopicState.HARVESTED}),
    TopicState.HARVESTED.value: frozenset({TopicState.RUNNING}),
    TopicState.PLACED.value: frozenset({TopicState.RUNNING}),
}
"""For each state of a group, those it can be reached from; back is for the team, who correct a wrong tap."""

FORWARD: Final = frozenset({(TopicState.PLACED, TopicState.RUNNING), (TopicState.RUNNING, TopicState.HARVESTED)})

Cell = tuple[int, int]
"""(number of the room, number of the slot)."""


@dataclass(frozen=True, slots=True)
class Place:
    """A room. `capacity` None: as many as come."""

    number: int
    capacity: int | None = None
    step_free: bool = True

    @property
    def seats(self) -> float:
        return float("inf") if self.capacity is None else self.capacity


@dataclass(frozen=True, slots=True)
class Time:
    """A slot."""

    number: int
    starts_at: datetime
    ends_at: datetime


@dataclass(frozen=True, slots=True)
class Wish:
    """A topic that wants a cell. `expected` people; `convener` is whoever leads it, and can be in one room only."""

    number: int
    expected: int = 0
    step_free: bool = False
    convener: int | None = None


# --- who may ---------------------------------------------------------------------------------------------
def can_plan(event: Event) -> bool:
    """The team may make rooms and slots and fill them until the event is over."""
    return event.state not in {State.CLOSED, State.ARCHIVED}


def can_place_own(event: Event, topic: Topic, seat_id: int) -> bool:
    """Conveners place their own topic from the phone while the switch allows it and the event runs."""
    return event.placing_open and event.state in {State.LOBBY, State.LIVE} and topic.seat_id == seat_id


def can_run_own(event: Event, topic: Topic, seat_id: int) -> bool:
    """Conveners begin and end their own group."""
    return can_run_groups(event) and topic.seat_id == seat_id


def can_run_groups(event: Event) -> bool:
    return event.state in {State.LIVE, State.WRAP_UP}


def may_become(before: str, after: str, *, team: bool) -> bool:
    """Whether a group goes from one state to another: forward for its convener, also back for the team."""
    return before in RUNS.get(after, frozenset()) and (team or (before, after) in FORWARD)


# --- what fits -------------------------------------------------------------------------------------------
def hindrance(wish: Wish, room: Place, rooms: Iterable[Place]) -> str:
    """Why a topic cannot go into a room: `steps`, `too_small`, or "" when it can.

    The largest room that is free of hindrances takes every topic, however many want to come: otherwise the most
    wanted topic of the day would have no place at all.
    """
    if wish.step_free and not room.step_free:
        return "steps"
    largest = max((other.seats for other in rooms if other.step_free or not wish.step_free), default=room.seats)
    return "too_small" if room.seats < min(wish.expected, largest) else ""


def over(wish: Wish, room: Place) -> int:
    """How many more are expected than the room has places."""
    return max(0, wish.expected - room.capacity) if room.capacity is not None else 0


def nearest_free(
    wish: Wish, *, rooms: Sequence[Place], slots: Sequence[Time], taken: Iterable[Cell], wanted: Time, now: datetime
) -> list[Cell]:
    """The three free cells nearest to a slot: the same slot first, then by time, then the room that fits best.

    Cells in which the topic may not be, and slots that are over, are left out.
    """
    occupied = set(taken)
    cells = [
        (
            abs((slot.starts_at - wanted.starts_at).total_seconds()),
            slot.starts_at,
            _waste(wish, room),
            room.number,
            slot,
        )
        for slot in slots
        for room in rooms
        if (room.number, slot.number) not in occupied
        and (slot.ends_at > now or slot == wanted)
        and not hindrance(wish, room, rooms)
    ]
    return [(number, slot.number) for *_far, number, slot in sorted(cells, key=lambda cell: cell[:4])[:3]]


def _waste(wish: Wish, room: Place) -> float:
    """Places that would stay empty; a room without a limit comes after all others."""
    return abs(room.seats - wish.expected)


def overlap(first: tuple[datetime, datetime], second: tuple[datetime, datetime]) -> bool:
    """Whether two times (begin, end) have a moment in common; one may begin when the other ends."""
    return first[0] < second[1] and second[0] < first[1]


# --- who wants two things at once ------------------------------------------------------------------------
def torn(wants: Iterable[tuple[int, int]]) -> Counter[int]:
    """How many people want more than one group of a slot, by the slot, from (person, slot)."""
    counts = Counter(wants)
    return Counter(slot for (_person, slot), count in counts.items() if count > 1)


def wanted_together(wants: Iterable[tuple[int, int]]) -> Counter[tuple[int, int]]:
    """How many people want both, for each pair of topics (the smaller number first), from (person, topic)."""
    lists: dict[int, set[int]] = {}
    for person, topic in wants:
        lists.setdefault(person, set()).add(topic)
    pairs: Counter[tuple[int, int]] = Counter()
    for topics in lists.values():
        pairs.update(combinations(sorted(topics), 2))
    return pairs
