"""Staff reach personal data only with a second factor (guard.md, Security)."""

from collections.abc import Callable

from allauth.mfa.utils import is_mfa_enabled
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
        if not settings.SECOND_FACTOR_REQUIRED or request.path.startswith(OPEN_PATHS):
            return False
        user = request.user
        return user.is_authenticated and user.is_staff and not is_mfa_enabled(user)
