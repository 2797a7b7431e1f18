"""Pages that are no Wagtail pages: search, and the way to the admin's door."""

from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts.pages import set_quartier
from cms.selectors.finding import find


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """`/suche/?q=&quartier=`: public ideas and projects, in one Quartier or in all."""
    found = find(request.user, request.GET.get("q", ""), request.GET.get("quartier", ""))
    if found.quartier is not None:
        set_quartier(request, found.quartier)
    return render(request, "cms/search.html", {"found": found})


@never_cache
@require_safe
def door(request: HttpRequest) -> HttpResponse:
    """Where Wagtail sends somebody who may not come in: to the log-in, or to a page that says what to do instead."""
    if request.user.is_authenticated:
        list(messages.get_messages(request))  # Wagtail has left its own "no" there, which says less and says it stiffly
        return render(request, "cms/door.html", status=403)
    return redirect(f"{reverse('account_login')}?{urlencode({'next': request.GET.get('next', '')})}")
