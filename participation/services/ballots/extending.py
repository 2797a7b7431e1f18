"""More time for a person who needs it: asked for on the phone, given by the team."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from common.errors import Refused
from participation.live import events as live
from participation.models import Ballot, Event, Extension, RollEntry, Seat
from participation.rules import ballots as rules
from participation.selectors.ballots import ballot_facts, mark_of
from participation.services.events.log import record

from .running import lock_ballot

LONGEST_EXTENSION = 15 * 60


@transaction.atomic
def extend_ballot(*, ballot: Ballot, by: User, seat: int, seconds: int = 120) -> Extension:
    """Give a seat (by its number) so many seconds after the common end, on top of what it has.

    Raises Refused `forbidden`, `not_now`, `no_seat`, `not_on_roll`, `limits`.
    """
    event, locked = lock_ballot(ballot=ballot, by=by)
    if not rules.can_extend(locked):
        raise Refused("not_now", _("Mehr Zeit gibst du, solange die Abstimmung läuft."))
    found = event.seats.filter(number=seat).first()
    if found is None:
        raise Refused("no_seat", _("Diesen Platz gibt es nicht. Die Nummer steht unten auf dem Handy."), field="seat")
    if not _may_vote(locked, found):
        raise Refused("not_on_roll", _("Dieser Platz stimmt hier nicht mit. Schau noch einmal auf die Nummer."), "seat")
    extension, _fresh = Extension.objects.get_or_create(ballot=locked, seat=found)
    if not 1 <= seconds <= LONGEST_EXTENSION - extension.seconds:
        raise Refused("limits", _("Gib höchstens 15 Minuten dazu."), field="seconds")
    extension.seconds += seconds
    extension.save(update_fields=["seconds"])
    told = {"ballot": locked.number, "mark": mark_of(found), "seconds": extension.seconds}
    record(event=event, kind=live.EXTENSION_GIVEN, data=told)
    return extension


def ask_for_time(*, event: Event, seat: Seat, ballot_id: int) -> dict[str, Any]:
    """A seat of a locked event says that it needs longer; the stage rings. Asking again changes nothing.

    The answer says how many `seconds` were given by now. Raises Refused `absent`, `closed`, `not_on_roll`.
    """
    ballot = Ballot.objects.select_for_update(of=("self",)).filter(pk=ballot_id, event=event).first()
    if ballot is None:
        raise Refused("absent", _("Diese Abstimmung gibt es nicht mehr."))
    if not rules.can_extend(ballot):
        raise Refused("closed", _("Diese Abstimmung ist schon zu."))
    if not _may_vote(ballot, seat):
        raise Refused("not_on_roll", _("In dieser Abstimmung stimmst du nicht mit."))
    extension, _fresh = Extension.objects.get_or_create(ballot=ballot, seat=seat)
    if extension.asked_at is None:
        extension.asked_at = timezone.now()
        extension.save(update_fields=["asked_at"])
        record(event=event, kind=live.EXTENSION_ASKED, data={"ballot": ballot.number})
    return {"seconds": extension.seconds}


@transaction.atomic
def wait_for_the_hall(*, ballot: Ballot, by: User, since: datetime) -> None:
    """After a stop of everything a ballot that was closing closes later by that time: somebody may still need it."""
    event, locked = lock_ballot(ballot=ballot, by=by)
    if locked.state != Ballot.State.CLOSING or locked.closed_at is None:
        return
    locked.closed_at += timezone.now() - max(since, locked.closed_at)
    locked.save(update_fields=["closed_at"])
    record(event=event, kind=live.BALLOT_EXTENDED, data=ballot_facts(locked))


def _may_vote(ballot: Ballot, seat: Seat) -> bool:
    return not rules.has_roll(ballot) or RollEntry.objects.filter(ballot=ballot, seat=seat).exists()
