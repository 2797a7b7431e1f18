"""What may happen to a ballot, and which papers are valid. States are data: what is not named is refused."""

import functools
from collections.abc import Mapping
from datetime import datetime, timedelta

from participation.models import Ballot

State = Ballot.State
Kind = Ballot.Kind
MOVES: dict[str, frozenset[str]] = {
    State.DRAFT: frozenset({State.READY, State.VOID}),
    State.READY: frozenset({State.DRAFT, State.OPEN, State.VOID}),
    State.OPEN: frozenset({State.PAUSED, State.CLOSING, State.VOID}),
    State.PAUSED: frozenset({State.OPEN, State.CLOSING, State.VOID}),
    State.CLOSING: frozenset({State.COUNTED, State.VOID}),
    State.COUNTED: frozenset({State.REVEALED, State.VOID}),
    State.REVEALED: frozenset({State.FILED, State.VOID}),
    State.FILED: frozenset(),
    State.VOID: frozenset(),
}
"""From each state of a ballot to those that may follow it."""

RUNNING = frozenset({State.OPEN, State.PAUSED, State.CLOSING})
GRACE = timedelta(seconds=2)
"""Papers that were on their way when the ballot closed still count, by the server's clock."""
MOST_OPTIONS = 20
YES, NO = 1, 2
"""Option numbers of a consent ballot; an abstention is an empty paper, as everywhere."""


def can_move(ballot: Ballot, state: str) -> bool:
    return state in MOVES[ballot.state]


def closes_at(ballot: Ballot) -> datetime | None:
    """When the ballot closes or closed; None while it is open without a time."""
    return ballot.closed_at or ballot.ends_at


def takes_papers(ballot: Ballot, now: datetime) -> bool:
    """Open, or closed for no longer than the grace."""
    if ballot.state not in {State.OPEN, State.CLOSING}:
        return False
    end = closes_at(ballot)
    return end is None or now <= end + GRACE


def is_due(ballot: Ballot, now: datetime) -> bool:
    """Its time is over, grace included: it has to be counted."""
    end = closes_at(ballot)
    return ballot.state in {State.OPEN, State.CLOSING} and end is not None and now > end + GRACE


def paper_fault(ballot: Ballot, choice: Mapping[str, int]) -> str:
    """Why this is no valid paper (`bad_paper`, `over_budget`, `too_few`), or "". Empty is an abstention."""
    if not all(_is_option(ballot, number) and _is_points(points) for number, points in choice.items()):
        return "bad_paper"
    if not choice:
        return ""
    if ballot.kind == Kind.DOTS:
        over = sum(choice.values()) > ballot.budget or max(choice.values()) > ballot.max_per_option
        return "over_budget" if over else ""
    least, most = (1, 1) if ballot.kind == Kind.CONSENT else (ballot.min_choices, ballot.max_choices)
    if max(choice.values()) > 1 or len(choice) > most:
        return "over_budget"
    return "too_few" if len(choice) < least else ""


def _is_option(ballot: Ballot, number: object) -> bool:
    """Options are numbered from 1 to `option_count`; "01" is none of them."""
    return isinstance(number, str) and number in _numbers(ballot.option_count)


@functools.cache
def _numbers(count: int) -> frozenset[str]:
    return frozenset(str(number) for number in range(1, count + 1))


def _is_points(points: object) -> bool:
    return type(points) is int and points >= 1
