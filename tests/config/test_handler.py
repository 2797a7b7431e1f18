"""Pages over ASGI: threads that stay, and no more requests at once than there are threads."""

import asyncio
import threading
from typing import Any

import pytest
from asgiref.sync import sync_to_async
from asgiref.testing import ApplicationCommunicator

from common.live import current_hub
from config.asgi import application
from config.handler import AT_ONCE, Turns
from participation.models import Event


async def test_no_more_run_at_once_than_there_are_turns() -> None:
    turns, running, most = Turns(2), 0, 0

    async def one() -> None:
        nonlocal running, most
        async with turns.taken():
            running += 1
            most = max(most, running)
            await asyncio.sleep(0.01)
            running -= 1

    await asyncio.gather(*[one() for _ in range(6)])
    assert (most, running) == (2, 0)


async def test_requests_share_threads_and_so_connections() -> None:
    turns = Turns(2)

    async def one() -> int:
        async with turns.taken():
            here = await sync_to_async(threading.get_ident)()
            await asyncio.sleep(0.01)
            assert await sync_to_async(threading.get_ident)() == here
            return here

    threads = await asyncio.gather(*[one() for _ in range(6)])
    assert len(set(threads)) == 2


async def test_a_turn_is_given_back_after_a_fault() -> None:
    turns = Turns(1)
    for _ in range(2):
        try:
            async with turns.taken():
                raise LookupError
        except LookupError:
            pass
    async with asyncio.timeout(1), turns.taken():
        assert await sync_to_async(threading.get_ident)() != threading.get_ident()


async def answer_to(path: str) -> int:
    """The status of a page that the whole application answers."""
    scope: dict[str, Any] = {
        "type": "http",
        "method": "GET",
        "path": path.partition("?")[0],
        "headers": [(b"host", b"testserver")],
    }
    scope |= {"query_string": path.partition("?")[2].encode(), "http_version": "1.1", "scheme": "http"}
    line = ApplicationCommunicator(application, scope)
    await line.send_input({"type": "http.request", "body": b""})
    start = await line.receive_output(timeout=10)
    while (await line.receive_output(timeout=10)).get("more_body"):
        pass
    await line.wait()
    return int(start["status"])


@pytest.mark.django_db(transaction=True)
async def test_long_polls_take_no_turn(event: Event) -> None:
    code = event.join_code
    news = f"/api/v1/events/{code}/sync/?epoch={event.epoch.hex}&seq={event.seq}&wait=1"
    polls = [asyncio.create_task(answer_to(news)) for _ in range(AT_ONCE + 1)]
    await asyncio.sleep(0.1)
    assert await answer_to(f"/j/{code}/") == 200
    assert [poll.done() for poll in polls] == [False] * len(polls)
    assert await asyncio.gather(*polls) == [200] * len(polls)
    await current_hub().asleep()
