"""What fits where, which cells are nearest, and the plan that would be suggested."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from participation.rules.grid import (
    Cell,
    Place,
    Time,
    Wish,
    hindrance,
    may_become,
    nearest_free,
    over,
    torn,
    wanted_together,
)
from participation.rules.plan import Suggestion, suggest_plan

MORNING = datetime(2026, 12, 5, 10, tzinfo=UTC)
AULA, KITCHEN, ATTIC = Place(1, 60), Place(2, 12), Place(3, 25, step_free=False)
ROOMS = [AULA, KITCHEN, ATTIC]


def slots(count: int) -> list[Time]:
    begins = [MORNING + timedelta(hours=number) for number in range(count)]
    return [Time(number, begin, begin + timedelta(minutes=45)) for number, begin in enumerate(begins, start=1)]


# --- what fits -------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("expected", "step_free", "codes"),
    [
        (10, False, ["", "", ""]),
        (20, False, ["", "too_small", ""]),
        (20, True, ["", "too_small", "steps"]),
        (60, False, ["", "too_small", "too_small"]),
        (200, False, ["", "too_small", "too_small"]),
    ],
)
def test_hindrance_names_what_stops_a_topic(expected: int, step_free: bool, codes: list[str]) -> None:
    wish = Wish(1, expected, step_free)
    assert [hindrance(wish, room, ROOMS) for room in ROOMS] == codes


def test_a_room_without_a_limit_takes_everybody() -> None:
    yard = Place(4)
    assert hindrance(Wish(1, 500), yard, [AULA, yard]) == ""
    assert hindrance(Wish(1, 500), AULA, [AULA, yard]) == "too_small"
    assert (over(Wish(1, 500), yard), over(Wish(1, 62), AULA), over(Wish(1, 5), AULA)) == (0, 2, 0)


def test_the_nearest_free_cells_are_of_the_same_slot_then_of_the_next_ones() -> None:
    times = slots(3)
    taken = [(1, 2), (1, 1)]
    found = nearest_free(Wish(1, 10), rooms=ROOMS, slots=times, taken=taken, wanted=times[1], now=MORNING)
    assert found == [(2, 2), (3, 2), (2, 1)]


def test_no_cell_is_offered_that_is_over_or_hindered() -> None:
    times = slots(3)
    found = nearest_free(
        Wish(1, 20, step_free=True), rooms=ROOMS, slots=times, taken=[(1, 2)], wanted=times[1], now=times[0].ends_at
    )
    assert found == [(1, 3)]


@pytest.mark.parametrize(
    ("before", "after", "convener", "team"),
    [
        ("placed", "running", True, True),
        ("running", "harvested", True, True),
        ("running", "placed", False, True),
        ("harvested", "running", False, True),
        ("placed", "harvested", False, False),
        ("on_wall", "running", False, False),
        ("running", "hidden", False, False),
    ],
)
def test_groups_go_forward_and_only_the_team_goes_back(before: str, after: str, convener: bool, team: bool) -> None:
    assert (may_become(before, after, team=False), may_become(before, after, team=True)) == (convener, team)


def test_wanted_together_counts_people_not_taps() -> None:
    wants = [(1, 5), (1, 3), (1, 3), (2, 3), (2, 5), (3, 5)]
    assert wanted_together(wants) == {(3, 5): 2}


def test_torn_counts_people_with_two_groups_in_a_slot() -> None:
    assert torn([(1, 1), (1, 1), (1, 1), (2, 1), (2, 2), (3, 2), (3, 2)]) == {1: 1, 2: 1}


# --- the suggested plan ----------------------------------------------------------------------------------
def total_clashes(cells: Mapping[int, Cell], pairs: Mapping[tuple[int, int], int]) -> int:
    """How often somebody wants two groups of one slot."""
    both = [(a, b) for a, b in pairs if a in cells and b in cells and cells[a][1] == cells[b][1]]
    return sum(pairs[pair] for pair in both)


wishes_of = st.lists(
    st.builds(Wish, st.just(0), st.integers(0, 80), st.booleans(), st.sampled_from([None, 7, 8])), max_size=9
).map(lambda drawn: [Wish(n, w.expected, w.step_free, w.convener) for n, w in enumerate(drawn, start=1)])
rooms_of = st.lists(
    st.builds(Place, st.just(0), st.none() | st.integers(1, 70), st.booleans()), min_size=1, max_size=4
).map(lambda drawn: [Place(n, r.capacity, r.step_free) for n, r in enumerate(drawn, start=1)])
pairs_of = st.dictionaries(
    st.tuples(st.integers(1, 9), st.integers(1, 9)).map(sorted).map(tuple).filter(lambda pair: pair[0] < pair[1]),
    st.integers(1, 30),
)


@given(wishes_of, rooms_of, st.integers(1, 3).map(slots), pairs_of, st.randoms(use_true_random=False))
def test_a_suggested_plan_keeps_every_rule(wishes, rooms, times, pairs, dice) -> None:
    """No cell twice, nothing where it may not be, nobody leads two groups at once, what is placed stays."""
    fixed = Wish(100, 5, convener=7)
    taken = {(rooms[0].number, 1): fixed}
    facts = {"rooms": rooms, "slots": times, "taken": taken, "pairs": pairs}
    plan = suggest_plan(wishes=wishes, **facts)
    cells = [one.cell for one in plan]
    by_number = {wish.number: wish for wish in [*wishes, fixed]}
    place = {room.number: room for room in rooms}
    assert len({*cells, *taken}) == len(cells) + len(taken)
    assert len({one.topic for one in plan}) == len(plan)
    assert [hindrance(by_number[one.topic], place[one.room], rooms) for one in plan] == [""] * len(plan)
    leading = [(by_number[one.topic].convener, one.slot) for one in plan if by_number[one.topic].convener] + [(7, 1)]
    assert len(set(leading)) == len(leading)
    shuffled = dice.sample(wishes, len(wishes))
    assert suggest_plan(wishes=shuffled, **facts) == plan


def test_a_suggested_plan_has_fewer_clashes_than_the_order_of_the_wall() -> None:
    """Twelve topics in three rooms and four slots; people like those whose numbers are neighbours."""
    rooms, times = [Place(1, 40), Place(2, 40), Place(3, 40)], slots(4)
    wishes = [Wish(number, 30 - number) for number in range(1, 13)]
    pairs = {(n, m): 20 - 6 * (m - n) for n in range(1, 13) for m in range(n + 1, min(n + 4, 13))}
    naive = {n: (1 + (n - 1) % 3, 1 + (n - 1) // 3) for n in range(1, 13)}
    plan = suggest_plan(wishes=wishes, rooms=rooms, slots=times, taken={}, pairs=pairs)
    assert len(plan) == 12
    assert total_clashes(naive, pairs) == 144
    assert total_clashes({one.topic: one.cell for one in plan}, pairs) == 0


def test_a_suggestion_takes_the_room_that_fits_and_says_why() -> None:
    plan = suggest_plan(wishes=[Wish(1, 11), Wish(2, 55)], rooms=ROOMS, slots=slots(1), taken={}, pairs={(1, 2): 4})
    assert plan == [Suggestion(2, 1, 1, 55, 60, 4), Suggestion(1, 2, 1, 11, 12, 4)]


def test_people_who_want_both_get_both() -> None:
    plan = suggest_plan(wishes=[Wish(1, 9), Wish(2, 8)], rooms=ROOMS, slots=slots(2), taken={}, pairs={(1, 2): 5})
    assert {one.slot for one in plan} == {1, 2}
    assert [one.clashes for one in plan] == [0, 0]


def test_a_full_hall_of_ninety_six_cells_is_planned_quickly() -> None:
    rooms, times = [Place(number, 20 + number) for number in range(1, 13)], slots(8)
    wishes = [Wish(number, number % 25) for number in range(1, 101)]
    pairs = {(n, m): (n * m) % 7 for n in range(1, 101) for m in range(n + 1, 101)}
    plan = suggest_plan(wishes=wishes, rooms=rooms, slots=times, taken={}, pairs=pairs)
    assert len({one.cell for one in plan}) == len(plan) == 96
