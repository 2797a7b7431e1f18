"""The hall: many phones in one process, each a bare WebSocket client on an asyncio transport.

A client library would cost more than the server that is measured on the same machine, so frames are read by
hand; the handshake and the frames are checked as far as the measurement needs it.
"""

import argparse
import asyncio
import base64
import json
import os
import random
import struct
import sys
import time
import uuid
from itertools import pairwise
from typing import Any

import uvloop

from bench import machine


class Phone(asyncio.Protocol):
    """One seat: connects, says hello, votes once, and notes when it saw which tally."""

    def __init__(self, hall: "Hall", token: str) -> None:
        self.hall, self.token = hall, token
        self.buffer = b""
        self.upgraded = False
        self.ready = asyncio.get_running_loop().create_future()
        self.transport: asyncio.Transport
        self.sent_at = self.acked_at = 0.0
        self.acks = 0
        self.seen: list[tuple[float, int]] = []

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        self.transport = transport
        key = base64.b64encode(os.urandom(16)).decode()
        transport.write(
            (
                f"GET {self.hall.path} HTTP/1.1\r\nHost: 127.0.0.1:{self.hall.port}\r\n"
                f"Origin: http://127.0.0.1:{self.hall.port}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                f"Sec-WebSocket-Key: {key}\r\nSec-WebSocket-Version: 13\r\n"
                f"Sec-WebSocket-Protocol: anstoss.live.v1\r\nCookie: {self.hall.cookie}={self.token}\r\n\r\n"
            ).encode()
        )

    def data_received(self, data: bytes) -> None:
        self.buffer += data
        if not self.upgraded:
            head, found, rest = self.buffer.partition(b"\r\n\r\n")
            if not found:
                return
            if not head.startswith(b"HTTP/1.1 101"):
                self.ready.set_exception(RuntimeError(head.decode(errors="replace")))
                return
            self.upgraded, self.buffer = True, rest
            self.say(b'{"t":"hello","view":"phone"}')
        self.read_frames()

    def read_frames(self) -> None:
        buffer, at, now = self.buffer, 0, time.monotonic()
        while len(buffer) - at >= 2:
            length, begin = buffer[at + 1], at + 2
            if length == 126:
                if len(buffer) - at < 4:
                    break
                length, begin = int.from_bytes(buffer[at + 2 : at + 4]), at + 4
            if len(buffer) < begin + length:
                break
            self.take(buffer[at] & 15, buffer[begin : begin + length], now)
            at = begin + length
        self.buffer = buffer[at:]

    def take(self, opcode: int, payload: bytes, now: float) -> None:
        self.hall.frames += 1
        if opcode == 9:
            self.transport.write(frame(payload, opcode=10))
        elif payload.startswith(b'{"t":"tally","ballot"'):
            self.hall.saw(self, now, number_after(payload, b'"n":'))
        elif payload.startswith(b'{"t":"ack"'):
            self.acks += 1
            self.acked_at = self.acked_at or now
            self.hall.acked.append(now)
        elif payload.startswith(b'{"t":"welcome"'):
            self.ready.set_result(None)
        elif payload.startswith((b'{"t":"nack"', b'{"t":"bye"')):
            self.hall.refusals.append(payload.decode())

    def connection_lost(self, exc: Exception | None) -> None:
        self.hall.lost_lines += 1
        if not self.ready.done():
            self.ready.set_exception(exc or ConnectionError("closed"))

    def say(self, payload: bytes) -> None:
        self.transport.write(frame(payload))

    def vote(self) -> None:
        option = random.choice((1, 2, 3, 4))
        op = {"t": "op", "op": str(uuid.uuid4()), "k": "paper.cast"}
        op["a"] = {"ballot": self.hall.ballot, "choice": {str(option): 3, str(option % 4 + 1): 2}}
        self.sent_at = time.monotonic()
        self.say(json.dumps(op).encode())


class Hall:
    """What all phones share, and what is noted about them."""

    def __init__(self, *, port: int, path: str, cookie: str, ballot: int) -> None:
        self.port, self.path, self.cookie, self.ballot = port, path, cookie, ballot
        self.frames = self.lost_lines = 0
        self.acked: list[float] = []
        self.refusals: list[str] = []
        self.target = -1
        self.complete: set[Phone] = set()
        self.last_seen_at = 0.0

    def saw(self, phone: Phone, now: float, count: int) -> None:
        phone.seen.append((now, count))
        if count == self.target and phone not in self.complete:
            self.complete.add(phone)
            self.last_seen_at = now


def frame(payload: bytes, opcode: int = 1) -> bytes:
    """A client's frame; the mask is zero, which is valid and free."""
    size = bytes((0x80 | len(payload),)) if len(payload) < 126 else b"\xfe" + struct.pack("!H", len(payload))
    return bytes((0x80 | opcode,)) + size + b"\0\0\0\0" + payload


def number_after(payload: bytes, key: bytes) -> int:
    begin = payload.index(key) + len(key)
    end = begin
    while payload[end : end + 1].isdigit():
        end += 1
    return int(payload[begin:end])


def percentile(values: list[float], share: float) -> float:
    values = sorted(values)
    return values[min(len(values) - 1, int(share * len(values)))] if values else float("nan")


