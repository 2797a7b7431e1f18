"""Pages and votes over HTTP against one server process, from a plain client on kept-alive connections."""

import http.client
import json
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from statistics import median
from typing import Any

from .machine import cpu_seconds
from .stores import Served

TOKEN = "b" * 32
BATCH = 20
ROUNDS = 9


class PageTimes:
    """Wall and processor time of one page on one store, gathered batch by batch."""

    def __init__(self, served: Served, name: str, path: str) -> None:
        self.served, self.name, self.path = served, name, path
        self.line = http.client.HTTPConnection("127.0.0.1", served.port)
        self.wall_ms: list[float] = []
        self.cpu_ms: list[float] = []
        self.bytes = 0

    def batch(self, keep: bool = True) -> None:
        """Twenty requests one after the other; a batch is as short as the clock of /proc allows."""
        self.line.close()  # the server has hung up meanwhile: it keeps a quiet line for five seconds
        used = cpu_seconds(self.served.pid)
        walls = [self._ask() for _ in range(BATCH)]
        if keep:
            self.wall_ms += walls
            self.cpu_ms.append((cpu_seconds(self.served.pid) - used) * 1000 / BATCH)

    def _ask(self) -> float:
        begun = time.perf_counter()
        self.line.request("GET", self.path, headers={"Accept-Encoding": "br, gzip", "Accept-Language": "de"})
        answer = self.line.getresponse()
        self.bytes = len(answer.read())
        if answer.status != 200:
            raise RuntimeError(f"{self.path} answered {answer.status}")
        return (time.perf_counter() - begun) * 1000

    def figures(self) -> dict[str, Any]:
        return {
            "store": self.served.store,
            "page": self.name,
            "cpu_ms": round(median(self.cpu_ms), 1),
            "wall_ms": round(median(self.wall_ms), 1),
            "wall_p95_ms": round(sorted(self.wall_ms)[int(len(self.wall_ms) * 0.95)], 1),
            "kb": round(self.bytes / 1024, 1),
        }


def pages(served: Sequence[Served], paths: dict[str, str]) -> list[dict[str, Any]]:
    """Every page on every store in turn, so that a slow minute of the machine hits all of them."""
    times = [PageTimes(one, name, path) for name, path in paths.items() for one in served]
    for number in range(ROUNDS + 1):
        for one in times:
            one.batch(keep=number > 0)
    return [one.figures() for one in times]


def votes(served: Served, idea: tuple[int, str], sessions: Sequence[str], at_once: int) -> dict[str, Any]:
    """Each session votes once for the same idea, `at_once` of them at a time; the count is checked after."""
    number, path = idea
    before = served.ask("votes", str(number))
    lines = [http.client.HTTPConnection("127.0.0.1", served.port) for _ in range(at_once)]
    used, begun = cpu_seconds(served.pid), time.perf_counter()
    with ThreadPoolExecutor(at_once) as pool:
        shares = [sessions[share::at_once] for share in range(at_once)]
        walls = [wall for part in pool.map(_cast_all, lines, shares, [path] * at_once) for wall in part]
    took, used = time.perf_counter() - begun, cpu_seconds(served.pid) - used
    after = served.ask("votes", str(number))
    if after != {name: count + len(sessions) for name, count in before.items()}:
        raise RuntimeError(f"{len(sessions)} votes were cast, but {before} became {after}")
    return {
        "store": served.store,
        "at_once": at_once,
        "votes": len(sessions),
        "votes_per_s": round(len(sessions) / took, 1),
        "cpu_ms": round(used * 1000 / len(sessions), 1),
        "wall_ms": round(median(walls), 1),
        "wall_p95_ms": round(sorted(walls)[int(len(walls) * 0.95)], 1),
    }


def _cast_all(line: http.client.HTTPConnection, sessions: Sequence[str], path: str) -> list[float]:
    return [_cast(line, session, path) for session in sessions]


def _cast(line: http.client.HTTPConnection, session: str, path: str) -> float:
    begun = time.perf_counter()
    headers = {
        "Cookie": f"sessionid={session}; csrftoken={TOKEN}",
        "X-CSRFToken": TOKEN,
        "Accept": "application/json",
        "Content-Type": "application/x-www-form-urlencoded",
    }
    line.request("POST", path, "act=cast", headers)
    answer = line.getresponse()
    said = answer.read()
    if answer.status != 200 or json.loads(said)["voted"] is not True:
        raise RuntimeError(f"a vote answered {answer.status}: {said[:200]!r}")
    return (time.perf_counter() - begun) * 1000
