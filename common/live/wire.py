"""How a frame gets from the hub to one connection without waiting.

`ServerWire` writes the finished bytes straight to uvicorn's transport: a server's text frame is the same for
every client, so building it again for each socket is most of the cost of a broadcast. It knows two things
about the server (where the transport is, and that no extension is in use); `wire_for` checks both and
otherwise takes `AsgiWire`, which works on every ASGI server.
"""

import asyncio
from collections.abc import Awaitable, Callable, Coroutine
from typing import Any, Protocol, cast

from channels.sessions import InstanceSessionWrapper

from .frames import Frame

Send = Callable[[dict[str, Any]], Awaitable[None]]
ROOM = 64 * 1024
"""Bytes that may wait in a transport before a socket counts as slow."""


class Wire(Protocol):
    def write(self, frame: Frame) -> bool:
        """Write without waiting; False if that is not possible now, and then nothing was written."""


class AsgiWire:
    """Through the server's `send`. Nearly always that finishes at once; only when not, a task is made."""

    __slots__ = ("_send", "_waiting")

    def __init__(self, send: Send) -> None:
        self._send = send
        self._waiting: asyncio.Future[None] | None = None

    def write(self, frame: Frame) -> bool:
        if self._waiting is not None and not self._waiting.done():
            return False
        step = cast(Coroutine[Any, Any, None], self._send({"type": "websocket.send", "text": frame.text}))
        try:
            blocked_by = step.send(None)
        except StopIteration:
            return True
        except Exception:  # noqa: BLE001 (the connection is gone; its own task learns of it by `receive`)
            return True
        self._waiting = asyncio.ensure_future(_finish(step, blocked_by))
        return True


async def _finish(step: Coroutine[Any, Any, None], blocked_by: Any) -> None:
    """Go on with a `send` that had to wait for something."""
    try:
        await _Resumed(step, blocked_by)
    except Exception:  # noqa: BLE001 (as above)
        return


class _Resumed:
    """Awaits what a half-done coroutine waits for, then the rest of it."""

    def __init__(self, step: Coroutine[Any, Any, None], blocked_by: Any) -> None:
        self._step, self._blocked_by = step, blocked_by

    def __await__(self) -> Any:
        yield self._blocked_by
        yield from self._step.__await__()


class ServerWire:
    """Straight to the transport of uvicorn's `websockets-sansio` protocol."""

    __slots__ = ("_protocol", "_transport")

    def __init__(self, protocol: Any) -> None:
        self._protocol = protocol
        self._transport: asyncio.Transport = protocol.transport

    def write(self, frame: Frame) -> bool:
        protocol, transport = self._protocol, self._transport
        if transport.get_write_buffer_size() >= ROOM:
            return False
        if not (protocol.close_sent or protocol.disconnected or transport.is_closing()):
            transport.write(frame.wire)
        return True


def server_send(send: Send) -> Send:
    """The server's own `send` below the session middleware, which has nothing to save on a socket."""
    while isinstance(owner := getattr(send, "__self__", None), InstanceSessionWrapper):
        send = owner.real_send
    return send


def wire_for(send: Send) -> Wire:
    """The cheapest wire that this server offers; call it after the handshake."""
    send = server_send(send)
    protocol = getattr(send, "__self__", None)
    if _is_plain_uvicorn(protocol):
        return ServerWire(protocol)
    return AsgiWire(send)


def _is_plain_uvicorn(protocol: Any) -> bool:
    try:
        from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol
    except ImportError:
        return False
    return (
        type(protocol) is WebSocketsSansIOProtocol
        and protocol.handshake_complete
        and isinstance(protocol.close_sent, bool)
        and isinstance(protocol.disconnected, bool)
        and protocol.conn.extensions == []
        and hasattr(protocol.transport, "get_write_buffer_size")
    )
