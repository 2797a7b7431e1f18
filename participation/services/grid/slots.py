"""The rows of the grid, made by the team: several of the same length at once, each of them changed by itself."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Final

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from common.errors import Refused
from participation.live import events as live
from participation.models import Event, Slot
from participation.rules.grid import overlap
from participation.selectors.grid import slot_facts
from participation.services.events.log import record

from .rooms import lock_planned

MOST_SLOTS: Final = 30
SHORTEST, LONGEST = timedelta(minutes=5), timedelta(hours=8)


@transaction.atomic
def add_slots(
    *, event: Event, by: User, starts_at: datetime, minutes: int, count: int = 1, pause: int = 0
) -> list[Slot]:
    """`count` slots of `minutes` each, one after the other with a `pause` (minutes) between them.

    Those that exist already are left as they are. Raises Refused `forbidden`, `closed`, `odd_number`, `too_many`,
    `overlaps`.
    """
    locked = lock_planned(event=event, by=by)
    known = {(slot.starts_at, slot.ends_at): slot for slot in locked.slots.all()}
    if not (1 <= count <= MOST_SLOTS and 0 <= pause <= 480):
        raise Refused("odd_number", _("Das sind zu viele oder zu wenige Runden."), field="count")
    times = _times(starts_at, timedelta(minutes=minutes), count, timedelta(minutes=pause))
    fresh = [time for time in times if time not in known]
    if len(known) + len(fresh) > MOST_SLOTS:
        raise Refused("too_many", _("Das sind genug Runden."), field="count")
    for time in fresh:
        _check(time, known, "starts_at")
    last = locked.slots.aggregate(last=Max("number"))["last"] or 0
    for number, (begin, end) in enumerate(fresh, start=last + 1):
        known[begin, end] = _save(locked, Slot(event=locked, number=number, starts_at=begin, ends_at=end))
    return [known[time] for time in times]


@transaction.atomic
def change_slot(*, slot: Slot, by: User, starts_at: datetime, ends_at: datetime) -> Slot:
    """Move a slot to another time, with everything that is in it.

    Raises Refused `forbidden`, `closed`, `absent`, `odd_number`, `overlaps`.
    """
    event = lock_planned(event=slot.event, by=by)
    known = event.slots.filter(pk=slot.pk).first()
    if known is None:
        raise Refused("absent", _("Diese Runde gibt es nicht mehr."))
    if (known.starts_at, known.ends_at) == (starts_at, ends_at):
        return known
    others = event.slots.exclude(pk=slot.pk).values_list("starts_at", "ends_at")
    _check((starts_at, ends_at), others, "starts_at")
    known.starts_at, known.ends_at = starts_at, ends_at
    return _save(event, known)


@transaction.atomic
def remove_slot(*, slot: Slot, by: User) -> None:
    """Take an empty slot away. Raises Refused `forbidden`, `closed`, `not_empty`."""
    event = lock_planned(event=slot.event, by=by)
    if slot.sessions.exists():
        raise Refused("not_empty", _("In dieser Runde ist noch ein Thema eingeplant. Verschieb es zuerst."))
    facts = {**slot_facts(slot), "gone": True}
    if Slot.objects.filter(pk=slot.pk).delete()[0]:
        record(event=event, kind=live.SLOT_CHANGED, data=facts)


def _times(begin: datetime, length: timedelta, count: int, pause: timedelta) -> list[tuple[datetime, datetime]]:
    begins = [begin + turn * (length + pause) for turn in range(count)]
    return [(begin, begin + length) for begin in begins]


def _check(time: tuple[datetime, datetime], others: Iterable[tuple[datetime, datetime]], field: str) -> None:
    if not SHORTEST <= time[1] - time[0] <= LONGEST:
        raise Refused("odd_number", _("Eine Runde dauert zwischen 5 Minuten und 8 Stunden."), field=field)
    if any(overlap(time, other) for other in others):
        raise Refused("overlaps", _("Zu dieser Zeit ist schon eine Runde."), field=field)


def _save(event: Event, slot: Slot) -> Slot:
    slot.save()
    record(event=event, kind=live.SLOT_CHANGED, data=slot_facts(slot))
    return slot
