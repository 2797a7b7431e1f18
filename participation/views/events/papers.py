"""Papers to print: the poster for the door, the wall, and the tickets of a binding ballot."""

import uuid
from typing import Any, cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accounts.models import User
from accounts.pages import set_quartier
from common import pdf
from common.errors import Refused
from common.qr import svg
from participation.forms.tickets import PrintForm
from participation.models import Ballot, Event
from participation.rules.tickets import can_print_tickets
from participation.selectors import events as selectors
from participation.selectors.papers import wall_facts, when_of
from participation.selectors.tickets import ticket_counts
from participation.services.ballots.tickets import Card, print_tickets

PAPER_SIZES = ("a4", "a3")


@never_cache
@require_safe
def poster(request: HttpRequest, join_code: str) -> HttpResponse:
    """`/e/<join code>/plakat.pdf?papier=a3`: for the door, for everybody who may see the event."""
    event = selectors.event_or_404(request.user, join_code)
    size = request.GET.get("papier", "")
    facts = {
        "paper": size if size in PAPER_SIZES else PAPER_SIZES[0],
        "subtitle": event.subtitle,
        "quartier": event.quartier.name,
        "when": when_of(event),
        "place": event.place,
        "code": selectors.spaced_code(event.join_code),
        "address": f"{request.get_host()}{reverse('events:join')}".rstrip("/"),
        "qr": svg(request.build_absolute_uri(reverse("events:join", args=[event.join_code])), border=2),
        "words": {
            "kind": _("Open Space"),
            "when": _("Wann"),
            "where": _("Wo"),
            "qr": _("QR-Code zum Mitmachen"),
            "come-in": _("Komm rein!"),
            "how": _("Handy raus, Code scannen. Oder hier eintippen:"),
            "data-line": _(
                "Kein Konto, keine E-Mail, kein echter Name. "
                "Gespeichert werden nur dein Spitzname, deine Themen und deine Stimmen."
            ),
        },
    }
    return answer(pdf.render("poster", facts, title=event.title), _("plakat"), event)


@never_cache
@login_required
@require_safe
def wall_paper(request: HttpRequest, join_code: str) -> HttpResponse:
    """`/e/<join code>/wand.pdf`: grid, topics and empty cards, for the team."""
    event = selectors.led_event_or_404(request.user, join_code)
    words = {
        "topic": _("Thema"),
        "when": _("Wann"),
        "title-line": _("Unser Thema in einem Satz"),
        "about": _("Worum geht es?"),
        "by": _("Von (Spitzname)"),
        "step-free": _("Wir brauchen einen Raum ohne Stufen"),
    }
    facts = {"event": event.title, "words": words, **wall_facts(event)}
    title = _("Wand: %(event)s") % {"event": event.title}
    return answer(pdf.render("wall", facts, title=title), _("wand"), event)


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def tickets(request: HttpRequest, join_code: str, number: int) -> HttpResponse:
    """`/e/<join code>/karten/<ballot>/`: print tickets. The answer to the form is the PDF itself, only this once."""
    event = selectors.led_event_or_404(request.user, join_code)
    set_quartier(request, event.quartier)
    ballot = get_object_or_404(event.ballots.select_related("event"), number=number, tier=Ballot.Tier.BINDING)
    form = PrintForm(request.POST or None, initial={"client_id": uuid.uuid4()})
    if request.method == "POST" and form.is_valid():
        try:
            cards = print_tickets(
                ballot=ballot, by=cast(User, request.user), replace="replace" in request.POST, **form.cleaned_data
            )
            return answer(_ticket_pdf(request, event, ballot, cards), _("karten"), event)
        except Refused as refusal:
            if refusal.field:
                form.add_error(refusal.field, str(refusal))
            else:
                messages.error(request, str(refusal))
    context = {
        "event": event,
        "ballot": ballot,
        "form": form,
        "counts": ticket_counts(ballot),
        "can_print": can_print_tickets(ballot),
    }
    return render(request, "events/tickets.html", context, status=422 if request.method == "POST" else 200)


def _ticket_pdf(request: HttpRequest, event: Event, ballot: Ballot, cards: list[Card]) -> bytes:
    def address(code: str) -> str:
        return request.build_absolute_uri(reverse("events:ticket", args=[event.join_code, code]))

    facts: dict[str, Any] = {
        "event": f"{event.title} · {selectors.spaced_code(event.join_code)}",
        "question": ballot.question,
        "cards": [
            {"number": card.number, "code": _dashed(card.code), "qr": svg(address(card.code), border=2)}
            for card in cards
        ],
        "words": {
            "ticket": _("Stimmkarte"),
            "number": _("Nr."),
            "qr": _("QR-Code der Stimmkarte"),
            "how": _("Scannen oder am Handy eintippen:"),
            "once": _("Einmal gültig."),
        },
    }
    title = _("Stimmkarten: %(question)s") % {"question": ballot.question}
    return pdf.render("tickets", facts, title=title)


def _dashed(code: str) -> str:
    """ "ABCDE-FGHJK"."""
    return f"{code[: len(code) // 2]}-{code[len(code) // 2 :]}"


def answer(content: bytes, name: str, event: Event) -> HttpResponse:
    """A PDF as the answer, with a file name that says what it is."""
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{name}-{event.join_code.lower()}.pdf"'
    return response
