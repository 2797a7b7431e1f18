"""`make run`: everything between a fresh checkout and a page that answers, then the server itself."""

import hashlib
import os
import socket
import sys
from collections.abc import Iterator
from io import StringIO
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from accounts.models import Quartier, User
from cms.demo.sack import PASSWORD
from common import qr
from config import server

SEED = 7
ANYWHERE = {"0.0.0.0", "::"}  # noqa: S104 - asked for with HOST=0.0.0.0


class Command(BaseCommand):
    """`manage.py serve [--host 127.0.0.1] [--port 8000] [--prepare-only]`"""

    help = "Prepare database, demo content, translations and static files where needed, then serve."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--host", default="127.0.0.1")
        parser.add_argument("--port", type=int, default=8000)
        parser.add_argument("--prepare-only", action="store_true", help="Set everything up and stop.")

    def handle(self, *args: Any, host: str, port: int, prepare_only: bool, **options: Any) -> None:
        """Each step looks first whether it is needed, so that a second start changes nothing."""
        if not prepare_only:
            _refuse_a_taken_port(host, port)
        Path(settings.VAR_DIR).mkdir(parents=True, exist_ok=True)
        call_command("compile_translations", stdout=StringIO())
        self._migrate()
        self._seed()
        self._collect_static()
        connection.close()
        if prepare_only:
            return
        self._greet(host, port)
        # A process of its own: nothing that the steps above have loaded or cached is carried along.
        environment = os.environ | {"DJANGO_SETTINGS_MODULE": settings.SETTINGS_MODULE}
        words = [sys.executable, "-m", "uvicorn", *server.arguments(host, port), "--log-level", "warning"]
        os.chdir(settings.BASE_DIR)
        os.execve(sys.executable, words, environment)  # noqa: S606 - our own interpreter, fixed arguments

    def _migrate(self) -> None:
        executor = MigrationExecutor(connection)
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            self._say("Database …")
            call_command("migrate", interactive=False, verbosity=0)

    def _seed(self) -> None:
        if not Quartier.objects.exists():
            self._say("Demo content …")
            call_command("seed_demo", seed=SEED, stdout=self.stdout)

    def _collect_static(self) -> None:
        fingerprint = _fingerprint_of_sources()
        kept = Path(settings.STATIC_ROOT) / ".fingerprint"
        if not kept.exists() or kept.read_text() != fingerprint:
            self._say("Static files …")
            call_command("collectstatic", interactive=False, clear=True, verbosity=0)
            kept.write_text(fingerprint)

    def _greet(self, host: str, port: int) -> None:
        here = f"http://{'127.0.0.1' if host in ANYWHERE else host}:{port}/"
        self._say(f"\n  Anstoß  {here}")
        self._say(f"  Team    {here}verwaltung/")
        for line in _demo_log_ins():
            self._say(f"          {line}")
        nearby = _address_nearby() if host in ANYWHERE else ""
        if nearby:
            self._say(f"\n  Phones on this network: http://{nearby}:{port}/\n")
            self._say(qr.terminal(f"http://{nearby}:{port}/"))
        self._say("\n  Stop with Ctrl+C.\n")

    def _say(self, line: str) -> None:
        self.stdout.write(line)
        self.stdout.flush()


def _refuse_a_taken_port(host: str, port: int) -> None:
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as fault:
            raise CommandError(
                f"{host}:{port} cannot be used ({fault.strerror}). Try another one: make run PORT={port + 1}"
            ) from fault


def _fingerprint_of_sources() -> str:
    """Changes when any static file of ours or of a package does."""
    digest = hashlib.sha256()
    for line in sorted(_static_sources()):
        digest.update(line.encode())
    return digest.hexdigest()


def _static_sources() -> Iterator[str]:
    for finder in get_finders():
        for path, storage in finder.list(ignore_patterns=None):
            facts = Path(storage.path(path)).stat()
            yield f"{path} {facts.st_size} {facts.st_mtime_ns}\n"
    storage_code = Path(settings.BASE_DIR) / "common" / "storage.py"
    yield f"{storage_code.read_text()}\n"


def _demo_log_ins() -> list[str]:
    """How to sign in to the demo's team accounts; nothing when this is not the demo."""
    if not getattr(settings, "DEMO", False):
        return []
    staff = User.objects.filter(is_staff=True, is_active=True).order_by("-is_superuser", "email")
    places = staff.values_list("email", "full_name", "roles__quartier__name", "roles__programme__name")
    width = max((len(email or "") for email, *_rest in places), default=0)
    return [
        f"{email or '':{width}}  {name}, {quartier or programme or 'everything'}"
        for email, name, quartier, programme in places
    ] + [f"Password of all of them: {PASSWORD}"]


def _address_nearby() -> str:
    """This machine's address in its network, or nothing; no packet is sent to find out."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))
        except OSError:
            return ""
        return str(probe.getsockname()[0])
