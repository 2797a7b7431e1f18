"""The cookie that keeps a seat on its device, given by pages and by the API."""

from typing import Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from participation.models import Event
from participation.selectors.events import seat_cookie

SEAT_LASTS: Final = 60 * 60 * 24 * 14
"""Seconds; a day, and time to read what came of it."""


def give_cookie(request: HttpRequest, response: HttpResponse, event: Event, token: str) -> None:
    """The device keeps its seat; no script can read it."""
    response.set_cookie(
        seat_cookie(event),
        token,
        max_age=SEAT_LASTS,
        httponly=True,
        samesite="Lax",
        secure=request.is_secure() or settings.SESSION_COOKIE_SECURE,
    )
