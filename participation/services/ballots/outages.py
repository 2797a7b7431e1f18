"""When the server was away while a ballot's clock ran, its end moves: nobody loses time to a fault of ours.

While the clock of a ballot runs, whoever looks at its event leaves a sign of life (`Ballot.seen_at`). A gap in them
is an outage when this process started only after the last sign, or when it kept looking and could not get through
(the database was away). A gap in which nobody looked, because nobody listened, is none.
"""

import logging
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Final, NamedTuple

from django.db import transaction
from django.utils import timezone

from participation.live import events as live
from participation.models import Ballot
from participation.rules.ballots import RUNNING
from participation.selectors.ballots import ballot_facts
from participation.services.events.log import record

from .running import lock_ballot

log = logging.getLogger(__name__)
State = Ballot.State
BEAT: Final = timedelta(seconds=2)
"""Time between two signs of life, if somebody looks often enough."""
NOTICED: Final = timedelta(seconds=5)
"""A shorter gap is no outage: signs of life are two or three seconds apart anyway."""
BACK: Final = timedelta(seconds=10)
"""Phones that tried in vain for a while need so long to find the server again (static/js/live/socket.js)."""
LONGEST: Final = timedelta(minutes=30)
"""After a longer one the hall has gone home, and the ballot ends as it was meant to."""


class _Watch(NamedTuple):
    """Since when this process has looked at an event without a long break, and when it did last."""

    since: datetime
    last: datetime


_started_at: Final = timezone.now()
_watches: dict[int, _Watch] = {}


@contextmanager
def watching(*, event_ids: list[int]) -> Iterator[None]:
    """Somebody looks at these events, and perhaps in vain."""
    for event_id in event_ids:
        _look(event_id)
    try:
        yield
    finally:
        for event_id in event_ids:
            _look(event_id)


def make_up_for_outages(*, ballots: Iterable[Ballot]) -> int:
    """Move the ends of these running ballots by the time that the server was away; returns how many were moved.

    To be asked before anything is counted or refused for being late, and while `watching`.
    """
    return sum([_settle(ballot) for ballot in ballots if ballot.ends_at is not None])


def make_up_at_first(*, event_id: int) -> None:
    """The same for an event that nobody has looked at for a while; costs nothing otherwise."""
    watch = _watches.get(event_id)
    if watch is None or timezone.now() - watch.last > BEAT:
        with watching(event_ids=[event_id]):
            running = Ballot.objects.filter(event=event_id, state__in=RUNNING)
            make_up_for_outages(ballots=running.select_related("event__quartier"))


def _look(event_id: int) -> None:
    now, known = timezone.now(), _watches.get(event_id)
    unbroken = known is not None and now - known.last <= NOTICED
    _watches[event_id] = _Watch(known.since if known and unbroken else now, now)


def _settle(ballot: Ballot) -> bool:
    """A sign of life; or, after an outage, a new end. True for the latter."""
    now = timezone.now()
    if _away(ballot, now):
        return _extend(ballot)
    if ballot.state != State.CLOSING and (ballot.seen_at is None or now - ballot.seen_at > BEAT):
        Ballot.objects.filter(pk=ballot.pk).update(seen_at=now)
    return False


def _away(ballot: Ballot, now: datetime) -> bool:
    """Whether the time since the last sign of life was an outage that cost voters time."""
    seen, end = ballot.seen_at, ballot.ends_at
    if ballot.state != State.OPEN or seen is None or end is None or seen >= end:
        return False  # a pause moves the end by itself
    watched = _watches[ballot.event_id].since <= seen
    return NOTICED < now - seen <= LONGEST and (seen < _started_at or watched)


@transaction.atomic
def _extend(ballot: Ballot) -> bool:
    event, locked = lock_ballot(ballot=ballot, by=None)
    if locked.state != State.OPEN or locked.seen_at != ballot.seen_at or locked.seen_at is None or not locked.ends_at:
        return False  # another process was quicker
    now = timezone.now()
    away = now - locked.seen_at + BACK
    locked.ends_at += away
    locked.seen_at = now
    locked.save(update_fields=["ends_at", "seen_at"])
    record(event=event, kind=live.BALLOT_EXTENDED, data=ballot_facts(locked))
    log.warning("Ballot %d goes on %d s longer, because the server was away", locked.pk, away.seconds)
    return True
