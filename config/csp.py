"""Two content security policies: a strict one for everyone, a looser one for Wagtail's admin."""

from collections.abc import Callable

from csp.middleware import CSPMiddleware
from django.conf import settings
from django.http import HttpRequest, HttpResponseBase

STAFF_PATH = "/verwaltung/"


class TwoPoliciesMiddleware(CSPMiddleware):
    """django-csp, choosing the policy by address; a response that brings its own policy keeps it."""

    get_response: Callable[[HttpRequest], HttpResponseBase]

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        if request.path.startswith(STAFF_PATH):
            response._csp_config = settings.CSP_STAFF  # type: ignore[attr-defined]  # django-csp's own way
        return super().process_response(request, response)
