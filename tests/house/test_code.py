"""Habits of the code that no linter knows."""

import ast
import importlib
import inspect
import re
import weakref
from collections.abc import Iterator
from types import FunctionType, ModuleType

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db.models import signals

from . import FLOORS, lines, modules

WRITES = re.compile(
    r"\.objects\s*\.(create|bulk_create|bulk_update|get_or_create|update_or_create|update|acreate)\("
    r"|\.objects\b[^\n]*\.(update|delete)\("
)
SELF_EXPLAINING = re.compile(r"(^|\.)(apps|routing|\w*urls)(\.|$)")
DOORS = {"views", "api", "consumers", "urls", "routing", "api_urls"}


def test_no_module_has_grown_past_a_package() -> None:
    assert [f"{name}: {lines(path)} lines" for name, path in modules() if lines(path) > 320] == []


def test_every_module_says_what_it_is_for() -> None:
    silent = [
        name
        for name, path in modules()
        if path.name != "__init__.py"
        and not SELF_EXPLAINING.search(name)
        and not ast.get_docstring(ast.parse(path.read_text()))
    ]
    assert silent == []


def test_models_do_not_override_save_or_delete() -> None:
    ours = [model for floor in FLOORS for model in apps.get_app_config(floor).get_models()]
    assert [str(model) for model in ours if {"save", "delete"} & set(vars(model))] == []


@pytest.mark.parametrize("signal", ["pre_save", "post_save", "pre_delete", "post_delete", "m2m_changed"])
def test_no_app_of_ours_listens_to_another_by_signals(signal: str) -> None:
    """Wagtail's and taggit's own receivers are theirs; ours call services instead."""
    held = [entry[1] for entry in getattr(signals, signal).receivers]
    receivers = [one() if isinstance(one, weakref.ReferenceType) else one for one in held]
    assert [str(one) for one in receivers if one and one.__module__.split(".")[0] in FLOORS] == []


def test_a_door_never_writes_a_table() -> None:
    found = [
        f"{name}: {match[0]}"
        for name, path in modules()
        if DOORS & set(name.split("."))
        for match in WRITES.finditer(path.read_text())
    ]
    assert found == []


def _services() -> Iterator[tuple[str, FunctionType]]:
    """What the service rooms offer: the names of a package, or those of the modules in it."""
    for floor in ("participation", "ideas", "moderation", "accounts"):
        room = importlib.import_module(f"{floor}.services")
        names = [name for name, _path in modules(floor) if name.startswith(f"{floor}.services.")]
        inside = [importlib.import_module(name) for name in names if name.count(".") == 2]
        for module in [room] if list(_offered(room)) else inside:
            yield from _offered(module)


def _offered(module: ModuleType) -> Iterator[tuple[str, FunctionType]]:
    for name, thing in vars(module).items():
        home = f"{getattr(thing, '__module__', '')}."
        if inspect.isfunction(thing) and home.startswith(f"{module.__name__}.") and not name.startswith("_"):
            yield f"{module.__name__}.{name}", thing


def test_services_take_keywords_only_and_are_typed() -> None:
    positional, untyped = [], []
    for name, service in _services():
        signature = inspect.signature(service)
        kinds = {parameter.kind for parameter in signature.parameters.values()}
        if kinds & {inspect.Parameter.POSITIONAL_OR_KEYWORD, inspect.Parameter.VAR_POSITIONAL}:
            positional.append(name)
        if signature.return_annotation is inspect.Signature.empty:
            untyped.append(name)
    assert (positional, untyped) == ([], [])


def test_migrations_are_complete(db: None) -> None:
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


def test_every_sentence_is_translated() -> None:
    call_command("check_translations")
