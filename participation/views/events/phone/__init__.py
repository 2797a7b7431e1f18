"""The phone in the hall. Everything works as a plain form; with scripts the same acts go over the socket."""

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import ensure_csrf_cookie
from django.views.decorators.http import require_http_methods

from common.errors import Refused
from participation.forms.events import TopicForm
from participation.forms.harvest import OutcomeForm
from participation.live import events as live
from participation.models import Event, Seat
from participation.selectors import events as selectors
from participation.services.ballots import settle_due
from participation.views.events.door import leave, seat_for

from .page import Typed, page
from .plain import PLAIN, arguments_of, number, operate

LEAVE = "leave"
"""No operation: the device forgets its seat, the seat stays."""


@never_cache
@ensure_csrf_cookie
@require_http_methods(["GET", "POST"])
def phone(request: HttpRequest, join_code: str) -> HttpResponse:
    """`/e/<join code>/`: state, ballot and wall for a seat; everybody else comes in by the door first."""
    event = selectors.event_or_404(request.user, join_code)
    seat = seat_for(request, event)
    if seat is None:
        return redirect("events:join", code=event.join_code)
    if request.method == "POST" and request.POST.get("k") == LEAVE:
        return leave(event)
    if request.method == "POST":
        return _act(request, event, seat)
    if selectors.clock_runs(event) and settle_due(event_ids=[event.pk]):
        event.refresh_from_db()
    return page(request, event, seat)


def _act(request: HttpRequest, event: Event, seat: Seat) -> HttpResponse:
    """One operation from a plain form. What is refused comes back as it was typed."""
    arguments: dict[str, Any] = {}
    kind = request.POST.get("k", "")
    if kind == live.PROPOSE and not TopicForm(request.POST).is_valid():
        return page(request, event, seat, Typed(topic=TopicForm(request.POST)), status=422)
    if kind == live.PROPOSE_OUTCOME and not (typed := outcome_form(request, event)).is_valid():
        return page(request, event, seat, Typed(outcome=typed), status=422)
    try:
        kind, arguments = arguments_of(request.POST, event)
        base_rev = number(request.POST, "base_rev") or None
        answer = operate(seat=seat, op=op_of(request), kind=kind, arguments=arguments, base_rev=base_rev)
    except Refused as refusal:
        return _refused(request, event, seat, refusal, arguments)
    if said := PLAIN[kind].said(answer):
        messages.success(request, said)
    return redirect(f"{event.get_absolute_url()}{PLAIN[kind].anchor(arguments, answer)}")


def _refused(
    request: HttpRequest, event: Event, seat: Seat, refusal: Refused, arguments: dict[str, Any]
) -> HttpResponse:
    if request.POST.get("k") == live.PROPOSE:
        form = TopicForm(request.POST)
        form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
        return page(request, event, seat, Typed(topic=form), status=422)
    if request.POST.get("k") == live.PROPOSE_OUTCOME:
        typed = outcome_form(request, event)
        typed.add_error(refusal.field if refusal.field in typed.fields else None, str(refusal))
        return page(request, event, seat, Typed(outcome=typed), status=422)
    messages.error(request, str(refusal))
    if "choice" in arguments:
        return page(request, event, seat, Typed(choice=arguments["choice"]), status=409)
    return redirect(event)


def outcome_form(request: HttpRequest, event: Event) -> OutcomeForm:
    """A proposal as it was typed."""
    return OutcomeForm(request.POST, event=event, needs_topic=True, prefix="outcome")


def op_of(request: HttpRequest) -> uuid.UUID:
    """The client-made id; a form that lost it is a new act."""
    try:
        return uuid.UUID(request.POST.get("op", ""))
    except ValueError:
        return uuid.uuid4()
