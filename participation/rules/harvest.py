"""Who may write down what came of a day, and who may read it when. Pure questions."""

from datetime import datetime, timedelta
from typing import Final

from django.contrib.auth.models import AnonymousUser

from accounts.models import User
from participation.models import Event, Note, Outcome, Seat, Topic
from participation.rules.events import SHOWN_TOPICS, can_run

State, Phase = Event.State, Event.Phase
GOING_ON: Final = frozenset({State.LIVE, State.WRAP_UP})
OVER: Final = frozenset({State.CLOSED, State.ARCHIVED})

OUTCOME_PHASES: Final = frozenset({Phase.CONVERGENCE, Phase.ACTION})
TAKE_BACK_FOR: Final = timedelta(minutes=15)
"""So long a note can be taken back by who wrote it."""

READABLE_TOPICS: Final = SHOWN_TOPICS | {Topic.State.PARKED.value, Topic.State.MERGED.value}
"""States in which a topic has a page and stands in the proceedings: everybody has seen it."""


def notes_are_open(event: Event) -> bool:
    """A switch, which the rounds turn on; and the day goes on."""
    return event.notes_open and event.state in GOING_ON


def can_note(author: Seat | User, topic: Topic) -> bool:
    """A seat while notes are open, about a topic that is on; the team at any time, also from paper afterwards."""
    event = topic.event
    if isinstance(author, Seat):
        return author.event_id == event.pk and notes_are_open(event) and topic.state in SHOWN_TOPICS
    return can_run(author, event)


def can_see_topic(user: User | AnonymousUser, topic: Topic) -> bool:
    return topic.state in READABLE_TOPICS or can_run(user, topic.event)


def can_take_back(seat: Seat, note: Note, now: datetime) -> bool:
    """One's own note, for a quarter of an hour; afterwards it belongs to the harvest."""
    return note.seat_id == seat.pk and now - note.written_at <= TAKE_BACK_FOR


def takes_outcomes(event: Event) -> bool:
    """Whether seats may say what comes out of it: once the talking is done."""
    return event.state in GOING_ON and event.phase in OUTCOME_PHASES


def can_join(event: Event, outcome: Outcome) -> bool:
    """ "Ich bin dabei": also on the way home, until the event is filed away."""
    return event.state in GOING_ON | {State.CLOSED} and not outcome.hidden


def has_become(outcome: Outcome) -> str:
    """`idea`, `project`, or nothing yet."""
    if outcome.project_id is not None:
        return "project"
    return "idea" if outcome.idea_id is not None else ""


def can_read_proceedings(user: User | AnonymousUser, event: Event) -> bool:
    """Everybody once the event is over; the team before."""
    return event.state in OVER or can_run(user, event)
