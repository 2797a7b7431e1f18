"""The grid on sockets: who is too late hears what is free, and counts reach everybody without a name."""

import uuid
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack
from typing import Any

import pytest

from accounts.models import User
from common.live import current_hub
from participation.models import Event, Topic
from participation.services.events import propose_topic, set_switches
from tests.line import Line
from tests.participation.events.test_consumers import Hall, act

from .conftest import Grid

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.clock]


@pytest.fixture
async def hall(event: Event) -> AsyncIterator[Hall]:
    async with AsyncExitStack() as stack:
        yield Hall(event, stack)
    await current_hub().asleep()


def op(kind: str, base_rev: int | None = None, **arguments: Any) -> dict[str, Any]:
    frame = {"t": "op", "op": str(uuid.uuid4()), "k": kind, "a": arguments}
    return frame if base_rev is None else {**frame, "base_rev": base_rev}


async def hear_plan(line: Line, wanted: Callable[[dict[str, Any]], bool]) -> dict[str, Any]:
    """The first tally of the plan that says so."""
    while "plan" not in (frame := await line.hear("tally")) or not wanted(frame):
        pass
    return frame


async def test_plans_and_whereabouts_are_counted_for_everybody(hall: Hall, grid: Grid) -> None:
    phone, seat = await hall.phone("Gast 1")
    other, _seat = await hall.phone("Gast 2")
    topic = await act(propose_topic, seat=seat, op=uuid.uuid4(), title="Kino im Hof")
    await act(grid.place, topic, "Aula", 1)
    for line in (phone, other):
        await line.say(op("plan.sign_up", topic=1, on=True))
        assert (await line.hear("ack", "nack"))["on"] is True
    await other.say(op("here.set", topic=1))
    await phone.say(op("here.set", topic=None))
    told = {"t": "tally", "plan": {"1": 2}, "here": {"moving": 1, "1": 1}, "rev": 4}
    for line in (phone, other):
        assert await hear_plan(line, lambda frame: frame["rev"] == 4) == told
    back, _seat = await hall.phone("Gast 2")
    you = hall.welcome["you"]
    assert (you["plan"], you["here"], you["mine"]) == ([1], 1, [])
    assert await hear_plan(back, lambda _frame: True) == told


async def test_counts_that_are_not_shown_reach_the_stage_only(hall: Hall, grid: Grid, contact_person: User) -> None:
    await act(set_switches, event=grid.event, by=contact_person, interest_visible=False)
    phone, seat = await hall.phone("Gast 1")
    topic = await act(propose_topic, seat=seat, op=uuid.uuid4(), title="Kino im Hof")
    await act(grid.place, topic, "Aula", 1)
    stage = await hall.staff(contact_person)
    await phone.say(op("plan.sign_up", topic=1, on=True))
    assert (await hear_plan(stage, lambda frame: frame["rev"] == 1))["plan"] == {"1": 1}
    assert [frame for frame in await phone.overhear(0.3) if frame["t"] == "tally" and "plan" in frame] == []


async def test_who_is_too_late_for_a_cell_hears_what_is_free(hall: Hall, grid: Grid) -> None:
    phones = [await hall.phone(name) for name in ("Gast 1", "Gast 2")]
    for _phone, seat in phones:
        await act(propose_topic, seat=seat, op=uuid.uuid4(), title="Kino im Hof")
    revs = await act(lambda: list(Topic.objects.order_by("number").values_list("rev", flat=True)))
    first, second = (phone for phone, _seat in phones)
    await first.say(op("topic.place", revs[0], topic=1, room=1, slot=1))
    answer = await first.hear("ack", "nack")
    assert (answer["t"], answer["room"], answer["slot"], answer["warnings"]) == ("ack", 1, 1, {})
    while (news := await second.hear("ev"))["k"] != "session.placed":
        pass
    assert news["d"] == {"n": 1, "room": 1, "slot": 1}
    await second.say(frame := op("topic.place", revs[1], topic=2, room=1, slot=1))
    assert await second.hear("ack", "nack") == {
        "t": "nack",
        "op": frame["op"],
        "code": "taken",
        "free": [{"room": 2, "slot": 1}, {"room": 3, "slot": 1}, {"room": 2, "slot": 2}],
    }
