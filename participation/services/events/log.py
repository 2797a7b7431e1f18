"""The log of an event: one numbered entry for all that screens must learn of, in the same transaction."""

from collections.abc import Iterable, Mapping
from datetime import timedelta
from typing import Any, Final

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from common.errors import Refused
from common.live import announce
from participation.live import events as live
from participation.models import Ballot, Event, LogEntry
from participation.rules.events import can_run

KEPT_FOR: Final = timedelta(minutes=15)
MOST_KEPT: Final = 5000
"""An entry stays as long as it is younger than this *and* among so many newest of its event."""


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


def announce_progress(*, ballot: Ballot, progress: Mapping[str, int]) -> None:
    """The progress of a ballot has changed, and this is it: nobody has to read it again."""
    topic, latest = live.topic_of(ballot.event_id), live.progress_frames({ballot.number: progress})
    transaction.on_commit(lambda: announce(topic, latest=latest))


def trim_logs(*, event_ids: Iterable[int]) -> int:
    """Throw away entries that nobody is replayed any more; returns how many.

    The number of an event stays where it is, so a screen that knows less than the log reaches back gets a
    snapshot (`selectors.events.log_after`). Safe to ask from anywhere, and from several processes at once.
    """
    before = timezone.now() - KEPT_FOR
    trimmed = 0
    for pk, seq in Event.objects.filter(pk__in=event_ids).values_list("pk", "seq"):
        log = LogEntry.objects.filter(event=pk)
        trimmed += log.filter(Q(at__lt=before) | Q(seq__lte=seq - MOST_KEPT)).delete()[0]
    return trimmed
