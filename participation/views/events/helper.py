"""The helper's device: a phone or tablet that the team carries to people without a phone.

Every act goes through the same services as on a phone; only whose seat it is, the helper chooses.
"""

import uuid
from datetime import UTC, datetime
from typing import Any, cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.models import User
from accounts.pages import set_quartier
from common.errors import Refused
from participation.forms.events import TopicForm
from participation.forms.tickets import TicketForm
from participation.live import events as live
from participation.models import Ballot, Event, Seat
from participation.rules.events import can_propose, can_take_seat
from participation.selectors import events as selectors
from participation.selectors.tickets import ticket_wanted
from participation.services.ballots import settle_due
from participation.services.ballots.tickets import redeem_ticket
from participation.services.events.helping import take_helped_seat

from .phone import ballot as phone_ballot
from .phone.plain import arguments_of, operate

REDEEM = "ticket.redeem"
OFFERED = {live.CAST, live.MORE_TIME, live.PROPOSE}
"""The operations of a phone that a helper carries out for somebody."""


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def helper(request: HttpRequest, join_code: str) -> HttpResponse:
    """`/e/<join code>/helfen/`: a seat for the next person, and the seats given so far, by number only."""
    event = _event(request, join_code)
    if request.method == "POST":
        try:
            seat = take_helped_seat(event=event, by=cast(User, request.user), client_id=_op(request))
        except Refused as refusal:
            messages.error(request, str(refusal))
            return redirect("events:helper", join_code=event.join_code)
        return redirect("events:helped", join_code=event.join_code, number=seat.number)
    context = {
        "event": event,
        "code": selectors.spaced_code(event.join_code),
        "open": can_take_seat(event),
        "seats": event.seats.filter(helped=True).order_by("number").values_list("number", flat=True),
        "op": uuid.uuid4(),
    }
    return render(request, "events/helper.html", context)


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def helped(request: HttpRequest, join_code: str, number: int) -> HttpResponse:
    """`/e/<join code>/helfen/<seat>/`: vote, redeem a ticket or propose a topic for this person."""
    event = _event(request, join_code)
    seat = get_object_or_404(event.seats.select_related("event"), number=number, helped=True)
    if request.method == "POST":
        return _act(request, event, seat)
    if settle_due(event_ids=[event.pk]):
        event.refresh_from_db()
    return _page(request, event, seat)


def _event(request: HttpRequest, join_code: str) -> Event:
    event = selectors.led_event_or_404(request.user, join_code)
    set_quartier(request, event.quartier)
    return event


def _act(request: HttpRequest, event: Event, seat: Seat) -> HttpResponse:
    """One operation for the person; what is refused comes back as it was typed."""
    arguments: dict[str, Any] = {}
    try:
        if request.POST.get("k") == REDEEM:
            _redeem(request, seat)
        else:
            kind, arguments = arguments_of(request.POST, event)
            _operate(request, seat, kind, arguments)
    except Refused as refusal:
        forms = _refused(request, refusal)
        return _page(request, event, seat, choice=arguments.get("choice"), **forms)
    return redirect("events:helped", join_code=event.join_code, number=seat.number)


def _redeem(request: HttpRequest, seat: Seat) -> None:
    form = TicketForm(request.POST)
    if not form.is_valid():
        raise Refused("empty", str(form.errors["code"][0]), field="code")
    redeem_ticket(seat=seat, code=form.cleaned_data["code"])
    messages.success(request, _("Karte eingelöst."))


def _operate(request: HttpRequest, seat: Seat, kind: str, arguments: dict[str, Any]) -> None:
    if kind not in OFFERED:
        raise Refused("unknown", _("Das hat nicht geklappt. Versuch es noch einmal."))
    answer = operate(seat=seat, op=_op(request), kind=kind, arguments=arguments)
    if kind == live.PROPOSE:
        messages.success(request, _("Thema %(number)s ist aufgeschrieben.") % {"number": answer["topic"]})


def _refused(request: HttpRequest, refusal: Refused) -> dict[str, Any]:
    """The form that was refused, with the sentence at its field; a paper's sentence stands above the page."""
    forms = {REDEEM: ("ticket_form", TicketForm), live.PROPOSE: ("topic_form", TopicForm)}
    name, make = forms.get(request.POST.get("k", ""), ("", TicketForm))
    if not name:
        messages.error(request, str(refusal))
        return {}
    form = make(request.POST)
    if form.is_valid():
        form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
    return {name: form}


def _page(
    request: HttpRequest,
    event: Event,
    seat: Seat,
    *,
    choice: dict[str, int] | None = None,
    ticket_form: TicketForm | None = None,
    topic_form: TopicForm | None = None,
) -> HttpResponse:
    you = selectors.you_of(seat)
    # What this person said before stays their own affair: the helper finds an empty paper.
    shown = phone_ballot.context(event, {**you, "papers": {}}, choice)
    ballot: Ballot | None = shown["ballot"]["row"] if shown["ballot"] else None
    wanted = ticket_wanted(event, seat)
    paper = you["papers"].get(str(ballot.pk)) if ballot else None
    context = {
        "event": event,
        "seat": seat,
        "code": selectors.spaced_code(event.join_code),
        "ballot": shown["ballot"] if ballot and shown["ballot"]["view"] == "form" else None,
        "entitled": wanted is None or ballot is None or wanted.pk != ballot.pk,
        "paper": paper,
        "final": paper is not None and ballot is not None and ballot.secrecy == Ballot.Secrecy.SECRET,
        "paper_time": _clock(paper),
        "wanted": wanted,
        "ticket_form": ticket_form or TicketForm(),
        "topic_form": topic_form or TopicForm(),
        "may_propose": can_propose(event),
        "ops": [uuid.uuid4() for _number in range(3)],
    }
    return render(request, "events/helper_seat.html", context, status=200 if request.method == "GET" else 422)


def _clock(paper: dict[str, Any] | None) -> str:
    """When the paper was counted, "14:03"."""
    if not paper or not paper["at"]:
        return ""
    return date_format(timezone.localtime(datetime.fromtimestamp(paper["at"] / 1000, tz=UTC)), "H:i")


def _op(request: HttpRequest) -> uuid.UUID:
    """The client-made id; a form that lost it is a new act."""
    try:
        return uuid.UUID(request.POST.get("op", ""))
    except ValueError:
        return uuid.uuid4()
