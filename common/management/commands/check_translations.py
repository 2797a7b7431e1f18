"""Fail when a sentence of ours is not translated into every language."""

import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import polib
from django.apps import apps
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.template import engines
from django.utils.translation import to_locale

from .compile_translations import catalogues, read

_PLACEHOLDER = re.compile(r"%\(\w+\)[a-z]|%[sd]|\{\w*\}")
_GETTEXT = ("xgettext", "msguniq", "msgmerge", "msgattrib")
# Context, sentence and plural sentence: what gettext tells entries apart by.
Identity = tuple[str | None, str, str]


class Command(BaseCommand):
    """`manage.py check_translations`"""

    help = "Fail when an entry is untranslated or fuzzy, or a catalogue lacks a sentence of the sources."
    requires_system_checks = []

    def handle(self, *args: Any, **options: Any) -> None:
        """Raise `CommandError` with one line for each fault; say so when the sources were not searched."""
        faults = [*_languages_without_catalogue(), *_faults_of_entries()]
        missing_programs = [program for program in _GETTEXT if shutil.which(program) is None]
        if missing_programs:
            self.stdout.write(
                f"NOT RUN: whether the sources hold sentences that no catalogue has. {missing_programs[0]} "
                "is not on this machine; it comes with gettext."
            )
        else:
            faults += _faults_of_sources()
        if faults:
            raise CommandError("\n".join([f"{len(faults)} faults in the translations:", *faults]))
        self.stdout.write(f"translations complete: {', '.join(_translated_locales()) or 'no language'}")


def _translated_locales() -> list[str]:
    """Every language but the source language, whose sentences are the message ids."""
    return [to_locale(code) for code, _name in settings.LANGUAGES if code != settings.LANGUAGE_CODE]


def _our_catalogues() -> dict[str, Path]:
    wanted = _translated_locales()
    return {locale: path for locale, path in catalogues() if locale in wanted and path.stem == "django"}


def _languages_without_catalogue() -> Iterator[str]:
    for locale in _translated_locales():
        if locale not in _our_catalogues():
            yield f"{locale}: no catalogue (locale/{locale}/LC_MESSAGES/django.po)"


def _faults_of_entries() -> Iterator[str]:
    source = to_locale(settings.LANGUAGE_CODE)
    for locale, path in catalogues():
        for entry in read(path) if locale != source else ():
            fault = _fault_of(entry)
            if fault:
                yield f"{locale} {path.stem}, line {entry.linenum}: {fault}: {entry.msgid!r}"


def _fault_of(entry: polib.POEntry) -> str:
    if entry.obsolete:
        return ""
    if "fuzzy" in entry.flags:
        return "fuzzy"
    if not entry.translated():
        return "untranslated"
    return _fault_of_placeholders(entry)


def _fault_of_placeholders(entry: polib.POEntry) -> str:
    """A plural form may leave a placeholder out ("ein Tag"); none may invent one, that would be a 500."""
    known = set(_PLACEHOLDER.findall(entry.msgid + entry.msgid_plural))
    forms = list(entry.msgstr_plural.values()) or [entry.msgstr]
    used = [set(_PLACEHOLDER.findall(form)) for form in forms]
    invented = set().union(*used) - known
    if invented:
        return f"unknown placeholder {', '.join(sorted(invented))}"
    if not entry.msgid_plural and used != [known]:
        return f"lost placeholder {', '.join(sorted(known - used[0]))}"
    return ""


def _faults_of_sources() -> list[str]:
    found = _extract()
    faults = []
    for locale, path in _our_catalogues().items():
        have = {_identity(entry) for entry in read(path) if not entry.obsolete}
        faults += [
            f"{locale}: not in the catalogue: {entry.msgid!r} ({_place(entry)})"
            for entry in found
            if _identity(entry) not in have
        ]
    return faults


def _identity(entry: polib.POEntry) -> Identity:
    return entry.msgctxt, entry.msgid, entry.msgid_plural


def _place(entry: polib.POEntry) -> str:
    return ", ".join(f"{file}:{line}" for file, line in entry.occurrences[:3])


def _extract() -> list[polib.POEntry]:
    """The entries that `makemessages` finds, run on a copy: it writes between the sources while it works."""
    with tempfile.TemporaryDirectory(prefix="translations-") as folder:
        copy = Path(folder)
        for source in _source_folders():
            shutil.copytree(source, copy / source.name, ignore=_only_sources)
        (copy / "locale" / "xx").mkdir(parents=True)
        _makemessages(copy)
        catalogue = copy / "locale" / "xx" / "LC_MESSAGES" / "django.po"
        return list(read(catalogue)) if catalogue.exists() else []


def _source_folders() -> Iterable[Path]:
    """The folders of our own apps, the settings' package and the templates, as far as they exist."""
    base = Path(settings.BASE_DIR)
    own_apps = {Path(app.path) for app in apps.get_app_configs() if Path(app.path).parent == base}
    templates = {Path(folder) for engine in engines.all() for folder in engine.dirs}
    return sorted(own_apps | {folder for folder in templates if folder.is_dir()})


def _only_sources(folder: str, names: list[str]) -> set[str]:
    return {
        name
        for name in names
        if name in {"migrations", "__pycache__"}
        or ((Path(folder) / name).is_file() and Path(name).suffix not in {".py", ".html", ".txt"})
    }


def _makemessages(folder: Path) -> None:
    environment = {key: value for key, value in os.environ.items() if key != "DJANGO_SETTINGS_MODULE"}
    run = subprocess.run(
        [sys.executable, "-m", "django", "makemessages", "--locale", "xx", "--no-wrap"],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    if run.returncode:
        raise CommandError(f"makemessages failed:\n{run.stderr}")
