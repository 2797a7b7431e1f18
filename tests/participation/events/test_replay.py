"""Snapshot at n plus entries n+1 to m is the snapshot at m: for every operation of a seat and every button of the stage."""

import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, NamedTuple

import pytest
from django.db import transaction
from django.http import Http404, QueryDict
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounts.models import User
from common.errors import Refused
from participation.live import events as live
from participation.models import Ballot, Event, Seat
from participation.selectors.events import log_after, state_of
from participation.services import operations
from participation.services.events import take_seat
from participation.views.events.stage import ACTS
from participation.views.events.stage.acts import Mistaken

pytestmark = pytest.mark.django_db


class Step(NamedTuple):
    """Something that happens: a name of the tables below, and numbers that say to whom and what."""

    name: str
    who: int
    this: int
    that: int


# --- what seats do ---------------------------------------------------------------------------------------
def _ballot(event: Event, number: int) -> int:
    """The id of a ballot by its number; one that does not exist is asked for too."""
    found = event.ballots.filter(number=number).values_list("pk", flat=True).first()
    return found or 10**6


OPERATIONS: dict[str, Callable[[Event, Step], dict[str, Any]]] = {
    live.CAST: lambda e, s: {"ballot": _ballot(e, s.this), "choice": {str(s.that): 1}},
    live.INTEREST: lambda e, s: {"topic": s.this, "on": s.that % 2 == 0},
    live.PROPOSE: lambda _e, s: {"title": f"Thema {s.this}{s.that}", "text": "dictated" * (s.that % 2)},
}

# --- what the team does ----------------------------------------------------------------------------------
STATES = ["announced", "lobby", "live", "wrap_up", "live"]
PHASES = list(Event.Phase.values)
TOPIC_STATES = ["on_wall", "pitched", "parked", "hidden", "on_wall"]
SCENES = ["lobby", "wall", "message", "ballot", "result"]
KINDS = list(Ballot.Kind.values)

BUTTONS: dict[str, Callable[[Event, Step], dict[str, Any]]] = {
    "state": lambda _e, s: {"state": STATES[s.this]},
    "phase": lambda _e, s: {"phase": PHASES[s.this + s.that]},
    "proposals": lambda _e, s: {"on": s.this % 2},
    "interest": lambda _e, s: {"on": s.this % 2},
    "scene": lambda _e, s: {"kind": SCENES[s.this], "ballot": s.that, "text": "Pause bis 15 Uhr"},
    "topic": lambda _e, s: {"topic": s.this, "state": TOPIC_STATES[s.that]},
    "new_ballot": lambda _e, s: {
        "client_id": uuid.uuid4(),
        "question": f"Frage {s.this}?",
        "kind": KINDS[s.that % len(KINDS)],
        "options": "Rad\nDach\nKino",
        "tier": "signal",
        "secrecy": "counted",
        "budget": 5,
        "max_per_option": 3,
        "max_choices": 2,
    },
    "open": lambda _e, s: {"ballot": s.this, "seconds": 60 * (s.that % 2)},
    "pause": lambda _e, s: {"ballot": s.this},
    "resume": lambda _e, s: {"ballot": s.this},
    "close": lambda _e, s: {"ballot": s.this},
    "reveal": lambda _e, s: {"ballot": s.this},
    "file": lambda _e, s: {"ballot": s.this},
    "void": lambda _e, s: {"ballot": s.this, "reason": "Zwei Leute hatten kein Netz."},
}

small = st.integers(0, 4)
steps = st.builds(Step, st.sampled_from(sorted(OPERATIONS) + sorted(BUTTONS)), small, small, small)


def test_every_operation_and_every_button_is_tried() -> None:
    assert set(OPERATIONS) == set(operations.KINDS)
    assert set(BUTTONS) == set(ACTS)


BEGINNING = [
    Step(live.PROPOSE, 0, 1, 1),
    Step(live.PROPOSE, 1, 2, 2),
    Step("new_ballot", 0, 1, KINDS.index("choice")),
    Step("open", 0, 1, 0),
]
"""So that most of what is drawn afterwards has something to happen to."""


# The one event of the test is as it was before each example, because everything is rolled back.
@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(happens=st.lists(steps, min_size=1, max_size=25))
def test_replaying_the_log_gives_the_state(event: Event, contact_person: User, happens: list[Step]) -> None:
    event.refresh_from_db()
    with _forgotten():
        seats = [_seat(event, number) for number in range(5)]
        shown = {event.seq: state_of(event)}
        for step in [*BEGINNING, *happens]:
            _let_happen(step, event, seats, contact_person)
            event.refresh_from_db()
            shown[event.seq] = state_of(event)
        for seq, state in shown.items():
            replayed = state
            for entry in log_after(event.pk, seq) or []:
                replayed = live.apply(replayed, entry.kind, entry.data)
            assert replayed == shown[event.seq]


def _seat(event: Event, number: int) -> Seat:
    return take_seat(event=event, token=f"{number}-a-token-that-is-long-enough", nickname=f"Gast {number}")


def _let_happen(step: Step, event: Event, seats: list[Seat], team: User) -> None:
    """What is refused changes nothing, which is a part of what is tried here."""
    try:
        if step.name in OPERATIONS:
            arguments = OPERATIONS[step.name](event, step)
            asked = operations.ask(seat=seats[step.who], op=uuid.uuid4(), kind=step.name, arguments=arguments)
            operations.carry_out(asked)
        else:
            data = QueryDict(mutable=True)
            data.update({name: str(value) for name, value in BUTTONS[step.name](event, step).items()})
            ACTS[step.name](event, team, data)
    except (Refused, Mistaken, Http404, operations.Bad):
        pass


@contextmanager
def _forgotten() -> Iterator[None]:
    """Everything that happens inside is rolled back."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)
