"""The floor: a bare ASGI broadcast without Django, database, roles or log. Nothing can be cheaper by much.

It speaks as much of the protocol as the phones of the bench need; every 100 ms it sends the count to all.
"""

import asyncio
import json
from collections.abc import Awaitable, Callable
from typing import Any

Send = Callable[[dict[str, Any]], Awaitable[None]]


class Floor:
    """An ASGI application that knows how many have voted, and nothing else."""

    def __init__(self) -> None:
        self.sockets: set[Send] = set()
        self.count = 0
        self.ticking: asyncio.Task[None] | None = None

    async def __call__(self, scope: dict[str, Any], receive: Any, send: Send) -> None:
        if scope["type"] != "websocket":
            return
        self.ticking = self.ticking or asyncio.create_task(self.tick())
        await receive()
        await send({"type": "websocket.accept", "subprotocol": "anstoss.live.v1"})
        try:
            while (message := await receive())["type"] == "websocket.receive":
                await self.take(json.loads(message["text"]), send)
        finally:
            self.sockets.discard(send)
            if not self.sockets:  # the next round counts anew
                self.count = 0

    async def take(self, frame: dict[str, Any], send: Send) -> None:
        if frame["t"] == "hello":
            self.sockets.add(send)
            answer = {"t": "welcome"}
        else:
            self.count += 1
            answer = {"t": "ack", "op": frame["op"]}
        await send({"type": "websocket.send", "text": json.dumps(answer, separators=(",", ":"))})

    async def tick(self) -> None:
        told = 0
        while True:
            await asyncio.sleep(0.1)
            if told == self.count:
                continue
            told = self.count
            text = f'{{"t":"tally","ballot":1,"n":{told},"of":{len(self.sockets)}}}'
            for send in list(self.sockets):
                await send({"type": "websocket.send", "text": text})


application = Floor()
