"""Help calls: somebody in the hall asks the team to come. The log carries a number and a state, and no words."""

import uuid

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from common.errors import Refused
from common.throttles import Limit
from common.words import tidied
from participation.live import events as live
from participation.models import Event, HelpCall, Seat
from participation.rules.events import may_call_help

from .log import lock_event, lock_event_for, record

CALLS = Limit("help calls of a seat", 10, minutes=5)
LONGEST_WHERE, LONGEST_TEXT = 80, 200
State = HelpCall.State


@transaction.atomic
def call_help(*, seat: Seat, op: uuid.UUID, where: str = "", text: str = "") -> HelpCall:
    """Ring at the stage. A seat has one call at a time; calling again adds to it.

    Raises Refused `not_running`, `rate`.
    """
    event = lock_event(event=seat.event)
    known = seat.help_calls.filter(client_id=op).first()
    if known is not None:
        return known
    if not may_call_help(event):
        raise Refused("not_running", _("Die Veranstaltung läuft gerade nicht. Sprich jemanden vom Team an."))
    CALLS.hit(f"seat:{seat.pk}")
    where, text = " ".join(tidied(where).split())[:LONGEST_WHERE], tidied(text)[:LONGEST_TEXT]
    call = seat.help_calls.exclude(state=State.DONE).first()
    if call is None:
        call = HelpCall.objects.create(event=event, seat=seat, client_id=op, where=where, text=text)
    else:
        call.where, call.text = where or call.where, text or call.text
        call.save(update_fields=["where", "text"])
    _tell(event, call)
    return call


@transaction.atomic
def cancel_help(*, seat: Seat) -> HelpCall | None:
    """Not needed any more; without a call nothing happens."""
    event = lock_event(event=seat.event)
    call = seat.help_calls.exclude(state=State.DONE).first()
    if call is not None:
        _set(event, call, State.DONE)
    return call


@transaction.atomic
def take_help(*, event: Event, by: User, call: int) -> HelpCall:
    """ "I am on my way": the phone says so. Raises Refused `forbidden`, `absent`."""
    locked, found = _led_call(event, by, call)
    if found.state == State.OPEN:
        found.taken_by = by
        _set(locked, found, State.TAKEN)
    return found


@transaction.atomic
def finish_help(*, event: Event, by: User, call: int) -> HelpCall:
    """Done. Raises Refused `forbidden`, `absent`."""
    locked, found = _led_call(event, by, call)
    if found.state != State.DONE:
        _set(locked, found, State.DONE)
    return found


def _led_call(event: Event, by: User, call: int) -> tuple[Event, HelpCall]:
    locked = lock_event_for(event=event, by=by)
    found = locked.help_calls.filter(pk=call).first()
    if found is None:
        raise Refused("absent", _("Diesen Hilferuf gibt es nicht mehr."))
    return locked, found


def _set(event: Event, call: HelpCall, state: str) -> None:
    """What somebody needed is nobody's business any more once it is done."""
    call.state = state
    if state == State.DONE:
        call.where = call.text = ""
    call.save(update_fields=["state", "taken_by", "where", "text"])
    _tell(event, call)


def _tell(event: Event, call: HelpCall) -> None:
    record(event=event, kind=live.HELP_CHANGED, data={"n": call.pk, "state": call.state})
