"""The product on one of two databases, each fresh and with the demo's content, served by one process."""

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
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.request import urlopen

from config import server

ROOT = Path(__file__).resolve().parents[1]
PYTHON = sys.executable


@dataclass(frozen=True)
class Served:
    """One store with a server on it."""

    store: str
    port: int
    pid: int
    environment: dict[str, str]

    def ask(self, *words: str) -> Any:
        """Runs bench/inside.py against this store and gives what it prints."""
        run = subprocess.run(
            [PYTHON, "-m", "bench.inside", *words],
            cwd=ROOT, env=self.environment, check=True, capture_output=True, text=True,
        )  # fmt: skip
        return json.loads(run.stdout)


def initdb() -> Path | None:
    """PostgreSQL's initdb, which Debian keeps off the path."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb")) or [
        Path(one) for one in [shutil.which("initdb")] if one
    ]
    return found[-1] if found else None


@contextmanager
def served(store: str) -> Iterator[Served]:
    """The product on `sqlite` or `postgres`, ready to be asked."""
    with tempfile.TemporaryDirectory(prefix="anstoss-bench-") as folder, _database(store, folder) as url:
        environment = {name: value for name, value in os.environ.items() if name != "REDIS_URL"} | {
            "DJANGO_SETTINGS_MODULE": "config.settings.local",
            "VAR_DIR": str(Path(folder) / "var"),
            "DATABASE_URL": url,
        }
        prepare = [PYTHON, "manage.py", "serve", "--prepare-only"]
        subprocess.run(prepare, cwd=ROOT, env=environment, check=True, stdout=subprocess.DEVNULL)
        port = free_port()
        words = [PYTHON, "-m", "uvicorn", *server.arguments("127.0.0.1", port), "--log-level", "warning"]
        process = subprocess.Popen(words, cwd=ROOT, env=environment)
        try:
            _wait_until(lambda: bool(urlopen(f"http://127.0.0.1:{port}/", timeout=10)), process)
            yield Served(store, port, process.pid, environment)
        finally:
            process.terminate()
            process.wait()


@contextmanager
def _database(store: str, folder: str) -> Iterator[str]:
    if store == "sqlite":
        yield f"sqlite:///{folder}/bench.sqlite3"
        return
    program = initdb()
    assert program is not None
    ground = Path(folder) / "pg"
    ground.mkdir()
    identity: dict[str, Any] = {}
    if os.geteuid() == 0:  # PostgreSQL refuses to run as root
        owner = pwd.getpwnam("postgres")
        Path(folder).chmod(0o755)
        os.chown(ground, owner.pw_uid, owner.pw_gid)
        identity = {"user": owner.pw_uid, "group": owner.pw_gid, "extra_groups": []}
    quiet = {"cwd": ground, "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, **identity}
    subprocess.run([program, "-D", "data", "-U", "anstoss", "-A", "trust", "-E", "UTF8"], check=True, **quiet)
    port = free_port()
    words = [
        program.with_name("postgres"),
        "-D",
        "data",
        "-k",
        str(ground),
        "-h",
        "127.0.0.1",
        "-p",
        str(port),
    ]
    process = subprocess.Popen(words, **quiet)
    ready = [program.with_name("pg_isready"), "-q", "-h", "127.0.0.1", "-p", str(port)]
    try:
        _wait_until(lambda: subprocess.run(ready, check=False).returncode == 0, process)
        yield f"postgres://anstoss@127.0.0.1:{port}/postgres"
    finally:
        process.terminate()
        process.wait()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


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
