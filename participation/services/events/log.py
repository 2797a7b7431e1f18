"""The log of an event: one numbered entry for all that screens must learn of, in the same transaction."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from common.errors import Refused
from common.live import announce
from participation.live import events as live
from participation.models import Event, LogEntry
from participation.rules.events import can_run


def lock_event(*, event: Event) -> Event:
    """The event as it is now, locked until the end of the transaction; every numbered change begins here."""
    return Event.objects.select_for_update(of=("self",)).select_related("quartier").get(pk=event.pk)


def lock_event_for(*, event: Event, by: User | None) -> Event:
    """The same for an act of the people who lead it. `by=None` is the house's own clock.

    Raises Refused `forbidden`.
    """
    locked = lock_event(event=event)
    if by is not None and not can_run(by, locked):
        raise Refused("forbidden", _("Das kann nur das Team dieses Quartiers."))
    return locked


def record(*, event: Event, kind: str, data: dict[str, Any]) -> int:
    """Write the next entry of a locked event and announce it after the commit; returns its number."""
    event.seq += 1
    event.save(update_fields=["seq"])
    LogEntry.objects.create(event=event, seq=event.seq, kind=kind, data=data)
    topic, seq = live.topic_of(event.pk), event.seq
    transaction.on_commit(lambda: announce(topic, seq=seq))
    return seq


def announce_tally(*, event_id: int) -> None:
    """Counts have changed: the next tick is early enough."""
    topic = live.topic_of(event_id)
    transaction.on_commit(lambda: announce(topic))
