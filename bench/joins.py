"""`make bench-joins SEATS=1000 WINDOW=60 STORE=sqlite`: a hall comes in by the door, all from one address.

Everybody comes at a random moment of the window and does what a phone does: the page of the door, the form that
takes the seat, the page of the event, the socket with `hello` until `welcome`; then they stay. While they come,
a ballot is open, and whoever has come in votes at once, so that it shows whether a wave of newcomers delays the
others' answers. Anything but the expected answer is a refusal, and a refusal fails the run.
"""

import argparse
import asyncio
import gzip
import json
import os
import random
import re
import sys
import time
import uuid
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import uvloop

from bench import machine, stores
from bench.live.phones import Meter, frame, percentile
from bench.live.report import verdict
from bench.stores import ROOT
from config import server

STEPS = ("door", "seat", "page", "socket", "welcome", "whole", "ack")
PROCESSES = {"sqlite": 1, "postgres": 2}
BAR = "≤ 1500"
GIVES_UP = 30


class RefusedError(Exception):
    """Not the answer that was expected."""


class Line:
    """One kept-alive connection that reads as much of HTTP as the product speaks, and keeps cookies."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.cookies: dict[str, str] = {}
        self.reader: asyncio.StreamReader
        self.writer: asyncio.StreamWriter

    async def connect(self) -> None:
        self.reader, self.writer = await asyncio.open_connection("127.0.0.1", self.port)

    def head(self, method: str, path: str, **fields: str) -> bytes:
        origin = f"http://127.0.0.1:{self.port}"
        given = {"Host": f"127.0.0.1:{self.port}", "Origin": origin, "Accept-Language": "de", **fields}
        if self.cookies:
            given["Cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        lines = [f"{method} {path} HTTP/1.1", *(f"{name.replace('_', '-')}: {value}" for name, value in given.items())]
        return ("\r\n".join(lines) + "\r\n\r\n").encode()

    async def ask(self, method: str, path: str, form: dict[str, str] | None = None, *, expected: int) -> str:
        body = urlencode(form or {}).encode()
        if self.reader.at_eof():  # the server keeps a quiet line for five seconds
            await self.connect()
        fields = {"Accept_Encoding": "gzip", "Content_Length": str(len(body))}
        if form:
            fields["Content_Type"] = "application/x-www-form-urlencoded"
        self.writer.write(self.head(method, path, **fields) + body)
        status, headers = await self.answer()
        text = await self.reader.readexactly(int(headers.get("content-length", 0)))
        if headers.get("content-encoding") == "gzip":
            text = gzip.decompress(text)
        if status != expected:
            raise RefusedError(f"{method} {path}: {status}")
        return text.decode()

    async def answer(self) -> tuple[int, dict[str, str]]:
        first, *lines = (await self.reader.readuntil(b"\r\n\r\n")).decode().split("\r\n")
        headers = {}
        for line in filter(None, lines):
            name, _, value = line.partition(": ")
            headers[name.lower()] = value
            if name.lower() == "set-cookie":
                key, _, rest = value.partition("=")
                self.cookies[key] = rest.partition(";")[0].strip('"')
        return int(first.split()[1]), headers

    async def receive(self) -> bytes:
        """The next text frame of a socket."""
        while True:
            kind, length = await self.reader.readexactly(2)
            if length == 126:
                length = int.from_bytes(await self.reader.readexactly(2))
            elif length == 127:
                length = int.from_bytes(await self.reader.readexactly(8))
            payload = await self.reader.readexactly(length)
            if kind & 15 == 9:
                self.writer.write(frame(payload, opcode=10))
            elif kind & 15 == 1:
                return payload
            else:
                raise RefusedError(f"the socket was closed: {payload!r}")


class Wave:
    """Those who come, and how long each step took."""

    def __init__(self, port: int, code: str, ballot: int) -> None:
        self.port, self.code, self.ballot = port, code, ballot
        self.took: dict[str, list[float]] = {step: [] for step in STEPS}
        self.refusals: list[str] = []
        self.listening: list[asyncio.Task[None]] = []

    async def one(self, moment: float) -> None:
        await asyncio.sleep(moment)
        try:
            await asyncio.wait_for(self.join(), GIVES_UP)
        except (RefusedError, OSError, asyncio.IncompleteReadError, TimeoutError) as error:
            self.refusals.append(f"{type(error).__name__} {error}")

    async def join(self) -> None:
        began = time.monotonic()
        line = Line(self.port)
        await line.connect()
        page = await line.ask("GET", f"/j/{self.code}/", expected=200)
        seen = self.note("door", began)
        form = {name: field_of(page, name) for name in ("csrfmiddlewaretoken", "device", "nickname")}
        await line.ask("POST", f"/j/{self.code}/", form, expected=302)
        seated = self.note("seat", seen)
        await line.ask("GET", f"/e/{self.code}/", expected=200)
        shown = self.note("page", seated)
        line.writer.close()
        await self.come_in(line, shown)
        self.note("whole", began)
        self.listening.append(asyncio.create_task(self.vote_and_stay(line)))

    async def come_in(self, line: Line, shown: float) -> None:
        await line.connect()
        upgrade = {
            "Upgrade": "websocket",
            "Connection": "Upgrade",
            "Sec_WebSocket_Key": "YW5zdG9zcyBhbnN0b3NzIQ==",
            "Sec_WebSocket_Version": "13",
            "Sec_WebSocket_Protocol": "anstoss.live.v1",
        }
        line.writer.write(line.head("GET", f"/ws/e/{self.code}/", **upgrade))
        status, _headers = await line.answer()
        if status != 101:
            raise RefusedError(f"socket: {status}")
        opened = self.note("socket", shown)
        line.writer.write(frame(b'{"t":"hello","view":"phone"}'))
        first = await line.receive()
        if not first.startswith(b'{"t":"welcome"'):
            raise RefusedError(first.decode())
        self.note("welcome", opened)

    async def vote_and_stay(self, line: Line) -> None:
        """Vote, note when the answer came, and read what else is sent."""
        op = {"t": "op", "op": str(uuid.uuid4()), "k": "paper.cast"}
        op["a"] = {"ballot": self.ballot, "choice": {"1": 3, "2": 2}}  # type: ignore[assignment]
        began = time.monotonic()
        line.writer.write(frame(json.dumps(op).encode()))
        while True:
            said = await line.receive()
            if said.startswith(b'{"t":"ack"'):
                self.note("ack", began)
            elif said.startswith((b'{"t":"nack"', b'{"t":"bye"')):
                self.refusals.append(said.decode())

    def note(self, step: str, since: float) -> float:
        now = time.monotonic()
        self.took[step].append(now - since)
        return now


def field_of(page: str, name: str) -> str:
    """The value of a form's field."""
    tag = next(tag for tag in re.findall(r"<input[^>]*>", page) if f'name="{name}"' in tag)
    found = re.search(r'value="([^"]*)"', tag)
    assert found is not None
    return found[1]


