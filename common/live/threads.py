"""The hub's own threads for the database, so that live acts wait for nothing else."""

import asyncio
import contextvars
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from django.db import connections

Result = TypeVar("Result")


class Worker:
    """One thread with its own database connection, kept open between calls."""

    def __init__(self) -> None:
        self._executor = ThreadPoolExecutor(1, thread_name_prefix="live")

    async def run(self, function: Callable[..., Result], *args: object) -> Result:
        """Call a plain function in the thread."""
        return await asyncio.get_running_loop().run_in_executor(self._executor, _call, function, args)

    def stop(self) -> None:
        """Close the connection and end the thread, after what it is doing."""
        self._executor.submit(connections.close_all)
        self._executor.shutdown(wait=True)


class OnCall:
    """A worker that is there while it is needed: it starts with the first call, and ends by `rest`."""

    def __init__(self, needed: Callable[[], bool]) -> None:
        """`needed()`: whether to keep the thread and its connection between calls."""
        self._needed = needed
        self._worker: Worker | None = None
        self._working = 0

    async def run(self, function: Callable[..., Result], *args: object) -> Result:
        """Call a plain function in the thread, with the caller's context (its language)."""
        if self._worker is None:
            self._worker = Worker()
        self._working += 1
        try:
            return await self._worker.run(contextvars.copy_context().run, function, *args)
        finally:
            self._working -= 1
            if not self._needed():
                self.rest()

    def rest(self) -> None:
        """End the thread, unless somebody waits for it."""
        if self._worker is not None and not self._working:
            self._worker.stop()
            self._worker = None

    @property
    def resting(self) -> bool:
        return self._worker is None


def _call(function: Callable[..., Result], args: tuple[object, ...]) -> Result:
    try:
        return function(*args)
    except Exception:
        # Whatever went wrong, the next call gets a fresh connection.
        for connection in connections.all(initialized_only=True):
            connection.close()
        raise
    finally:
        _retire()


def _retire() -> None:
    """Give up connections that are too old; SQLite's have no age and are worth keeping in this thread."""
    for connection in connections.all(initialized_only=True):
        if connection.settings_dict["CONN_MAX_AGE"] != 0 or connection.vendor != "sqlite":
            connection.close_if_unusable_or_obsolete()
