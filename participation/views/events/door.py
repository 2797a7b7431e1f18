"""The way in: type the code, see what it is about, take a seat. And a new event, for the team."""

import secrets
import uuid
from typing import cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.models import User
from accounts.pages import set_quartier
from accounts.rules import is_any_staff, is_resident
from accounts.selectors import free_nickname
from common.errors import Refused
from participation.forms.events import CodeForm, EventForm, SeatForm
from participation.models import Event, Seat
from participation.rules.events import can_run, can_take_seat
from participation.selectors import events as selectors
from participation.selectors.ballots import ranked
from participation.services import events as services

SEAT_LASTS = 60 * 60 * 24 * 14


@never_cache
@require_http_methods(["GET", "POST"])
def join(request: HttpRequest) -> HttpResponse:
    """`/j/`: type the code."""
    typed = request.POST if request.method == "POST" else request.GET
    form = CodeForm(typed if "code" in typed else None)
    if form.is_valid():
        return redirect("events:join", code=form.cleaned_data["code"])
    return render(request, "events/join.html", {"form": form}, status=422 if form.errors else 200)


@never_cache
@require_http_methods(["GET", "POST"])
def door(request: HttpRequest, code: str) -> HttpResponse:
    """`/j/<code>/`: what it is about, and one tap to a seat while the doors are open."""
    event = selectors.event_or_404(request.user, code)
    set_quartier(request, event.quartier)
    if seat_for(request, event) is not None:
        return redirect(event)
    nickname = str(request.user) if is_resident(request.user) else free_nickname()
    device = {"nickname": nickname, "device": secrets.token_urlsafe(32)}
    form = SeatForm(request.POST or None, initial=device)
    if request.method == "POST" and form.is_valid():
        try:
            return _seated(request, event, form)
        except Refused as refusal:
            form.add_error("nickname" if refusal.field else None, str(refusal))
    context = {
        "event": event,
        "form": form,
        "open": can_take_seat(event),
        "leads": can_run(request.user, event),
        "results": results_of(event),
    }
    return render(request, "events/door.html", context, status=422 if form.errors else 200)


def _seated(request: HttpRequest, event: Event, form: SeatForm) -> HttpResponse:
    token = request.COOKIES.get(selectors.seat_cookie(event)) or form.cleaned_data["device"]
    services.take_seat(event=event, token=token, nickname=form.cleaned_data["nickname"], user=cast(User, request.user))
    response = redirect(event)
    give_cookie(request, response, event, token)
    return response


def give_cookie(request: HttpRequest, response: HttpResponse, event: Event, token: str) -> None:
    """The device keeps its seat; no script can read it."""
    response.set_cookie(
        selectors.seat_cookie(event),
        token,
        max_age=SEAT_LASTS,
        httponly=True,
        samesite="Lax",
        secure=request.is_secure(),
    )


def seat_for(request: HttpRequest, event: Event) -> Seat | None:
    """The seat of this device or this account."""
    token = request.COOKIES.get(selectors.seat_cookie(event), "")
    return selectors.seat_of(event, token=token, user=request.user)


def results_of(event: Event) -> list[dict[str, object]]:
    """Every result that has been shown, with its options in order, for pages."""
    shown = [ballot for ballot in selectors.shown_ballots(event) if ballot.state in {"revealed", "filed"}]
    return [{"ballot": ballot, "rows": ranked(ballot.result or {"options": []})} for ballot in shown]


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """`/e/neu/`: a new event; afterwards its stage."""
    user = cast(User, request.user)
    if not is_any_staff(user):
        raise Http404
    start = timezone.localtime().replace(minute=0, second=0, microsecond=0)
    form = EventForm(request.POST or None, user=user, initial={"client_id": uuid.uuid4(), "starts_at": start})
    if request.method == "POST" and form.is_valid():
        try:
            event = services.create_event(by=user, **form.cleaned_data)
        except Refused as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
        else:
            messages.success(request, _("Angelegt. Hier steuerst du die Veranstaltung."))
            return redirect("events:stage", join_code=event.join_code)
    return render(request, "events/new.html", {"form": form}, status=422 if form.errors else 200)
