"""The way in: type the code, see what it is about, take a seat. And a new event, for the team."""

import secrets
import uuid
from typing import Any, cast

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
from common.throttles import Limit
from participation.forms.events import CodeForm, EventForm, SeatForm
from participation.models import Event, Seat
from participation.rules.ballots import is_shown_on
from participation.rules.events import can_run, can_take_seat, why_no_seat
from participation.seat_cookie import give_cookie
from participation.selectors import events as selectors
from participation.selectors.ballots import ranked, shown_result
from participation.services import events as services
from participation.views.events import alike

GUESSES = Limit("join codes of a session", 20, minutes=5)


@never_cache
@require_http_methods(["GET", "POST"])
def join(request: HttpRequest) -> HttpResponse:
    """`/j/`: type the code. Guessing has a limit for each session, never for an address: a hall is one address."""
    typed = request.POST if request.method == "POST" else request.GET
    form = CodeForm(typed if "code" in typed else None)
    if form.is_valid():
        return redirect("events:join", code=form.cleaned_data["code"])
    if form.is_bound:
        try:
            GUESSES.hit(_session(request))
        except Refused as refusal:
            form.errors.clear()
            form.add_error("code", str(refusal))
            return render(request, "events/join.html", {"form": form}, status=429)
    return render(request, "events/join.html", {"form": form}, status=422 if form.errors else 200)


def _session(request: HttpRequest) -> str:
    if request.session.session_key is None:
        request.session.create()
    return f"session:{request.session.session_key}"


@never_cache
@require_http_methods(["GET", "POST"])
def door(request: HttpRequest, code: str) -> HttpResponse:
    """`/j/<code>/`: what it is about, and one tap to a seat while the doors are open."""
    try:
        event = selectors.event_or_404(request.user, code)
    except Http404:
        if selectors.former_event(code):
            raise
        return _unknown(request, code)
    set_quartier(request, event.quartier)
    if seat_for(request, event) is not None:
        return redirect(event)
    if alike.is_anyone(request):
        return _for_a_guest(request, event)
    form = SeatForm(request.POST) if request.POST else SeatForm(initial=_offered(request))
    status = 200
    if request.method == "POST" and form.is_valid():
        try:
            return _seated(request, event, form)
        except Refused as refusal:
            form.add_error("nickname" if refusal.field else None, str(refusal))
            event.refresh_from_db()
            status = 422 if refusal.field else 409
    context = _context(request, event, form)
    return render(request, "events/door.html", context, status=max(status, 422 if form.errors and status == 200 else 0))


def _offered(request: HttpRequest) -> dict[str, str]:
    """A name and a token, so that one tap is enough."""
    nickname = str(request.user) if is_resident(request.user) else free_nickname()
    return {"nickname": nickname, "device": secrets.token_urlsafe(32)}


def _for_a_guest(request: HttpRequest, event: Event) -> HttpResponse:
    """The door as everybody finds it who has just scanned the code, each with a nickname and a token of their own."""
    offered = _offered(request)
    blanks = {name: alike.blank(name) for name in offered}
    return alike.answer(
        request,
        "events/door.html",
        about=(event.pk, event.epoch, event.seq, why_no_seat(event)),
        context=lambda: _context(request, event, SeatForm(initial=blanks)),
        **offered,
    )


def _context(request: HttpRequest, event: Event, form: SeatForm) -> dict[str, Any]:
    return {
        "event": event,
        "form": form,
        "why": why_no_seat(event),
        "open": can_take_seat(event),
        "leads": can_run(request.user, event),
        "results": results_of(event),
    }


def _unknown(request: HttpRequest, code: str) -> HttpResponse:
    """No event of that code: the same page as for a mistyped one, with what was typed."""
    form = CodeForm({"code": code[:20]})
    form.is_valid()
    if not form.errors:  # it exists and is a draft of somebody else's, or the code was too long
        form.add_error("code", CodeForm.UNKNOWN)
    return render(request, "events/join.html", {"form": form}, status=404)


def _seated(request: HttpRequest, event: Event, form: SeatForm) -> HttpResponse:
    token = request.COOKIES.get(selectors.seat_cookie(event)) or form.cleaned_data["device"]
    services.take_seat(event=event, token=token, nickname=form.cleaned_data["nickname"], user=cast(User, request.user))
    response = redirect(event)
    give_cookie(request, response, event, token)
    return response


def leave(event: Event) -> HttpResponse:
    """The device forgets its seat: nothing of it is left in the browser."""
    response = redirect("events:join", code=event.join_code)
    response.delete_cookie(selectors.seat_cookie(event), samesite="Lax")
    response["Clear-Site-Data"] = '"storage"'
    return response


def seat_for(request: HttpRequest, event: Event) -> Seat | None:
    """The seat of this device or this account."""
    token = request.COOKIES.get(selectors.seat_cookie(event), "")
    return selectors.seat_of(event, token=token, user=request.user)


def results_of(event: Event, target: str = "public") -> list[dict[str, object]]:
    """Every result that was revealed at `target`, with its options in order, for pages."""
    shown = [ballot for ballot in selectors.shown_ballots(event) if is_shown_on(ballot, target)]
    found = [(ballot, shown_result(ballot)) for ballot in shown]
    return [{"ballot": ballot, "rows": ranked(result), "result": result} for ballot, result in found if result]


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
