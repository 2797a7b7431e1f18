"""What an old join code still opens: for those who are in, the same page under the new one."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.cache import add_never_cache_headers

from participation.forms.events import CodeForm
from participation.models import Event
from participation.rules.events import can_run
from participation.selectors import events as selectors

from .door import seat_for
from .screen import is_paired

CODE = ("join_code", "code")
"""What the addresses call a join code; beside one, `code` is a ticket's."""


def follows_the_code(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """A page of an event: by an old code, who has a seat, leads or is a projector is led on with all that was sent.

    Everybody else is told to look for the new one, with 410. A code that never was stays a 404.
    """

    @wraps(view)
    def page(request: HttpRequest, **arguments: Any) -> HttpResponseBase:
        try:
            return view(request, **arguments)
        except Http404:
            name = next(name for name in CODE if name in arguments)
            event = selectors.former_event(arguments[name])
            if event is None:
                raise
        answer = _led_on(request, event, arguments | {name: event.join_code})
        add_never_cache_headers(answer)
        return answer

    return page


def _led_on(request: HttpRequest, event: Event, arguments: dict[str, Any]) -> HttpResponse:
    if not _is_in(request, event):
        return render(request, "events/former.html", {"form": CodeForm()}, status=410)
    here = reverse(request.resolver_match.view_name, kwargs=arguments)  # type: ignore[union-attr]  # we were routed
    query = f"?{request.META['QUERY_STRING']}" if request.META.get("QUERY_STRING") else ""
    return redirect(here + query, preserve_request=True)


def _is_in(request: HttpRequest, event: Event) -> bool:
    return can_run(request.user, event) or seat_for(request, event) is not None or is_paired(request, event)
