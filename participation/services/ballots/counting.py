"""Counting: the sum is taken, and the papers are parted from the seats that cast them."""

import random

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from common.errors import Refused
from participation.live import events as live
from participation.models import Ballot, BallotPaper
from participation.rules.ballots import is_due
from participation.selectors.ballots import ballot_facts, result_of
from participation.services.events.log import record

from .running import lock_ballot

State = Ballot.State


@transaction.atomic
def count_ballot(*, ballot: Ballot) -> Ballot:
    """Count a ballot whose grace is over; the result is kept and not shown yet.

    Unless it was an open one, every paper is written anew in shuffled order, without seat and time:
    afterwards neither numbers nor order nor transaction link a paper to a seat. Raises Refused `not_now`.
    """
    event, locked = lock_ballot(ballot=ballot, by=None)
    if locked.state in {State.COUNTED, State.REVEALED, State.FILED}:
        return locked
    if not is_due(locked, timezone.now()):
        raise Refused("not_now", _("Erst schließen, dann zählen."))
    choices = list(locked.papers.values_list("choice", flat=True))
    locked.result = result_of(locked, choices)
    locked.paper_count = len(choices)
    if locked.secrecy != Ballot.Secrecy.OPEN:
        _part_from_seats(locked, choices)
    locked.closed_at = locked.closed_at or locked.ends_at
    locked.state = State.COUNTED
    locked.rev += 1
    locked.save(update_fields=["state", "result", "paper_count", "closed_at", "rev"])
    record(event=event, kind=live.BALLOT_COUNTED, data=ballot_facts(locked))
    return locked


def _part_from_seats(ballot: Ballot, choices: list[dict[str, int]]) -> None:
    ballot.papers.all().delete()
    random.SystemRandom().shuffle(choices)
    BallotPaper.objects.bulk_create(
        (BallotPaper(ballot=ballot, seat=None, choice=choice, cast_at=None) for choice in choices),
        batch_size=500,
    )


def settle_due(*, event_ids: list[int]) -> int:
    """Count every ballot of these events whose time is over; returns how many. Safe to ask from anywhere."""
    running = Ballot.objects.filter(event_id__in=event_ids, state__in=[State.OPEN, State.CLOSING])
    now = timezone.now()
    due = [ballot for ballot in running.select_related("event__quartier") if is_due(ballot, now)]
    for ballot in due:
        count_ballot(ballot=ballot)
    return len(due)
