"""Pages over ASGI: in one go, and not more of them at once than get done.

Nearly all middleware and views are synchronous. Django's own handler begins the chain on the other side and
changes sides four times for each request, which is a fifth of what a page costs when a hall comes in. It also
starts every request at once: in a wave hundreds of threads then take the interpreter from each other, and
nobody is done (docs/bench.md).
"""

import asyncio
from inspect import iscoroutinefunction

from asgiref.sync import sync_to_async
from django.core.handlers.asgi import ASGIHandler
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import Resolver404, resolve

AT_ONCE = 6
"""Requests that one process works on; the others wait in the order in which they came."""


class PageHandler(ASGIHandler):
    """The whole chain and the view in the request's own thread; an asynchronous view still runs on the loop."""

    def __init__(self) -> None:
        super().__init__()
        self._turns = asyncio.Semaphore(AT_ONCE)

    def load_middleware(self, is_async: bool = False) -> None:
        super().load_middleware(is_async=False)

    async def get_response_async(self, request: HttpRequest) -> HttpResponseBase:
        answer = sync_to_async(self.get_response, thread_sensitive=True)
        if _waits(request):
            return await answer(request)
        async with self._turns:
            return await answer(request)


def _waits(request: HttpRequest) -> bool:
    """Whether it is a long poll, which would keep a turn for nothing."""
    try:
        return iscoroutinefunction(resolve(request.path_info).func)
    except Resolver404:
        return False
