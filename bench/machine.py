"""How fast this machine is right now, and what processes cost, so that figures of two days can be compared."""

import hashlib
import os
import platform
import time
from collections import defaultdict
from collections.abc import Callable, Iterable
from pathlib import Path

TICKS = os.sysconf("SC_CLK_TCK")


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


def load() -> float:
    """How many processes wanted a core, on average over the last minute."""
    return round(os.getloadavg()[0], 2)


def cpu_seconds(pid: int) -> float:
    """Processor time that a process and its threads have used until now, in seconds (10 ms steps)."""
    return sum(map(int, _stat(pid)[11:13])) / TICKS


def family_cpu_seconds(pids: Iterable[int]) -> float:
    """The same for processes with all their descendants, also those that have ended."""
    return sum(sum(map(int, _stat(pid)[11:15])) for pid in families(pids)) / TICKS


def busy_seconds() -> float:
    """Processor time that everything on this machine has used."""
    fields = Path("/proc/stat").read_text().splitlines()[0].split()
    user, nice, system, _idle, _waiting, irq, softirq = map(int, fields[1:8])
    return (user + nice + system + irq + softirq) / TICKS


def family_rss_kb(pids: Iterable[int]) -> int:
    """Memory of processes and their descendants."""
    lines = [line for pid in families(pids) for line in Path(f"/proc/{pid}/status").read_text().splitlines()]
    return sum(int(line.split()[1]) for line in lines if line.startswith("VmRSS"))


def families(pids: Iterable[int]) -> list[int]:
    """These processes and all their descendants."""
    children = defaultdict(list)
    for folder in Path("/proc").iterdir():
        if folder.name.isdigit():
            try:
                children[int(_stat(int(folder.name))[1])].append(int(folder.name))
            except OSError:  # it has just ended
                continue
    found, ahead = [], list(pids)
    while ahead:
        found.append(ahead.pop())
        ahead += children[found[-1]]
    return found


def _stat(pid: int) -> list[str]:
    """The fields of /proc/<pid>/stat after the name; the first one is the state."""
    return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
