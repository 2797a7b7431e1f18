"""What may happen to a ballot, and which papers are valid. States are data: what is not named is refused."""

import functools
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal

from participation.models import Ballot
from participation.rules.words import word_fault

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
COUNTED = frozenset({State.COUNTED, State.REVEALED, State.FILED})
REVEALED = frozenset({State.REVEALED, State.FILED})
TARGETS = ("projector", "phones", "public")
"""Where a result can be shown."""

GRACE = timedelta(seconds=2)
"""Papers that were on their way when the ballot closed still count, by the server's clock."""
MOST_OPTIONS = 20
MOST_WORDS = 5
STEPS = range(1, 6)
"""Options of a scale."""
YES, NO = 1, 2
"""Option numbers of a consent ballot; an abstention is an empty paper, as everywhere."""


def can_move(ballot: Ballot, state: str) -> bool:
    return state in MOVES[ballot.state]


def has_roll(ballot: Ballot) -> bool:
    """Only seats on the roll may vote; a signal is open to every seat."""
    return ballot.tier != Ballot.Tier.SIGNAL


def is_secret(ballot: Ballot) -> bool:
    """Papers never have a seat, so a paper that is in stays as it is."""
    return ballot.secrecy == Ballot.Secrecy.SECRET


# --- time ------------------------------------------------------------------------------------------------
def closes_at(ballot: Ballot) -> datetime | None:
    """When the ballot closes or closed; None while it is open without a time."""
    return ballot.closed_at or ballot.ends_at


def takes_papers(ballot: Ballot, now: datetime, extra: int = 0) -> bool:
    """Open, or closed for no longer than the grace; `extra` are the seconds that one seat has longer."""
    if ballot.state not in {State.OPEN, State.CLOSING}:
        return False
    end = closes_at(ballot)
    return end is None or now <= end + timedelta(seconds=extra) + GRACE


def is_due(ballot: Ballot, now: datetime, extra: int = 0) -> bool:
    """Its time is over, grace included: it has to be counted, unless somebody has `extra` seconds."""
    return ballot.state in {State.OPEN, State.CLOSING} and not takes_papers(ballot, now, extra)


def can_extend(ballot: Ballot) -> bool:
    return ballot.state in RUNNING


# --- results ---------------------------------------------------------------------------------------------
def is_shown_on(ballot: Ballot, target: str) -> bool:
    """The result was revealed there."""
    return ballot.state in REVEALED and target in ballot.revealed_on


def can_see_sheet(ballot: Ballot, *, seated: bool, leads: bool) -> bool:
    """The team from the count on, seats and everybody else where it was revealed; a void one still says why."""
    if leads:
        return ballot.state in COUNTED or ballot.state == State.VOID
    shown = "public" in ballot.revealed_on or (seated and "phones" in ballot.revealed_on)
    return shown and (ballot.state in REVEALED or ballot.state == State.VOID)


def takes_totals(ballot: Ballot) -> bool:
    """Papers of a box may be added until the result is shown."""
    return ballot.state in RUNNING or ballot.state == State.COUNTED


def can_release(ballot: Ballot) -> bool:
    """Words are let go once they are counted."""
    return ballot.kind == Kind.WORDS and ballot.state in COUNTED - {State.FILED}


def mean_of(points: Mapping[int, int]) -> float | None:
    """The mean of a scale, step → how many, to one decimal, half up; None without a vote."""
    votes = sum(points.values())
    if not votes:
        return None
    exact = Decimal(sum(step * count for step, count in points.items())) / votes
    return float(exact.quantize(Decimal("0.1"), rounding=ROUND_HALF_UP))


# --- papers ----------------------------------------------------------------------------------------------
def limits_of(ballot: Ballot) -> tuple[int, int, int]:
    """Of a paper that abstains not: least and most points together, and most for one option."""
    if ballot.kind == Kind.DOTS:
        return 1, ballot.budget, ballot.max_per_option
    if ballot.kind == Kind.CHOICE:
        return ballot.min_choices, ballot.max_choices, 1
    return 1, (ballot.max_choices if ballot.kind == Kind.WORDS else 1), 1


def paper_fault(ballot: Ballot, choice: Mapping[str, int]) -> str:
    """Why this is no valid paper, or "". Empty is an abstention.

    `bad_paper`, `over_budget`, `too_few`; of words also `word_too_long`, `contact` (a link, address or number).
    """
    if not all(map(_is_points, choice.values())):
        return "bad_paper"
    if ballot.kind == Kind.WORDS:
        fault = next(filter(None, map(word_fault, choice)), "")
    else:
        fault = "" if all(_is_option(ballot, number) for number in choice) else "bad_paper"
    if fault or not choice:
        return fault
    least, most, most_for_one = limits_of(ballot)
    if sum(choice.values()) > most or max(choice.values()) > most_for_one:
        return "over_budget"
    return "too_few" if sum(choice.values()) < least else ""


def totals_fault(ballot: Ballot, papers: int, abstentions: int, points: Iterable[int]) -> str:
    """Why these cannot be the sums of so many papers: `negative`, `abstentions`, `too_many`, `too_few`, or ""."""
    counts = list(points)
    if min([papers, abstentions, *counts]) < 0:
        return "negative"
    votes = papers - abstentions
    if votes < 0:
        return "abstentions"
    least, most, most_for_one = limits_of(ballot)
    if sum(counts) > votes * most or max([0, *counts]) > votes * most_for_one:
        return "too_many"
    return "too_few" if sum(counts) < votes * least else ""


def _is_option(ballot: Ballot, number: object) -> bool:
    """Options are numbered from 1 to `option_count`; "01" is none of them."""
    return isinstance(number, str) and number in _numbers(ballot.option_count)


@functools.cache
def _numbers(count: int) -> frozenset[str]:
    return frozenset(str(number) for number in range(1, count + 1))


def _is_points(points: object) -> bool:
    return type(points) is int and points >= 1
