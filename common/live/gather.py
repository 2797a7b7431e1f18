"""Gathering: operations of many sockets are carried out together, so that one commit serves them all."""

import asyncio
import logging
import time
from collections import defaultdict
from collections.abc import Callable, Hashable, Sequence
from typing import Generic, TypeVar

from .hub import current_hub

log = logging.getLogger(__name__)
Item = TypeVar("Item")
Result = TypeVar("Result")
WINDOW = 0.02
"""Seconds that an operation waits for others; a person does not see it, and it halves the cost (stack.md)."""
LONGEST_WAIT = 0.06
"""Seconds between two batches, when writing is slow."""
FEW, FEW_WAIT = 6, 0.1
"""A batch of fewer costs as much as one of so many, so few wait for others until the phones' next tally is due."""
MOST = 400
"""Operations of one batch."""


class Gatherer(Generic[Item, Result]):
    """Collects items by key and carries out one batch of a key at a time, in the hub's thread.

    `carry_out(key, items)` returns one result for each item, in order. One gatherer serves all event loops.
    """

    def __init__(self, carry_out: Callable[..., Sequence[Result]], *, window: float = WINDOW) -> None:
        self._carry_out = carry_out
        self._window = window
        self._waiting: dict[Hashable, list[tuple[Item, Callable[[Result | Exception], None]]]]
        self._waiting = defaultdict(list)
        self._busy: dict[Hashable, asyncio.Task[None] | asyncio.TimerHandle] = {}
        self._enough: dict[Hashable, asyncio.Future[None]] = {}

    def submit(self, key: Hashable, item: Item, done: Callable[[Result | Exception], None]) -> None:
        """Add an item; `done` gets its result after the commit, or what went wrong."""
        loop = asyncio.get_running_loop()
        place = (loop, key)
        current_hub().unanswered += 1
        self._waiting[place].append((item, done))
        if place in self._enough and len(self._waiting[place]) == FEW:
            self._enough[place].set_result(None)
        if place not in self._busy:
            self._busy[place] = loop.call_later(self._window, self._start, loop, key)

    def _start(self, loop: asyncio.AbstractEventLoop, key: Hashable) -> None:
        self._busy[loop, key] = loop.create_task(self._carry((loop, key), key))

    async def _carry(self, place: Hashable, key: Hashable) -> None:
        try:
            while waiting := self._waiting.pop(place, None):
                if later := waiting[MOST:]:
                    self._waiting[place] = later
                began = time.monotonic()
                await self._one_batch(key, waiting[:MOST])
                await self._pause(place, time.monotonic() - began)
        finally:
            self._busy.pop(place, None)

    async def _pause(self, place: Hashable, took: float) -> None:
        """Others join what has come meanwhile, so that writing takes a sixth of the time at most."""
        pause = min(max(self._window, 5 * took), LONGEST_WAIT)
        await asyncio.sleep(pause)
        if len(self._waiting.get(place, ())) < FEW and pause < FEW_WAIT:
            self._enough[place] = enough = asyncio.get_running_loop().create_future()
            try:
                await asyncio.wait([enough], timeout=FEW_WAIT - pause)
            finally:
                del self._enough[place]

    async def _one_batch(self, key: Hashable, batch: list[tuple[Item, Callable[[Result | Exception], None]]]) -> None:
        outcome: Sequence[Result | Exception]
        try:
            outcome = await current_hub().run(self._carry_out, key, [item for item, _done in batch])
        except Exception as error:
            log.exception("A batch of %d operations failed", len(batch))
            outcome = [error] * len(batch)
        for (_item, done), result in zip(batch, outcome, strict=True):
            current_hub().unanswered -= 1
            done(result)
