"""The phone in the hall. Everything works as a plain form; with scripts the same acts go over the socket."""

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import ensure_csrf_cookie
from django.views.decorators.http import require_http_methods

from common.errors import Refused
from participation.forms.events import TopicForm
from participation.live import events as live
from participation.models import Event, Seat
from participation.rules.events import can_run
from participation.selectors import events as selectors
from participation.services.ballots import settle_due
from participation.views.events.door import results_of, seat_for
from participation.views.events.words import words

from . import ballot, wall
from .plain import PLAIN, arguments_of, operate


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
    if settle_due(event_ids=[event.pk]):
        event.refresh_from_db()
    return _page(request, event, seat)


def _act(request: HttpRequest, event: Event, seat: Seat) -> HttpResponse:
    """One operation from a plain form. What is refused comes back as it was typed."""
    arguments: dict[str, Any] = {}
    kind = request.POST.get("k", "")
    if kind == live.PROPOSE and not TopicForm(request.POST).is_valid():
        return _page(request, event, seat, topic_form=TopicForm(request.POST), status=422)
    try:
        kind, arguments = arguments_of(request.POST, event)
        answer = operate(seat=seat, op=op_of(request), kind=kind, arguments=arguments)
    except Refused as refusal:
        return _refused(request, event, seat, refusal, arguments)
    if PLAIN[kind].done:
        messages.success(request, str(PLAIN[kind].done))
    return redirect(f"{event.get_absolute_url()}{PLAIN[kind].anchor(arguments, answer)}")


def _refused(
    request: HttpRequest, event: Event, seat: Seat, refusal: Refused, arguments: dict[str, Any]
) -> HttpResponse:
    if request.POST.get("k") == live.PROPOSE:
        form = TopicForm(request.POST)
        form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
        return _page(request, event, seat, topic_form=form, status=422)
    messages.error(request, str(refusal))
    if "choice" in arguments:
        return _page(request, event, seat, choice=arguments["choice"], status=409)
    return redirect(event)


def op_of(request: HttpRequest) -> uuid.UUID:
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
    you = selectors.you_of(seat)
    context = {
        "event": event,
        "seat": seat,
        "code": selectors.spaced_code(event.join_code),
        "leads": can_run(request.user, event),
        "ops": [uuid.uuid4() for _ in range(2)],
        "results": results_of(event) if event.state in {"closed", "archived"} else [],
        **ballot.context(event, you, choice),
        **wall.context(event, you, topic_form),
        "live": {
            "state": selectors.state_of(event),
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
