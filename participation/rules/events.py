"""What may happen in an open space, and who may do it. States are data: what is not named is refused."""

from datetime import datetime

from django.contrib.auth.models import AnonymousUser

from accounts.models import User
from accounts.rules import is_staff_of
from participation.models import Event, Topic

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
SCENES = ("lobby", "wall", "ballot", "result", "message")
"""What a projector can show."""

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

ASIDE = frozenset({Topic.State.PARKED, Topic.State.MERGED, Topic.State.WITHDRAWN, Topic.State.HIDDEN})
TOPIC_MOVES: dict[str, frozenset[str]] = {
    Topic.State.SUBMITTED: frozenset({Topic.State.HELD, Topic.State.ON_WALL}),
    Topic.State.HELD: frozenset({Topic.State.ON_WALL, Topic.State.MERGED, Topic.State.WITHDRAWN, Topic.State.HIDDEN}),
    Topic.State.ON_WALL: frozenset({Topic.State.PITCHED, Topic.State.PLACED}) | ASIDE,
    Topic.State.PITCHED: frozenset({Topic.State.ON_WALL, Topic.State.PLACED}) | ASIDE,
    Topic.State.PLACED: frozenset({Topic.State.ON_WALL, Topic.State.RUNNING}) | ASIDE,
    Topic.State.RUNNING: frozenset({Topic.State.PLACED, Topic.State.HARVESTED, Topic.State.HIDDEN}),
    Topic.State.HARVESTED: frozenset({Topic.State.RUNNING, Topic.State.HIDDEN}),
    Topic.State.PARKED: frozenset({Topic.State.ON_WALL, Topic.State.WITHDRAWN, Topic.State.HIDDEN}),
    Topic.State.MERGED: frozenset({Topic.State.ON_WALL, Topic.State.HIDDEN}),
    Topic.State.WITHDRAWN: frozenset({Topic.State.ON_WALL}),
    Topic.State.HIDDEN: frozenset({Topic.State.ON_WALL}),
}
"""From each state of a topic to those that may follow it."""


def can_run(user: User | AnonymousUser, event: Event) -> bool:
    """Lead the event: staff of its Quartier."""
    return is_staff_of(user, event.quartier)


def is_public(event: Event) -> bool:
    return event.state != State.DRAFT


def can_move(event: Event, state: str) -> bool:
    return state in MOVES[event.state]


def can_take_seat(event: Event) -> bool:
    """The doors are open."""
    return event.state in OPEN_DOORS


def can_propose(event: Event) -> bool:
    """Topics are wanted: a switch, and the event runs (or lets people in)."""
    return event.proposals_open and event.state in {State.LOBBY, State.LIVE}


def can_show_interest(event: Event, topic: Topic) -> bool:
    return event.state in OPEN_DOORS and topic.state in SHOWN_TOPICS


def can_hold_ballots(event: Event) -> bool:
    return event.state in {State.LIVE, State.WRAP_UP}


def can_move_topic(topic: Topic, state: str) -> bool:
    return state in TOPIC_MOVES[topic.state]


def ends_before_it_begins(starts_at: datetime, ends_at: datetime | None) -> bool:
    return ends_at is not None and ends_at <= starts_at
