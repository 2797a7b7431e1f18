"""Whatever is placed, moved and taken out, in any order, by people who have or have not seen the latest: the grid
is what a plain dictionary would be, and every refusal is the one it should be."""

from typing import NamedTuple

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from common.errors import Refused
from participation.models import Seat, Session, Topic
from participation.services import grid as services

from .conftest import Grid

pytestmark = pytest.mark.django_db
ROOMS, SLOTS, TOPICS = ("Aula", "Küche"), (1, 2), 4


class Tap(NamedTuple):
    """`cell` None takes the topic out. `late`: what was seen is older than the last change."""

    topic: int
    cell: tuple[str, int] | None
    late: bool


cells = st.none() | st.tuples(st.sampled_from(ROOMS), st.sampled_from(SLOTS))
taps = st.builds(Tap, st.integers(1, TOPICS), cells, st.booleans())


# The one event of the test is as it was before each example, because everything is rolled back.
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(happens=st.lists(taps, min_size=4, max_size=16))
def test_the_grid_is_a_dictionary_with_compare_and_set(grid: Grid, seats: list[Seat], happens: list[Tap]) -> None:
    with transaction.atomic():
        topics = [
            Topic.objects.create(event=grid.event, number=n, title=f"Thema {n}", state="on_wall", rev=n, seat=seats[n])
            for n in range(1, TOPICS + 1)
        ]
        model: dict[int, tuple[str, int]] = {}
        for tap in happens:
            assert _tap(grid, topics[tap.topic - 1], tap) == _expected(model, tap)
            found = Session.objects.values_list("topic__number", "room__name", "slot__number")
            assert {number: (room, slot) for number, room, slot in found} == model
            placed = set(Topic.objects.filter(state="placed").values_list("number", flat=True))
            assert placed == set(model)
        transaction.set_rollback(True)


def _tap(grid: Grid, topic: Topic, tap: Tap) -> str:
    rev = Topic.objects.values_list("rev", flat=True).get(pk=topic.pk) - tap.late
    try:
        if tap.cell is None:
            services.unplace_topic(topic=topic, by=grid.by, base_rev=rev)
        else:
            grid.place(topic, *tap.cell, base_rev=rev)
    except Refused as refusal:
        return refusal.code
    return ""


def _expected(model: dict[int, tuple[str, int]], tap: Tap) -> str:
    """What a dictionary would answer; it is changed along."""
    if model.get(tap.topic) == tap.cell:
        return ""
    if tap.late:
        return "stale_base"
    if tap.cell in model.values():
        return "taken"
    if tap.cell is None:
        del model[tap.topic]
    else:
        model[tap.topic] = tap.cell
    return ""
