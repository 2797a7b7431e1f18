"""Error pages in our look, with a sentence that says what to do next."""

from django.contrib.auth.models import AnonymousUser
from django.contrib.messages.storage.cookie import CookieStorage
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _


def _answer(request: HttpRequest, status: int, code: str, sentence: str) -> HttpResponse:
    if request.path.startswith("/api/"):
        return JsonResponse({"code": code, "detail": sentence, "field": None}, status=status)
    return render(request, f"{status}.html", {"sentence": sentence}, status=status)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return _answer(request, 400, "bad_request", _("Das kam nicht richtig an. Geh zurück und versuch es noch einmal."))


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return _answer(request, 403, "forbidden", _("Das darfst du hier nicht. Frag jemanden vom Team."))


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return _answer(request, 404, "absent", _("Diese Seite gibt es nicht oder nicht mehr."))


def server_error(request: HttpRequest) -> HttpResponse:
    """Perhaps it is the database that is gone: this page must ask it nothing."""
    request.user = AnonymousUser()
    request._messages = CookieStorage(request)  # type: ignore[attr-defined]  # else the session is asked for them
    return _answer(request, 500, "fault", _("Bei uns ist etwas kaputt. Versuch es in einer Minute noch einmal."))


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form that was open while the person signed out or in elsewhere; nothing was saved."""
    sentence = _("Die Seite war zu lange offen. Geh zurück, lade sie neu und schick es noch einmal.")
    if request.path.startswith("/api/") or request.headers.get("accept") == "application/json":
        return JsonResponse({"code": "stale_page", "detail": sentence, "field": None}, status=403)
    return render(request, "403_csrf.html", {"sentence": sentence}, status=403)
