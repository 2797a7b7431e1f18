"""Production settings: clean when everything is set, and no start on defaults."""

import os
import subprocess
import sys

import pytest

from . import BASE

SET = {
    "DJANGO_SETTINGS_MODULE": "config.settings.production",
    "SECRET_KEY": "k9v-Zq2xYt7Lw4Rb8Nc5Hd1Jf6Mg3Ps0Aa_Ee-Uu+Oo=Ii#Tt!Xx%Vv&Ww(Kk)",
    "ALLOWED_HOSTS": "anstoss.example",
    "DATABASE_URL": "postgres://nobody@127.0.0.1:1/none",
    "REDIS_URL": "redis://127.0.0.1:1/0",
}


def _check(**changes: str | None) -> subprocess.CompletedProcess[str]:
    clean = {name: value for name, value in os.environ.items() if name not in SET}
    environment = {name: value for name, value in {**clean, **SET, **changes}.items() if value is not None}
    return subprocess.run(
        [sys.executable, "manage.py", "check", "--deploy", "--fail-level", "WARNING"],
        cwd=BASE,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )


def test_deploy_check_is_clean_when_everything_is_set() -> None:
    run = _check()
    assert run.returncode == 0, run.stderr


@pytest.mark.parametrize(
    ("missing", "wrong", "sentence"),
    [
        ("SECRET_KEY", None, "Set SECRET_KEY"),
        ("SECRET_KEY", "short", "Set SECRET_KEY"),
        ("ALLOWED_HOSTS", None, "Set ALLOWED_HOSTS"),
        ("ALLOWED_HOSTS", "*", "Set ALLOWED_HOSTS"),
        ("DATABASE_URL", None, "Set DATABASE_URL"),
        ("DATABASE_URL", "sqlite:///x.sqlite3", "Set DATABASE_URL"),
        ("REDIS_URL", None, "Set REDIS_URL"),
    ],
)
def test_production_refuses_to_start_on_defaults(missing: str, wrong: str | None, sentence: str) -> None:
    run = _check(**{missing: wrong})
    assert run.returncode != 0
    assert f"ImproperlyConfigured: {sentence}" in run.stderr
