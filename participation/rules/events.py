"""What may happen in an open space, and who may do it. States are data: what is not named is refused."""

from datetime import datetime, timedelta

from django.contrib.auth.models import AnonymousUser

from accounts.models import User
from accounts.rules import is_staff_of
from participation.models import Event, Seat, Topic

State = Event.State
MOVES: dict[str, frozenset[str]] = {
    State.DRAFT: frozenset({State.ANNOUNCED}),
    State.ANNOUNCED: frozenset({State.DRAFT, State.LOBBY}),
    State.LOBBY: frozenset({State.ANNOUNCED, State.LIVE}),
    State.LIVE: frozenset({State.LOBBY, State.WRAP_UP}),
    State.WRAP_UP: frozenset({State.LIVE, State.CLOSED}),
    State.CLOSED: frozenset({State.ARCHIVED}),
    State.ARCHIVED: frozenset(),
}
"""From each state of an event to those that may follow it."""

OPEN_DOORS = frozenset({State.LOBBY, State.LIVE, State.WRAP_UP})
PLAIN_SCENES = frozenset({"lobby", "wall", "grid", "outcomes"})
SCENES = (*sorted(PLAIN_SCENES), "pitch", "ballot", "result", "timer", "news", "break", "message")
"""What a projector can show; the plain ones need nothing more than their name."""
SAYING_SCENES = frozenset({"timer", "news", "break", "message"})
"""Scenes that may carry a sentence."""
PITCH_SECONDS = 60
LONGEST_TIMER = 180
"""Minutes."""
LONGEST_MESSAGE = 140

PHASE_SWITCHES: dict[str, dict[str, bool]] = {
    Event.Phase.COLLECT: {"proposals_open": True},
    Event.Phase.ROUNDS: {"notes_open": True},
    Event.Phase.CONVERGENCE: {"proposals_open": False},
    Event.Phase.ACTION: {"proposals_open": False},
    Event.Phase.CLOSING: {"proposals_open": False, "notes_open": False},
}
"""A phase sets defaults only: the switches that it turns when it begins; the others stay as they are."""

SHOWN_TOPICS = frozenset(
    {
        Topic.State.ON_WALL.value,
        Topic.State.PITCHED.value,
        Topic.State.PLACED.value,
        Topic.State.RUNNING.value,
        Topic.State.HARVESTED.value,
    }
)
"""States in which everybody sees a topic."""

Stand = Topic.State
ASIDE = frozenset({Stand.PARKED, Stand.MERGED, Stand.WITHDRAWN, Stand.HIDDEN})
TOPIC_MOVES: dict[str, frozenset[str]] = {
    Stand.SUBMITTED: frozenset({Stand.HELD, Stand.ON_WALL}),
    Stand.HELD: frozenset({Stand.ON_WALL, Stand.MERGED, Stand.WITHDRAWN, Stand.HIDDEN}),
    Stand.ON_WALL: frozenset({Stand.PITCHED, Stand.PLACED}) | ASIDE,
    Stand.PITCHED: frozenset({Stand.ON_WALL, Stand.PLACED}) | ASIDE,
    Stand.PLACED: frozenset({Stand.ON_WALL, Stand.PITCHED, Stand.RUNNING}) | ASIDE,
    Stand.RUNNING: frozenset({Stand.PLACED, Stand.HARVESTED, Stand.HIDDEN}),
    Stand.HARVESTED: frozenset({Stand.RUNNING, Stand.HIDDEN}),
    Stand.PARKED: frozenset({Stand.ON_WALL, Stand.WITHDRAWN, Stand.HIDDEN}),
    Stand.MERGED: frozenset({Stand.ON_WALL, Stand.HIDDEN}),
    Stand.WITHDRAWN: frozenset({Stand.HELD, Stand.ON_WALL, Stand.PITCHED, Stand.PARKED}),
    Stand.HIDDEN: frozenset({Stand.HELD, Stand.ON_WALL, Stand.PITCHED, Stand.PARKED}),
}
"""From each state of a topic to those that may follow it."""
TEAM_TARGETS = frozenset({Stand.ON_WALL, Stand.PITCHED, Stand.PARKED, Stand.HIDDEN})
"""Where a button of the stage moves a topic. Into the grid and out of it goes by the grid, into another topic by
merging, and only whoever proposed a topic withdraws it."""
BACK_WITHIN = timedelta(seconds=10)
"""So long an act can be taken back; the answer may be two seconds on its way."""
ON_ITS_WAY = timedelta(seconds=2)


def can_run(user: User | AnonymousUser, event: Event) -> bool:
    """Lead the event: staff of its Quartier."""
    return is_staff_of(user, event.quartier)


def is_public(event: Event) -> bool:
    return event.state != State.DRAFT


def can_move(event: Event, state: str) -> bool:
    return state in MOVES[event.state]


def can_take_seat(event: Event) -> bool:
    """The doors are open, nobody has paused them, and there is room."""
    return why_no_seat(event) == ""


def why_no_seat(event: Event) -> str:
    """Why nobody new comes in: `early`, `over`, `paused`, `full`; or nothing."""
    if event.state not in OPEN_DOORS:
        return "early" if event.state in {State.DRAFT, State.ANNOUNCED} else "over"
    if not event.joining_open:
        return "paused"
    return "full" if event.capacity is not None and event.seat_count >= event.capacity else ""


def may_call_help(event: Event) -> bool:
    """Also while everything is paused."""
    return event.state in OPEN_DOORS


def can_propose(event: Event) -> bool:
    """Topics are wanted: a switch, and the event runs (or lets people in)."""
    return event.proposals_open and event.state in {State.LOBBY, State.LIVE}


def can_show_interest(event: Event, topic: Topic) -> bool:
    return event.state in OPEN_DOORS and topic.state in SHOWN_TOPICS


def can_hold_ballots(event: Event) -> bool:
    return event.state in {State.LIVE, State.WRAP_UP} and not event.frozen


def can_move_topic(topic: Topic, state: str) -> bool:
    return state in TOPIC_MOVES[topic.state]


def can_team_move(topic: Topic, state: str) -> bool:
    """What the team does to a topic with a button; what somebody has withdrawn stays theirs."""
    return can_move_topic(topic, state) and state in TEAM_TARGETS and topic.state != Stand.WITHDRAWN


def is_own(topic: Topic, seat: Seat) -> bool:
    return topic.seat_id == seat.pk


def still_back(moved_at: datetime | None, now: datetime) -> bool:
    """Whether an act of that time may still be taken back."""
    return moved_at is not None and now <= moved_at + BACK_WITHIN + ON_ITS_WAY


def can_merge(topic: Topic, into: Topic) -> bool:
    """Both hang on the wall of one event (or one waits for a look) and none is in the grid by then."""
    together = topic.event_id == into.event_id and topic.pk != into.pk
    return together and can_move_topic(topic, Stand.MERGED) and into.state in SHOWN_TOPICS


def ends_before_it_begins(starts_at: datetime, ends_at: datetime | None) -> bool:
    return ends_at is not None and ends_at <= starts_at
