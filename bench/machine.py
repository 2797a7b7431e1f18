"""How fast this machine is right now, so that figures of two machines or two days can be compared."""

import hashlib
import os
import platform
import time
from collections.abc import Callable


def calibrate(rounds: int = 7) -> dict[str, float]:
    """Milliseconds of two fixed pieces of work, the best of some rounds: pure Python, and SHA-256 in C."""
    return {
        "python_ms": round(min(_timed(_python) for _ in range(rounds)), 1),
        "sha256_ms": round(min(_timed(_sha256) for _ in range(rounds)), 1),
    }


def _timed(work: Callable[[], object]) -> float:
    begun = time.perf_counter()
    work()
    return (time.perf_counter() - begun) * 1000


def _python() -> int:
    table = {number: str(number) for number in range(1000)}
    total = 0
    for number in range(400_000):
        total += len(table[number % 1000]) ^ (number & 7)
    return total


def _sha256() -> str:
    digest = hashlib.sha256()
    block = b"anstoss!" * 8192
    for _ in range(800):
        digest.update(block)
    return digest.hexdigest()


def described() -> str:
    return f"Python {platform.python_version()}, {os.cpu_count()} cores, {platform.machine()}"


def cpu_seconds(pid: int) -> float:
    """Processor time that a process and its threads have used until now, in seconds (10 ms steps)."""
    with open(f"/proc/{pid}/stat") as stat:  # noqa: PTH123
        fields = stat.read().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
