"""A whole hall comes in at once: those who are inside go first, those who lead do not queue, nobody is refused."""

import asyncio
import time
from collections.abc import Iterator
from contextlib import AsyncExitStack
from dataclasses import dataclass

import pytest

from common.live import current_hub, register
from common.live import sources as registry
from common.live.door import AT_ONCE, Door
from tests.line import Line

from .notebook import Notebook, NoteConsumer

pytestmark = pytest.mark.clock


@dataclass
class Hall:
    unanswered: int = 0


async def crowd(door: Door, count: int, seconds: float) -> tuple[list[int], int, float]:
    """So many people want in; the order in which they came in, the most at the same time, and how long it took."""
    order: list[int] = []
    inside = most = 0

    async def come(number: int) -> None:
        nonlocal inside, most
        async with door.passed():
            order.append(number)
            inside += 1
            most = max(most, inside)
            await asyncio.sleep(seconds)
            inside -= 1

    began = time.monotonic()
    await asyncio.gather(*map(come, range(count)))
    return order, most, time.monotonic() - began


async def test_a_wave_comes_in_order_and_a_few_at_a_time() -> None:
    order, most, _took = await crowd(Door(Hall()), 40, 0.001)
    assert (order, most) == (list(range(40)), AT_ONCE)


async def test_while_operations_wait_the_door_stands_still_half_of_the_time() -> None:
    rounds = 5
    order, _most, took = await crowd(Door(Hall(unanswered=1)), rounds * AT_ONCE, 0.02)
    assert len(order) == rounds * AT_ONCE
    assert took >= 0.02 * (2 * rounds - 0.1)


async def test_who_was_hung_up_on_at_the_door_keeps_nobody_out() -> None:
    door = Door(Hall())
    for _attempt in range(2 * AT_ONCE):
        with pytest.raises(ConnectionError):
            async with door.passed():
                raise ConnectionError
    assert (await crowd(door, 2, 0))[0] == [0, 1]


class LeadConsumer(NoteConsumer):
    leads = True


@pytest.fixture
def notebook() -> Iterator[Notebook]:
    source = Notebook()
    register("notes", source)
    yield source
    del registry._sources["notes"]


async def test_those_who_lead_do_not_queue(notebook: Notebook) -> None:
    hub = current_hub()
    async with AsyncExitStack() as full:
        for _place in range(AT_ONCE):
            await full.enter_async_context(hub.welcomes.passed())
        phone, stage = (
            Line(NoteConsumer.as_asgi(), "/notes/phone/ada/"),
            Line(LeadConsumer.as_asgi(), "/notes/stage/kim/"),
        )
        assert (await stage.hello())["t"] == "welcome"
        assert await phone.open()
        await phone.say({"t": "hello"})
        assert await phone.overhear(0.1) == []
    assert (await phone.hear("welcome"))["you"] == {"who": "ada"}
    for line in (phone, stage):
        await line.leave()
    await hub.asleep()
