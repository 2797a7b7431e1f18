"""Pages that are no Wagtail pages: search, and the way to the admin's door."""

from urllib.parse import urlencode

from django.core.exceptions import PermissionDenied
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
    """Where Wagtail sends somebody who may not come in: to the log-in, or to a plain "no" if they are signed in."""
    if request.user.is_authenticated:
        raise PermissionDenied
    return redirect(f"{reverse('account_login')}?{urlencode({'next': request.GET.get('next', '')})}")
