"""Reporting: two taps and no account, then a receipt that says what happens next."""

import secrets
from typing import cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accounts.models import User
from accounts.pages import set_quartier
from accounts.rules import may_act
from common.errors import Refused
from common.throttles import Limit
from moderation import services
from moderation.forms import ReportForm
from moderation.models import Report
from moderation.registry import Seen
from moderation.selectors import filed_before, receipt_or_404, seen_or_404, still_seen

# Per account; people without one share a limit for each thing, because they cannot be told apart.
OF_ONE_PERSON = Limit("report", 20, minutes=10)
OF_ONE_THING = Limit("report-thing", 20, minutes=10)
# A secret of the browser, made with its first report (`services.file_report`).
DEVICE = "melden"
DEVICE_LENGTH = 32
DEVICE_LASTS = 30 * 24 * 60 * 60


@never_cache
@require_http_methods(["GET", "POST"])
def report(request: HttpRequest, thing: str, thing_id: int) -> HttpResponse:
    """`/melden/<thing>/<id>/`: the reasons as buttons; pressing one files the report."""
    repeated = filed_before(thing, thing_id, request.POST.get("client_id", ""))
    if repeated is not None:
        return redirect("moderation:receipt", receipt=repeated.receipt)
    seen = seen_or_404(request.user, thing, thing_id)
    set_quartier(request, seen.quartier)
    form = ReportForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        device = request.COOKIES.get(DEVICE, "")[:DEVICE_LENGTH] or secrets.token_hex(DEVICE_LENGTH // 2)
        filed = _file(request, form, seen, thing, thing_id, device=device)
        if filed is not None:
            return _remember(request, redirect("moderation:receipt", receipt=filed.receipt), device)
    context = {
        "form": form,
        "seen": seen,
        "thing": Report.Thing(thing).label,
        "reasons": Report.Reason.choices,
    }
    return render(request, "moderation/report.html", context, status=422 if form.errors else 200)


def _remember(request: HttpRequest, response: HttpResponse, device: str) -> HttpResponse:
    """So that one browser that reports a thing with an account and without one counts once; sent to no other page."""
    response.set_cookie(
        DEVICE,
        device,
        max_age=DEVICE_LASTS,
        path="/melden/",
        httponly=True,
        samesite="Lax",
        secure=request.is_secure(),
    )
    return response


def _file(
    request: HttpRequest, form: ReportForm, seen: Seen, thing: str, thing_id: int, *, device: str
) -> Report | None:
    reporter = cast(User, request.user) if may_act(request.user) else None
    try:
        if reporter is not None:
            OF_ONE_PERSON.hit(str(reporter.pk))
        else:
            OF_ONE_THING.hit(f"{thing} {thing_id}")
        return services.file_report(
            thing=thing,
            thing_id=thing_id,
            quartier=seen.quartier,
            url=seen.url,
            copy=seen.copy,
            reporter=reporter,
            device=device,
            **form.cleaned_data,
        )
    except Refused as refusal:
        form.add_error(refusal.field, str(refusal))
        return None


@never_cache
@require_safe
def receipt(request: HttpRequest, receipt: str) -> HttpResponse:
    """`/melden/beleg/<receipt>/`: that it arrived, what happens next, and later what was decided."""
    filed = receipt_or_404(receipt)
    set_quartier(request, filed.quartier)
    return render(request, "moderation/receipt.html", {"report": filed, "way_back": still_seen(request.user, filed)})
