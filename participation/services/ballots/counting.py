"""Counting: the sum is taken, and the papers are parted from the seats that cast them."""

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from common.errors import Refused
from participation.live import events as live
from participation.models import Ballot
from participation.rules.ballots import COUNTED, RUNNING, is_due, is_secret
from participation.selectors.ballots import ballot_facts, receipt_of, result_of, with_extra
from participation.selectors.sheets import checksum_of, choices_of, sheet_of
from participation.services.events.log import record

from .outages import make_up_for_outages, watching
from .parting import part_from_seats
from .running import lock_ballot

State = Ballot.State


@transaction.atomic
def count_ballot(*, ballot: Ballot) -> Ballot:
    """Count a ballot whose grace is over, the longest extension included; the result is kept and not shown yet.

    Raises Refused `not_now`.
    """
    event, locked = lock_ballot(ballot=ballot, by=None)
    if locked.state in COUNTED:
        return locked
    longest = locked.extensions.aggregate(longest=Max("seconds"))["longest"] or 0
    if not is_due(locked, timezone.now(), longest):
        raise Refused("not_now", _("Erst schließen, dann zählen."))
    choices = choices_of(locked)
    locked.result = result_of(locked, choices)
    locked.receipts = _receipts(locked)
    locked.paper_count = len(choices)
    locked.entitled = event.seat_count if locked.entitled is None else locked.entitled
    locked.closed_at = locked.closed_at or locked.ends_at
    part_from_seats(locked, choices)
    locked.extensions.all().delete()
    locked.checksum = checksum_of(sheet_of(locked, choices))
    locked.state = State.COUNTED
    locked.rev += 1
    locked.save(
        update_fields=[
            *("state", "result", "receipts", "checksum", "paper_count", "entitled", "closed_at", "rev"),
        ]
    )
    record(event=event, kind=live.BALLOT_COUNTED, data=ballot_facts(locked))
    return locked


def _receipts(ballot: Ballot) -> list[str]:
    """Of everybody whose paper is in, in the order of the alphabet, which says nothing of who was when."""
    secret, named = ballot.roll.filter(voted=True), ballot.papers.exclude(seat=None)
    voters = (secret if is_secret(ballot) else named).values_list("seat_id", flat=True)
    return sorted(receipt_of(ballot.pk, seat) for seat in voters)


def refresh_checksum(*, ballot: Ballot) -> None:
    """After a change to what the sheet says; the caller saves `checksum`."""
    ballot.checksum = checksum_of(sheet_of(ballot))


def settle_due(*, event_ids: list[int]) -> int:
    """Count every ballot of these events whose time is over; returns how many. Safe to ask from anywhere.

    A ballot that still waits for somebody who needs longer is closed for everybody else.
    """
    with watching(event_ids=event_ids):
        running = _running_in(event_ids)
        if make_up_for_outages(ballots=running):
            running = _running_in(event_ids)
    now = timezone.now()
    counted = 0
    for ballot in running:
        if ballot.event.frozen and ballot.extra:  # type: ignore[attr-defined]
            continue  # whoever needs longer cannot vote just now (`wait_for_the_hall`)
        if is_due(ballot, now, ballot.extra or 0):  # type: ignore[attr-defined]
            count_ballot(ballot=ballot)
            counted += 1
        elif ballot.state == State.OPEN and is_due(ballot, now):
            _close_by_clock(ballot)
    return counted


def _running_in(event_ids: list[int]) -> list[Ballot]:
    """With what a look at the clock needs: it is asked once a second as long as anybody listens."""
    found = with_extra().filter(event_id__in=event_ids, state__in=RUNNING)
    return list(found.only("event_id", "state", "ends_at", "closed_at", "seen_at").order_by())


@transaction.atomic
def _close_by_clock(ballot: Ballot) -> None:
    event, locked = lock_ballot(ballot=ballot, by=None)
    if locked.state != State.OPEN or not is_due(locked, timezone.now()):
        return
    locked.state, locked.closed_at = State.CLOSING, locked.ends_at
    locked.save(update_fields=["state", "closed_at"])
    record(event=event, kind=live.BALLOT_CLOSED, data=ballot_facts(locked))
