"""What only a database with row locks can show: of several who want a cell at once, exactly one gets it."""

import uuid
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from threading import Barrier
from typing import Any

import pytest
from django.db import connection

from participation.models import Event, Seat, Session, SignUp, Topic
from participation.services import grid as services
from participation.services import operations
from tests.participation.crowd import all_at_once

from .conftest import Grid

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]
Hang = Callable[..., Topic]


def test_of_many_who_want_a_cell_one_gets_it_and_the_others_hear_what_is_free(
    grid: Grid, propose: Hang, seats: list[Seat]
) -> None:
    topics = [propose(f"Thema {number}", seat=number) for number in range(5)]
    ready = Barrier(len(topics))

    def place(number: int) -> Any:
        arguments = {"topic": topics[number].number, "room": 1, "slot": 2}
        rev = Topic.objects.get(pk=topics[number].pk).rev
        asked = operations.ask(
            seat=seats[number], op=uuid.uuid4(), kind="topic.place", arguments=arguments, base_rev=rev
        )
        try:
            ready.wait(timeout=20)
            return operations.carry_out(asked=asked)
        finally:
            connection.close()

    with ThreadPoolExecutor(len(topics)) as hall:
        outcomes = list(hall.map(place, range(5)))
    refused = [outcome for outcome in outcomes if not isinstance(outcome, dict)]
    assert [refusal.code for refusal in refused] == ["taken"] * 4
    nearest = [{"room": 2, "slot": 2}, {"room": 3, "slot": 2}, {"room": 2, "slot": 1}]
    assert [refusal.facts["free"] for refusal in refused] == [nearest] * 4
    assert Session.objects.count() == 1
    seqs = list(Event.objects.get().log.order_by("seq").values_list("seq", flat=True))
    assert seqs == list(range(1, len(seqs) + 1))


def test_one_topic_is_moved_by_one_of_two_phones(grid: Grid, propose: Hang) -> None:
    """The same convener on two devices, both of which have seen the topic in the same place."""
    topic = propose("Kino im Hof")
    grid.place(topic, "Dach", 3)
    seen = Topic.objects.get(pk=topic.pk).rev
    moves = [(room, slot) for room in ("Aula", "Küche") for slot in (1, 2)]
    codes = all_at_once(
        [lambda room=room, slot=slot: grid.place(topic, room, slot, base_rev=seen) for room, slot in moves]
    )
    assert sorted(codes) == ["", "stale_base", "stale_base", "stale_base"]
    assert Session.objects.count() == 1


def test_a_room_that_is_being_filled_is_not_removed(grid: Grid, propose: Hang) -> None:
    topic = propose("Kino im Hof")
    for _attempt in range(5):
        room = services.add_room(event=grid.event, by=grid.by, name="Keller")

        codes = all_at_once(
            [
                partial(services.place_topic, topic=topic, room=room, slot=grid.slots[1], by=grid.by),
                partial(services.remove_room, room=room, by=grid.by),
            ]
        )
        assert codes in (["", "not_empty"], ["absent", ""])
        services.unplace_topic(topic=topic, by=grid.by)
        if codes == ["", "not_empty"]:
            services.remove_room(room=room, by=grid.by)


def test_sign_ups_of_two_processes_leave_one_row_each(grid: Grid, propose: Hang, seats: list[Seat]) -> None:
    topics = [propose(f"Thema {number}", seat=number) for number in range(2)]
    grid.place(topics[0], "Aula", 1)
    grid.place(topics[1], "Küche", 1)

    def batch(order: list[int]) -> Callable[[], object]:
        marks = [services.PlanMark(seat.pk, uuid.uuid4(), number, on=True) for number in order for seat in seats]
        here = [services.HereMark(seat.pk, uuid.uuid4(), number) for number in order for seat in reversed(seats)]

        def send() -> None:
            services.mark_plans(event_id=grid.event.pk, marks=marks)
            services.mark_whereabouts(event_id=grid.event.pk, marks=here)

        return send

    assert all_at_once([batch([1, 2]), batch([2, 1]), batch([1, 2]), batch([2, 1])]) == [""] * 4
    assert SignUp.objects.count() == 10
