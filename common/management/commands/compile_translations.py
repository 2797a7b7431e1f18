"""Compile the catalogues of `locale/` without gettext's programs, which a bare machine does not have."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import polib
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

# A comment, or one string behind a keyword or alone; or nothing.
_LINE = re.compile(r'(?:#.*|(?:msg(?:ctxt|id|id_plural|str|str\[\d\])\s+)?"(?:[^"\\]|\\.)*"|)\s*')


def catalogues() -> Iterator[tuple[str, Path]]:
    """Every `.po` file of ours with the locale it belongs to, in a stable order."""
    for root in settings.LOCALE_PATHS:
        for path in sorted(Path(root).glob("*/LC_MESSAGES/*.po")):
            yield path.parents[1].name, path


def read(path: Path) -> polib.POFile:
    """The catalogue at `path`. Raises `CommandError` that names the file and line of a mistake in it.

    polib alone takes a line with a lost quotation mark for a shorter sentence.
    """
    for number, line in enumerate(path.read_text(encoding="utf-8").split("\n"), start=1):
        if not _LINE.fullmatch(line):
            raise CommandError(f"{path}, line {number}: not a line of a catalogue: {line}")
    try:
        return polib.pofile(str(path))
    except OSError as fault:  # so polib reports entries in a wrong order
        raise CommandError(str(fault)) from fault


class Command(BaseCommand):
    """`manage.py compile_translations`"""

    help = "Compile locale/*/LC_MESSAGES/*.po to .mo where the .mo is missing or older."
    requires_system_checks = []

    def handle(self, *args: Any, **options: Any) -> None:
        """Compile what is out of date and print how many entries each catalogue has."""
        for locale, path in catalogues():
            compiled = path.with_suffix(".mo")
            if compiled.exists() and compiled.stat().st_mtime >= path.stat().st_mtime:
                self.stdout.write(f"{locale} {path.stem}: up to date")
                continue
            catalogue = read(path)
            _write(catalogue, compiled)
            translated, entries = len(catalogue.translated_entries()), len(_living(catalogue))
            self.stdout.write(f"{locale} {path.stem}: {translated} of {entries} entries compiled")


def _living(catalogue: polib.POFile) -> list[polib.POEntry]:
    return [entry for entry in catalogue if not entry.obsolete]


def _write(catalogue: polib.POFile, compiled: Path) -> None:
    """Put the file in place in one step: a server may be reading the old one."""
    half_done = compiled.with_suffix(".mo.part")
    half_done.write_bytes(catalogue.to_binary())
    half_done.replace(compiled)
