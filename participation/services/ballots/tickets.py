"""Printed tickets of a binding ballot: whoever brings one gets on the roll, once.

A code is fifty random bits. It is made from the id of the printing request, which only the page that printed
knows, so a download that broke off can be repeated, and nobody else can ever learn a code: a keyed hash is kept.
"""

import uuid
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from common.errors import Refused
from common.throttles import Limit
from participation.models import Ballot, RollEntry, Seat, Ticket
from participation.rules.tickets import can_print_tickets, takes_tickets
from participation.selectors.events import CODE_ALPHABET, clean_code
from participation.selectors.tickets import ticket_hash
from participation.services.events.log import announce_tally

from .running import lock_ballot

MOST_AT_ONCE = 500
CODE_LENGTH = 10
# Of each seat alone: what a whole event shared, a stranger could use up for everybody. No number of seats guesses a
# ticket: of 500 printed ones each try finds one in two million million (32 signs in 10 places).
TRIES_OF_A_SEAT = Limit("tickets of a seat", 10, minutes=5)


@dataclass(frozen=True, slots=True)
class Card:
    """A ticket as it is printed: the number on it and its code, "ABCDEFGHJK"."""

    number: int
    code: str


@transaction.atomic
def print_tickets(*, ballot: Ballot, by: User, count: int, client_id: uuid.UUID, replace: bool = False) -> list[Card]:
    """New tickets with their codes; this is the only moment at which they can be known.

    With `replace` all earlier ones that nobody has redeemed become void. The same `client_id` gives the same
    tickets again. Everybody with a good ticket is entitled. Raises Refused `forbidden`, `not_now`, `limits`,
    `replaced`.
    """
    _event, locked = lock_ballot(ballot=ballot, by=by)
    codes = [_code(locked, client_id, place) for place in range(MOST_AT_ONCE)]
    known = _printed(locked, codes)
    if known:
        return known
    if not can_print_tickets(locked):
        raise Refused("not_now", _("Karten gibt es nur für verbindliche Abstimmungen, und nur vor dem Auszählen."))
    if not 1 <= count <= MOST_AT_ONCE:
        raise Refused("limits", _("Druck auf einmal 1 bis 500 Karten."), field="count")
    if replace:
        locked.tickets.filter(redeemed_at=None).update(void=True)
    last = locked.tickets.aggregate(last=Max("number"))["last"] or 0
    cards = [Card(last + place, code) for place, code in enumerate(codes[:count], start=1)]
    Ticket.objects.bulk_create(
        Ticket(ballot=locked, number=card.number, code_hash=ticket_hash(card.code)) for card in cards
    )
    locked.entitled = locked.tickets.filter(void=False).count()
    locked.save(update_fields=["entitled"])
    announce_tally(event_id=locked.event_id)
    return cards


def _printed(ballot: Ballot, codes: list[str]) -> list[Card]:
    """The tickets of an earlier request with these codes. Raises Refused `replaced`."""
    by_hash = {ticket_hash(code): code for code in codes}
    found = list(ballot.tickets.filter(code_hash__in=by_hash).order_by("number"))
    if any(ticket.void for ticket in found):
        raise Refused("replaced", _("Diese Karten gelten nicht mehr: Es wurden neue gedruckt. Lade die Seite neu."))
    return [Card(ticket.number, by_hash[ticket.code_hash]) for ticket in found]


def _code(ballot: Ballot, client_id: uuid.UUID, place: int) -> str:
    secret = salted_hmac("ballot ticket code", f"{ballot.pk}:{client_id}:{place}", algorithm="sha256")
    number = int.from_bytes(secret.digest()[:16])
    signs = []
    for _sign in range(CODE_LENGTH):
        number, sign = divmod(number, len(CODE_ALPHABET))
        signs.append(CODE_ALPHABET[sign])
    return "".join(signs)


def hand_on_tickets(*, void: Ballot, again: Ballot) -> None:
    """The new round of a void ballot takes over its tickets: nobody has to be given a new one.

    Both ballots are locked. Who had redeemed a ticket is on the new roll.
    """
    good = Ticket.objects.filter(ballot=void, void=False)
    seats = good.filter(seat__isnull=False).values_list("seat", flat=True)
    RollEntry.objects.bulk_create(RollEntry(ballot=again, seat_id=seat) for seat in seats.order_by("seat"))
    again.entitled = good.update(ballot=again)
    again.save(update_fields=["entitled"])


@transaction.atomic
def redeem_ticket(*, seat: Seat, code: str) -> Ticket:
    """Put the seat on the roll of the ticket's ballot. The same seat with the same ticket gets the same answer.

    Raises Refused `rate`, `no_ticket`, `ticket_used`, `replaced`, `closed`, `on_roll`.
    """
    TRIES_OF_A_SEAT.hit(f"seat:{seat.pk}")
    ticket = _locked(seat, code)
    if ticket.seat_id == seat.pk:
        return ticket
    if ticket.redeemed_at is not None:
        raise Refused("ticket_used", _("Diese Karte ist schon eingelöst. Jede Karte gilt einmal."), field="code")
    if ticket.void:
        raise Refused("replaced", _("Diese Karte gilt nicht mehr, es gibt neue. Frag das Team."), field="code")
    if not takes_tickets(ticket.ballot):
        raise Refused("closed", _("Zu spät: Diese Abstimmung ist schon zu."), field="code")
    _entry, fresh = RollEntry.objects.get_or_create(ballot=ticket.ballot, seat=seat)
    if not fresh:
        raise Refused("on_roll", _("Du hast schon eine Karte eingelöst. Gib diese jemand anderem."), field="code")
    ticket.seat, ticket.redeemed_at = seat, timezone.now()
    ticket.save(update_fields=["seat", "redeemed_at"])
    return ticket


def _locked(seat: Seat, code: str) -> Ticket:
    """The ticket of this code in the seat's event, locked after its ballot. Raises Refused `no_ticket`."""
    wanted = Ticket.objects.filter(ballot__event=seat.event_id, code_hash=ticket_hash(clean_code(code)))
    found = wanted.values_list("pk", "ballot").first()
    if found is None:
        raise Refused(
            "no_ticket", _("Diesen Code kennen wir nicht. Schau noch einmal genau auf deine Karte."), field="code"
        )
    ballot = Ballot.objects.select_for_update(of=("self",)).get(pk=found[1])
    ticket = Ticket.objects.select_for_update(of=("self",)).get(pk=found[0])
    ticket.ballot = ballot
    return ticket
