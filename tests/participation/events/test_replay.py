"""Snapshot at n plus entries n+1 to m is the snapshot at m: for every operation and every button of the stage."""

import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any, NamedTuple

import pytest
import time_machine
from django.db import transaction
from django.http import Http404, QueryDict
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounts.models import User
from common.errors import Refused
from participation.live import events as live
from participation.models import Ballot, Event, Note, NotePhoto, Seat, Undo
from participation.selectors.events import log_after, state_of
from participation.services import operations
from participation.services.ballots import settle_due
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
    live.PLACE: lambda _e, s: {"topic": s.this, "room": s.that, "slot": 1},
    live.UNPLACE: lambda _e, s: {"topic": s.this},
    live.BEGIN: lambda _e, s: {"topic": s.this},
    live.FINISH: lambda _e, s: {"topic": s.this},
    live.SIGN_UP: lambda _e, s: {"topic": s.this, "on": s.that % 2 == 0},
    live.HERE: lambda _e, s: {"topic": s.this or None},
    live.MORE_TIME: lambda e, s: {"ballot": _ballot(e, s.this)},
    live.WITHDRAW: lambda _e, s: {"topic": s.this},
    live.RESTORE: lambda _e, s: {"topic": s.this},
    live.HELP: lambda _e, s: {"where": f"Raum {s.this}", "text": ""},
    live.HELP_OFF: lambda _e, _s: {},
    live.WRITE_NOTE: lambda _e, s: {"topic": s.this, "section": SECTIONS[s.that], "text": "Mehr Bänke"},
    live.REMOVE_NOTE: lambda _e, s: {"topic": s.this, "note": s.that},
    live.PROPOSE_OUTCOME: lambda _e, s: {"topic": s.this, "title": f"Wir bauen {s.that}"},
    live.JOIN_OUTCOME: lambda _e, s: {"outcome": s.this, "on": s.that % 2 == 0},
}
SECTIONS = [*Note.Section.values, "none"]

# --- what the team does ----------------------------------------------------------------------------------
STATES = ["announced", "lobby", "live", "wrap_up", "live"]
PHASES = list(Event.Phase.values)
TOPIC_STATES = ["on_wall", "pitched", "parked", "hidden", "on_wall"]
SCENES = ["lobby", "wall", "message", "ballot", "result"]
KINDS = list(Ballot.Kind.values)

GROUP_STATES = ["running", "harvested", "placed", "running", "harvested"]


def _seen(event: Event, number: int) -> str:
    """A topic as the grid offers it: its number and what was seen of it."""
    rev = event.topics.filter(number=number).values_list("rev", flat=True).first()
    return f"{number}-{rev or 0}"


def _last_undo(event: Event) -> str:
    return str(Undo.objects.filter(event=event).values_list("key", flat=True).first() or "")


def _last_call(event: Event) -> int:
    return event.help_calls.order_by("-pk").values_list("pk", flat=True).first() or 0


