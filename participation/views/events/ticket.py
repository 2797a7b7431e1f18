"""Redeeming a printed ticket: by its QR code or by typing, with the seat of this phone or on the way to one."""

import secrets
from typing import cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.models import User
from accounts.pages import set_quartier
from accounts.rules import is_resident
from accounts.selectors import free_nickname
from common.errors import Refused
from participation.forms.events import SeatForm
from participation.forms.tickets import TicketForm
from participation.models import Event, Seat
from participation.rules.events import can_take_seat
from participation.seat_cookie import give_cookie
from participation.selectors import events as selectors
from participation.selectors.tickets import event_of_ticket
from participation.services import events as services
from participation.services.ballots.tickets import redeem_ticket

from .door import seat_for


@never_cache
@require_http_methods(["GET", "POST"])
def ticket(request: HttpRequest, join_code: str, code: str = "") -> HttpResponse:
    """`/e/<join code>/karte/<code>/`: one tap redeems it. Who has no seat gets one with the same tap.

    Looking at the page redeems nothing, because phones and messengers open addresses by themselves.
    """
    event = event_of_ticket(join_code, code) or selectors.event_or_404(request.user, join_code)
    set_quartier(request, event.quartier)
    seat, form = seat_for(request, event), TicketForm(request.POST or None, initial={"code": code})
    seat_form = None if seat is not None else _seat_form(request)
    token = ""
    if request.method == "POST" and form.is_valid() and (seat_form is None or seat_form.is_valid()):
        try:
            if seat is None and seat_form is not None:
                seat, token = _take_seat(request, event, seat_form)
            return _with_seat(request, _redeem(request, event, cast(Seat, seat), form), event, token)
        except Refused as refusal:
            _explain(refusal, form, seat_form)
    context = {
        "event": event,
        "form": form,
        "seat_form": seat_form if seat is None else None,
        "open": seat is not None or can_take_seat(event),
    }
    page = render(request, "events/ticket.html", context, status=422 if request.method == "POST" else 200)
    return _with_seat(request, page, event, token)


def _seat_form(request: HttpRequest) -> SeatForm:
    nickname = str(request.user) if is_resident(request.user) else free_nickname()
    return SeatForm(request.POST or None, initial={"nickname": nickname, "device": secrets.token_urlsafe(32)})


def _take_seat(request: HttpRequest, event: Event, form: SeatForm) -> tuple[Seat, str]:
    """A seat, and the token that this phone must keep."""
    token = request.COOKIES.get(selectors.seat_cookie(event)) or form.cleaned_data["device"]
    nickname = form.cleaned_data["nickname"]
    return services.take_seat(event=event, token=token, nickname=nickname, user=cast(User, request.user)), token


def _redeem(request: HttpRequest, event: Event, seat: Seat, form: TicketForm) -> HttpResponse:
    redeemed = redeem_ticket(seat=seat, code=form.cleaned_data["code"])
    messages.success(
        request,
        _("Karte eingelöst. Du stimmst mit ab: „%(question)s“") % {"question": redeemed.ballot.question},
    )
    return redirect(event)


def _explain(refusal: Refused, form: TicketForm, seat_form: SeatForm | None) -> None:
    if seat_form is not None and refusal.field in seat_form.fields:
        seat_form.add_error(refusal.field, str(refusal))
    else:
        form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))


def _with_seat(request: HttpRequest, response: HttpResponse, event: Event, token: str) -> HttpResponse:
    """A seat that was just taken stays with the phone, also when the ticket was refused."""
    if token:
        give_cookie(request, response, event, token)
    return response
