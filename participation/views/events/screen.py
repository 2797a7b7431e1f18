"""The projector: readable from the last row, without names of people, paired by the code."""

from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from common.qr import svg
from participation.models import Event
from participation.rules.events import can_run
from participation.selectors import events as selectors
from participation.services.ballots import settle_due

from .scenes import scene_of

PAIRED_FOR = 60 * 60 * 24 * 2


@never_cache
@require_safe
def screen(request: HttpRequest, join_code: str) -> HttpResponse:
    """`/e/<join code>/beamer/`: the scene that the stage has chosen; the code is always in view.

    `?gleich=` is the team's preview of what is prepared, without a script.
    """
    return _picture(request, join_code, "events/screen.html")


@never_cache
@require_safe
def wall(request: HttpRequest, join_code: str) -> HttpResponse:
    """`/e/<join code>/wall/`: the same without any script, for whatever is plugged in; it loads itself anew."""
    return _picture(request, join_code, "events/plain.html", paged=True)


def _picture(request: HttpRequest, join_code: str, template: str, *, paged: bool = False) -> HttpResponse:
    event = selectors.event_or_404(request.user, join_code)
    if settle_due(event_ids=[event.pk]):
        event.refresh_from_db()
    look = "gleich" in request.GET
    if look and not can_run(request.user, event):
        raise Http404
    scene = event.next_scene if look and event.next_scene else event.scene
    context = _rail(request, event) | {"scene": scene_of(event, scene, paged=paged), "look": look}
    response = render(request, template, context)
    _pair(request, response, event)
    return response


def _rail(request: HttpRequest, event: Event) -> dict[str, Any]:
    """What stands at the side of every scene."""
    address = request.build_absolute_uri(reverse("events:join", args=[event.join_code]))
    return {
        "event": event,
        "code": selectors.spaced_code(event.join_code),
        "address": f"{request.get_host()}{reverse('events:join')}".rstrip("/"),
        "qr": svg(address, border=1),
    }


def _pair(request: HttpRequest, response: HttpResponse, event: Event) -> None:
    """A projector that showed the event is led on to its next code; whoever knows only an old one is not."""
    response.set_signed_cookie(
        _cookie(event),
        event.epoch.hex,
        max_age=PAIRED_FOR,
        httponly=True,
        samesite="Lax",
        secure=request.is_secure() or settings.SESSION_COOKIE_SECURE,
    )


def is_paired(request: HttpRequest, event: Event) -> bool:
    """Whether this device has shown the event as a projector."""
    return request.get_signed_cookie(_cookie(event), default="", max_age=PAIRED_FOR) == event.epoch.hex


def _cookie(event: Event) -> str:
    return f"screen_{event.pk}"
