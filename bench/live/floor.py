"""The floor: a bare ASGI broadcast without Django, database, roles or log. Nothing can be cheaper by much.

It speaks as much of the protocol as the phones of the bench need; every 100 ms it sends the count to all.
`application` runs in one process. `shared` is the same for several, which tell each other their counts.
"""

import asyncio
import json
import os
import uuid
from collections.abc import Awaitable, Callable
from typing import Any

from redis.asyncio import Redis

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
            if told == (count := await self.total()):
                continue
            told = count
            text = f'{{"t":"tally","ballot":1,"n":{told},"of":{len(self.sockets)}}}'
            for send in list(self.sockets):
                await send({"type": "websocket.send", "text": text})

    async def total(self) -> int:
        """How many have voted, everywhere."""
        return self.count


class SharedFloor(Floor):
    """The floor in several processes: each tells the others its count by Redis, when it has changed since last time."""

    def __init__(self) -> None:
        super().__init__()
        self.name = uuid.uuid4().hex
        self.told = 0
        self.others: dict[str, int] = {}

    async def tick(self) -> None:
        self.redis = Redis.from_url(os.environ["REDIS_URL"])
        self.listening = asyncio.create_task(self.listen())
        await super().tick()

    async def listen(self) -> None:
        async with self.redis.pubsub(ignore_subscribe_messages=True) as heard:
            await heard.subscribe("floor")
            async for message in heard.listen():
                name, count = message["data"].decode().split()
                self.others[name] = int(count)

    async def total(self) -> int:
        if self.told != self.count:
            self.told = self.count
            await self.redis.publish("floor", f"{self.name} {self.told}")
        self.others[self.name] = self.count
        return sum(self.others.values())


application, shared = Floor(), SharedFloor()
