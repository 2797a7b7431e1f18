"""`python -m bench.live --seats 1000 --window 2`: a hall votes; prints a table, keeps a line in var/bench/live.jsonl.

The real server is started on a fresh SQLite database (or `DATABASE_URL` with `--store postgres`), an event with
an open ballot and all seats are made through the services, and a second process plays the phones. `--floor`
measures the bare broadcast (bench/live/floor.py) in the same run.
"""

import argparse
import json
import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
BARS = {
    (1000, 2.0): {"ack_p95_ms": 250, "last_screen_ms": 500},
    (2000, 10.0): {"ack_p95_ms": 100, "screens_p95_ms": 250},
}


def main() -> None:
    parser = argparse.ArgumentParser(prog="bench.live")
    parser.add_argument("--seats", type=int, default=300)
    parser.add_argument("--window", type=float, default=5)
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--no-floor", action="store_true", help="leave out the bare broadcast")
    options = parser.parse_args()
    if sys.argv[0] and os.environ.get("BENCH_LIVE_PREPARE"):
        prepare(options.seats)
        return
    figures = run(options)
    print_table(figures)
    target = Path(os.environ.get("VAR_DIR", ROOT / "var")) / "bench" / "live.jsonl"
    target.parent.mkdir(parents=True, exist_ok=True)
    with target.open("a") as out:
        out.write(json.dumps(figures) + "\n")


def run(options: argparse.Namespace) -> dict[str, Any]:
    with tempfile.TemporaryDirectory(prefix="anstoss-bench-") as folder:
        env = {
            "DJANGO_SETTINGS_MODULE": "config.settings.local",
            **os.environ,
            "VAR_DIR": folder,
            "DATABASE_URL": f"sqlite:///{folder}/bench.sqlite3",
        }
        env.pop("REDIS_URL", None)
        hall = made_ready(options.seats, env)
        with server("config.asgi:application", env) as (port, pid):
            figures = phones(options, hall, port, pid)
        figures |= papers_in(env, hall["ballot"])
    figures["lost"] = figures["acked"] - figures["papers"]
    figures["cpu_us_per_frame"] = round(1e6 * figures["cpu_s"] / max(1, figures["frames"]), 1)
    if not options.no_floor:
        with server("bench.live.floor:application", dict(os.environ)) as (port, pid):
            floor = phones(options, {**hall, "path": "/"}, port, pid)
        floor_us = 1e6 * floor["cpu_s"] / max(1, floor["frames"])
        figures["floor_ack_p95_ms"] = floor["ack_p95_ms"]
        figures["floor_us_per_frame"] = round(floor_us, 1)
        figures["ratio_floor"] = round(figures["cpu_us_per_frame"] / floor_us, 2)
    return {
        "seats": options.seats,
        "window_s": options.window,
        "store": "sqlite",
        "processes": 1,
        "at": time.strftime("%Y-%m-%dT%H:%M:%S"),
        **figures,
    }


def made_ready(seats: int, env: dict[str, str]) -> dict[str, Any]:
    """Tables, an event that runs, its open ballot and the seats; made in a process of its own."""
    manage = [sys.executable, "manage.py", "migrate", "--verbosity", "0"]
    subprocess.run(manage, cwd=ROOT, env=env, check=True)
    prepared = subprocess.run(
        [sys.executable, "-m", "bench.live", "--seats", str(seats)],
        cwd=ROOT,
        env={**env, "BENCH_LIVE_PREPARE": "1"},
        check=True,
        capture_output=True,
        text=True,
    )
    return dict(json.loads(prepared.stdout.splitlines()[-1]))


def prepare(seats: int) -> None:
    import django

    django.setup()
    from django.utils import timezone

    from accounts.models import Programme, Quartier, User
    from participation.services.ballots import create_ballot, open_ballot
    from participation.services.events import change_state, create_event, take_seat

    programme = Programme.objects.create(name="Messung")
    quartier = Quartier.objects.create(slug="halle", name="Halle", city="Messstadt", programme=programme)
    admin = User.objects.create(nickname="Messerin", is_staff=True, is_superuser=True, password="!")
    event = create_event(quartier=quartier, by=admin, title="Volle Halle", starts_at=timezone.now())
    for state in ("announced", "lobby", "live"):
        change_state(event=event, by=admin, state=state)
    tokens = [f"bench-token-of-seat-{number:06}" for number in range(seats)]
    for number, token in enumerate(tokens):
        take_seat(event=event, token=token, nickname=f"Platz {number}")
    options = ["Fahrradwerkstatt", "Skateplatz überdachen", "Kino im Hof", "Nachtbus"]
    ballot = create_ballot(event=event, by=admin, question="Was packen wir zuerst an?", options=options, tier="event")
    open_ballot(ballot=ballot, by=admin)
    facts = {"path": f"/ws/e/{event.join_code}/", "cookie": f"seat_{event.pk}", "ballot": ballot.pk}
    print(json.dumps({**facts, "tokens": tokens}))


def papers_in(env: dict[str, str], ballot: int) -> dict[str, int]:
    """What the tables say: papers, and seats with more than one."""
    import sqlite3

    database = sqlite3.connect(env["DATABASE_URL"].removeprefix("sqlite:///"))
    papers = "participation_ballotpaper where ballot_id = ?"
    (count,) = database.execute(f"select count(*) from {papers}", [ballot]).fetchone()
    (seats,) = database.execute(f"select count(distinct seat_id) from {papers}", [ballot]).fetchone()
    database.close()
    return {"papers": count, "double": count - seats}


@contextmanager
def server(application: str, env: dict[str, str]) -> Iterator[tuple[int, int]]:
    """uvicorn as `make run` starts it; yields port and process id."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "uvicorn", application, "--host", "127.0.0.1", "--port", str(port)]
    flags = "--loop uvloop --ws websockets-sansio --ws-max-size 65536 --ws-per-message-deflate false"
    quiet = "--no-access-log --log-level warning --lifespan off --backlog 4096"
    process = subprocess.Popen([*command, *flags.split(), *quiet.split()], cwd=ROOT, env=env)
    try:
        wait_for(port, process)
        yield port, process.pid
    finally:
        process.terminate()
        process.wait(30)


def wait_for(port: int, process: subprocess.Popen[bytes]) -> None:
    for _ in range(300):
        if process.poll() is not None:
            raise SystemExit("the server did not start")
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise SystemExit("the server does not answer")


def phones(options: argparse.Namespace, hall: dict[str, Any], port: int, pid: int) -> dict[str, Any]:
    arguments = {"port": port, "path": hall["path"], "cookie": hall["cookie"], "ballot": hall["ballot"]}
    arguments |= {"window": options.window, "pids": pid}
    command = [sys.executable, "-m", "bench.live.phones"]
    for name, value in arguments.items():
        command += [f"--{name}", str(value)]
    done = subprocess.run(
        command, cwd=ROOT, input="\n".join(hall["tokens"]), capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise SystemExit(done.stderr)
    return dict(json.loads(done.stdout))


def print_table(figures: dict[str, Any]) -> None:
    bars = BARS.get((figures["seats"], figures["window_s"]), {})
    print(f"{figures['seats']} seats vote within {figures['window_s']:g} s")
    for name, value in figures.items():
        if name not in {"seats", "window_s"}:
            bar = f"   (bar: {bars[name]})" if name in bars else ""
            print(f"  {name:<20} {value}{bar}")


if __name__ == "__main__":
    main()
