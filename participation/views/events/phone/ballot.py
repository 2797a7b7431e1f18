"""The ballot on the phone, and the empty ones that the script fills in."""

from datetime import UTC, datetime
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format

from participation.models import Ballot, Event
from participation.rules.ballots import RUNNING
from participation.selectors import ballots as ballot_selectors
from participation.selectors import events as selectors


def context(event: Event, you: dict[str, Any], choice: dict[str, int] | None) -> dict[str, Any]:
    """The ballot that runs or was shown last. `choice` is what was typed and refused."""
    ballot = selectors.current_ballot(event)
    shown = None if ballot is None else ballot_context(ballot, event, you, choice)
    return {
        "ballot": shown,
        "ballot_running": ballot is not None and ballot.state in RUNNING,
        "ballot_open": ballot is not None and ballot.state in {"open", "paused"},
        "paper_time": _time_of(shown),
        "samples": samples(),
        "moment": moment_of(event, ballot),
    }


def moment_of(event: Event, ballot: Ballot | None) -> str:
    """The sentence that fills the screen while nothing is asked of anybody."""
    if event.state == Event.State.WRAP_UP and ballot is not None:
        return ""
    return {"live": "", "archived": "closed"}.get(event.state, event.state)


def _time_of(ballot: dict[str, Any] | None) -> str:
    """When the seat's paper was counted, "14:03"."""
    if not ballot or not ballot["paper"] or not ballot["paper"]["at"]:
        return ""
    at = datetime.fromtimestamp(ballot["paper"]["at"] / 1000, tz=UTC)
    return date_format(timezone.localtime(at), "H:i")


def ballot_context(ballot: Ballot, event: Event, you: dict[str, Any], choice: dict[str, int] | None) -> dict[str, Any]:
    """A ballot for the page: its facts, the seat's own paper (or what was just typed), and progress."""
    paper = you["papers"].get(str(ballot.pk))
    chosen = choice if choice is not None else (paper or {}).get("choice", {})
    facts = ballot_selectors.ballot_facts(ballot)
    for option in facts["options"]:
        option["points"] = chosen.get(str(option["n"]), 0)
    return {
        **facts,
        "row": ballot,
        "paper": paper,
        "left": ballot.budget - sum(chosen.values()),
        "dots": range(1, ballot.max_per_option + 1),
        "progress": ballot_selectors.progress_of(ballot, event.seat_count),
        "ranked": ballot_selectors.ranked(facts["result"]) if facts["result"] else [],
    }


def samples() -> list[dict[str, Any]]:
    """One empty ballot of each kind: the script fills copies of them in (static/js/live/ballot.js)."""
    option = {"n": 0, "label": "", "points": 0}
    empty = {"id": 0, "n": 0, "state": "open", "question": "", "options": [option], "min": 1, "max": 1}
    kinds = ["dots", "consent", "one", "many"]
    return [
        {
            **empty,
            "sample": kind,
            "kind": "choice" if kind in {"one", "many"} else kind,
            "max": 2 if kind == "many" else 1,
            "budget": 1,
            "per": 1,
            "dots": range(1, 2),
            "left": 1,
            "progress": {"n": 0, "of": 0},
        }
        for kind in kinds
    ]
