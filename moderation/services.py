"""Acts of moderation: filing a report and deciding it."""

import secrets
import uuid

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from accounts.models import Quartier, User
from common.errors import Refused
from common.lengths import longest
from moderation import registry, rules
from moderation.models import Report

# Read aloud and from paper: no 0/O, 1/I/L, U/V.
RECEIPT_ALPHABET = "23456789ABCDEFGHJKMNPQRSTWXYZ"


@transaction.atomic
def file_report(
    *,
    thing: str,
    thing_id: int,
    quartier: Quartier,
    url: str,
    copy: str,
    reason: str,
    note: str = "",
    reporter: User | None,
    client_id: uuid.UUID,
    device: str = "",
) -> Report:
    """Takes a report in, from anybody; the same `client_id` again returns the first one.

    `copy` is what the person saw, kept unchanged. `device` is a secret of the person's browser; only a mark made of
    it and of the thing is kept, which connects nothing else. A thing that enough different people report is hidden
    until its team has looked (`rules.hides`). Raises Refused `reason`, `note`, `repeated`.
    """
    if reason not in Report.Reason.values:
        raise Refused("reason", _("Such dir aus, was los ist."), field="reason")
    if len(note) > longest(Report, "note"):
        raise Refused("note", _("Das ist zu lang. Nimm höchstens 500 Zeichen."), field="note")
    _lock(quartier)
    report, created = Report.objects.get_or_create(
        client_id=client_id,
        defaults={
            "thing": thing,
            "thing_id": thing_id,
            "quartier": quartier,
            "url": url[: longest(Report, "url")],
            "copy": copy,
            "reason": reason,
            "note": note,
            "reporter": reporter,
            "device": _mark(device, thing, thing_id),
            "receipt": _receipt(),
        },
    )
    if (report.thing, report.thing_id) != (thing, thing_id):
        raise Refused("repeated", _("Diese Meldung ging schon raus. Lade die Seite neu und melde dann das Nächste."))
    if created and rules.hides(_reporters(report)):
        _reportable(thing).hide(thing_id)
    return report


@transaction.atomic
def decide_report(*, report: Report, by: User, state: str, answer: str = "") -> Report:
    """The team decides: `upheld` hides the thing, `dismissed` shows again what reports had hidden.

    The other open reports of the same thing are decided along with it; the same decision twice is one.
    Raises Refused `forbidden`, `decided`, `state`, `answer`.
    """
    _lock(report.quartier)
    report = Report.objects.select_related("quartier").get(pk=report.pk)
    if not rules.can_moderate(by, report.quartier):
        raise Refused("forbidden", _("Das darf nur das Team dieses Quartiers."))
    if state not in {Report.State.UPHELD, Report.State.DISMISSED}:
        raise Refused("state", _("Entscheide: entfernen oder stehen lassen."), field="state")
    if len(answer) > longest(Report, "answer"):
        raise Refused("answer", _("Das ist zu lang. Nimm höchstens 500 Zeichen."), field="answer")
    if report.state == state:
        return report
    if report.state != Report.State.OPEN:
        raise Refused("decided", _("Über diese Meldung hat schon jemand entschieden. Lade die Seite neu."))
    hidden_by_reports = rules.hides(_reporters(report))
    _same_thing(report).update(state=state, answer=answer, decided_by=by, decided_at=timezone.now())
    if state == Report.State.UPHELD:
        _reportable(report.thing).hide(report.thing_id)
    elif hidden_by_reports:  # what the team itself has hidden stays hidden
        _reportable(report.thing).unhide(report.thing_id)
    report.refresh_from_db()
    return report


def _lock(quartier: Quartier) -> None:
    """Reports of one Quartier are written one after the other, so that two at once see each other."""
    Quartier.objects.select_for_update(no_key=True).get(pk=quartier.pk)


def _same_thing(report: Report) -> QuerySet[Report]:
    return Report.objects.filter(thing=report.thing, thing_id=report.thing_id, state=Report.State.OPEN)


def _reporters(report: Report) -> list[rules.Reporter]:
    """Who has an open report on the same thing; what the team has already dismissed counts no more."""
    rows = (
        _same_thing(report)
        .select_related("reporter")
        .only("device", "reported_at", "reporter", "reporter__is_staff", "reporter__date_joined")
    )
    return [_reporter(row) for row in rows]


def _reporter(report: Report) -> rules.Reporter:
    user = report.reporter
    if user is None:
        return rules.Reporter(device=report.device)
    return rules.Reporter(user.pk, report.device, user.is_staff, report.reported_at - user.date_joined)


def _mark(device: str, thing: str, thing_id: int) -> str:
    if not device:
        return ""
    return salted_hmac("moderation.device", f"{thing} {thing_id} {device}", algorithm="sha256").hexdigest()[:32]


def _reportable(thing: str) -> registry.Reportable:
    found = registry.find(thing)
    if found is None:
        raise LookupError(f"no app has registered {thing!r} with moderation.registry")
    return found


def _receipt() -> str:
    """Four and four letters, such as "K7PQ-2HXM": 29⁸ of them, so that nobody finds one by trying."""
    letters = "".join(secrets.choice(RECEIPT_ALPHABET) for _i in range(8))
    return f"{letters[:4]}-{letters[4:]}"
