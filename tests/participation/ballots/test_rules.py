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


@pytest.mark.parametrize(
    ("choice", "fault"),
    [({}, ""), ({"1": 1}, ""), ({"5": 1}, ""), ({"6": 1}, "bad_paper"), ({"1": 1, "2": 1}, "over_budget"),
     ({"3": 2}, "over_budget")],
)  # fmt: skip
def test_paper_fault_of_a_scale(choice: dict[str, int], fault: str) -> None:
    assert rules.paper_fault(Ballot(kind="scale", option_count=5), choice) == fault


@pytest.mark.parametrize(
    ("choice", "fault"),
    [
        ({}, ""),
        ({"Kino": 1}, ""),
        ({"Kino": 1, "نادي": 1, "Kaffee trinken": 1}, ""),
        ({"x" * 24: 1}, ""),
        ({"x" * 25: 1}, "word_too_long"),
        ({"Kino": 1, "Rad": 1, "Dach": 1, "Bus": 1}, "over_budget"),
        ({"Kino": 2}, "over_budget"),
        ({"Kino": 0}, "bad_paper"),
        ({"": 1}, "bad_paper"),
        ({" Kino": 1}, "bad_paper"),
        ({"…": 1}, "bad_paper"),
        ({"0170 1234567": 1}, "contact"),
        ({"mia@example.org": 1}, "contact"),
        ({"www.example.org": 1}, "contact"),
    ],
)
def test_paper_fault_of_words(choice: dict[str, int], fault: str) -> None:
    assert rules.paper_fault(Ballot(kind="words", max_choices=3), choice) == fault


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


def test_an_extension_counts_from_the_common_end() -> None:
    ballot = Ballot(state="closing", closed_at=NOW - timedelta(seconds=10))
    taken = [rules.takes_papers(ballot, NOW, extra) for extra in (0, 7, 8, 60)]
    due = [rules.is_due(ballot, NOW, extra) for extra in (0, 7, 8, 60)]
    assert (taken, due) == ([False, False, True, True], [True, True, False, False])


@pytest.mark.parametrize(
    ("facts", "papers", "abstentions", "points", "fault"),
    [
        ({"kind": "consent"}, 5, 1, [3, 1], ""),
        ({"kind": "consent"}, 5, 1, [3, 2], "too_many"),
        ({"kind": "consent"}, 5, 1, [3, 0], "too_few"),
        ({"kind": "scale"}, 3, 0, [0, 1, 1, 1, 0], ""),
        ({"kind": "dots", "budget": 5, "max_per_option": 3}, 2, 0, [6, 4], ""),
        ({"kind": "dots", "budget": 5, "max_per_option": 3}, 2, 0, [7, 1], "too_many"),
        ({"kind": "dots", "budget": 5, "max_per_option": 3}, 2, 0, [6, 5], "too_many"),
        ({"kind": "dots", "budget": 5, "max_per_option": 3}, 2, 0, [1, 0], "too_few"),
        ({"kind": "choice", "min_choices": 2, "max_choices": 3}, 4, 0, [4, 4, 0], ""),
        ({"kind": "choice", "min_choices": 2, "max_choices": 3}, 4, 0, [5, 4, 0], "too_many"),
        ({"kind": "words", "max_choices": 2}, 3, 1, [2, 2], ""),
        ({"kind": "words", "max_choices": 2}, 3, 1, [2, 2, 1], "too_many"),
        ({"kind": "consent"}, 0, 0, [0, 0], ""),
        ({"kind": "consent"}, 2, 3, [0, 0], "abstentions"),
        ({"kind": "consent"}, 2, 0, [3, -1], "negative"),
    ],
)
def test_totals_fault(facts: dict[str, object], papers: int, abstentions: int, points: list[int], fault: str) -> None:
    assert rules.totals_fault(Ballot(**facts), papers, abstentions, points) == fault


@pytest.mark.parametrize(
    ("points", "mean"),
    [({1: 0, 5: 0}, None), ({5: 1}, 5.0), ({1: 1, 2: 1}, 1.5), ({2: 3, 3: 1}, 2.3), ({1: 1, 5: 2}, 3.7)],
)
def test_mean_of_a_scale_is_rounded_half_up(points: dict[int, int], mean: float | None) -> None:
    assert rules.mean_of(points) == mean


@pytest.mark.parametrize(
    ("state", "revealed_on", "seen"),
    [
        ("counted", [], (False, False, True)),
        ("revealed", ["projector"], (False, False, True)),
        ("revealed", ["phones"], (False, True, True)),
        ("filed", ["public"], (True, True, True)),
        ("void", ["public"], (True, True, True)),
        ("void", [], (False, False, True)),
        ("open", [], (False, False, False)),
    ],
)
def test_a_sheet_is_seen_where_the_result_was_revealed(
    state: str, revealed_on: list[str], seen: tuple[bool, bool, bool]
) -> None:
    """By everybody, by a seat, by the team."""
    ballot = Ballot(state=state, revealed_on=revealed_on)
    people = [(False, False), (True, False), (False, True)]
    assert tuple(rules.can_see_sheet(ballot, seated=seated, leads=leads) for seated, leads in people) == seen
