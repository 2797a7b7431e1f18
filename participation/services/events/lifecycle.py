"""The life of an open space: made by the team, moved from state to state, shown on the projector."""

import secrets
import uuid
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.models import Quartier, User
from accounts.rules import is_staff_of
from common.errors import Refused
from participation.live import events as live
from participation.models import Event
from participation.rules import events as rules
from participation.rules.ballots import RUNNING
from participation.selectors.events import CODE_ALPHABET, clean_code, event_facts

from .log import lock_event_for, record

CODE_LENGTH = 6
FACTS = frozenset({"title", "subtitle", "intro", "place", "starts_at", "ends_at", "outcomes"})


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
    if "title" in facts:
        _record_change(locked)
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
    locked.save(update_fields=["state", "scene"])
    _record_change(locked)
    return locked


@transaction.atomic
def set_phase(*, event: Event, by: User, phase: str) -> Event:
    """Go to a phase; it only sets defaults: collecting opens the proposals, deciding closes them."""
    locked = lock_event_for(event=event, by=by)
    if phase not in Event.Phase.values:
        raise Refused("unknown_phase", _("Diese Phase gibt es nicht."))
    if locked.phase == phase:
        return locked
    locked.phase = phase
    if phase == Event.Phase.COLLECT:
        locked.proposals_open = True
    elif phase in {Event.Phase.CONVERGENCE, Event.Phase.ACTION, Event.Phase.CLOSING}:
        locked.proposals_open = False
    locked.save(update_fields=["phase", "proposals_open"])
    _record_change(locked)
    return locked


@transaction.atomic
def set_switches(
    *, event: Event, by: User, proposals_open: bool | None = None, interest_visible: bool | None = None
) -> Event:
    """Open or close the proposals, show or hide how many are interested."""
    locked = lock_event_for(event=event, by=by)
    if proposals_open is not None:
        locked.proposals_open = proposals_open
    if interest_visible is not None:
        locked.interest_visible = interest_visible
    locked.save(update_fields=["proposals_open", "interest_visible"])
    _record_change(locked)
    return locked


@transaction.atomic
def set_scene(*, event: Event, by: User, kind: str, ballot: int | None = None, text: str = "") -> Event:
    """Choose what the projector shows; `ballot` is a ballot's number. Raises Refused `unknown_scene`."""
    locked = lock_event_for(event=event, by=by)
    if kind not in rules.SCENES or not _fits(locked, kind, ballot):
        raise Refused("unknown_scene", _("Das kann der Beamer gerade nicht zeigen."))
    place_scene(event=locked, kind=kind, ballot=ballot, text=text)
    return locked


def place_scene(*, event: Event, kind: str, ballot: int | None = None, text: str = "") -> None:
    """Put a scene on the projector of a locked event, as a part of another act."""
    scene: dict[str, Any] = {"kind": kind}
    if ballot is not None:
        scene["ballot"] = ballot
    if text:
        scene["text"] = text[:140]
    if scene != event.scene:
        event.scene = scene
        event.save(update_fields=["scene"])
        _record_change(event)


def _fits(event: Event, kind: str, ballot: int | None) -> bool:
    """A ballot or a result needs its ballot, and a result must be revealed."""
    if kind not in {"ballot", "result"}:
        return True
    found = event.ballots.exclude(state__in=live.HIDDEN_BALLOTS).filter(number=ballot or 0).first()
    return found is not None and (kind == "ballot" or found.state in {"revealed", "filed"})


def _record_change(event: Event) -> None:
    record(event=event, kind=live.EVENT_CHANGED, data=event_facts(event))


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
    """The wanted join code, or one that nobody has."""
    if wanted:
        code = clean_code(wanted)
        if len(code) < 4 or Event.objects.filter(join_code=code).exists():
            raise Refused("code_taken", _("Nimm einen anderen Code."), field="join_code")
        return code
    while True:
        code = "".join(secrets.choice(CODE_ALPHABET) for _sign in range(CODE_LENGTH))
        if not Event.objects.filter(join_code=code).exists():
            return code
