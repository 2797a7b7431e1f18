"""Phones that behave as static/js/live/socket.js and queue.js: they come back by themselves and lose no operation."""

import asyncio
import os
import random
import time
import uuid
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from typing import Any

import msgspec
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import WebSocketException

SUBPROTOCOL = "anstoss.live.v1"
FIRST, LONGEST = 0.5, 8.0


class Phone:
    """One seat (or, with `view`, a projector). Times are monotonic seconds."""

    def __init__(self, address: str, *, cookie: str = "", view: str = "") -> None:
        """`address`: `host:port/ws/e/<code>/`."""
        self.url = f"ws://{address}{view}"
        self.headers = {"Origin": f"http://{address.partition('/')[0]}", "Cookie": cookie}
        self.known: dict[str, Any] = {}
        self.queue: dict[str, dict[str, Any]] = {}
        self.acks: dict[str, dict[str, Any]] = {}
        self.nacks: list[dict[str, Any]] = []
        self.byes: list[dict[str, Any]] = []
        self.welcomed_at: list[float] = []
        self.lost_at: list[float] = []
        self.tallies: dict[int, dict[str, Any]] = {}
        self.here: dict[str, Any] = {}
        self.seen: list[int] = []
        self.line: ClientConnection | None = None

    async def vote(self, ballot: int, choice: dict[str, int]) -> None:
        """Into the queue, and out if there is a line."""
        op = str(uuid.uuid4())
        self.queue[op] = {"t": "op", "op": op, "k": "paper.cast", "a": {"ballot": ballot, "choice": choice}}
        await self._send(self.queue[op])

    async def live(self) -> None:
        """Connect, and again whenever the line is gone."""
        failures = 0
        while True:
            welcomes, byes = len(self.welcomed_at), len(self.byes)
            with suppress(OSError, WebSocketException, EOFError):
                await self._one_line()
            self.line = None
            self.lost_at.append(time.monotonic())
            failures = 0 if len(self.welcomed_at) > welcomes else failures + 1
            pause = min(LONGEST, FIRST * 2**failures) * random.uniform(0.5, 1)
            if len(self.byes) > byes:
                pause = self.byes[-1]["retry_ms"] / 1000
            await asyncio.sleep(pause)

    async def _one_line(self) -> None:
        async with connect(
            self.url,
            subprotocols=[SUBPROTOCOL],  # type: ignore[list-item]
            additional_headers=self.headers,
            compression=None,
            ping_interval=None,
            close_timeout=1,
        ) as line:
            await line.send(msgspec.json.encode({"t": "hello", **self.known}).decode())
            async for text in line:
                await self._take(msgspec.json.decode(text), line)

    async def _take(self, frame: dict[str, Any], line: ClientConnection) -> None:
        kind = frame["t"]
        if kind == "welcome":
            self.welcomed_at.append(time.monotonic())
            self.line = line
            for op in list(self.queue.values()):
                await self._send(op)
        elif kind in {"ack", "nack"}:
            self._answered(frame)
        elif kind == "bye":
            self.byes.append(frame)
        elif kind == "tally" and "ballot" in frame:
            self.tallies[frame["ballot"]] = frame
        elif kind == "here":
            self.here = frame
        elif kind in {"snap", "ev"}:
            self.seen.append(frame["seq"])
            self.known = {"epoch": frame.get("epoch") or self.known["epoch"], "seq": frame["seq"]}

    def _answered(self, frame: dict[str, Any]) -> None:
        if frame["t"] == "nack" and frame["code"] == "again":
            op = self.queue[frame["op"]]
            asyncio.get_running_loop().call_later(1.5, lambda: asyncio.ensure_future(self._send(op)))
            return
        self.queue.pop(frame["op"], None)
        if frame["t"] == "ack":
            self.acks[frame["op"]] = frame
        else:
            self.nacks.append(frame)

    async def _send(self, op: dict[str, Any]) -> None:
        if self.line is not None and op["op"] in self.queue:
            with suppress(OSError, WebSocketException):
                await self.line.send(msgspec.json.encode(op).decode())


@asynccontextmanager
async def living(phones: list[Phone]) -> AsyncIterator[None]:
    """All of them connected, until the block ends."""
    lives = []
    for phone in phones:
        lives.append(asyncio.ensure_future(phone.live()))
        if not len(lives) % 20:
            await asyncio.sleep(0.1)  # they do not all come in the same moment
    try:
        await until(lambda: all(phone.welcomed_at for phone in phones), 30)
        yield
    finally:
        for life in lives:
            life.cancel()
        await asyncio.gather(*lives, return_exceptions=True)


def patient(seconds: float) -> float:
    """So many seconds on a machine that has time for us; more on one that others keep busy: slow is not wrong."""
    return seconds * max(1.0, os.getloadavg()[0] / (os.cpu_count() or 1))


async def until(done: Any, seconds: float) -> float:
    """Wait for something; how long it took. Fails when it does not happen in time."""
    began = time.monotonic()
    while not done():
        assert time.monotonic() - began < patient(seconds), "it did not happen in time"
        await asyncio.sleep(0.02)
    return time.monotonic() - began


async def vote_within(phones: list[Phone], ballot: int, seconds: float) -> None:
    """Everybody votes once, at a moment of their own."""

    async def one(phone: Phone) -> None:
        await asyncio.sleep(random.uniform(0, seconds))
        await phone.vote(ballot, {str(random.randint(1, 4)): 2})

    await asyncio.gather(*map(one, phones))
