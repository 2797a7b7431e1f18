"""The public sheet of a ballot: everything that anybody needs to count again (docs/live-protocol.md "The sheet")."""

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any

from participation.models import Ballot
from participation.rules.ballots import COUNTED, Kind
from participation.rules.words import key_of

from .ballots import result_of, shown_result

FORMAT = "anstoss.sheet.v1"
HELD = "…"
"""Stands on the sheet for words that are not released; no word can be this."""

Sheet = dict[str, Any]


def choices_of(ballot: Ballot) -> list[dict[str, int]]:
    """What every paper says, without its seat."""
    return list(ballot.papers.values_list("choice", flat=True))


def sheet_of(ballot: Ballot, choices: list[dict[str, int]] | None = None) -> Sheet:
    """The sheet of a counted ballot as plain data; nothing in it depends on who asks, or when.

    Choices stand in the order of their own text, so that no order of the database shows through.
    """
    result = shown_result(ballot)
    told = _told(ballot, choices_of(ballot) if choices is None else choices, result)
    return {
        "format": FORMAT,
        "ballot": str(ballot.client_id),
        "number": ballot.number,
        "kind": ballot.kind,
        "question": ballot.question,
        "options": [option.label for option in ballot.options.all()],
        "tier": ballot.tier,
        "secrecy": ballot.secrecy,
        "limits": {
            "min": ballot.min_choices,
            "max": ballot.max_choices,
            "budget": ballot.budget,
            "per": ballot.max_per_option,
        },
        "rerun_of": ballot.rerun_of.number if ballot.rerun_of else None,
        "entitled": ballot.entitled,
        "opened_at": _moment(ballot.opened_at),
        "closed_at": _moment(ballot.closed_at),
        "result": result,
        "receipts": ballot.receipts,
        "choices": sorted(told, key=canonical),
    }


def _told(ballot: Ballot, choices: list[dict[str, int]], result: dict[str, Any] | None) -> list[dict[str, int]]:
    """The papers as others may read them: words that are not released are only counted."""
    if ballot.kind != Kind.WORDS or result is None:
        return choices
    free = {key_of(option["label"]): option["label"] for option in result["options"]}
    return [_free_words(choice, free) for choice in choices]


def _free_words(choice: Mapping[str, int], free: Mapping[str, str]) -> dict[str, int]:
    told = {free[key_of(word)]: count for word, count in choice.items() if key_of(word) in free}
    held = len(choice) - len(told)
    return told | ({HELD: held} if held else {})


def _moment(at: datetime | None) -> str | None:
    return at.astimezone(UTC).replace(microsecond=0).isoformat() if at else None


def canonical(value: Any) -> str:
    """JSON in one way only: keys in order, no spaces, characters as they are (UTF-8)."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def checksum_of(sheet: Sheet) -> str:
    """SHA-256 of the canonical JSON in UTF-8, as 64 hexadecimal digits."""
    return sha256(canonical(sheet).encode()).hexdigest()


def differences(ballot: Ballot) -> list[str]:
    """What a recount of the papers finds different from what is kept: names of it, best none.

    `result`, `papers` (their number), `receipts` (their number), `checksum`.
    """
    choices = choices_of(ballot)
    wrong = {
        "result": result_of(ballot, choices) != ballot.result,
        "papers": len(choices) != ballot.paper_count,
        "receipts": len(ballot.receipts) != ballot.paper_count,
        "checksum": checksum_of(sheet_of(ballot, choices)) != ballot.checksum,
    }
    return [name for name, is_wrong in wrong.items() if is_wrong]


def counted_ballots(join_code: str = "", number: int | None = None) -> list[Ballot]:
    """Ballots that can be counted again: all, those of an event, or one."""
    ballots = Ballot.objects.filter(state__in=COUNTED).select_related("event", "rerun_of").prefetch_related("options")
    if join_code:
        ballots = ballots.filter(event__join_code=join_code)
    if number is not None:
        ballots = ballots.filter(number=number)
    return list(ballots.order_by("event__join_code", "number"))


def table_of(ballot: Ballot) -> list[list[Any]]:
    """The result as a table: option, on the phone, on paper, together. The sums stand below."""
    result = shown_result(ballot) or {"options": [], "points": 0, "abstentions": 0, "papers": 0}
    paper = result.get("on_paper", {"points": 0, "abstentions": 0, "papers": 0})
    rows = [[o["label"], o["points"], o.get("paper", 0), o.get("total", o["points"])] for o in result["options"]]
    sums = [[name, result[name], paper[name], result[name] + paper[name]] for name in ("abstentions", "papers")]
    return [*rows, *sums]
