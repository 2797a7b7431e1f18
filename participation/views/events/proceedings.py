"""The proceedings of an open space: a page, and the same as PDF, tables and JSON. Public once it is over."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts.pages import set_quartier
from common import pdf
from participation.models import Event
from participation.rules import harvest as rules
from participation.rules.events import can_run
from participation.selectors import events as selectors
from participation.selectors.harvest import address_of, outcome_or_404
from participation.selectors.proceedings import proceedings_of
from participation.serializers.proceedings import csv_zip

from .door import seat_for
from .minutes import minutes_of


@never_cache
@require_safe
def proceedings(request: HttpRequest, join_code: str) -> HttpResponse:
    """`/e/<join code>/protokoll/`: what was talked about, wanted, decided, and what comes of it."""
    event = _readable_event(request, join_code)
    set_quartier(request, event.quartier)
    facts = proceedings_of(event)
    titles = {topic["n"]: topic["title"] for topic in facts["topics"]}
    context = {
        **facts,
        "code": event.join_code,
        "is_over": event.state in rules.OVER,
        "leads": can_run(request.user, event),
        "has_seat": seat_for(request, event) is not None,
        "titles": titles,
        "slots": [_slot(slot, facts["plan"]["rooms"], titles) for slot in facts["plan"]["slots"]],
    }
    return render(request, "events/proceedings.html", context)


def _slot(slot: dict[str, Any], rooms: list[dict[str, Any]], titles: dict[int, str]) -> dict[str, Any]:
    """A row of the plan with its topics in words."""
    cells = [
        {"room": room["name"], "n": n, "title": titles.get(n, "")}
        for room, n in zip(rooms, slot["topics"], strict=True)
    ]
    return {**slot, "cells": cells}


@never_cache
@require_safe
def proceedings_file(request: HttpRequest, join_code: str, kind: str) -> HttpResponse:
    """`/e/<join code>/protokoll.pdf`, `.zip` (tables) and `.json`."""
    event = _readable_event(request, join_code)
    make = FILES.get(kind)
    if make is None:
        raise Http404
    return make(event, proceedings_of(event, base=request.build_absolute_uri("/").rstrip("/")))


def _readable_event(request: HttpRequest, join_code: str) -> Event:
    """The event whose proceedings somebody may read; before the end that is its team."""
    event = selectors.event_or_404(request.user, join_code)
    if not rules.can_read_proceedings(request.user, event):
        raise Http404
    return event


def _pdf(event: Event, facts: dict[str, Any]) -> HttpResponse:
    title = _("Protokoll: %(event)s") % {"event": event.title}
    return _file(pdf.render("proceedings", minutes_of(event, facts), title=title), "application/pdf", event, "pdf")


def _zip(event: Event, facts: dict[str, Any]) -> HttpResponse:
    return _file(csv_zip(facts), "application/zip", event, "zip")


def _json(event: Event, facts: dict[str, Any]) -> HttpResponse:
    return JsonResponse(facts, json_dumps_params={"ensure_ascii": False, "indent": 1})


FILES: dict[str, Callable[[Event, dict[str, Any]], HttpResponse]] = {"pdf": _pdf, "zip": _zip, "json": _json}


def _file(content: bytes, content_type: str, event: Event, ending: str) -> HttpResponse:
    response = HttpResponse(content, content_type=content_type)
    name = f"{_('protokoll')}-{event.join_code.lower()}.{ending}"
    how = "inline" if ending == "pdf" else "attachment"
    response["Content-Disposition"] = f'{how}; filename="{name}"'
    return response


@never_cache
@require_safe
def outcome(request: HttpRequest, join_code: str, number: int) -> HttpResponse:
    """`/e/<join code>/ergebnis/<n>/`: to the idea or the project that it has become."""
    event = selectors.event_or_404(request.user, join_code)
    found = outcome_or_404(request.user, event, number)
    if address := address_of(found):
        return redirect(address)
    if rules.has_become(found):
        messages.info(request, _("Das Team bereitet die Seite noch vor. Schau bald wieder rein."))
    if rules.can_read_proceedings(request.user, event):
        return redirect(f"{reverse('events:proceedings', args=[event.join_code])}#ergebnis-{number}")
    return redirect(f"{event.get_absolute_url()}#ergebnis-{number}")
