"""Parting papers from the seats that cast them."""

import random
from collections.abc import Sequence
from typing import Any

from participation.models import Ballot, BallotPaper, RollEntry
from participation.rules.ballots import is_secret

BATCH = 500


def part_from_seats(ballot: Ballot, choices: Sequence[dict[str, int]]) -> None:
    """Write every paper of a locked ballot anew: shuffled, without seat and time, all in this transaction.

    Afterwards neither numbers nor order nor transaction link a paper to a seat. In a secret ballot the roll is
    written anew too, in an order of its own, because an entry was written together with its paper. An open ballot
    keeps its names.
    """
    if ballot.secrecy == Ballot.Secrecy.OPEN:
        return
    ballot.papers.all().delete()
    _write([BallotPaper(ballot=ballot, seat=None, choice=choice, cast_at=None) for choice in choices], BallotPaper)
    if is_secret(ballot):
        entries = list(ballot.roll.values_list("seat_id", "voted"))
        ballot.roll.all().delete()
        _write([RollEntry(ballot=ballot, seat_id=seat, voted=voted) for seat, voted in entries], RollEntry)


def _write(rows: list[Any], model: type[BallotPaper] | type[RollEntry]) -> None:
    random.SystemRandom().shuffle(rows)
    model._default_manager.bulk_create(rows, batch_size=BATCH)
