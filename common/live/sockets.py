"""One connection as the hub sees it: a cursor, a short queue, and one slot for each replaceable frame."""

import asyncio
from collections import deque
from collections.abc import Callable

from .frames import Frame
from .wire import Wire

MOST_WAITING = 256
"""Numbered frames that may wait for a slow socket."""


class Socket:
    """What is sent never waits. Once a frame must wait, all later ones wait behind it."""

    __slots__ = ("_hang_up", "_queue", "_slots", "_wire", "cursor", "gone", "retry_ms", "view", "who")

    def __init__(self, wire: Wire, hang_up: Callable[[str], None], *, view: str, who: str) -> None:
        """`hang_up(why)` ends the connection with a `bye`."""
        self._wire = wire
        self._hang_up = hang_up
        self._queue: deque[Frame] = deque()
        self._slots: dict[str, Frame] = {}
        self.cursor = 0
        self.gone = False
        self.retry_ms: int | None = None
        self.view = view
        self.who = who

    def send(self, frame: Frame) -> None:
        """A frame that must arrive, in order."""
        if self.gone:
            return
        if not self._queue and self._wire.write(frame):
            return
        if len(self._queue) < MOST_WAITING:
            self._queue.append(frame)
        else:
            self.close("slow")

    def put(self, key: str, frame: Frame) -> None:
        """A frame that replaces the one before it with the same key."""
        if self.gone:
            return
        if self._queue or self._slots or not self._wire.write(frame):
            self._slots[key] = frame
            self.flush()

    def behind(self) -> bool:
        """Whether something waits."""
        return bool(self._queue or self._slots)

    def flush(self) -> None:
        """Write as much of what waits as goes through now."""
        while self._queue and self._wire.write(self._queue[0]):
            self._queue.popleft()
        while self._slots and not self._queue:
            key = next(iter(self._slots))
            if not self._wire.write(self._slots[key]):
                break
            del self._slots[key]

    def close(self, why: str, retry_ms: int | None = None) -> None:
        """End the connection; only the first reason counts. `retry_ms`: come back then (else by chance)."""
        if not self.gone:
            self.gone = True
            self.retry_ms = retry_ms
            self._queue.clear()
            self._slots.clear()
            self._hang_up(why)


class Waiter(Socket):
    """A long poll: not a connection, but somebody who wants to hear of the next numbered entry."""

    __slots__ = ("_news",)

    def __init__(self, news: asyncio.Event) -> None:
        self._news = news
        super().__init__(self, lambda _why: news.set(), view="poll", who="")

    def write(self, frame: Frame) -> bool:
        self._news.set()
        return True

    def put(self, key: str, frame: Frame) -> None:
        """Tallies are no reason to answer."""
