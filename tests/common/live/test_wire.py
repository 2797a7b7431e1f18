"""What reaches a real client through a real server: the frames that the hub writes straight to the transport."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest
import uvicorn
from websockets.asyncio.client import connect

from common.live.frames import SUBPROTOCOL, Frame
from common.live.wire import AsgiWire, ServerWire, Wire, wire_for

pytestmark = pytest.mark.clock


@asynccontextmanager
async def served(application: Any, **options: Any) -> AsyncIterator[str]:
    """The application on uvicorn, as `make run` starts it."""
    settings = {"ws": "websockets-sansio", "ws_per_message_deflate": False, "lifespan": "off", **options}
    config = uvicorn.Config(application, port=0, log_level="critical", **settings)
    server = uvicorn.Server(config)
    serving = asyncio.ensure_future(server.serve())
    while not server.started:  # noqa: ASYNC110
        await asyncio.sleep(0.01)
    try:
        yield f"ws://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}/"
    finally:
        server.should_exit = True
        await serving


class Echo:
    """Accepts, and writes every text back over the wire that fits the server."""

    wire: Wire

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        await receive()
        await send({"type": "websocket.accept", "subprotocol": SUBPROTOCOL})
        self.wire = wire_for(send)
        while (message := await receive())["type"] == "websocket.receive":
            self.wire.write(Frame(message["text"].encode()))


@pytest.mark.parametrize("size", [0, 1, 125, 126, 65_535, 65_536, 200_000])
async def test_a_frame_of_any_size_arrives_as_it_was_written(size: int) -> None:
    echo = Echo()
    async with (
        served(echo) as url,
        connect(url, subprotocols=[SUBPROTOCOL], max_size=None, compression=None) as client,  # type: ignore[list-item]
    ):
        text = "ä" * (size // 2) + "x" * (size % 2)
        await client.send(text)
        assert await client.recv() == text
        assert type(echo.wire) is ServerWire


async def test_a_compressed_connection_takes_the_public_way() -> None:
    echo = Echo()
    async with (
        served(echo, ws_per_message_deflate=True) as url,
        connect(url, subprotocols=[SUBPROTOCOL], compression="deflate") as client,  # type: ignore[list-item]
    ):
        await client.send("hallo")
        assert await client.recv() == "hallo"
        assert type(echo.wire) is AsgiWire


async def test_a_send_that_has_to_wait_holds_back_what_follows() -> None:
    gate, sent = asyncio.Event(), []

    async def send(message: dict[str, Any]) -> None:
        await gate.wait()
        sent.append(message["text"])

    wire = AsgiWire(send)
    assert [wire.write(Frame(b"1")), wire.write(Frame(b"too early"))] == [True, False]
    gate.set()
    await asyncio.sleep(0.01)
    assert sent == ["1"]
    assert wire.write(Frame(b"2"))
    assert sent == ["1", "2"]


async def test_a_connection_that_is_gone_is_no_error() -> None:
    async def send(message: dict[str, Any]) -> None:
        raise RuntimeError("closed")

    AsgiWire(send).write(Frame(b"1"))
