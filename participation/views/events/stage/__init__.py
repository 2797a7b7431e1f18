"""The stage: the facilitator's phone. One column, big buttons, every one of them a plain form.

Each part of the page is a module with `ACTS` (the buttons, by name) and `context(event)` (what its template
`events/stage/<part>.html` shows).
"""

import uuid
from typing import Any, cast

from csp.constants import SELF
from csp.decorators import csp_update
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.models import User
from accounts.pages import set_quartier
from common.errors import Refused
from participation.models import Event
from participation.selectors import events as selectors
from participation.services import hall
from participation.services.ballots import settle_due

from . import ballots, calls, doors, grid, harvest, pitch, running, scenes, settings, topics
from .acts import Act, Mistaken, number
from .sections import main_act, sections

PARTS = (running, calls, pitch, ballots, topics, grid, scenes, doors, settings, harvest)
STILL = ("next", "phases", "papers")
"""Parts of the page without a module of their name."""
ACTS: dict[str, Act] = {name: act for part in PARTS for name, act in part.ACTS.items()}
PART_OF = {name: part.__name__.rpartition(".")[2] for part in PARTS for name in part.ACTS}
"""Every button of the stage; pressing one twice does no harm, because each names where to go, not a step."""


@csp_update({"frame-src": [SELF]})  # type: ignore[arg-type]  # the preview of the projector
@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def stage(request: HttpRequest, join_code: str) -> HttpResponse:
    """`/e/<join code>/leitung/`: for the team of the Quartier; for everybody else there is no such page."""
    user = cast(User, request.user)
    event = selectors.led_event_or_404(user, join_code)
    set_quartier(request, event.quartier)
    mistaken = None
    if request.method == "POST":
        mistaken = _act(request, event, user)
        if mistaken is None:
            return redirect(_address(request, event))
    if settle_due(event_ids=[event.pk]):
        event.refresh_from_db()
    context = _context(event) | topics.chosen(event, request.GET) | (mistaken.context if mistaken else {})
    context["open_part"] = PART_OF.get(request.POST.get("act", "")) if mistaken else None
    return render(request, "events/stage.html", context, status=422 if mistaken else 200)


def _address(request: HttpRequest, event: Event) -> str:
    """The page that follows a button: the topic that was looked at beside it stays in view."""
    address, looked_at = reverse("events:stage", args=[event.join_code]), number(request.GET, "thema")
    return f"{address}?thema={looked_at}" if looked_at else address


def _act(request: HttpRequest, event: Event, user: User) -> Mistaken | None:
    """Carry out a button; what comes back is a form with mistakes."""
    try:
        act = ACTS.get(request.POST.get("act", ""))
        if act is None:
            raise Refused("unknown", _("Diesen Knopf gibt es nicht mehr. Lade die Seite neu."))
        _press(request, event, user, act)
    except Mistaken as mistaken:
        return mistaken
    except Refused as refusal:
        messages.error(request, str(refusal))
    except Http404:  # somebody else of the team has taken it away in the meantime
        messages.error(request, _("Diesen Knopf gibt es nicht mehr. Lade die Seite neu."))
    return None


def _press(request: HttpRequest, event: Event, user: User, act: Act) -> None:
    """The script names each press (`press`), so that one that was sent twice counts once."""
    try:
        op = uuid.UUID(request.POST.get("press", ""))
    except ValueError:
        act(event, user, request.POST)
    else:
        hall.press(event=event, by=user, op=op, name=request.POST["act"], act=lambda: act(event, user, request.POST))


def _context(event: Event) -> dict[str, Any]:
    context = {
        "event": event,
        "code": selectors.spaced_code(event.join_code),
        "live": {"epoch": event.epoch.hex, "seq": event.seq, "code": event.join_code},
    }
    for part in PARTS:
        context |= part.context(event)
    known = [*STILL, *(part.__name__.rpartition(".")[2] for part in PARTS)]
    return context | main_act(event, context) | sections(event, known, voting=bool(context["voting"]))