class Meter:
    """What a stretch of time cost: the server, each of its processes, the store, ourselves, everybody else."""

    def __init__(self, server: list[int], store: list[int]) -> None:
        self.server, self.store = server, store
        self.each = machine.families(server)
        self.began = time.monotonic()
        self.before = self._now()

    def _now(self) -> dict[str, float]:
        return {
            "cpu_s": machine.family_cpu_seconds(self.server),
            "store_cpu_s": machine.family_cpu_seconds(self.store),
            "client_cpu_s": time.process_time(),
            "busy_s": machine.busy_seconds(),
            **{str(pid): machine.cpu_seconds(pid) for pid in self.each},
        }

    def read(self) -> dict[str, Any]:
        took = time.monotonic() - self.began
        now = self._now()
        used = {name: now[name] - before for name, before in self.before.items()}
        others = used.pop("busy_s") - used["cpu_s"] - used["store_cpu_s"] - used["client_cpu_s"]
        each = [used.pop(str(pid)) for pid in self.each]
        return {
            **{name: round(value, 3) for name, value in used.items()},
            "cpu_by_process_s": sorted((round(value, 2) for value in each if value >= 0.01), reverse=True),
            "others_cores": round(max(0.0, others / took), 2),
        }


async def connect(hall: Hall, tokens: list[str]) -> list[Phone]:
    """All phones come in, thirty at a time."""
    gate = asyncio.Semaphore(30)

    async def one(token: str) -> Phone:
        async with gate:
            make = lambda: Phone(hall, token)  # noqa: E731
            _transport, phone = await asyncio.get_running_loop().create_connection(make, "127.0.0.1", hall.port)
            await asyncio.wait_for(phone.ready, 60)
            return phone

    return await asyncio.gather(*[one(token) for token in tokens])


async def vote_in_window(hall: Hall, phones: list[Phone], window: float, patience: float) -> None:
    """Everybody votes once at a random moment of the window; then until everybody saw the last tally."""
    loop = asyncio.get_running_loop()
    begin = loop.time() + 0.2
    for phone in phones:
        loop.call_at(begin + random.uniform(0, window), phone.vote)
    await asyncio.sleep(0.2 + window)
    end = time.monotonic() + patience
    while time.monotonic() < end and min(len(hall.complete), len(hall.acked)) < len(phones):  # noqa: ASYNC110
        await asyncio.sleep(0.01)


def screen_delays(hall: Hall, phones: list[Phone]) -> list[float]:
    """For every new number on every phone: how long after the answer to the vote that made it."""
    acked = sorted(hall.acked)
    delays = []
    for phone in phones:
        steps = [(0.0, 0), *phone.seen]
        for (_then, before), (now, count) in pairwise(steps):
            if before < count <= len(acked):
                delays.append(max(0.0, now - acked[before]))
    return delays


async def measure(options: argparse.Namespace, tokens: list[str]) -> dict[str, Any]:
    hall = Hall(port=options.port, path=options.path, cookie=options.cookie, ballot=options.ballot)
    empty = machine.family_rss_kb(options.pids)
    began = time.monotonic()
    phones = await connect(hall, tokens)
    joined = time.monotonic() - began
    await asyncio.sleep(1.5)
    full = machine.family_rss_kb(options.pids)
    hall.target, hall.frames = len(phones), 0
    meter = Meter(options.pids, options.store_pids)
    await vote_in_window(hall, phones, options.window, options.patience)
    cost = meter.read()
    acks = [phone.acked_at - phone.sent_at for phone in phones if phone.acked_at]
    last_vote = max(phone.sent_at for phone in phones)
    complete = len(hall.complete) == len(phones)
    return {
        "connect_s": round(joined, 2),
        "ack_p50_ms": round(1000 * percentile(acks, 0.50), 1),
        "ack_p95_ms": round(1000 * percentile(acks, 0.95), 1),
        "ack_p99_ms": round(1000 * percentile(acks, 0.99), 1),
        "screens_p95_ms": round(1000 * percentile(screen_delays(hall, phones), 0.95), 1),
        "last_screen_ms": round(1000 * (hall.last_seen_at - last_vote), 1) if complete else None,
        "waited_ms": round(1000 * (time.monotonic() - last_vote), 1),
        "screens_complete": len(hall.complete),
        "acked": len(acks),
        "repeated_acks": sum(phone.acks for phone in phones) - len(acks),
        "refusals": sorted(set(hall.refusals)),
        "lost_lines": hall.lost_lines,
        "frames": hall.frames,
        **cost,
        "rss_kb_per_socket": round((full - empty) / len(phones), 1),
    }


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--path", required=True)
    parser.add_argument("--cookie", required=True)
    parser.add_argument("--ballot", type=int, required=True)
    parser.add_argument("--window", type=float, required=True)
    parser.add_argument("--patience", type=float, default=90)
    parser.add_argument("--pids", type=int, nargs="+", required=True, help="first processes of the server")
    parser.add_argument("--store-pids", type=int, nargs="*", default=[], help="PostgreSQL and Redis")
    options = parser.parse_args()
    tokens = sys.stdin.read().split()
    uvloop.install()
    print(json.dumps(asyncio.run(measure(options, tokens))))


if __name__ == "__main__":
    main()
