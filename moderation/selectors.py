"""Reading reports for somebody."""

import uuid

from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404

from accounts.models import User
from accounts.selectors import quartiere_of
from moderation import registry
from moderation.models import Report


def reports_for(user: User | AnonymousUser) -> QuerySet[Report]:
    """Every report that this member of staff may see: those of their own Quartiere, oldest first."""
    return (
        Report.objects.filter(quartier__in=quartiere_of(user).values("pk"))
        .select_related("quartier", "reporter", "decided_by")
        .order_by("reported_at", "pk")
    )


def open_reports(user: User | AnonymousUser) -> QuerySet[Report]:
    """What waits for a decision of this member of staff, oldest first."""
    return reports_for(user).filter(state=Report.State.OPEN)


def report_or_404(user: User | AnonymousUser, pk: int) -> Report:
    """One report of a Quartier in the hands of this member of staff."""
    return get_object_or_404(reports_for(user), pk=pk)


def receipt_or_404(receipt: str) -> Report:
    """The report of a receipt: whoever holds the receipt may ask what became of it."""
    return get_object_or_404(Report.objects.select_related("quartier"), receipt=receipt.upper())


def filed_before(thing: str, thing_id: int, client_id: str) -> Report | None:
    """The report that a request with this id has made already; the thing may be hidden since then."""
    try:
        known = uuid.UUID(client_id)
    except ValueError:
        return None
    return Report.objects.filter(client_id=known, thing=thing, thing_id=thing_id).first()


def still_seen(user: User | AnonymousUser, report: Report) -> bool:
    """Can this person go back to what was reported, or is it hidden, deleted or gone by now?"""
    reportable = registry.find(report.thing)
    return reportable is not None and reportable.load(user, report.thing_id) is not None


def seen_or_404(user: User | AnonymousUser, thing: str, thing_id: int) -> registry.Seen:
    """The thing to be reported as this person sees it; unknown, absent and forbidden are the same."""
    reportable = registry.find(thing)
    seen = reportable.load(user, thing_id) if reportable else None
    if seen is None:
        raise Http404
    return seen
