"""Topics in the cells of the grid. Of two who want a cell one gets it, and the other hears what is free."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from common.errors import Refused
from participation.live import events as live
from participation.models import Event, Room, Seat, Session, Slot, Topic
from participation.rules import grid as rules
from participation.rules.events import can_move_topic
from participation.selectors import grid as selectors
from participation.services.events.log import lock_event, lock_event_for, record
from participation.services.events.moving import leave_grid, not_now, put_topic
from participation.services.events.topics import record_topic
from participation.services.events.undoing import offer_undo, too_late

from .rooms import lock_planned

State = Topic.State
Proposal = tuple[Topic, Room, Slot]


@dataclass(frozen=True, slots=True)
class Placed:
    """A topic in its cell. `warnings` are numbers, never names; without one it is empty.

    `clashes`: people who want this and something else in that slot · `over`: more expected than there are places ·
    `convener`: 1 when whoever leads it leads another group just then.
    """

    session: Session
    warnings: dict[str, int]


@transaction.atomic
def place_topic(
    *,
    topic: Topic,
    room: Room,
    slot: Slot,
    by: User | None = None,
    seat: Seat | None = None,
    base_rev: int | None = None,
) -> Placed:
    """Put a topic into a cell, or move it there. `seat` is its convener; without it and `by` it is the house itself.

    `base_rev` is the topic's `rev` that was seen; None: whatever it is now. Asking for the cell it is in already
    changes nothing. Raises Refused `forbidden`, `not_yours`, `placing_closed`, `closed`, `absent`, `not_now`,
    `stale_base`, `steps`, `too_small` and `taken`, the last three with `free`: the nearest cells that would do.
    """
    event, locked = _lock(topic, by, seat)
    room, slot = _still_there(event, room, slot)
    session = Session.objects.filter(topic=locked).select_related("room", "slot").first()
    wish = selectors.wish_of(locked, selectors.expected_of(locked))
    if session is not None and (session.room_id, session.slot_id) == (room.pk, slot.pk):
        return Placed(session, _warnings(locked, wish, room, slot))
    if locked.state not in rules.PLACEABLE:
        raise not_now()
    _compare(locked, base_rev)
    _check_cell(event, wish, room, slot)
    before = [session.room.number, session.slot.number] if session else None
    session = session or Session(event=event, topic=locked)
    session.room, session.slot = room, slot
    session.save()
    facts = selectors.session_facts(locked.number, room.number, slot.number)
    record(event=event, kind=live.SESSION_PLACED, data=facts)
    _tell(event, locked)
    if by is not None:
        offer_undo(event=event, act="place", topic=locked.number, rev=locked.rev, cell=before)
    return Placed(session, _warnings(locked, wish, room, slot))


@transaction.atomic
def unplace_topic(
    *, topic: Topic, by: User | None = None, seat: Seat | None = None, base_rev: int | None = None
) -> Topic:
    """Take a topic out of the grid, back to the wall; sign-ups stay. Out already: nothing changes.

    Raises Refused `forbidden`, `not_yours`, `placing_closed`, `closed`, `not_now` (it runs), `stale_base`.
    """
    event, locked = _lock(topic, by, seat)
    if locked.state not in rules.IN_GRID:
        return locked
    if locked.state != State.PLACED:
        raise not_now()
    _compare(locked, base_rev)
    cell = leave_grid(event=event, topic=locked)
    pitched = locked.moved_from == State.PITCHED
    put_topic(event=event, topic=locked, state=State.PITCHED if pitched else State.ON_WALL)
    if by is not None:
        offer_undo(event=event, act="place", topic=locked.number, rev=locked.rev, cell=cell)
    return locked


def undo_placing(event: Event, facts: dict[str, Any]) -> None:
    """Take back a placing, a move or a taking out, in a locked event whose team wants it.

    `facts`: `topic` and `rev` of the act, `cell` before it or None. Raises Refused as the act itself, and `too_late`
    when the topic or the grid has changed again.
    """
    topic = event.topics.filter(number=facts["topic"], rev=facts["rev"]).first()
    if topic is None:
        raise too_late()
    if facts["cell"] is None:
        unplace_topic(topic=topic)
        return
    room, slot = facts["cell"]
    found = event.rooms.filter(number=room).first(), event.slots.filter(number=slot).first()
    if found[0] is None or found[1] is None:
        raise too_late()
    place_topic(topic=topic, room=found[0], slot=found[1])


def accept_plan(*, by: User, proposals: Iterable[Proposal]) -> int:
    """Place what was suggested, each by itself; what does not go any more is left out. Returns how many went."""
    return sum(_accept(by, *proposal) for proposal in proposals)


def _accept(by: User, topic: Topic, room: Room, slot: Slot) -> bool:
    try:
        place_topic(topic=topic, room=room, slot=slot, by=by, base_rev=topic.rev)
    except Refused as refusal:
        if refusal.code in {"forbidden", "closed"}:
            raise
        return False
    return True


@transaction.atomic
def run_topic(*, topic: Topic, state: str, by: User | None = None, seat: Seat | None = None) -> Topic:
    """Begin a group (`running`), end it (`harvested`), or take such a tap back (the team only).

    Being there already is fine. Raises Refused `forbidden`, `not_yours`, `not_now`.
    """
    event = lock_event_for(event=topic.event, by=by) if seat is None else lock_event(event=topic.event)
    locked = Topic.objects.select_for_update(of=("self",)).get(pk=topic.pk)
    if seat is not None and locked.seat_id != seat.pk:
        raise _not_yours()
    if locked.state == state:
        return locked
    may = rules.may_become(locked.state, state, team=seat is None) and can_move_topic(locked, state)
    if not (may and rules.can_run_groups(event)):
        raise not_now()
    put_topic(event=event, topic=locked, state=state)
    return locked


def _lock(topic: Topic, by: User | None, seat: Seat | None) -> tuple[Event, Topic]:
    """Event and topic, locked for somebody who may change where the topic is."""
    event = lock_planned(event=topic.event, by=by) if seat is None else lock_event(event=topic.event)
    locked = Topic.objects.select_for_update(of=("self",)).get(pk=topic.pk)
    if seat is not None and locked.seat_id != seat.pk:
        raise _not_yours()
    if seat is not None and not rules.can_place_own(event, locked, seat.pk):
        raise Refused("placing_closed", _("Gerade plant das Team die Themen ein. Frag vorn nach."))
    return event, locked


def _still_there(event: Event, room: Room, slot: Slot) -> tuple[Room, Slot]:
    """The cell as it is now that nobody can take it away. Raises Refused `absent`."""
    rooms, slots = event.rooms.filter(pk=room.pk).first(), event.slots.filter(pk=slot.pk).first()
    if rooms is None or slots is None:
        raise Refused("absent", _("Diesen Platz im Raster gibt es nicht mehr."))
    return rooms, slots


def _not_yours() -> Refused:
    return Refused("not_yours", _("Das Thema hat jemand anderes vorgeschlagen."))


def _compare(topic: Topic, base_rev: int | None) -> None:
    if base_rev is not None and base_rev != topic.rev:
        raise Refused("stale_base", _("Das Thema ist gerade verschoben worden. Schau nach, wo es jetzt ist."))


def _check_cell(event: Event, wish: rules.Wish, room: Room, slot: Slot) -> None:
    """Raises Refused `steps`, `too_small`, `taken`, with the nearest free cells."""
    rooms = [selectors.place_of(other) for other in event.rooms.all()]
    code = rules.hindrance(wish, selectors.place_of(room), rooms)
    if not code and event.sessions.filter(room=room, slot=slot).exists():
        code = "taken"
    if code:
        free = selectors.free_cells(event, wish, slot)
        cells = [{"room": cell["room"], "slot": cell["slot"]} for cell in free]
        raise Refused(code, _sentence(code, [cell["words"] for cell in free]), facts={"free": cells})


def _sentence(code: str, free: list[str]) -> str:
    said = {
        "taken": _("Da war jemand schneller: Dieser Platz im Raster ist vergeben."),
        "steps": _("Dieses Thema braucht einen Raum ohne Stufen."),
        "too_small": _("Dieser Raum ist zu klein für alle, die kommen wollen."),
    }[code]
    return f"{said} {_('Frei ist zum Beispiel: {cells}.').format(cells=', '.join(free))}" if free else str(said)


def _tell(event: Event, topic: Topic) -> None:
    """A topic has a cell now, or another one: its `rev` is new either way."""
    if topic.state == State.PLACED:
        record_topic(event=event, topic=topic, changed=[])
    else:
        put_topic(event=event, topic=topic, state=State.PLACED)


def _warnings(topic: Topic, wish: rules.Wish, room: Room, slot: Slot) -> dict[str, int]:
    found = {
        "clashes": selectors.clashes(topic, slot),
        "over": rules.over(wish, selectors.place_of(room)),
        "convener": int(selectors.convener_elsewhere(topic, slot)),
    }
    return {name: number for name, number in found.items() if number}
