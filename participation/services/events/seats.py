"""Taking a seat: what a guest holds instead of an account."""

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.nicknames import clean_nickname
from accounts.rules import is_resident
from common.errors import Refused
from participation.models import Event, Seat
from participation.rules.events import why_no_seat
from participation.selectors.events import seat_of, token_hash
from participation.services.harvest.people import take_seat_along

from .log import announce_tally, lock_event

SHORTEST_TOKEN, LONGEST_TOKEN = 20, 200
LOAD_AGAIN = _("Lade die Seite neu und versuch es noch einmal.")


def take_seat(*, event: Event, token: str, nickname: str = "", user: User | None = None) -> Seat:
    """A seat for this device or this account; who has one gets the same again.

    `token` is long and random, made for the device and kept there; only its hash is stored. A resident's seat
    belongs to the account; a guest's seat is joined to the account that the guest signs in with later.
    Raises Refused `doors_closed`, `joining_paused`, `full`, `nickname_odd`, `token_short`, `token_taken`.
    """
    # The token travels in a cookie, so it must be plain characters.
    if not SHORTEST_TOKEN <= len(token) <= LONGEST_TOKEN or not token.isascii() or not token.isprintable():
        raise Refused("token_short", LOAD_AGAIN)
    resident = user if user is not None and is_resident(user) else None
    try:
        return _take(event, token, nickname, resident)
    except IntegrityError:  # a device makes a token for each event; this one has a seat at another
        raise Refused("token_taken", LOAD_AGAIN) from None


@transaction.atomic
def _take(event: Event, token: str, nickname: str, resident: User | None) -> Seat:
    locked = lock_event(event=event)
    known = seat_of(locked, token=token, user=resident)
    if known is not None:
        return _bind(known, resident)
    _require_open(locked)
    name = resident.nickname if resident else clean_nickname(nickname)
    locked.seat_count += 1
    locked.save(update_fields=["seat_count"])
    announce_tally(event_id=locked.pk)
    return Seat.objects.create(
        event=locked, number=locked.seat_count, token_hash=token_hash(token), nickname=name, user=resident
    )


def _require_open(event: Event) -> None:
    """Raises Refused `doors_closed`, `joining_paused`, `full`."""
    why = why_no_seat(event)
    if why == "full":
        raise Refused("full", _("Der Saal ist voll. Sag dem Team am Eingang Bescheid: Es kann Plätze dazustellen."))
    if why == "paused":
        raise Refused(
            "joining_paused", _("Der Einlass macht gerade Pause. Versuch es in ein paar Minuten noch einmal.")
        )
    if why:
        raise Refused("doors_closed", _("Der Einlass ist gerade nicht offen."))


def _bind(seat: Seat, resident: User | None) -> Seat:
    """Join a guest's seat to the account, unless the account has a seat of its own."""
    if resident is None or seat.user_id is not None:
        return seat
    if not Seat.objects.filter(event=seat.event_id, user=resident).exists():
        seat.user, seat.nickname = resident, resident.nickname
        seat.save(update_fields=["user", "nickname"])
        take_seat_along(seat)
    return seat
