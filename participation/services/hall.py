"""Acts of the stage that reach over events and ballots: stop everything, take back, press a button only once."""

import uuid
from collections.abc import Callable, Iterable
from datetime import timedelta
from typing import Any, Final

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from participation.models import Ballot, Event, StageAct, Undo
from participation.rules.events import ON_ITS_WAY
from participation.services.ballots import pause_ballot, resume_ballot, wait_for_the_hall
from participation.services.events.lifecycle import put_phase_back
from participation.services.events.log import lock_event_for
from participation.services.events.merging import split_again
from participation.services.events.moving import put_topic_back
from participation.services.events.pitching import take_pitch_back
from participation.services.events.scenes import put_scene_back, record_event
from participation.services.events.undoing import offer_undo, take_undo
from participation.services.grid.placing import undo_placing

REPEATED_FOR: Final = timedelta(days=1)
"""So long a phone in a pocket may send a press again that it got no answer to."""


@transaction.atomic
def press(*, event: Event, by: User, op: uuid.UUID, name: str, act: Callable[[], object]) -> None:
    """Carry out a button of the stage; the same `op` again does nothing more. Raises what `act` raises."""
    locked = lock_event_for(event=event, by=by)
    if StageAct.objects.filter(event=locked, op=op).exists():
        return
    act()
    StageAct.objects.create(event=locked, op=op, act=name[:40], by=by)


def forget_presses(*, event_ids: Iterable[int]) -> int:
    """Throw away who pressed what, once nobody sends it again, and what can be taken back no longer; returns how many.

    Safe to ask from anywhere, and from several processes at once.
    """
    now, events = timezone.now(), list(event_ids)
    presses = StageAct.objects.filter(event__in=events, at__lt=now - REPEATED_FOR)
    offers = Undo.objects.filter(event__in=events, until__lt=now - ON_ITS_WAY)
    return presses.delete()[0] + offers.delete()[0]


@transaction.atomic
def freeze(*, event: Event, by: User, on: bool) -> Event:
    """Stop everything, or let it go on: no operation of a seat is taken meanwhile, and a running ballot pauses.

    Raises Refused `forbidden`.
    """
    locked = lock_event_for(event=event, by=by)
    if locked.frozen != on:
        _freeze(locked, by, on=on)
        offer_undo(event=locked, act="freeze" if on else "thaw", on=on)
    return locked


@transaction.atomic
def undo(*, event: Event, by: User, key: str) -> Event:
    """Take back the act of that key. Raises Refused `forbidden`, `too_late`."""
    locked = lock_event_for(event=event, by=by)
    offer = take_undo(event=locked, key=key)
    if offer.act in {"freeze", "thaw"}:
        _freeze(locked, by, on=not offer.facts["on"])
    else:
        BACK[offer.act.partition(".")[0]](locked, offer.facts)
    return locked


BACK: dict[str, Callable[[Event, dict[str, Any]], None]] = {
    "scene": put_scene_back,
    "phase": put_phase_back,
    "topic": put_topic_back,
    "merge": split_again,
    "pitch": take_pitch_back,
    "place": undo_placing,
}
"""How acts are taken back, by the first word of their name."""


def _freeze(event: Event, by: User, *, on: bool) -> None:
    since = event.frozen_at
    event.frozen, event.frozen_at = on, timezone.now() if on else None
    event.save(update_fields=["frozen", "frozen_at"])
    record_event(event=event)
    if on:
        for ballot in event.ballots.filter(state=Ballot.State.OPEN):
            pause_ballot(ballot=ballot, by=by)
    elif since is not None:
        # A ballot that had been paused by hand before goes on by hand.
        for ballot in event.ballots.filter(state=Ballot.State.PAUSED, paused_at__gte=since):
            resume_ballot(ballot=ballot, by=by)
        for ballot in event.ballots.filter(state=Ballot.State.CLOSING):
            wait_for_the_hall(ballot=ballot, by=by, since=since)
