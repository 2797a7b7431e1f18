"""Saying goodbye before the server stops, so that a thousand phones do not come back in the same moment.

uvicorn closes every socket as soon as it has noticed its signal, and tells the application only afterwards
(`lifespan`), when nothing can be said any more. So the signal's handler of uvicorn is called a moment later:
first what was asked is answered, and everybody gets a `bye restart` with a time of their own.
"""

import asyncio
import logging
import signal
import threading
import time
from collections.abc import Callable
from types import FrameType
from typing import Protocol

from .topics import Topic

log = logging.getLogger(__name__)
ANSWER_WITHIN = 1.5
"""Seconds for operations that were taken already."""
LEAVE_WITHIN = 1.0
"""Seconds for the last frames to go out."""
FIRST_BACK_MS, LAST_BACK_MS, GAP_MS = 500, 8000, 15
"""When the first may come back, the last at the latest, and the time between two of them in a small hall."""

Handler = Callable[[int, FrameType | None], None]


class Leaver(Protocol):
    """What the goodbye needs of the hub."""

    loop: asyncio.AbstractEventLoop
    topics: dict[str, Topic]
    leaving: bool
    unanswered: int


def heed(hub: Leaver) -> None:
    """Put the hub's goodbye before what uvicorn does on SIGTERM and SIGINT; elsewhere nothing changes."""
    if threading.current_thread() is not threading.main_thread():
        return
    from uvicorn import Server

    for number in (signal.SIGTERM, signal.SIGINT):
        handler = signal.getsignal(number)
        if callable(handler) and isinstance(getattr(handler, "__self__", None), Server):
            signal.signal(number, _goodbye_first(hub, handler))


def _goodbye_first(hub: Leaver, stop: Handler) -> Handler:
    async def leave(number: int) -> None:
        try:
            await say_goodbye(hub)
        except Exception:
            log.exception("Not everybody was told that the server stops")
        stop(number, None)

    def handle(number: int, frame: FrameType | None) -> None:
        if hub.leaving or hub.loop.is_closed():  # whoever asks twice is in a hurry
            stop(number, frame)
        else:
            hub.leaving = True
            hub.loop.call_soon_threadsafe(lambda: _leaving.add(hub.loop.create_task(leave(number))))

    return handle


_leaving: set[asyncio.Task[None]] = set()


async def say_goodbye(hub: Leaver) -> None:
    """Answer what was asked, then send everybody off, stage and projector first."""
    hub.leaving = True
    await _until(lambda: not hub.unanswered, ANSWER_WITHIN)
    sockets = [socket for topic in hub.topics.values() for socket in topic.sockets()]
    for place, socket in enumerate(sockets):
        socket.close("restart", back_after(place, len(sockets)))
    await _until(lambda: not hub.topics, LEAVE_WITHIN)


async def _until(done: Callable[[], bool], seconds: float) -> None:
    """Wait for something that is not worth an event, and not longer than so many seconds."""
    end = time.monotonic() + seconds
    while not done() and time.monotonic() < end:  # noqa: ASYNC110
        await asyncio.sleep(0.01)


def back_after(place: int, count: int) -> int:
    """Milliseconds after which the one at `place` of `count` may come back: evenly spread, first come first."""
    width = min(LAST_BACK_MS - FIRST_BACK_MS, GAP_MS * count)
    return FIRST_BACK_MS + width * place // max(1, count)
