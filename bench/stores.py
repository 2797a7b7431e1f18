"""Databases for the benches, each fresh: SQLite, or a throw-away PostgreSQL with a Redis; and servers on them."""

import json
import os
import pwd
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.request import urlopen

from config import server

from . import machine

ROOT = Path(__file__).resolve().parents[1]
PYTHON = sys.executable


@dataclass(frozen=True)
class Ground:
    """Where a bench keeps its things, and how a process of the product finds them."""

    store: str
    folder: Path
    environment: dict[str, str]
    pids: tuple[int, ...] = ()
    """PostgreSQL's and Redis's first processes."""

    def ask(self, module: str, *words: str) -> Any:
        """Runs a module against this store and gives what it prints last."""
        run = subprocess.run(
            [PYTHON, "-m", module, *words],
            cwd=ROOT, env=self.environment, check=False, capture_output=True, text=True,
        )  # fmt: skip
        if run.returncode:
            raise SystemExit(f"{module} {words} failed:\n{run.stderr}")
        return json.loads(run.stdout.splitlines()[-1])

    def manage(self, *words: str) -> None:
        subprocess.run(
            [PYTHON, "manage.py", *words], cwd=ROOT, env=self.environment, check=True, stdout=subprocess.DEVNULL
        )


@dataclass(frozen=True)
class Served:
    """One store with a server on it."""

    store: str
    port: int
    pid: int
    ground: Ground

    def ask(self, *words: str) -> Any:
        """Runs bench/inside.py against this store and gives what it prints."""
        return self.ground.ask("bench.inside", *words)


def initdb() -> Path | None:
    """PostgreSQL's initdb, which Debian keeps off the path."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb")) or [
        Path(one) for one in [shutil.which("initdb")] if one
    ]
    return found[-1] if found else None


@contextmanager
def served(store: str) -> Iterator[Served]:
    """The product with the demo's content on `sqlite` or `postgres` (one process), ready to be asked."""
    with ground(store, redis=False) as made:
        made.manage("serve", "--prepare-only")
        with serving(server.APPLICATION, made.environment) as (port, process):
            _wait_until(lambda: bool(urlopen(f"http://127.0.0.1:{port}/", timeout=10)), process)
            yield Served(store, port, process.pid, made)


@contextmanager
def ground(store: str, *, redis: bool = True) -> Iterator[Ground]:
    """An empty store. `postgres` writes to disk as in production (fsync on) and has a Redis beside it."""
    with tempfile.TemporaryDirectory(prefix="anstoss-bench-") as name, ExitStack() as stack:
        folder, pids = Path(name), []
        environment = {name: value for name, value in os.environ.items() if name != "REDIS_URL"} | {
            "DJANGO_SETTINGS_MODULE": "config.settings.local",
            "VAR_DIR": str(folder / "var"),
            "DATABASE_URL": f"sqlite:///{folder}/bench.sqlite3",
        }
        if store == "postgres":
            port, process = stack.enter_context(_postgres(folder))
            environment["DATABASE_URL"] = f"postgres://anstoss@127.0.0.1:{port}/postgres"
            pids.append(process.pid)
            if redis:
                port, process = stack.enter_context(_redis(folder))
                environment["REDIS_URL"] = f"redis://127.0.0.1:{port}/0"
                pids.append(process.pid)
        (folder / "var" / "static").mkdir(parents=True)
        yield Ground(store, folder, environment, tuple(pids))


@contextmanager
def serving(
    application: str, environment: dict[str, str], *, processes: int = 1
) -> Iterator[tuple[int, subprocess.Popen[bytes]]]:
    """uvicorn with the product's own options, any number of processes behind one address: port and process."""
    port = free_port()
    words = [application, *server.arguments("127.0.0.1", port)[1:], "--log-level", "warning"]
    if processes > 1:
        words += ["--workers", str(processes)]
    process = subprocess.Popen([PYTHON, "-m", "uvicorn", *words], cwd=ROOT, env=environment)
    try:
        _wait_until(lambda: _answers(port), process)
        _wait_until(Quiet(process.pid), process)
        yield port, process
    finally:
        process.terminate()
        process.wait(30)


class Quiet:
    """Whether a server has stopped loading: its address answers before the last of its processes is up."""

    def __init__(self, pid: int) -> None:
        self.pid, self.used, self.times = pid, -1.0, 0

    def __call__(self) -> bool:
        time.sleep(0.3)
        used = machine.family_cpu_seconds([self.pid])
        self.times = self.times + 1 if used - self.used < 0.03 else 0
        self.used = used
        return self.times == 3


@contextmanager
def _postgres(folder: Path) -> Iterator[tuple[int, subprocess.Popen[bytes]]]:
    program = initdb()
    if program is None:
        raise SystemExit("No initdb on this machine; on Debian: apt install postgresql")
    place = folder / "pg"
    place.mkdir()
    identity: dict[str, Any] = {}
    if os.geteuid() == 0:  # PostgreSQL refuses to run as root
        owner = pwd.getpwnam("postgres")
        folder.chmod(0o755)
        os.chown(place, owner.pw_uid, owner.pw_gid)
        identity = {"user": owner.pw_uid, "group": owner.pw_gid, "extra_groups": []}
    quiet = {"cwd": place, "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, **identity}
    subprocess.run([program, "-D", "data", "-U", "anstoss", "-A", "trust", "-E", "UTF8"], check=True, **quiet)
    port = free_port()
    address = ["-k", str(place), "-h", "127.0.0.1", "-p", str(port)]
    process = subprocess.Popen([program.with_name("postgres"), "-D", "data", *address], **quiet)
    ready = [program.with_name("pg_isready"), "-q", "-h", "127.0.0.1", "-p", str(port)]
    with _ending(process):
        _wait_until(lambda: subprocess.run(ready, check=False).returncode == 0, process)
        yield port, process


@contextmanager
def _redis(folder: Path) -> Iterator[tuple[int, subprocess.Popen[bytes]]]:
    program = shutil.which("redis-server")
    if program is None:
        raise SystemExit("No redis-server on this machine; on Debian: apt install redis-server")
    port = free_port()
    words = ["--port", str(port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no", "--dir", str(folder)]
    process = subprocess.Popen([program, *words], stdout=subprocess.DEVNULL)
    with _ending(process):
        _wait_until(lambda: _answers(port), process)
        yield port, process


@contextmanager
def _ending(process: subprocess.Popen[bytes]) -> Iterator[None]:
    try:
        yield
    finally:
        process.terminate()
        process.wait()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _answers(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def _wait_until(ready: Any, process: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + 60
    while time.monotonic() < until and process.poll() is None:
        try:
            if ready():
                return
        except OSError:
            pass
        time.sleep(0.1)
    raise RuntimeError(f"{process.args!r} did not start")
