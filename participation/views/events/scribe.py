"""Topics on paper, written down by the team: title, name, next one."""

from typing import cast

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
from participation.forms.events import ScribeForm
from participation.selectors import events as selectors
from participation.services import events as services

LATEST = 12


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def scribe(request: HttpRequest, join_code: str) -> HttpResponse:
    """`/e/<join code>/leitung/zettel/`: many in a row; the script keeps what finds no network."""
    user = cast(User, request.user)
    event = selectors.led_event_or_404(user, join_code)
    set_quartier(request, event.quartier)
    form = ScribeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            topic = services.scribe_topic(event=event, by=user, **form.facts())
        except Refused as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
        else:
            messages.success(
                request, _("„%(title)s“ hängt als Nummer %(n)d.") % {"title": topic.title, "n": topic.number}
            )
            return redirect("events:scribe", join_code=event.join_code)
    latest = event.topics.filter(scribed=True).order_by("-number")[:LATEST]
    context = {"event": event, "code": selectors.spaced_code(event.join_code), "form": form, "latest": latest}
    return render(request, "events/scribe.html", context, status=422 if form.errors else 200)
