"""`make run`'s command: what it refuses, what it says, and how the server is started."""

import socket
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from config import server
from config.management.commands import serve


def test_server_is_started_with_the_measured_options() -> None:
    assert server.arguments("127.0.0.1", 8000) == [
        "config.asgi:application",
        *("--host", "127.0.0.1", "--port", "8000"),
        *("--loop", "uvloop", "--http", "httptools", "--ws", "websockets-sansio", "--ws-max-size", "65536"),
        *("--ws-per-message-deflate", "false", "--lifespan", "off", "--no-access-log", "--no-server-header"),
        *("--timeout-graceful-shutdown", "3"),
    ]


def test_a_taken_port_is_refused_with_another_one_to_try(db: None) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(CommandError, match=rf"make run PORT={port + 1}"):
            call_command("serve", port=port, stdout=StringIO())


def test_log_ins_are_told_in_the_demo_only(settings, administrator, contact_person) -> None:
    assert serve._demo_log_ins() == []
    settings.DEMO = True
    assert serve._demo_log_ins() == [
        "adam@team.example     Adam Muster, everything",
        "yasemin@team.example  Yasemin Muster, Nordstadt",
        "Password of all of them: anstoss-demo-2026",
    ]


def test_static_files_are_collected_again_only_when_a_source_changed(settings, tmp_path) -> None:
    settings.STATIC_ROOT = tmp_path / "out"
    settings.STATICFILES_DIRS = [tmp_path / "sources"]
    settings.STATICFILES_FINDERS = ["django.contrib.staticfiles.finders.FileSystemFinder"]
    source = tmp_path / "sources" / "a.css"
    source.parent.mkdir()
    source.write_text("a {}")
    before = serve._fingerprint_of_sources()
    assert serve._fingerprint_of_sources() == before
    source.write_text("a { color: red }")
    assert serve._fingerprint_of_sources() != before
