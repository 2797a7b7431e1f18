"""`make bench-live SEATS=1000 WINDOW=2 STORE=sqlite`: a hall votes; a table, and a line in var/bench/live.jsonl.

Three servers take turns on the same machine, each with as many phones from one address: the product (tables,
rules, roll and log as in a real event), a bare broadcast (bench/live/floor.py), and the textbook's consumer
(bench/live/naive), which is given 300 phones at most unless `--naive full`, because it does not finish with more.
`--store sqlite` is one process with the in-memory channel layer; `--store postgres` two processes behind one
address with PostgreSQL (fsync on) and Redis.
"""

import argparse
import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench import machine, stores
from bench.stores import ROOT, Ground
from config import server

from . import report

PROCESSES = {"sqlite": 1, "postgres": 2}
NAIVE_SEATS = 300
PATIENCE, NAIVE_PATIENCE = 60, 75
"""Seconds after the window in which the last screen must follow."""


@dataclass(frozen=True)
class Hall:
    """A server that runs, and phones that come to it."""

    port: int
    pid: int
    ground: Ground
    tokens: list[str]
    cookie: str = "seat"
    path: str = "/"

    def vote(self, window: float, ballot: int, patience: float) -> dict[str, Any]:
        """All phones come, vote once within the window, and leave when they have seen the last tally."""
        facts = {"port": self.port, "path": self.path, "cookie": self.cookie, "ballot": ballot}
        words = [f"--{name}={value}" for name, value in (facts | {"window": window, "patience": patience}).items()]
        words += ["--pids", str(self.pid), "--store-pids", *map(str, self.ground.pids)]
        done = subprocess.run(
            [sys.executable, "-m", "bench.live.phones", *words],
            cwd=ROOT, input="\n".join(self.tokens), capture_output=True, text=True, check=False,
        )  # fmt: skip
        if done.returncode:
            raise SystemExit(done.stderr)
        time.sleep(1)  # the server lets go of the phones before the next one's turn
        return dict(json.loads(done.stdout))


class Product:
    """The real server on its store. Each round opens a ballot of its own."""

    def __init__(self, hall: Hall) -> None:
        self.hall = hall

    def round(self, window: float) -> dict[str, Any]:
        ballot = self.hall.ground.ask("bench.live.inside", "ballot")
        figures = self.hall.vote(window, ballot["ballot"], PATIENCE)
        figures |= self.hall.ground.ask("bench.live.inside", "papers", str(ballot["ballot"]))
        figures["lost"] = max(0, figures["acked"] - figures["papers"])
        figures["unanswered"] = len(self.hall.tokens) - figures["acked"]
        return figures


@contextmanager
def product(seats: int, ground: Ground) -> Iterator[Product]:
    ground.manage("migrate", "--verbosity", "0")
    made = ground.ask("bench.live.inside", "hall", str(seats))
    with stores.serving(server.APPLICATION, ground.environment, processes=PROCESSES[ground.store]) as (port, process):
        yield Product(Hall(port, process.pid, ground, made["tokens"], made["cookie"], f"/ws/e/{made['code']}/"))


@contextmanager
def floor(ground: Ground, tokens: list[str], processes: int = 1) -> Iterator[Hall]:
    """The bare broadcast: in one process for any store and, beside it, in as many as the product has."""
    application = "bench.live.floor:shared" if processes > 1 else "bench.live.floor:application"
    with stores.serving(application, ground.environment, processes=processes) as (port, process):
        yield Hall(port, process.pid, ground, tokens)


def naive(options: argparse.Namespace, tokens: list[str]) -> dict[str, Any]:
    """The textbook's consumer on a store of its own, of the same kind."""
    with stores.ground(options.store) as ground:
        ground.ask("bench.live.naive.table", "make")
        application, processes = "bench.live.naive.asgi:application", PROCESSES[options.store]
        with stores.serving(application, ground.environment, processes=processes) as (port, process):
            hall = Hall(port, process.pid, ground, tokens, path="/naive/1/")
            figures = hall.vote(options.window, 1, NAIVE_PATIENCE)
        return figures | ground.ask("bench.live.naive.table", "papers", "1")


def measured(options: argparse.Namespace) -> dict[str, Any]:
    facts: dict[str, Any] = {"at": time.strftime("%Y-%m-%dT%H:%M:%S"), "load": machine.load()}
    ours: list[dict[str, Any]] = []
    bare: list[dict[str, Any]] = []
    spread: list[dict[str, Any]] = []
    textbook: list[dict[str, Any]] = []
    with ExitStack() as stack:
        ground = stack.enter_context(stores.ground(options.store))
        mine = stack.enter_context(product(options.seats, ground))
        tokens = mine.hall.tokens
        few = tokens if options.naive == "full" else tokens[:NAIVE_SEATS]
        beside = stack.enter_context(floor(ground, tokens))
        processes = PROCESSES[options.store]
        likewise = stack.enter_context(floor(ground, tokens, processes)) if processes > 1 else None
        for number in range(1, options.rounds + 1):
            ours.append(said(f"product, round {number}", mine.round(options.window)))
            bare.append(said(f"bare broadcast, round {number}", beside.vote(options.window, 1, PATIENCE)))
            if likewise:
                spread.append(said(f"… in {processes} processes", likewise.vote(options.window, 1, PATIENCE)))
            if options.naive != "no" and not textbook:
                textbook.append(said(f"textbook with {len(few)} phones", naive(options, few)))
    together = report.compared(
        report.summed_up(ours),
        report.summed_up(bare),
        report.summed_up(textbook) if textbook else None,
        len(few),
        report.summed_up(spread) if spread else None,
    )
    run = {"seats": options.seats, "window_s": options.window, "store": options.store}
    return {
        **run, "processes": processes, **facts, **together,
        "machine": machine.described(), "rounds": ours, "floor_rounds": bare, "shared_floor_rounds": spread,
    }  # fmt: skip


def said(name: str, figures: dict[str, Any]) -> dict[str, Any]:
    kept = ("ack_p95_ms", "screens_p95_ms", "last_screen_ms", "cpu_s", "others_cores")
    print(f"  {name}: " + ", ".join(f"{one} {figures[one]}" for one in kept), file=sys.stderr, flush=True)
    return figures


def main() -> None:
    parser = argparse.ArgumentParser(prog="bench.live")
    parser.add_argument("--seats", type=int, default=300)
    parser.add_argument("--window", type=float, default=5)
    parser.add_argument("--store", choices=sorted(PROCESSES), default="sqlite")
    parser.add_argument("--rounds", type=int, default=2)
    parser.add_argument("--naive", choices=["yes", "full", "no"], default="yes")
    figures = measured(parser.parse_args())
    print(report.table(figures), flush=True)
    target = Path(os.environ.get("VAR_DIR", ROOT / "var")) / "bench" / "live.jsonl"
    target.parent.mkdir(parents=True, exist_ok=True)
    with target.open("a") as out:
        out.write(json.dumps(figures) + "\n")
    failed = {name: figures[name] for name in report.MUST_BE_NONE if figures[name]}
    if failed:
        sys.exit(f"FAILED: {failed}")


if __name__ == "__main__":
    main()
