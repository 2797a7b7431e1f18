"""Pages about oneself: entering, coming back, one's own facts, choosing a Quartier, leaving."""

from typing import cast

from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accounts import selectors, services
from accounts.entry import enter_with, entry_form, sign_in
from accounts.forms import CardForm, PersonForm
from accounts.models import User
from accounts.rules import may_act
from common.errors import Refused
from common.qr import svg
from common.ways import is_ours


@never_cache
@require_http_methods(["GET", "POST"])
def enter(request: HttpRequest) -> HttpResponse:
    """`/rein/`: the door on its own, for those who come without an act in hand."""
    onward = _onward(request)
    if may_act(request.user):
        return redirect(onward or reverse("accounts:me"))
    form = entry_form(request, request.GET.get("quartier"))
    if form.is_bound:
        user = enter_with(request, form)
        if user is not None:
            messages.success(request, _("Hallo %(nickname)s! Schön, dass du da bist.") % {"nickname": user.nickname})
            return redirect(onward or user.quartier.get_absolute_url())  # type: ignore[union-attr]
    context = {"form": form, "act": [("next", onward)] if onward else [], "action": request.path}
    return render(request, "accounts/enter.html", context, status=422 if form.errors else 200)


@never_cache
@require_http_methods(["GET", "POST"])
def come_back(request: HttpRequest) -> HttpResponse:
    """`/rein/karte/`: back with a re-entry card, typed or from its QR code (`?code=`)."""
    form = CardForm(request.POST or None, initial={"code": request.GET.get("code", "")})
    if request.method == "POST" and form.is_valid():
        try:
            user = services.redeem_card(code=form.cleaned_data["code"])
        except Refused as refusal:
            form.add_error(refusal.field, str(refusal))
        else:
            sign_in(request, user)
            messages.success(request, _("Willkommen zurück, %(nickname)s!") % {"nickname": user.nickname})
            return redirect("accounts:me")
    return render(request, "accounts/come_back.html", {"form": form}, status=422 if form.errors else 200)


@never_cache
@require_http_methods(["GET", "POST"])
def me(request: HttpRequest) -> HttpResponse:
    """`/ich/`: one's own facts; for visitors the ways in."""
    if not may_act(request.user):
        return render(request, "accounts/me_visitor.html")
    user = cast(User, request.user)
    if user.is_staff:
        return render(request, "accounts/me_staff.html")
    facts = {"nickname": user.nickname, "age_band": user.age_band, "quartier": user.quartier_id}
    form = PersonForm(request.POST or None, initial=facts)
    if request.method == "POST" and form.is_valid() and _changed(request, user, form):
        return redirect("accounts:me")
    return render(request, "accounts/me.html", {"form": form}, status=422 if form.errors else 200)


def _changed(request: HttpRequest, user: User, form: PersonForm) -> bool:
    try:
        services.change_own_facts(user=user, **form.cleaned_data)
    except Refused as refusal:
        user.refresh_from_db()
        form.add_error(refusal.field, str(refusal))
        return False
    messages.success(request, _("Gespeichert."))
    return True


@never_cache
@login_required(login_url="accounts:enter")
@require_http_methods(["GET", "POST"])
def card(request: HttpRequest) -> HttpResponse:
    """`/ich/karte/`: a fresh re-entry card with code and QR, shown this once."""
    if request.method != "POST":  # somebody came back here by the browser's history
        return redirect("accounts:me")
    try:
        code = services.issue_card(user=cast(User, request.user))
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect("accounts:me")
    address = request.build_absolute_uri(f"{reverse('accounts:come_back')}?code={code}")
    grouped = " ".join(code[i : i + 4] for i in range(0, len(code), 4))
    return render(request, "accounts/card.html", {"code": grouped, "qr": svg(address)})


@never_cache
@require_http_methods(["GET", "POST"])
def leave(request: HttpRequest) -> HttpResponse:
    """`/ich/raus/`: asks once, because without a card there is no way back; then clears the device."""
    if request.method != "POST":
        return render(request, "accounts/leave.html")
    logout(request)
    response = redirect("/")
    response["Clear-Site-Data"] = '"cache", "storage"'
    return response


@require_safe
def quartiere(request: HttpRequest) -> HttpResponse:
    """`/quartiere/`: choose where to look."""
    return render(request, "accounts/quartiere.html", {"quartiere": selectors.all_quartiere()})


def _onward(request: HttpRequest) -> str:
    """Where to go afterwards; only addresses of our own."""
    target = request.POST.get("next") or request.GET.get("next") or ""
    return target if is_ours(request, target) else ""
