"""Staff reach personal data only with a second factor (guard.md, Security)."""

from collections.abc import Callable
from typing import Any

from allauth.mfa.utils import is_mfa_enabled
from asgiref.sync import sync_to_async
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

# Where a member of staff without a second factor may still go: to set one up, or out.
OPEN_PATHS = ("/team/", "/sprache/", "/static/", "/media/")


class SecondFactorMiddleware:
    """Sends staff without a second factor to the page that sets one up, whatever they asked for."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if self._is_missing(request):
            messages.warning(request, _("Richte zuerst den zweiten Faktor ein. Das dauert eine Minute."))
            return redirect("mfa_activate_totp")
        return self.get_response(request)

    def _is_missing(self, request: HttpRequest) -> bool:
        return not request.path.startswith(OPEN_PATHS) and is_missing(request.user)


class SecondFactorSockets:
    """The same at the handshake of a socket, which no middleware of Django's sees: refused (403)."""

    def __init__(self, inner: Any) -> None:
        self.inner = inner

    async def __call__(self, scope: dict[str, Any], receive: Any, send: Any) -> None:
        # Only for staff: a hall of guests costs no look at the tables.
        if scope["user"].is_staff and await sync_to_async(is_missing)(scope["user"]):
            await receive()  # websocket.connect
            await send({"type": "websocket.close"})
            return
        await self.inner(scope, receive, send)


def is_missing(user: Any) -> bool:
    """Whether somebody on the team has set up no second factor."""
    required = settings.SECOND_FACTOR_REQUIRED and user.is_authenticated and user.is_staff
    return bool(required and not is_mfa_enabled(user))
