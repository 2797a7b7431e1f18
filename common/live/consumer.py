"""The lean consumer: no channel of its own, no task per message, no database clean-up per message."""

import asyncio
import logging
import random
import time
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager, nullcontext
from dataclasses import dataclass
from typing import Any, TypeVar

import msgspec
from channels.consumer import AsyncConsumer

from . import frames
from .door import Door
from .frames import Frame
from .hub import Hub, current_hub
from .sockets import Socket
from .wire import Send, server_send, wire_for

log = logging.getLogger(__name__)
Result = TypeVar("Result")
HELLO_WITHIN = 10.0
BURST, PER_SECOND = 40, 10.0
"""Frames that a client may send at once, and on average."""


@dataclass(frozen=True, slots=True)
class Admission:
    """What a connection may listen to. `who` is the person's name for `still_welcome` and `gone`.

    With `refused` the handshake succeeds, and the connection ends at once with that `bye`: for refusals that
    a client must be able to understand.
    """

    topic: str
    who: str
    view: str = "phone"
    refused: str = ""


class LiveConsumer(AsyncConsumer):
    """One connection to one topic. Subclasses say who may listen (`admit`) and carry out operations."""

    leads = False
    """Stage and projector: they are served first, and so they are let in first."""
    hub: Hub
    socket: Socket
    admission: Admission

    async def admit(self) -> Admission | None:
        """Who this is and what they may hear; None refuses the handshake. Runs once, may use the database."""
        raise NotImplementedError

    async def you(self) -> object:
        """What only this person sees; part of every welcome."""
        return None

    def operate(self, op: frames.Op) -> None:
        """Carry out an operation: start it and return; answer later with `self.tell(ack(…))` or `nack`."""
        self.tell(frames.nack(op.op, "unknown"))

    async def in_thread(self, function: Callable[..., Result], *args: object) -> Result:
        """Call plain code, such as a selector, in the thread that this server keeps for reads of sockets."""
        return await current_hub().read(function, *args)

    def tell(self, data: bytes) -> None:
        """A frame for this connection alone."""
        self.socket.send(Frame(data))

    # --- the life of a connection ------------------------------------------------------------------------
    async def __call__(self, scope: dict[str, Any], receive: Any, send: Send) -> None:
        self.scope = scope
        self._receive, self._send = receive, server_send(send)
        self._hanging_up: asyncio.Task[None] | None = None
        self._credit, self._credited_at = float(BURST), time.monotonic()
        self.hub = current_hub()
        await receive()  # websocket.connect
        async with self._in_turn(self.hub.handshakes):
            admission = await self.admit()
        if admission is None:
            await send({"type": "websocket.close"})
            return
        self.admission = admission
        wanted = frames.SUBPROTOCOL in scope.get("subprotocols", ())
        await send({"type": "websocket.accept", "subprotocol": frames.SUBPROTOCOL if wanted else None})
        self.socket = Socket(wire_for(send), self._hang_up, view=admission.view, who=admission.who)
        try:
            if admission.refused:
                self.socket.close(admission.refused)
            elif await self._greet():
                await self._listen()
        finally:
            self.socket.gone = True
            self.hub.unsubscribe(self.socket, admission.topic)
            if self._hanging_up is not None:
                await self._hanging_up

    async def _greet(self) -> bool:
        """Wait for `hello` and answer it; False when the connection is over."""
        try:
            text = await asyncio.wait_for(self._next(), HELLO_WITHIN)
        except TimeoutError:
            self.socket.close("no_hello")
            return False
        hello = self._decode(text) if text is not None else None
        if not isinstance(hello, frames.Hello):
            self.socket.close("bad_frame")
            return False
        if self.hub.leaving:
            self.socket.close("restart")
            return False
        async with self._in_turn(self.hub.welcomes):
            why = await self.hub.subscribe(self.socket, self.admission.topic, hello, await self.you())
        if why:
            self.socket.close(why)
        return not why

    def _in_turn(self, door: Door) -> AbstractAsyncContextManager[None]:
        """Those who lead go first; everybody else waits at the door when a whole hall comes at once."""
        return nullcontext() if self.leads else door.passed()

    async def _listen(self) -> None:
        while (text := await self._next()) is not None:
            frame = self._decode(text)
            if self.socket.gone:
                continue
            if frame is None:
                self.socket.close("bad_frame")
            elif not self._within_limits():
                self.socket.close("flood")
            elif isinstance(frame, frames.Ping):
                self.tell(frames.pong(frame.n))
            elif isinstance(frame, frames.Op) and not self.hub.leaving:
                # What comes after the goodbye began is sent again to the next server.
                self.operate(frame)

    async def _next(self) -> str | None:
        """The next text of the client; None when it is gone."""
        message = await self._receive()
        if message["type"] != "websocket.receive":
            self.socket.gone = True
            return None
        return message.get("text") or ""

    def _decode(self, text: str) -> frames.Incoming | None:
        if len(text) > frames.MAX_FRAME:
            return None
        try:
            return frames.decode(text)
        except (msgspec.DecodeError, RecursionError):
            return None

    def _within_limits(self) -> bool:
        """A bucket that fills with time: a thumb never empties it, a script does."""
        now = time.monotonic()
        self._credit = min(BURST, self._credit + (now - self._credited_at) * PER_SECOND) - 1
        self._credited_at = now
        return self._credit >= 0

    def _hang_up(self, why: str) -> None:
        self._hanging_up = asyncio.get_running_loop().create_task(self._say_bye(why))

    async def _say_bye(self, why: str) -> None:
        """The last frame, then the close. Those who may not come back are told so."""
        by_chance = 500 + random.randrange(1500)  # noqa: S311 (spreads the crowd)
        retry = 0 if why in NO_RETURN else self.socket.retry_ms or by_chance
        try:
            await self._send({"type": "websocket.send", "text": frames.bye(why, retry).decode()})
            await self._send({"type": "websocket.close", "code": 4403 if why in NO_RETURN else 4000})
        except Exception as error:  # noqa: BLE001 (the connection may be gone already)
            log.debug("no bye for a connection that is gone: %s", error)


NO_RETURN = frozenset({"left", "gone", "no_seat", "bad_frame"})
"""Reasons after which the client does not come back by itself."""
