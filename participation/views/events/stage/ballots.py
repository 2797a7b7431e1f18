"""Ballots, seen by those who lead: prepare, open, pause, close, look, reveal; more time, paper, words, new rounds."""

import uuid
from typing import Any

from django.http import QueryDict
from django.shortcuts import get_object_or_404

from accounts.models import User
from common.errors import Refused
from participation.forms.ballots import BallotForm, TotalsForm
from participation.models import Ballot, Event, Topic
from participation.rules.ballots import COUNTED, RUNNING, TARGETS, can_release, takes_totals
from participation.rules.events import can_hold_ballots
from participation.rules.words import key_of
from participation.selectors import ballots as ballot_selectors
from participation.selectors import events as selectors
from participation.services import ballots as services
from participation.views.events.phone.ballot import paper_preview

from .acts import Act, Mistaken, number

URGENCY = {"open": 0, "paused": 0, "closing": 0, "counted": 1, "ready": 2, "draft": 3, "revealed": 4}


def ballot_of(event: Event, data: QueryDict) -> Ballot:
    """The ballot that a button is about. Raises Http404."""
    return get_object_or_404(event.ballots.select_related("event"), number=number(data, "ballot"))


def _new(event: Event, user: User, data: QueryDict) -> None:
    form = BallotForm(data, event=event)
    if not form.is_valid():
        raise Mistaken(form=form, form_open=True)
    try:
        services.create_ballot(event=event, by=user, **form.facts())
    except Refused as refusal:
        form.add_error(form.field_of(refusal.field), str(refusal))
        raise Mistaken(form=form, form_open=True) from None


def _totals(event: Event, user: User, data: QueryDict) -> None:
    ballot = ballot_of(event, data)
    form = TotalsForm(data, ballot=ballot)
    if not form.is_valid():
        raise Mistaken(totals=form)
    try:
        services.enter_totals(ballot=ballot, by=user, **form.facts())
    except Refused as refusal:
        form.add_error("papers" if refusal.field else None, str(refusal))
        raise Mistaken(totals=form) from None


def _reveal(event: Event, user: User, data: QueryDict) -> None:
    """Where it was ticked; a button alone means everywhere."""
    targets = data.getlist("target") if "choose" in data else TARGETS
    services.reveal_ballot(ballot=ballot_of(event, data), by=user, targets=targets)


def _release(event: Event, user: User, data: QueryDict) -> None:
    """One word, or (`all`) every one that was said."""
    ballot = ballot_of(event, data)
    result = ballot_selectors.full_result(ballot) or {"options": []}
    every = [option["label"] for option in result["options"]]
    words = every if "all" in data else [data.get("word", "")]
    services.release_words(ballot=ballot, by=user, words=words, on=data.get("on", "1") == "1")


def _extend(event: Event, user: User, data: QueryDict) -> None:
    seat, seconds = number(data, "seat"), number(data, "seconds") or 120
    services.extend_ballot(ballot=ballot_of(event, data), by=user, seat=seat, seconds=seconds)


ACTS: dict[str, Act] = {
    "new_ballot": _new,
    "open": lambda e, by, d: services.open_ballot(ballot=ballot_of(e, d), by=by, seconds=number(d, "seconds") or None),
    "pause": lambda e, by, d: services.pause_ballot(ballot=ballot_of(e, d), by=by),
    "resume": lambda e, by, d: services.resume_ballot(ballot=ballot_of(e, d), by=by),
    "close": lambda e, by, d: services.close_ballot(ballot=ballot_of(e, d), by=by),
    "extend": _extend,
    "totals": _totals,
    "release": _release,
    "reveal": _reveal,
    "file": lambda e, by, d: services.file_ballot(ballot=ballot_of(e, d), by=by),
    "void": lambda e, by, d: services.void_ballot(ballot=ballot_of(e, d), by=by, reason=d.get("reason", "")),
    "rerun": lambda e, by, d: services.rerun_ballot(ballot=ballot_of(e, d), by=by),
}


def context(event: Event) -> dict[str, Any]:
    rows = [_row(ballot, event) for ballot in sorted(selectors.all_ballots(event), key=_urgency)]
    voting = any(row["now"] for row in rows)
    if rows and rows[0]["ballot"].state == Ballot.State.READY:
        rows[0]["now"] = True
    return {
        "ballots": rows,
        "running": next((row for row in rows if row["running"]), None),
        "voting": voting,
        "can_ballot": can_hold_ballots(event),
        "form": BallotForm(event=event, initial={"client_id": uuid.uuid4()}),
        "form_open": False,
        "totals": None,
    }


def _urgency(ballot: Ballot) -> int:
    """What runs stands first, then what waits for its reveal, then what is ready; the rest as it was."""
    return URGENCY.get(ballot.state, len(URGENCY))


def _row(ballot: Ballot, event: Event) -> dict[str, Any]:
    """A ballot with what the stage may see of it (before the reveal that is the preview); `now`: it stands open."""
    result = ballot_selectors.full_result(ballot) if ballot.state in COUNTED else None
    running = ballot.state in RUNNING
    return {
        "ballot": ballot,
        "running": running,
        "now": running or ballot.state == Ballot.State.COUNTED,
        "progress": ballot_selectors.progress_of(ballot, event.seat_count),
        "result": result,
        "preview": _preview(ballot, result) if result else [],
        "paper": paper_preview(ballot) if ballot.state in {"draft", "ready"} else None,
        "extensions": ballot_selectors.extensions_of(ballot) if running else [],
        "revealed": ballot_selectors.is_revealed(ballot),
        "targets": [(target, target in ballot.revealed_on) for target in TARGETS],
        "can_release": can_release(ballot),
        "hidden": _hidden(ballot),
        "totals": TotalsForm(ballot=ballot) if takes_totals(ballot) else None,
        "rerun": ballot.rerun_number if ballot.state == Ballot.State.VOID else None,  # type: ignore[attr-defined]
    }


def _hidden(ballot: Ballot) -> list[str]:
    """What this ballot still says of topics that were hidden since: its options are its own, and so is its checksum."""
    if ballot.state in {Ballot.State.VOID, Ballot.State.FILED}:
        return []
    topics = ((option.label, option.topic) for option in ballot.options.all())
    return [label for label, topic in topics if topic is not None and topic.state == Topic.State.HIDDEN]


def _preview(ballot: Ballot, result: dict[str, Any]) -> list[dict[str, Any]]:
    """The whole result; of words also which of them are released."""
    free = set(ballot.released)
    return [{**row, "released": key_of(row["label"]) in free} for row in ballot_selectors.ranked(result)]