def _last_photo(event: Event) -> int:
    return NotePhoto.objects.filter(topic__event=event).values_list("pk", flat=True).first() or 0


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
    "add_room": lambda _e, s: {"name": f"Raum {s.this}", "capacity": s.that or ""},
    "change_room": lambda _e, s: {"room": s.this, "name": f"Raum {s.that}", "step_free": "on"},
    "remove_room": lambda _e, s: {"room": s.this},
    "add_slots": lambda _e, s: {"starts_at": f"2026-12-05T1{s.this}:00", "minutes": 30, "count": s.that, "pause": 5},
    "change_slot": lambda _e, s: {"slot": s.this, "starts_at": f"2026-12-05T1{s.that}:00", "minutes": 20},
    "remove_slot": lambda _e, s: {"slot": s.this},
    "placing": lambda _e, s: {"on": s.this % 2},
    "rerun": lambda _e, s: {"ballot": s.this},
    "totals": lambda _e, s: {"ballot": s.this, "papers": s.that, "o1": s.that},
    "release": lambda _e, s: {"ballot": s.this, "all": 1},
    "extend": lambda _e, s: {"ballot": s.this, "seat": s.that, "seconds": 60},
    "facts": lambda _e, s: {"title": f"Halle {s.this}", "starts_at": "2026-12-05T14:00"},
    "capacity": lambda _e, s: {"capacity": 100 * s.this or ""},
    "joining": lambda _e, s: {"on": s.this % 2},
    "rotate": lambda e, _s: {"old": e.join_code},
    "held": lambda _e, s: {"on": s.this % 2},
    "merge": lambda _e, s: {"topic": s.this, "into": s.that},
    "freeze": lambda _e, s: {"on": s.this % 2},
    "undo": lambda e, _s: {"key": _last_undo(e)},
    "take": lambda _e, _s: {},
    "pitch": lambda _e, s: {"topic": s.this},
    "pitch_next": lambda _e, s: {"after": s.this, "skip": s.that % 2},
    "pitch_order": lambda _e, s: {"order": "interest" if s.this % 2 else "number"},
    "help_take": lambda e, _s: {"call": _last_call(e)},
    "help_done": lambda e, _s: {"call": _last_call(e)},
    "notes": lambda _e, s: {"on": s.this % 2},
    "converge": lambda _e, _s: {},
    "outcome_make": lambda _e, s: {"outcome-title": f"Wir pflanzen {s.this}", "outcome-topic": s.that or ""},
    "outcome_edit": lambda _e, s: {"outcome": s.this, "title": f"Wir malen {s.that}", "text": ""},
    "outcome_hide": lambda _e, s: {"outcome": s.this},
    "outcome_show": lambda _e, s: {"outcome": s.this},
    "outcome_idea": lambda _e, s: {"outcome": s.this},
    "outcome_project": lambda _e, s: {"outcome": s.this, "capacity": 8},
    "outcome_winner": lambda _e, s: {"ballot": s.this},
    "photo_release": lambda e, _s: {"photo": _last_photo(e)},
    "photo_reject": lambda e, _s: {"photo": _last_photo(e)},
    "place": lambda e, s: {"topic": _seen(e, s.this), "cell": f"{s.that}-1" if s.that else "out"},
    "run_topic": lambda _e, s: {"topic": s.this, "state": GROUP_STATES[s.that]},
    "run_slot": lambda _e, s: {"slot": s.this, "state": GROUP_STATES[s.that]},
}

CLOCK = "ten seconds later"
"""Time goes by: what is due by the clock is counted."""

small = st.integers(0, 4)
steps = st.builds(Step, st.sampled_from([CLOCK, *sorted(OPERATIONS), *sorted(BUTTONS)]), small, small, small)


def test_every_operation_and_every_button_is_tried() -> None:
    assert set(OPERATIONS) == set(operations.KINDS)
    assert set(BUTTONS) == set(ACTS)


BEGINNING = [
    Step(live.PROPOSE, 0, 1, 1),
    Step(live.PROPOSE, 1, 2, 2),
    Step("new_ballot", 0, 1, KINDS.index("choice")),
    Step("open", 0, 1, 0),
    Step("add_room", 0, 1, 4),
    Step("add_room", 0, 2, 0),
    Step("add_slots", 0, 1, 2),
    Step("place", 0, 1, 1),
    Step("outcome_make", 0, 1, 1),
    Step("notes", 0, 1, 0),
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
        if step.name == CLOCK:
            with time_machine.travel(timezone.now() + timedelta(seconds=10)):
                settle_due(event_ids=[event.pk])
        elif step.name in OPERATIONS:
            arguments = OPERATIONS[step.name](event, step)
            seen = event.topics.filter(number=step.this).values_list("rev", flat=True).first()
            asked = operations.ask(
                seat=seats[step.who], op=uuid.uuid4(), kind=step.name, arguments=arguments, base_rev=seen
            )
            operations.carry_out(asked=asked)
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
