"""The stage: the facilitator's phone. One column, big buttons, every one of them a plain form."""

import uuid
from collections.abc import Callable
from typing import Any, cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.models import User
from accounts.pages import set_quartier
from common.errors import Refused
from participation.forms.ballots import BallotForm
from participation.models import Ballot, Event, Topic
from participation.rules.ballots import RUNNING
from participation.rules.events import MOVES, can_hold_ballots
from participation.selectors import ballots as ballot_selectors
from participation.selectors import events as selectors
from participation.services import ballots as ballot_services
from participation.services import events as services

Act = Callable[[Event, User, QueryDict], object]


def _number(data: QueryDict, name: str) -> int:
    value = data.get(name, "")
    return int(value) if value.isdigit() and len(value) < 9 else 0


def _ballot(event: Event, data: QueryDict) -> Ballot:
    return get_object_or_404(event.ballots.select_related("event"), number=_number(data, "ballot"))


def _topic(event: Event, data: QueryDict) -> Topic:
    return get_object_or_404(event.topics.select_related("event"), number=_number(data, "topic"))


ACTS: dict[str, Act] = {
    "state": lambda e, by, d: services.change_state(event=e, by=by, state=d.get("state", "")),
    "phase": lambda e, by, d: services.set_phase(event=e, by=by, phase=d.get("phase", "")),
    "proposals": lambda e, by, d: services.set_switches(event=e, by=by, proposals_open=d.get("on") == "1"),
    "interest": lambda e, by, d: services.set_switches(event=e, by=by, interest_visible=d.get("on") == "1"),
    "scene": lambda e, by, d: services.set_scene(
        event=e, by=by, kind=d.get("kind", ""), ballot=_number(d, "ballot") or None, text=d.get("text", "")
    ),
    "topic": lambda e, by, d: services.move_topic(topic=_topic(e, d), by=by, state=d.get("state", "")),
    "open": lambda e, by, d: ballot_services.open_ballot(
        ballot=_ballot(e, d), by=by, seconds=_number(d, "seconds") or None
    ),
    "pause": lambda e, by, d: ballot_services.pause_ballot(ballot=_ballot(e, d), by=by),
    "resume": lambda e, by, d: ballot_services.resume_ballot(ballot=_ballot(e, d), by=by),
    "close": lambda e, by, d: ballot_services.close_ballot(ballot=_ballot(e, d), by=by),
    "reveal": lambda e, by, d: ballot_services.reveal_ballot(ballot=_ballot(e, d), by=by),
    "file": lambda e, by, d: ballot_services.file_ballot(ballot=_ballot(e, d), by=by),
    "void": lambda e, by, d: ballot_services.void_ballot(ballot=_ballot(e, d), by=by, reason=d.get("reason", "")),
}
"""Every button of the stage; pressing one twice does no harm, because each names where to go, not a step."""


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def stage(request: HttpRequest, join_code: str) -> HttpResponse:
    """`/e/<join code>/leitung/`: for the team of the Quartier; for everybody else there is no such page."""
    user = cast(User, request.user)
    event = selectors.led_event_or_404(user, join_code)
    set_quartier(request, event.quartier)
    form = None
    if request.method == "POST":
        form = _act(request, event, user)
        if form is None:
            return redirect("events:stage", join_code=event.join_code)
    if ballot_services.settle_due(event_ids=[event.pk]):
        event.refresh_from_db()
    return render(request, "events/stage.html", _context(event, form), status=422 if form else 200)


def _act(request: HttpRequest, event: Event, user: User) -> BallotForm | None:
    """Carry out a button; a form comes back when it has mistakes."""
    name = request.POST.get("act", "")
    try:
        if name == "new_ballot":
            return _new_ballot(event, user, request.POST)
        if name not in ACTS:
            raise Refused("unknown", _("Diesen Knopf gibt es nicht mehr. Lade die Seite neu."))
        ACTS[name](event, user, request.POST)
    except Refused as refusal:
        messages.error(request, str(refusal))
    return None


def _new_ballot(event: Event, user: User, data: QueryDict) -> BallotForm | None:
    form = BallotForm(data, event=event)
    if not form.is_valid():
        return form
    try:
        ballot_services.create_ballot(event=event, by=user, **form.facts())
    except Refused as refusal:
        form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
        return form
    return None


def _context(event: Event, form: BallotForm | None) -> dict[str, Any]:
    ballots = [_row(ballot, event) for ballot in sorted(selectors.all_ballots(event), key=_urgency)]
    running = next((row for row in ballots if row["running"]), None)
    return {
        "event": event,
        "code": selectors.spaced_code(event.join_code),
        "moves": [(state, Event.State(state).label) for state in _order(MOVES[event.state])],
        "phases": _phases(event),
        "ballots": ballots,
        "running": running,
        "topics": selectors.all_topics(event),
        "can_ballot": can_hold_ballots(event),
        "form": form or BallotForm(event=event, initial={"client_id": uuid.uuid4()}),
        "form_open": form is not None,
        "live": {"epoch": event.epoch.hex, "seq": event.seq, "code": event.join_code},
    }


URGENCY = {"open": 0, "paused": 0, "closing": 0, "counted": 1, "ready": 2, "draft": 3, "revealed": 4}


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


def _order(states: frozenset[str]) -> list[str]:
    """Forward steps first."""
    order = list(Event.State.values)
    return sorted(states, key=order.index, reverse=True)


def _phases(event: Event) -> list[dict[str, Any]]:
    values = list(Event.Phase)
    now = values.index(Event.Phase(event.phase))
    return [
        {"value": phase.value, "label": phase.label, "now": index == now, "next": index == now + 1}
        for index, phase in enumerate(values)
    ]
