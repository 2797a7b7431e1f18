"""One door for every act: a newcomer enters on the way and loses nothing.

A visitor who votes, comments or joins gets the entry page, which carries the whole act along; with nickname,
age band and Quartier filled in, the same POST creates the person and does the act. It needs no JavaScript and
no second tap.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlencode

from django.contrib.auth import login
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.forms import EntryForm
from accounts.models import User
from accounts.rules import may_act
from accounts.selectors import find_quartier
from accounts.services import enter
from common.errors import Refused

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
View = Callable[..., HttpResponse]


def resident_required(view: View) -> View:
    """Lets a view be reached only by somebody who is signed in; newcomers enter in the same request."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if may_act(request.user):
            return view(request, *args, **kwargs)
        if request.method != "POST":
            return redirect(f"{reverse('accounts:enter')}?{urlencode({'next': request.get_full_path()})}")
        if request.headers.get("accept") == "application/json":
            sentence = _("Wähl zuerst einen Spitznamen, dann geht es weiter.")
            return JsonResponse({"code": "sign_in", "detail": sentence, "field": None}, status=401)
        form = entry_form(request, kwargs.get("quartier"))
        if form.is_bound and enter_with(request, form):
            return view(request, *args, **kwargs)
        return _entry_page(request, form)

    return guarded


def entry_form(request: HttpRequest, quartier_slug: str | None = None) -> EntryForm:
    """The entry form, bound if the request brings entry fields, else with the address's Quartier offered."""
    quartier = getattr(request, "quartier", None)
    if quartier is None and quartier_slug:
        quartier = find_quartier(quartier_slug)
    if "entry-nickname" in request.POST:
        return EntryForm(request.POST, quartier=quartier)
    return EntryForm(quartier=quartier)


def enter_with(request: HttpRequest, form: EntryForm) -> User | None:
    """Creates the person of a valid form and signs them in; otherwise None, and the form says why."""
    if not form.is_valid():
        return None
    try:
        user = enter(**form.cleaned_data)
    except Refused as refusal:
        form.add_error(refusal.field, str(refusal))
        return None
    sign_in(request, user)
    return user


def sign_in(request: HttpRequest, user: User) -> None:
    login(request, user, backend=BACKEND)


def _entry_page(request: HttpRequest, form: EntryForm) -> HttpResponse:
    """The form again with everything the person was about to do."""
    act = [
        (name, value)
        for name, values in request.POST.lists()
        if name != "csrfmiddlewaretoken" and not name.startswith("entry-")
        for value in values
    ]
    context = {"form": form, "act": act, "action": request.get_full_path()}
    return render(request, "accounts/enter.html", context, status=422 if form.errors else 200)
