"""From what stands on a screen, known there by its number, to the page that takes a report."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from moderation.models import Report
from participation.selectors import events as selectors
from participation.selectors.harvest import outcome_or_404, topic_or_404

FINDERS = {"thema": (Report.Thing.TOPIC, topic_or_404), "ergebnis": (Report.Thing.OUTCOME, outcome_or_404)}


@never_cache
@require_safe
def report(request: HttpRequest, join_code: str, what: str, number: int) -> HttpResponse:
    """`/e/<join code>/melden/<thema|ergebnis>/<n>/`: leads on to the report of that topic or outcome."""
    if what not in FINDERS:
        raise Http404
    thing, find = FINDERS[what]
    found = find(request.user, selectors.event_or_404(request.user, join_code), number)
    return redirect("moderation:report", thing, found.pk)
