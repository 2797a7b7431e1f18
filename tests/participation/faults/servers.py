"""Real server processes on the suite's own database, to be killed and started again."""

import asyncio
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection

from config import server as how
from tests.conftest import REQUIRED


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


async def answers(port: int, within: float = 60) -> None:
    """Wait until somebody listens."""
    end = time.monotonic() + within
    while True:
        try:
            _reader, writer = await asyncio.open_connection("127.0.0.1", port)
        except OSError:
            assert time.monotonic() < end, f"nobody listens on port {port}"
            await asyncio.sleep(0.05)
        else:
            writer.close()
            await writer.wait_closed()
            return


class Server:
    """The product as `manage.py serve` runs it, on the database of the test; `workers` share its port."""

    def __init__(self, folder: Path, *, redis_port: int = 0, workers: int = 1) -> None:
        self.folder, self.workers = folder, workers
        self.port = free_port()
        self.log = folder / "server.log"
        (folder / "static").mkdir(exist_ok=True)
        self.environment = {name: value for name, value in os.environ.items() if name != "REDIS_URL"} | {
            "DJANGO_SETTINGS_MODULE": "config.settings.local",
            "SECRET_KEY": settings.SECRET_KEY,
            "VAR_DIR": str(folder),
            "DATABASE_URL": database_url(),
            "DATABASE_POOL": "4",
            **({"REDIS_URL": f"redis://127.0.0.1:{redis_port}/0"} if redis_port else {}),
        }
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        words = [sys.executable, "-m", "uvicorn", *how.arguments("127.0.0.1", self.port), "--log-level", "warning"]
        with self.log.open("a") as out:
            self.process = subprocess.Popen(  # noqa: S603 - our own interpreter, fixed arguments
                [*words, "--workers", str(self.workers)],
                cwd=settings.BASE_DIR,
                env=self.environment,
                stdout=out,
                stderr=subprocess.STDOUT,
            )

    @property
    def pid(self) -> int:
        assert self.process is not None
        return self.process.pid

    def kill(self) -> None:
        """As the machine's out-of-memory killer does it."""
        assert self.process is not None
        self.process.kill()
        self.process.wait(10)

    def stop(self) -> None:
        if self.process is not None and self.process.poll() is None:
            self.process.terminate()
            self.process.wait(20)

    def workers_by_connections(self) -> list[int]:
        """Process ids of the workers, the one with the most open files first."""
        children = Path(f"/proc/{self.pid}/task/{self.pid}/children").read_text().split()
        workers = [int(pid) for pid in children if b"spawn_main" in Path(f"/proc/{pid}/cmdline").read_bytes()]
        return sorted(workers, key=lambda pid: -len(list(Path(f"/proc/{pid}/fd").iterdir())))


def database_url() -> str:
    """The database of this test, as a server process is told of it."""
    facts = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{facts['NAME']}"
    secret = f":{facts['PASSWORD']}" if facts["PASSWORD"] else ""
    return f"postgres://{facts['USER']}{secret}@{facts['HOST']}:{facts['PORT'] or 5432}/{facts['NAME']}"


class Redis:
    """A Redis of our own, which may be emptied and killed."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.port = folder, free_port()
        self.process: subprocess.Popen[bytes] | None = None
        self.program = shutil.which("redis-server")
        if self.program is None:
            why = "no redis-server on this machine"
            pytest.fail(why) if "redis" in REQUIRED else pytest.skip(why)

    def start(self) -> None:
        assert self.program is not None
        facts = ["--port", str(self.port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"]
        with (self.folder / "redis.log").open("a") as out:
            self.process = subprocess.Popen([self.program, *facts], cwd=self.folder, stdout=out)  # noqa: S603

    def flush_all(self) -> None:
        with socket.create_connection(("127.0.0.1", self.port), 5) as line:
            line.sendall(b"FLUSHALL\r\n")
            assert line.recv(64) == b"+OK\r\n"

    def kill(self) -> None:
        if self.process is not None and self.process.poll() is None:
            self.process.kill()
            self.process.wait(10)


def kill(pid: int) -> None:
    """One process of a server, without a warning."""
    os.kill(pid, signal.SIGKILL)
