"""Pages over ASGI: in one go, in threads that stay, and not more of them at once than get done.

Nearly all middleware and views are synchronous. Django's own handler begins the chain on the other side, changes
sides four times for each request, and gives each request a thread of its own that opens a connection of its own:
together more than a page should cost when a hall comes in. It also starts every request at once: in a wave
hundreds of threads then take the interpreter from each other, and nobody is done (docs/bench.md).
"""

import asyncio
from collections.abc import AsyncIterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from inspect import iscoroutinefunction
from typing import Any

from asgiref.sync import ThreadSensitiveContext, sync_to_async
from django.core.handlers.asgi import ASGIHandler
from django.db import close_old_connections, connections
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import Resolver404, resolve

AT_ONCE = 4
"""Requests that one process works on; the others wait in the order in which they came."""


class Turns:
    """So many threads, each with its own connection to the database, and one request in each of them at a time."""

    def __init__(self, count: int) -> None:
        self._free = [ThreadPoolExecutor(1, thread_name_prefix="page") for _ in range(count)]
        self._gate = asyncio.Semaphore(count)

    @asynccontextmanager
    async def taken(self) -> AsyncIterator[None]:
        """Wait for a thread; thread-sensitive calls in the block run in it."""
        async with self._gate:
            thread = self._free.pop()
            try:
                async with ThreadSensitiveContext(executor=thread):
                    yield
            finally:
                self._free.append(thread)


class PageHandler(ASGIHandler):
    """The whole chain and the view in one thread; an asynchronous view still runs on the loop."""

    def __init__(self) -> None:
        super().__init__()
        self._turns = Turns(AT_ONCE)
        # What Django does before and after a request (signals, closing the body) needs no thread for each of them.
        self._aside = ThreadPoolExecutor(1, thread_name_prefix="page-aside")

    def load_middleware(self, is_async: bool = False) -> None:
        super().load_middleware(is_async=False)

    async def handle(self, scope: dict[str, Any], receive: Any, send: Any) -> None:
        async with ThreadSensitiveContext(executor=self._aside):
            await super().handle(scope, receive, send)

    async def get_response_async(self, request: HttpRequest) -> HttpResponseBase:
        if _waits(request):
            return await self._long_answer(request)
        async with self._turns.taken():
            return await sync_to_async(self._answer)(request)

    def _answer(self, request: HttpRequest) -> HttpResponseBase:
        # The signals that do this for a request's own thread run aside.
        close_old_connections()
        try:
            return self.get_response(request)
        finally:
            close_old_connections()

    async def _long_answer(self, request: HttpRequest) -> HttpResponseBase:
        """A long poll has a thread to itself: a turn would be kept for nothing."""
        thread = ThreadPoolExecutor(1, thread_name_prefix="page-waits")
        try:
            async with ThreadSensitiveContext(executor=thread):
                return await sync_to_async(self._last_answer)(request)
        finally:
            thread.shutdown(wait=False)

    def _last_answer(self, request: HttpRequest) -> HttpResponseBase:
        try:
            return self.get_response(request)
        finally:
            connections.close_all()


def _waits(request: HttpRequest) -> bool:
    """Whether its view waits for news on the loop."""
    try:
        return iscoroutinefunction(resolve(request.path_info).func)
    except Resolver404:
        return False
