"""The door: when a whole hall comes in at once, those who are inside already are served first."""

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Protocol

AT_ONCE = 4
"""People who are let in at the same time; all others wait in the order in which they came. Nobody is refused."""


class Busy(Protocol):
    """What the door needs to know of the hub."""

    unanswered: int


class Door:
    """One step of coming in. While operations wait for their answer, it stands still half of the time."""

    def __init__(self, hub: Busy) -> None:
        self._hub = hub
        self._gate = asyncio.Semaphore(AT_ONCE)

    @asynccontextmanager
    async def passed(self) -> AsyncIterator[None]:
        """Wait for a place, and hold it for the length of the block."""
        async with self._gate:
            began = time.monotonic()
            yield
            if self._hub.unanswered:
                await asyncio.sleep(time.monotonic() - began)
