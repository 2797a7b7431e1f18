"""The phone in the hall. Everything works as a plain form; with scripts the same acts go over the socket."""

import uuid
from datetime import UTC, datetime
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import ensure_csrf_cookie
from django.views.decorators.http import require_http_methods

from common.errors import Refused
from participation.forms.ballots import choice_of
from participation.forms.events import TopicForm
from participation.live import events as live
from participation.models import Ballot, Event, Seat, Topic
from participation.rules.ballots import RUNNING
from participation.rules.events import can_propose, can_run
from participation.selectors import ballots as ballot_selectors
from participation.selectors import events as selectors
from participation.services import ballots as ballot_services
from participation.services import events as services

from .door import results_of, seat_for
from .words import words


@never_cache
@ensure_csrf_cookie
@require_http_methods(["GET", "POST"])
def phone(request: HttpRequest, join_code: str) -> HttpResponse:
    """`/e/<join code>/`: state, ballot and wall for a seat; everybody else comes in by the door first."""
    event = selectors.event_or_404(request.user, join_code)
    seat = seat_for(request, event)
    if seat is None:
        return redirect("events:join", code=event.join_code)
    if request.method == "POST":
        return _act(request, event, seat)
    if ballot_services.settle_due(event_ids=[event.pk]):
        event.refresh_from_db()
    return _page(request, event, seat)


def _act(request: HttpRequest, event: Event, seat: Seat) -> HttpResponse:
    """One operation from a plain form: `k` names it, `op` is its id."""
    acts = {live.CAST: _cast, live.INTEREST: _mark, live.PROPOSE: _propose}
    act = acts.get(request.POST.get("k", ""))
    if act is None:
        messages.error(request, _("Das hat nicht geklappt. Versuch es noch einmal."))
        return redirect(event)
    return act(request, event, seat)


def _cast(request: HttpRequest, event: Event, seat: Seat) -> HttpResponse:
    number = request.POST.get("ballot", "")
    ballot = event.ballots.filter(pk=number).first() if number.isdigit() and len(number) < 18 else None
    if ballot is None:
        messages.error(request, _("Diese Abstimmung gibt es nicht mehr."))
        return redirect(event)
    choice = choice_of(ballot, request.POST)
    paper = ballot_services.Paper(seat_id=seat.pk, op=_op(request), choice=choice)
    (answer,) = ballot_services.cast_papers(ballot_id=ballot.pk, papers=[paper])
    if isinstance(answer, Refused):
        messages.error(request, str(answer))
        return _page(request, event, seat, choice=choice, status=409)
    return redirect(event)


def _mark(request: HttpRequest, event: Event, seat: Seat) -> HttpResponse:
    number = request.POST.get("topic", "")
    mark = services.InterestMark(
        seat_id=seat.pk,
        op=_op(request),
        topic=int(number) if number.isdigit() and len(number) < 9 else 0,
        on=request.POST.get("on") == "1",
    )
    (answer,) = services.mark_interests(event_id=event.pk, marks=[mark])
    if isinstance(answer, Refused):
        messages.error(request, str(answer))
    return redirect(f"{event.get_absolute_url()}#thema-{mark.topic}")


def _propose(request: HttpRequest, event: Event, seat: Seat) -> HttpResponse:
    form = TopicForm(request.POST)
    if form.is_valid():
        try:
            topic = services.propose_topic(seat=seat, op=_op(request), **form.cleaned_data)
        except Refused as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
        else:
            messages.success(request, _("Dein Thema hängt an der Wand."))
            return redirect(f"{event.get_absolute_url()}#thema-{topic.number}")
    return _page(request, event, seat, topic_form=form, status=422)


def _op(request: HttpRequest) -> uuid.UUID:
    """The client-made id; a form that lost it is a new act."""
    try:
        return uuid.UUID(request.POST.get("op", ""))
    except ValueError:
        return uuid.uuid4()


def _page(
    request: HttpRequest,
    event: Event,
    seat: Seat,
    *,
    choice: dict[str, int] | None = None,
    topic_form: TopicForm | None = None,
    status: int = 200,
) -> HttpResponse:
    state, you = selectors.state_of(event), selectors.you_of(seat)
    ballot = selectors.current_ballot(event)
    shown = None if ballot is None else ballot_context(ballot, event, you, choice)
    context = {
        "event": event,
        "seat": seat,
        "code": selectors.spaced_code(event.join_code),
        "leads": can_run(request.user, event),
        "ballot": shown,
        "ballot_running": ballot is not None and ballot.state in RUNNING,
        "ballot_open": ballot is not None and ballot.state in {"open", "paused"},
        "paper_time": _time_of(shown),
        "moment": moment_of(event, ballot),
        "topics": topic_rows(event, you["interest"]),
        "may_propose": can_propose(event),
        "topic_form": topic_form or TopicForm(),
        "ops": [uuid.uuid4() for _ in range(2)],
        "samples": samples(),
        "sample_topic": {"topic": Topic(number=0), "mine": False},
        "results": results_of(event) if event.state in {"closed", "archived"} else [],
        "live": {
            "state": state,
            "you": you,
            "epoch": event.epoch.hex,
            "seq": event.seq,
            "code": event.join_code,
            "ops": reverse("api:event_ops", args=[event.join_code]),
            "sync": reverse("api:event_sync", args=[event.join_code]),
            "words": words(),
        },
    }
    return render(request, "events/phone.html", context, status=status)


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


def topic_rows(event: Event, interest: list[int]) -> list[dict[str, Any]]:
    """Topics of the wall with what this seat thinks of them."""
    rows = selectors.shown_topics(event)
    return [{"topic": topic, "mine": topic.number in interest} for topic in rows]


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
