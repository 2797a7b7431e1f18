"""The ballot on the phone, and the empty ones that the script fills in."""

import uuid
from datetime import UTC, datetime
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format

from participation.models import Ballot, Event
from participation.rules.ballots import RUNNING, has_roll, takes_papers
from participation.rules.harvest import OVER
from participation.selectors import ballots as ballot_selectors
from participation.selectors import events as selectors

Shown = dict[str, Any]


def context(event: Event, you: Shown, choice: dict[str, int] | None) -> Shown:
    """The ballot that runs or was shown last. `choice` is what was typed and refused."""
    ballot = selectors.current_ballot(event)
    shown = None if ballot is None else ballot_context(ballot, event, you, choice)
    if event.state in OVER and not (shown and shown["result"]):
        ballot = shown = None  # nothing is coming any more
    return {
        "ballot": shown,
        "ballot_running": ballot is not None and ballot.state in RUNNING,
        "ballot_open": ballot is not None and ballot.state in {"open", "paused"},
        "paper_time": _time_of(shown),
        "more_op": uuid.uuid4(),
        "moment": moment_of(event, ballot),
    }


def moment_of(event: Event, ballot: Ballot | None) -> str:
    """The sentence that fills the screen while nothing is asked of anybody."""
    if event.state == Event.State.WRAP_UP and ballot is not None:
        return ""
    return {"live": "", "archived": "closed"}.get(event.state, event.state)


def _time_of(ballot: Shown | None) -> str:
    """When the seat's paper was counted, "14:03"."""
    if not ballot or not ballot["paper"] or not ballot["paper"]["at"]:
        return ""
    at = datetime.fromtimestamp(ballot["paper"]["at"] / 1000, tz=UTC)
    return date_format(timezone.localtime(at), "H:i")


def ballot_context(ballot: Ballot, event: Event, you: Shown, choice: dict[str, int] | None) -> Shown:
    """A ballot for the page: its facts, the seat's own paper (or what was just typed), and progress."""
    paper = you["papers"].get(str(ballot.pk))
    chosen = choice if choice is not None else (paper or {}).get("choice") or {}
    facts = ballot_selectors.ballot_facts(ballot)
    more = you.get("more", {}).get(str(ballot.pk))
    if facts.get("ends") and more:
        facts["ends"] += more * 1000
    return {
        **facts,
        **paper_context(ballot, facts["options"], chosen),
        "row": ballot,
        "paper": paper,
        "view": view_of(ballot, facts, paper, more or 0),
        "more": more,
        "may_ask": not has_roll(ballot) or ballot.roll.filter(seat__number=you["seat"]).exists(),
        "progress": ballot_selectors.progress_of(ballot, event.seat_count),
        "ranked": ballot_selectors.ranked(facts["result"]) if facts["result"] else [],
    }


def view_of(ballot: Ballot, facts: Shown, paper: Shown | None, extra: int) -> str:
    """Which of its faces a ballot shows to a seat; static/js/live/ballot.js draws the same ones.

    `form`, `cast` (a secret paper is in), `waiting` (for the result), `ahead` (it is on the projector), `result`.
    """
    if ballot.state in {"open", "paused"} or (ballot.state == "closing" and _has_time(ballot, extra)):
        return "cast" if paper and ballot.secrecy == Ballot.Secrecy.SECRET else "form"
    if facts["result"]:
        return "result"
    return "ahead" if ballot_selectors.is_revealed(ballot) else "waiting"


def _has_time(ballot: Ballot, extra: int) -> bool:
    return extra > 0 and takes_papers(ballot, timezone.now(), extra)


def paper_context(ballot: Ballot, options: list[Shown], chosen: dict[str, int]) -> Shown:
    """What the template of a paper asks for, filled in as `chosen`."""
    words = [*chosen] if ballot.kind == Ballot.Kind.WORDS else []
    return {
        "options": [{**option, "points": chosen.get(str(option["n"]), 0)} for option in options],
        "words": (words + [""] * ballot.max_choices)[: max(ballot.max_choices, len(words))],
        "left": ballot.budget - sum(chosen.values()),
        "dots": range(1, ballot.max_per_option + 1),
    }


def paper_preview(ballot: Ballot) -> Shown:
    """An empty paper of a ballot that nobody else has seen yet, for those who prepare it."""
    options = [{"n": option.number, "label": option.label} for option in ballot.options.all()]
    limits = {"min": ballot.min_choices, "max": ballot.max_choices, "budget": ballot.budget}
    facts = {"id": ballot.pk, "kind": ballot.kind, "question": ballot.question, "secrecy": ballot.secrecy}
    return {**facts, **limits, "per": ballot.max_per_option, **paper_context(ballot, options, {})}


def samples() -> list[Shown]:
    """One empty ballot of each kind: the script fills copies of them in (static/js/live/ballot.js)."""
    option = {"n": 0, "label": "", "points": 0}
    empty = {"id": 0, "n": 0, "state": "open", "question": "", "options": [option], "min": 1, "max": 1, "words": [""]}
    kinds = ["dots", "consent", "one", "many", "scale", "words"]
    steps = [{"n": step, "label": str(step), "points": 0} for step in range(1, 6)]
    return [
        {
            **empty,
            "sample": kind,
            "kind": "choice" if kind in {"one", "many"} else kind,
            "options": steps if kind == "scale" else [option],
            "max": 2 if kind == "many" else 1,
            "budget": 1,
            "per": 1,
            "dots": range(1, 2),
            "left": 1,
            "progress": {"n": 0, "of": 0},
        }
        for kind in kinds
    ]
