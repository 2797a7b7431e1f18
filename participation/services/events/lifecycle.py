"""The life of an open space: made by the team, moved from state to state and from phase to phase."""

import secrets
import uuid
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.models import Quartier, User
from accounts.rules import is_staff_of
from common.errors import Refused
from participation.models import Event, FormerCode
from participation.rules import events as rules
from participation.rules.ballots import RUNNING
from participation.selectors.events import CODE_ALPHABET, clean_code

from .log import lock_event_for
from .scenes import record_event
from .undoing import offer_undo, too_late

CODE_LENGTH = 6
SWITCHES = frozenset(
    {"proposals_open", "interest_visible", "topics_held", "notes_open", "joining_open", "placing_open"}
)
FACTS = frozenset({"title", "subtitle", "intro", "place", "starts_at", "ends_at", "capacity", "outcomes"})


@transaction.atomic
def create_event(
    *,
    quartier: Quartier,
    by: User,
    title: str,
    starts_at: datetime,
    client_id: uuid.UUID | None = None,
    join_code: str = "",
    **facts: Any,
) -> Event:
    """A draft with a fresh join code (or the given one). The same `client_id` gives the same event.

    Raises Refused `forbidden`, `empty` (title), `code_taken`, `ends_too_early`.
    """
    if not is_staff_of(by, quartier):
        raise Refused("forbidden", _("Das kann nur das Team dieses Quartiers."))
    client_id = client_id or uuid.uuid4()
    known = Event.objects.filter(client_id=client_id, quartier=quartier).first()
    if known is not None:
        return known
    event = Event(
        client_id=client_id,
        quartier=quartier,
        starts_at=starts_at,
        created_by=by,
        join_code=_code(join_code),
        scene={"kind": "lobby"},
    )
    _set_facts(event, {"title": title, **facts})
    event.save(force_insert=True)
    return event


@transaction.atomic
def update_event(*, event: Event, by: User, **facts: Any) -> Event:
    """Change what the team wrote about the event. Raises Refused `forbidden`, `empty`, `ends_too_early`."""
    locked = lock_event_for(event=event, by=by)
    _set_facts(locked, facts)
    locked.save(update_fields=sorted(facts))
    if {"title", "capacity"} & facts.keys():
        record_event(event=locked)
    return locked


@transaction.atomic
def change_state(*, event: Event, by: User, state: str) -> Event:
    """Move the event to another state; being there already is fine. Raises Refused `forbidden`, `not_now`."""
    locked = lock_event_for(event=event, by=by)
    if locked.state == state:
        return locked
    if state not in Event.State.values or not rules.can_move(locked, state):
        raise Refused("not_now", _("Das geht im Moment nicht. Lade die Seite neu und schau, was dran ist."))
    if state == Event.State.CLOSED and locked.ballots.filter(state__in=RUNNING).exists():
        raise Refused("ballot_running", _("Es läuft noch eine Abstimmung. Schließ sie zuerst."))
    locked.state = state
    if state == Event.State.LOBBY:
        locked.scene = {"kind": "lobby"}
    elif state == Event.State.LIVE and locked.scene.get("kind") == "lobby":
        locked.scene = {"kind": "wall"}
    elif state == Event.State.CLOSED:
        locked.scene, locked.next_scene, locked.frozen = {"kind": "outcomes"}, {}, False
    locked.save(update_fields=["state", "scene", "next_scene", "frozen"])
    record_event(event=locked)
    return locked


@transaction.atomic
def set_phase(*, event: Event, by: User, phase: str) -> Event:
    """Go to a phase; it only turns some switches (rules.PHASE_SWITCHES), and can be taken back."""
    locked = lock_event_for(event=event, by=by)
    if phase not in Event.Phase.values:
        raise Refused("unknown_phase", _("Diese Phase gibt es nicht."))
    if locked.phase == phase:
        return locked
    wanted = {"phase": phase, **rules.PHASE_SWITCHES.get(phase, {})}
    before = {name: getattr(locked, name) for name in wanted}
    _put(locked, wanted)
    offer_undo(event=locked, act="phase", before=before, now=wanted)
    return locked


def put_phase_back(event: Event, facts: dict[str, Any]) -> None:
    """Take back a change of phases with its switches. Raises Refused `too_late` when they have changed again."""
    if any(getattr(event, name) != value for name, value in facts["now"].items()):
        raise too_late()
    _put(event, facts["before"])


@transaction.atomic
def set_switches(*, event: Event, by: User, **switches: bool) -> Event:
    """Turn some of SWITCHES; the others stay as they are."""
    unknown = switches.keys() - SWITCHES
    if unknown:
        raise TypeError(f"an event has no {', '.join(sorted(unknown))}")
    locked = lock_event_for(event=event, by=by)
    if any(getattr(locked, name) != on for name, on in switches.items()):
        _put(locked, switches)
    return locked


def _put(event: Event, values: Mapping[str, Any]) -> None:
    for name, value in values.items():
        setattr(event, name, value)
    event.save(update_fields=sorted(values))
    record_event(event=event)


def _set_facts(event: Event, facts: dict[str, Any]) -> None:
    unknown = facts.keys() - FACTS
    if unknown:
        raise TypeError(f"an event has no {', '.join(sorted(unknown))}")
    for name, value in facts.items():
        setattr(event, name, " ".join(value.split()) if name in {"title", "subtitle", "place"} else value)
    if not event.title:
        raise Refused("empty", _("Gib der Veranstaltung einen Titel."), field="title")
    if rules.ends_before_it_begins(event.starts_at, event.ends_at):
        raise Refused("ends_too_early", _("Das Ende liegt vor dem Beginn."), field="ends_at")


def _code(wanted: str) -> str:
    """The wanted join code, or one that nobody has or had."""
    if not wanted:
        return fresh_code()
    code = clean_code(wanted)
    if len(code) < 4 or _is_known(code):
        raise Refused("code_taken", _("Nimm einen anderen Code."), field="join_code")
    return code


def fresh_code() -> str:
    """A join code that nobody has or had."""
    while True:
        code = "".join(secrets.choice(CODE_ALPHABET) for _sign in range(CODE_LENGTH))
        if not _is_known(code):
            return code


def _is_known(code: str) -> bool:
    return Event.objects.filter(join_code=code).exists() or FormerCode.objects.filter(code=code).exists()
