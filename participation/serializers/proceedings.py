"""Proceedings as tables: one CSV each for topics, notes, ballots and outcomes, in one ZIP.

Semicolons and a byte order mark, so that the office programs that are used here open them with a double tap.
"""

import csv
import io
import zipfile
from collections.abc import Iterable, Iterator
from typing import Any, Final

from django.utils import timezone
from django.utils.translation import gettext as _

Facts = dict[str, Any]
Row = Iterable[Any]

FORMULA: Final = tuple("=+-@|%\uff1d\uff0b\uff0d\uff20")
"""A cell that begins with one of these would be calculated instead of shown."""


def csv_zip(facts: Facts) -> bytes:
    """The ZIP of all tables."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, rows in tables(facts).items():
            archive.writestr(f"{name}.csv", _table(rows))
    return out.getvalue()


def tables(facts: Facts) -> dict[str, list[Row]]:
    """Every table by its file name, heads first."""
    return {
        _("themen"): list(_topics(facts)),
        _("notizen"): list(_notes(facts)),
        _("abstimmungen"): list(_ballots(facts)),
        _("ergebnisse"): list(_outcomes(facts)),
    }


def _table(rows: Iterable[Row]) -> bytes:
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=";", lineterminator="\r\n").writerows([map(safe, row) for row in rows])
    return text.getvalue().encode("utf-8-sig")


def safe(value: Any) -> Any:
    """What stands in a cell; text that a spreadsheet would take for a formula gets an apostrophe before it."""
    if not isinstance(value, str):
        return "" if value is None else value
    return f"'{value}" if value.lstrip().startswith(FORMULA) or value[:1].isspace() else value


def _topics(facts: Facts) -> Iterator[Row]:
    yield (
        _("Thema"),
        _("Titel"),
        _("Text"),
        _("von"),
        _("Stand"),
        _("interessiert"),
        _("Raum"),
        _("Beginn"),
        _("Ende"),
    )
    for topic in facts["topics"]:
        session = topic["session"] or {"room": "", "starts_at": None, "ends_at": None}
        yield (
            *(topic[name] for name in ("n", "title", "text", "by", "state_label", "interest")),
            session["room"],
            _time(session["starts_at"]),
            _time(session["ends_at"]),
        )


def _notes(facts: Facts) -> Iterator[Row]:
    yield (_("Thema"), _("Titel"), _("Abschnitt"), _("Notiz"))
    for topic in facts["topics"]:
        for section in topic["notes"]:
            for text in section["notes"]:
                yield topic["n"], topic["title"], section["label"], text


def _ballots(facts: Facts) -> Iterator[Row]:
    yield (_("Abstimmung"), _("Frage"), _("Art"), _("Vorschlag"), _("am Handy"), _("auf Papier"), _("zusammen"))
    for ballot in facts["ballots"]:
        for option in ballot["options"]:
            head = (ballot["n"], ballot["question"], ballot["kind_label"])
            yield (*head, option["label"], option["points"], option["paper"], option["total"])


def _outcomes(facts: Facts) -> Iterator[Row]:
    yield (_("Ergebnis"), _("Titel"), _("Text"), _("aus Thema"), _("dabei"), _("daraus wurde"), _("Adresse"))
    for outcome in facts["outcomes"]:
        became = {"idea": _("Idee"), "project": _("Projekt")}.get(outcome["became"], "")
        yield (*(outcome[name] for name in ("n", "title", "text", "topic", "joined")), became, outcome["url"])


def _time(moment: Any) -> str:
    return "" if moment is None else timezone.localtime(moment).strftime("%Y-%m-%d %H:%M")
