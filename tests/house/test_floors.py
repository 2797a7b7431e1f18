"""An arrow always points down: imports, foreign keys, and what each room may know."""

import subprocess
import sys
import tomllib

from django.apps import apps
from django.db.models import Field, ForeignKey, ManyToManyField

from . import BASE, FLOORS, imports, modules

LINT = "from importlinter.cli import lint_imports_command as lint; lint()"
# What every floor may stand on.
GROUND = {"auth", "contenttypes", "sessions", "taggit"}


def test_imports_keep_every_contract() -> None:
    run = subprocess.run(
        [
            sys.executable,
            "-c",
            "from importlinter.cli import lint_imports_command as lint; lint()",
            "--no-cache",
        ],
        cwd=BASE,
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stdout + run.stderr


def test_import_contracts_ignore_nothing() -> None:
    contracts = tomllib.loads((BASE / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    assert [name for contract in contracts for name in contract if "ignore" in name] == []
    assert contracts[0]["layers"] == list(FLOORS)


def _keys() -> list[tuple[str, str, Field]]:
    """From which app to which app every relation of our own models points; string keys are resolved here."""
    return [
        (model._meta.app_label, field.related_model._meta.app_label, field)
        for floor in FLOORS
        for model in apps.get_app_config(floor).get_models(include_auto_created=True)
        for field in model._meta.get_fields(include_hidden=True)
        if isinstance(field, ForeignKey | ManyToManyField)
    ]


def test_foreign_keys_point_down() -> None:
    upwards = [
        str(field)
        for source, target, field in _keys()
        if target in FLOORS and FLOORS.index(target) < FLOORS.index(source)
    ]
    assert upwards == []


def test_foreign_keys_to_wagtail_are_held_by_the_cms_alone() -> None:
    strangers = [
        str(field) for source, target, field in _keys() if source != "cms" and target not in {*FLOORS, *GROUND}
    ]
    assert strangers == []


def test_the_ground_floor_has_no_tables() -> None:
    assert list(apps.get_app_config("common").get_models()) == []
    assert list(apps.get_app_config("config").get_models()) == []


def _importers(package: str) -> list[str]:
    return [
        name
        for name, path in modules()
        if any(word == package or word.startswith(f"{package}.") for word in imports(path))
    ]


def test_drf_is_known_to_api_and_serializers_only() -> None:
    rooms = {"api", "api_urls", "serializers"}
    assert [name for name in _importers("rest_framework") if not rooms & set(name.split("."))] == []


def test_channels_is_known_to_common_consumers_routing_and_asgi_only() -> None:
    rooms = {"common", "consumers", "routing", "asgi"}
    assert [name for name in _importers("channels") if not rooms & set(name.split("."))] == []
