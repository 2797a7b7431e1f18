"""The stage: the facilitator's phone. One column, big buttons, every one of them a plain form.

Each part of the page is a module with `ACTS` (the buttons, by name) and `context(event)` (what its template
`events/stage/<part>.html` shows).
"""

from typing import Any, cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.models import User
from accounts.pages import set_quartier
from common.errors import Refused
from participation.models import Event
from participation.selectors import events as selectors
from participation.services.ballots import settle_due

from . import ballots, running, topics
from .acts import Act, Mistaken

PARTS = (running, ballots, topics)
ACTS: dict[str, Act] = {name: act for part in PARTS for name, act in part.ACTS.items()}
"""Every button of the stage; pressing one twice does no harm, because each names where to go, not a step."""


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
            return redirect("events:stage", join_code=event.join_code)
    if settle_due(event_ids=[event.pk]):
        event.refresh_from_db()
    context = _context(event) | (mistaken.context if mistaken else {})
    return render(request, "events/stage.html", context, status=422 if mistaken else 200)


def _act(request: HttpRequest, event: Event, user: User) -> Mistaken | None:
    """Carry out a button; what comes back is a form with mistakes."""
    try:
        act = ACTS.get(request.POST.get("act", ""))
        if act is None:
            raise Refused("unknown", _("Diesen Knopf gibt es nicht mehr. Lade die Seite neu."))
        act(event, user, request.POST)
    except Mistaken as mistaken:
        return mistaken
    except Refused as refusal:
        messages.error(request, str(refusal))
    return None


def _context(event: Event) -> dict[str, Any]:
    context = {
        "event": event,
        "code": selectors.spaced_code(event.join_code),
        "live": {"epoch": event.epoch.hex, "seq": event.seq, "code": event.join_code},
    }
    for part in PARTS:
        context |= part.context(event)
    return context
