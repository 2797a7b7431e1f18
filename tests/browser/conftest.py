"""Journeys in Debian's Chromium against the real server: seeded database, ASGI, sockets, hashed static files.

The server is a process of its own, on SQLite or, when DATABASE_URL names a PostgreSQL, on a fresh database
there; SERVER=http://127.0.0.1:8000 takes a demo that runs already. Every page is watched: a console error, a
violated policy, a response of 400 or more or a request to another host fails the test that made it.
"""

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.conf import settings
from playwright.sync_api import Browser, Page, expect, sync_playwright

from config import server as how
from tests.conftest import chromium

from .watch import Watch

SWITCHES = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
PROJECTOR = {"viewport": {"width": 1920, "height": 1080}}
DESK = {"viewport": {"width": 1366, "height": 900}}
# How long a page may take on a machine that others keep busy: slow is not wrong, and what never comes still fails.
PATIENCE_MS = 30_000
expect.set_options(timeout=PATIENCE_MS)


# --- the server ------------------------------------------------------------------------------------------
@pytest.fixture(scope="session")
def database_url() -> Iterator[str]:
    """A fresh PostgreSQL database beside the suite's own, or nothing: then the server makes a SQLite file."""
    if not settings.DATABASES["default"]["ENGINE"].endswith("postgresql"):
        yield ""
        return
    import psycopg

    base, _, _name = os.environ["DATABASE_URL"].rpartition("/")
    name = f"browser_{uuid4().hex[:12]}"
    with psycopg.connect(f"{base}/postgres", autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"')
    yield f"{base}/{name}"
    with psycopg.connect(f"{base}/postgres", autocommit=True) as connection:
        connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


@pytest.fixture(scope="session")
def server(database_url: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the product with its demo content, as `make run` serves it."""
    if os.environ.get("SERVER"):
        yield os.environ["SERVER"].rstrip("/")
        return
    var = tmp_path_factory.mktemp("var")
    environment = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"} | {
        "DJANGO_SETTINGS_MODULE": "config.settings.local",
        "VAR_DIR": str(var),
        **({"DATABASE_URL": database_url} if database_url else {}),
    }
    subprocess.run(
        [sys.executable, "manage.py", "serve", "--prepare-only"],
        cwd=settings.BASE_DIR,
        env=environment,
        check=True,
        stdout=subprocess.DEVNULL,
    )
    port = _free_port()
    log = var / "server.log"
    with log.open("w") as out:
        process = subprocess.Popen(  # noqa: S603 - our own interpreter, fixed arguments
            [sys.executable, "-m", "uvicorn", *how.arguments("127.0.0.1", port), "--log-level", "warning"],
            cwd=settings.BASE_DIR,
            env=environment,
            stdout=out,
            stderr=subprocess.STDOUT,
        )
    try:
        _wait_for(f"http://127.0.0.1:{port}/", process, log)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(timeout=20)
    assert [line for line in log.read_text().splitlines() if "Traceback" in line or " ERROR " in line] == []


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_for(address: str, process: subprocess.Popen[bytes], log: Path) -> None:
    until = time.monotonic() + 60
    while time.monotonic() < until and process.poll() is None:
        try:
            with urllib.request.urlopen(address, timeout=10):  # noqa: S310 - our own server
                return
        except OSError:
            time.sleep(0.2)
    pytest.fail(f"the server did not start:\n{log.read_text()}")


# --- browsers --------------------------------------------------------------------------------------------
@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Chromium. A module's life long: Playwright's loop must not run while other modules' tests do."""
    with sync_playwright() as playwright:
        chrome = playwright.chromium.launch(executable_path=chromium(), args=SWITCHES)
        yield chrome
        chrome.close()


OpenPage = Callable[..., Page]


@pytest.fixture
def open_page(browser: Browser, server: str) -> Iterator[OpenPage]:
    """A page of a new person (own cookies) on a phone, or on what Playwright's options for a context say.

    `expected` are answers of 400 and more that belong to the test.
    """
    opened: list[tuple[Any, Watch]] = []

    def open_one(*, expected: Iterable[int] = (), **options: Any) -> Page:
        facts = {"locale": "de-DE", "timezone_id": "Europe/Berlin", "reduced_motion": "reduce"}
        context = browser.new_context(base_url=server, **{**PHONE, **facts, **options})
        context.set_default_timeout(PATIENCE_MS)
        page = context.new_page()
        opened.append((context, Watch(page, server, frozenset(expected))))
        return page

    yield open_one
    complaints = [complaint for _context, watch in opened for complaint in watch.complaints]
    for context, _watch in opened:
        context.close()
    assert complaints == []


@pytest.fixture
def phone(open_page: OpenPage) -> Page:
    return open_page()


@pytest.fixture
def phone_without_javascript(open_page: OpenPage) -> Page:
    return open_page(java_script_enabled=False)


@pytest.fixture
def projector(open_page: OpenPage) -> Page:
    return open_page(**PROJECTOR, has_touch=False, is_mobile=False)


@pytest.fixture
def desk(open_page: OpenPage) -> Page:
    """Where staff sit."""
    return open_page(**DESK, has_touch=False, is_mobile=False)