async def come(wave: Wave, seats: int, window: float, meter: Meter) -> dict[str, Any]:
    moments = sorted(random.uniform(0, window) for _ in range(seats))
    await asyncio.gather(*[wave.one(moment) for moment in moments])
    until = time.monotonic() + 5
    while time.monotonic() < until and len(wave.took["ack"]) < len(wave.took["whole"]):  # noqa: ASYNC110
        await asyncio.sleep(0.05)
    cost = meter.read()
    for task in wave.listening:
        task.cancel()
    await asyncio.gather(*wave.listening, return_exceptions=True)
    return cost


def measured(options: argparse.Namespace) -> dict[str, Any]:
    facts = {"at": time.strftime("%Y-%m-%dT%H:%M:%S"), "load": machine.load(), "machine": machine.described()}
    with stores.ground(options.store) as ground:
        ground.manage("serve", "--prepare-only")
        made = ground.ask("bench.live.inside", "hall", "0")
        ballot = ground.ask("bench.live.inside", "ballot", "signal")["ballot"]
        processes = PROCESSES[options.store]
        with stores.serving(server.APPLICATION, ground.environment, processes=processes) as (port, process):
            warm = Wave(port, made["code"], ballot)
            asyncio.run(come(warm, 3 * processes, 1, Meter([process.pid], [])))
            wave = Wave(port, made["code"], ballot)
            cost = asyncio.run(come(wave, options.seats, options.window, Meter([process.pid], list(ground.pids))))
        counted = ground.ask("bench.live.inside", "papers", str(ballot))
    figures: dict[str, Any] = {"bench": "joins", "seats": options.seats, "window_s": options.window}
    figures |= {"store": options.store, "processes": processes, **facts, **cost}
    for step in STEPS:
        for share in (50, 95, 99):
            figures[f"{step}_p{share}_ms"] = round(1000 * percentile(wave.took[step], share / 100), 1)
    figures |= {"joined": len(wave.took["whole"]), "refused": len(wave.refusals)}
    figures |= {"refusals": sorted(set(wave.refusals))[:10], **counted}
    return figures | {"acked": len(wave.took["ack"]) + len(warm.took["ack"])}


def table(figures: dict[str, Any]) -> str:
    head = (
        f"{figures['seats']} phones come in within {figures['window_s']:g} s: {figures['store']}, "
        f"{figures['processes']} server process{'es' if figures['processes'] > 1 else ''}"
    )
    lines = [head, f"  {'step':<10}{'p50 ms':>10}{'p95 ms':>10}{'p99 ms':>10}"]
    for step in STEPS:
        row = "".join(f"{figures[f'{step}_p{share}_ms']:>10,}" for share in (50, 95, 99))
        held = f"   bar p95 {BAR}: {verdict(figures['whole_p95_ms'], BAR)}" if step == "whole" else ""
        lines.append(f"  {step:<10}{row}{held}")
    kept = ("joined", "refused", "acked", "papers", "double", "cpu_s", "store_cpu_s", "load", "others_cores")
    return "\n".join([*lines, "  " + ", ".join(f"{name} {figures[name]}" for name in kept)])


def main() -> None:
    parser = argparse.ArgumentParser(prog="bench.joins")
    parser.add_argument("--seats", type=int, default=1000)
    parser.add_argument("--window", type=float, default=60)
    parser.add_argument("--store", choices=sorted(PROCESSES), default="sqlite")
    uvloop.install()
    figures = measured(parser.parse_args())
    print(table(figures), flush=True)
    target = Path(os.environ.get("VAR_DIR", ROOT / "var")) / "bench" / "joins.jsonl"
    target.parent.mkdir(parents=True, exist_ok=True)
    with target.open("a") as out:
        out.write(json.dumps(figures) + "\n")
    if figures["refused"] or figures["double"] or figures["acked"] != figures["papers"]:
        sys.exit(f"FAILED: {figures['refusals']}")


if __name__ == "__main__":
    main()
