"""Ballots, seen by those who lead: prepare, open, pause, close, look, reveal."""

import uuid
from typing import Any

from django.http import QueryDict
from django.shortcuts import get_object_or_404

from accounts.models import User
from common.errors import Refused
from participation.forms.ballots import BallotForm
from participation.models import Ballot, Event
from participation.rules.ballots import RUNNING
from participation.rules.events import can_hold_ballots
from participation.selectors import ballots as ballot_selectors
from participation.selectors import events as selectors
from participation.services import ballots as services

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
        form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
        raise Mistaken(form=form, form_open=True) from None


ACTS: dict[str, Act] = {
    "new_ballot": _new,
    "open": lambda e, by, d: services.open_ballot(ballot=ballot_of(e, d), by=by, seconds=number(d, "seconds") or None),
    "pause": lambda e, by, d: services.pause_ballot(ballot=ballot_of(e, d), by=by),
    "resume": lambda e, by, d: services.resume_ballot(ballot=ballot_of(e, d), by=by),
    "close": lambda e, by, d: services.close_ballot(ballot=ballot_of(e, d), by=by),
    "reveal": lambda e, by, d: services.reveal_ballot(ballot=ballot_of(e, d), by=by),
    "file": lambda e, by, d: services.file_ballot(ballot=ballot_of(e, d), by=by),
    "void": lambda e, by, d: services.void_ballot(ballot=ballot_of(e, d), by=by, reason=d.get("reason", "")),
}


def context(event: Event) -> dict[str, Any]:
    rows = [_row(ballot, event) for ballot in sorted(selectors.all_ballots(event), key=_urgency)]
    return {
        "ballots": rows,
        "running": next((row for row in rows if row["running"]), None),
        "can_ballot": can_hold_ballots(event),
        "form": BallotForm(event=event, initial={"client_id": uuid.uuid4()}),
        "form_open": False,
    }


def _urgency(ballot: Ballot) -> int:
    """What runs stands first, then what waits for its reveal, then what is ready; the rest as it was."""
    return URGENCY.get(ballot.state, len(URGENCY))


def _row(ballot: Ballot, event: Event) -> dict[str, Any]:
    """A ballot with what the stage may see of it; before the reveal that is the preview."""
    return {
        "ballot": ballot,
        "running": ballot.state in RUNNING,
        "progress": ballot_selectors.progress_of(ballot, event.seat_count),
        "preview": ballot_selectors.ranked(ballot.result) if ballot.result else [],
        "most": max([option["points"] for option in (ballot.result or {"options": []})["options"]] + [1]),
        "revealed": ballot_selectors.is_revealed(ballot),
    }
