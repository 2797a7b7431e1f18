"""The columns of the grid, made by the team. A name stands once in an event, so a repeated request does no harm."""

from typing import Any, Final

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from common.errors import Refused
from participation.live import events as live
from participation.models import Event, Room
from participation.rules.grid import can_plan
from participation.selectors.grid import room_facts
from participation.services.events.log import lock_event_for, record

MOST_ROOMS: Final = 30
MOST_SEATS: Final = 5000


@transaction.atomic
def add_room(
    *, event: Event, by: User, name: str, where: str = "", capacity: int | None = None, step_free: bool = True
) -> Room:
    """A room of that name; if there is one already, it gets these facts.

    Raises Refused `forbidden`, `closed`, `empty`, `too_long`, `odd_number`, `too_many`.
    """
    locked = lock_planned(event=event, by=by)
    known = locked.rooms.filter(name__iexact=_line(name)).first()
    if known is not None:
        return _set(locked, known, name=name, where=where, capacity=capacity, step_free=step_free)
    if locked.rooms.count() >= MOST_ROOMS:
        raise Refused("too_many", _("Das sind genug Räume."), field="name")
    number = (locked.rooms.aggregate(last=Max("number"))["last"] or 0) + 1
    room = Room(event=locked, number=number)
    return _set(locked, room, name=name, where=where, capacity=capacity, step_free=step_free)


@transaction.atomic
def change_room(
    *, room: Room, by: User, name: str, where: str = "", capacity: int | None = None, step_free: bool = True
) -> Room:
    """Change what is said about a room; what is planned in it stays.

    Raises Refused `forbidden`, `closed`, `absent`, `empty`, `too_long`, `odd_number`, `name_taken`.
    """
    locked = lock_planned(event=room.event, by=by)
    known = locked.rooms.filter(pk=room.pk).first()
    if known is None:
        raise Refused("absent", _("Diesen Raum gibt es nicht mehr."))
    if locked.rooms.filter(name__iexact=_line(name)).exclude(pk=room.pk).exists():
        raise Refused("name_taken", _("So heißt schon ein Raum."), field="name")
    return _set(locked, known, name=name, where=where, capacity=capacity, step_free=step_free)


@transaction.atomic
def remove_room(*, room: Room, by: User) -> None:
    """Take an empty room away. Raises Refused `forbidden`, `closed`, `not_empty`."""
    event = lock_planned(event=room.event, by=by)
    if room.sessions.exists():
        raise Refused("not_empty", _("In diesem Raum ist noch ein Thema eingeplant. Verschieb es zuerst."))
    facts = {**room_facts(room), "gone": True}
    if Room.objects.filter(pk=room.pk).delete()[0]:
        record(event=event, kind=live.ROOM_CHANGED, data=facts)


def lock_planned(*, event: Event, by: User | None) -> Event:
    """The locked event, while its grid can still be changed. Raises Refused `forbidden`, `closed`."""
    locked = lock_event_for(event=event, by=by)
    if not can_plan(locked):
        raise Refused("closed", _("Die Veranstaltung ist vorbei."))
    return locked


def _set(event: Event, room: Room, **facts: Any) -> Room:
    _check(**facts)
    before = room_facts(room) if room.pk else None
    room.name, room.where = _line(facts["name"]), _line(facts["where"])
    room.capacity, room.step_free = facts["capacity"], facts["step_free"]
    if room_facts(room) != before:
        room.save()
        record(event=event, kind=live.ROOM_CHANGED, data=room_facts(room))
    return room


def _check(*, name: str, where: str, capacity: int | None, **_facts: Any) -> None:
    if not _line(name):
        raise Refused("empty", _("Gib dem Raum einen Namen."), field="name")
    for field, text, most in (("name", name, 40), ("where", where, 80)):
        if len(_line(text)) > most:
            raise Refused("too_long", _("Fass dich hier kürzer: höchstens {n} Zeichen.").format(n=most), field=field)
    if capacity is not None and not 1 <= capacity <= MOST_SEATS:
        raise Refused("odd_number", _("Gib an, wie viele in den Raum passen, oder lass es frei."), field="capacity")


def _line(text: str) -> str:
    return " ".join(text.split())
