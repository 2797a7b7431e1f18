"""States as data, and which papers are valid."""

from datetime import UTC, datetime, timedelta
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from participation.models import Ballot
from participation.rules import ballots as rules

NOW = datetime(2026, 11, 21, 14, 0, tzinfo=UTC)
STATES = Ballot.State.values


def dots(**facts: object) -> Ballot:
    return Ballot(kind="dots", option_count=4, budget=5, max_per_option=3, **facts)  # type: ignore[misc]


@pytest.mark.parametrize(("before", "after"), [*product(STATES, STATES)])
def test_can_move_knows_the_legal_steps_and_no_other(before: str, after: str) -> None:
    legal = {
        ("draft", "ready"), ("ready", "draft"), ("ready", "open"), ("open", "paused"), ("paused", "open"),
        ("open", "closing"), ("paused", "closing"), ("closing", "counted"), ("counted", "revealed"),
        ("revealed", "filed"),
        *((state, "void") for state in ("draft", "ready", "open", "paused", "closing", "counted", "revealed")),
    }  # fmt: skip
    assert rules.can_move(Ballot(state=before), after) is ((before, after) in legal)


@pytest.mark.parametrize(
    ("choice", "fault"),
    [
        ({}, ""),
        ({"1": 3, "4": 2}, ""),
        ({"1": 3, "2": 3}, "over_budget"),
        ({"1": 4}, "over_budget"),
        ({"5": 1}, "bad_paper"),
        ({"0": 1}, "bad_paper"),
        ({"01": 1}, "bad_paper"),
        ({"²": 1}, "bad_paper"),
        ({"1": 0}, "bad_paper"),
        ({"1": -1, "2": 3}, "bad_paper"),
        ({"1": True}, "bad_paper"),
        ({"9" * 5000: 1}, "bad_paper"),
    ],
)
def test_paper_fault_of_a_dots_ballot(choice: dict[str, int], fault: str) -> None:
    assert rules.paper_fault(dots(), choice) == fault


@pytest.mark.parametrize(
    ("choice", "fault"),
    [
        ({}, ""),
        ({"1": 1, "2": 1}, ""),
        ({"1": 1, "2": 1, "3": 1}, ""),
        ({"1": 1}, "too_few"),
        ({"1": 1, "2": 1, "3": 1, "4": 1}, "over_budget"),
        ({"1": 2, "2": 1}, "over_budget"),
    ],
)
def test_paper_fault_of_a_choice_between_two_and_three(choice: dict[str, int], fault: str) -> None:
    ballot = Ballot(kind="choice", option_count=4, min_choices=2, max_choices=3)
    assert rules.paper_fault(ballot, choice) == fault


@pytest.mark.parametrize(
    ("choice", "fault"),
    [({}, ""), ({"1": 1}, ""), ({"2": 1}, ""), ({"1": 1, "2": 1}, "over_budget"), ({"3": 1}, "bad_paper")],
)
def test_paper_fault_of_a_consent(choice: dict[str, int], fault: str) -> None:
    assert rules.paper_fault(Ballot(kind="consent", option_count=2), choice) == fault


@given(st.dictionaries(st.text(max_size=3), st.integers(-3, 9)))
def test_a_dots_paper_without_fault_is_within_its_limits(choice: dict[str, int]) -> None:
    if rules.paper_fault(dots(), choice) == "":
        assert set(choice) <= {"1", "2", "3", "4"}
        assert all(1 <= points <= 3 for points in choice.values())
        assert sum(choice.values()) <= 5


@pytest.mark.parametrize(
    ("state", "closed", "ends", "takes", "due"),
    [
        ("open", None, None, True, False),
        ("open", None, 1.9, True, False),
        ("open", None, 2.1, False, True),
        ("closing", 1.9, None, True, False),
        ("closing", 2.1, None, False, True),
        ("paused", None, 9, False, False),
        ("ready", None, None, False, False),
        ("counted", 9, None, False, False),
    ],
)
def test_papers_count_until_two_seconds_after_the_end(
    state: str, closed: float | None, ends: float | None, takes: bool, due: bool
) -> None:
    """`closed` and `ends` are seconds ago."""
    ago = lambda seconds: None if seconds is None else NOW - timedelta(seconds=seconds)  # noqa: E731
    ballot = Ballot(state=state, closed_at=ago(closed), ends_at=ago(ends))
    assert (rules.takes_papers(ballot, NOW), rules.is_due(ballot, NOW)) == (takes, due)
