"""The ballot box while a batch of papers is put in: the few statements through which a hall votes.

They run several times a second, and the ORM spends most of the processor time of a vote on building them again each
time (docs/bench.md), so they are written by hand. Who may vote and which papers are valid is said in `casting`.
"""

import random
from collections.abc import Collection, Mapping
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from django.db import connection

from common.rows import execute, fetch_rows, insert_rows, places
from participation.models import Ballot, BallotPaper, Operation, RollEntry

Choice = dict[str, int]

_BALLOT = """
    SELECT ballot.id, ballot.event_id, ballot.number, ballot.kind, ballot.tier, ballot.secrecy, ballot.state,
        ballot.min_choices, ballot.max_choices, ballot.budget, ballot.max_per_option, ballot.option_count,
        ballot.entitled, ballot.ends_at, ballot.closed_at, ballot.rev, ballot.paper_count,
        event.frozen AS event_frozen, event.seat_count AS event_seats
    FROM participation_ballot AS ballot JOIN participation_event AS event ON event.id = ballot.event_id
    WHERE ballot.id = %s
"""
_VOTERS = """
    SELECT seat.id, seat.event_id = %s, roll.id IS NOT NULL, COALESCE(roll.voted, FALSE), paper.id IS NOT NULL,
        known.id IS NOT NULL
    FROM participation_seat AS seat
    LEFT JOIN participation_rollentry AS roll ON roll.ballot_id = %s AND roll.seat_id = seat.id
    LEFT JOIN participation_ballotpaper AS paper ON paper.ballot_id = %s AND paper.seat_id = seat.id
    LEFT JOIN participation_operation AS known ON known.seat_id = seat.id AND known.op IN ({ops})
    WHERE seat.id IN ({seats})
"""
_COUNT = "UPDATE participation_ballot SET rev = %s, paper_count = %s WHERE id = %s"


class Box(NamedTuple):
    """A ballot that is locked until the end of the transaction, with those columns that a vote needs."""

    ballot: Ballot
    event_frozen: bool
    event_seats: int


class Voter(NamedTuple):
    """What is known of a seat that sends a paper."""

    in_hall: bool
    on_roll: bool
    voted: bool
    """The roll says so, which it does in a secret ballot alone."""
    paper_in: bool
    asked_before: bool
    """It has sent one of these operations before."""


def lock_box(*, ballot_id: int) -> Box | None:
    """The ballot as it is now; nobody else puts papers in or closes it until the end of the transaction."""
    lock = "FOR UPDATE OF ballot" if connection.features.has_select_for_update else ""
    for ballot in Ballot.objects.raw(_BALLOT + lock, [ballot_id]):
        return Box(ballot, bool(ballot.event_frozen), ballot.event_seats)  # type: ignore[attr-defined]
    return None


def voters_of(*, ballot: Ballot, asked: Collection[tuple[int, UUID]]) -> dict[int, Voter]:
    """What is known of the seats that ask, by their number; `asked` are pairs of seat and operation."""
    prepared = Operation._meta.get_field("op").get_db_prep_value
    seats = sorted({seat for seat, _op in asked})
    ops = [prepared(op, connection) for _seat, op in asked]
    query = _VOTERS.format(ops=places(len(ops)), seats=places(len(seats)))
    rows = fetch_rows(query, [ballot.event_id, ballot.pk, ballot.pk, *ops, *seats])
    return {seat: Voter(*map(bool, facts)) for seat, *facts in rows}


def put_in(*, ballot: Ballot, papers: Mapping[int, Choice], now: datetime) -> None:
    """Write papers by seat; one of a seat that has one already takes its place."""
    rows = [(ballot.pk, seat, choice, now) for seat, choice in papers.items()]
    insert_rows(BallotPaper, ("ballot", "seat", "choice", "cast_at"), rows, replace=("ballot", "seat"))


def put_in_secretly(*, ballot: Ballot, papers: Mapping[int, Choice]) -> None:
    """Note who has voted, and write the papers of the batch shuffled, without seat and time."""
    voted = [(ballot.pk, seat, True) for seat in sorted(papers)]
    insert_rows(RollEntry, ("ballot", "seat", "voted"), voted, replace=("ballot", "seat"))
    choices = list(papers.values())
    random.SystemRandom().shuffle(choices)
    rows = [(ballot.pk, None, choice, None) for choice in choices]
    insert_rows(BallotPaper, ("ballot", "seat", "choice", "cast_at"), rows)


def count(*, ballot: Ballot, more: int) -> None:
    """So many seats more have a paper in."""
    ballot.rev += 1
    ballot.paper_count += more
    execute(_COUNT, [ballot.rev, ballot.paper_count, ballot.pk])
