"""The states of a ballot, moved by the team. Every move locks the event first and then the ballot."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from common.errors import Refused
from participation.live import events as live
from participation.models import Ballot, Event, RollEntry
from participation.rules import ballots as rules
from participation.rules.events import can_hold_ballots
from participation.selectors.ballots import ballot_facts
from participation.services.events.log import lock_event_for, record
from participation.services.events.scenes import place_scene

State = Ballot.State
LONGEST = 60 * 60


def lock_ballot(*, ballot: Ballot, by: User | None) -> tuple[Event, Ballot]:
    """Event and ballot as they are now, both locked, for the team (`by`) or the house's clock (None)."""
    event = lock_event_for(event=ballot.event, by=by)
    locked = Ballot.objects.select_for_update().prefetch_related("options").get(pk=ballot.pk)
    locked.event = event
    return event, locked


def require_move(*, ballot: Ballot, state: str) -> None:
    """Raises Refused `not_now` for a move that the table of states does not know."""
    if not rules.can_move(ballot, state):
        raise Refused("not_now", _("Das geht mit dieser Abstimmung im Moment nicht. Lade die Seite neu."))


@transaction.atomic
def open_ballot(*, ballot: Ballot, by: User, seconds: int | None = None) -> Ballot:
    """Open it: wording, options and, for an event vote, the roll are frozen. `seconds` sets its end.

    Raises Refused `forbidden`, `not_now`, `another_open`, `no_tickets`.
    """
    event, locked = lock_ballot(ballot=ballot, by=by)
    if locked.state == State.OPEN:
        return locked
    if locked.state != State.READY:
        raise Refused("not_now", _("Diese Abstimmung lief schon. Leg eine neue an."))
    if not can_hold_ballots(event):
        raise Refused("not_now", _("Abstimmen geht erst, wenn die Veranstaltung läuft."))
    if event.ballots.filter(state__in=rules.RUNNING).exists():
        raise Refused("another_open", _("Es läuft schon eine Abstimmung. Schließ sie zuerst."))
    now = timezone.now()
    locked.state, locked.opened_at = State.OPEN, now
    locked.ends_at = now + timedelta(seconds=min(seconds, LONGEST)) if seconds else None
    locked.option_count = len(locked.options.all())
    if locked.tier == Ballot.Tier.EVENT:
        locked.entitled = _freeze_roll(event, locked)
    elif locked.tier == Ballot.Tier.BINDING and not locked.entitled:
        raise Refused("no_tickets", _("Druck zuerst Stimmkarten: Ohne Karte kann hier niemand abstimmen."))
    locked.save(update_fields=["state", "opened_at", "ends_at", "option_count", "entitled"])
    record(event=event, kind=live.BALLOT_OPENED, data=ballot_facts(locked))
    place_scene(event=event, kind="ballot", ballot=locked.number)
    return locked


def _freeze_roll(event: Event, ballot: Ballot) -> int:
    seats = event.seats.values_list("pk", flat=True)
    return len(RollEntry.objects.bulk_create(RollEntry(ballot=ballot, seat_id=seat) for seat in seats))


@transaction.atomic
def pause_ballot(*, ballot: Ballot, by: User) -> Ballot:
    """Stop the clock: papers that are in stay in. Raises Refused `forbidden`, `not_now`."""
    event, locked = lock_ballot(ballot=ballot, by=by)
    if locked.state == State.PAUSED:
        return locked
    require_move(ballot=locked, state=State.PAUSED)
    locked.state, locked.paused_at = State.PAUSED, timezone.now()
    locked.save(update_fields=["state", "paused_at"])
    record(event=event, kind=live.BALLOT_PAUSED, data=ballot_facts(locked))
    return locked


@transaction.atomic
def resume_ballot(*, ballot: Ballot, by: User) -> Ballot:
    """Go on; the end moves by the length of the pause. Raises Refused `forbidden`, `not_now`, `frozen`."""
    event, locked = lock_ballot(ballot=ballot, by=by)
    if locked.state == State.OPEN:
        return locked
    if event.frozen:  # its clock would run while nobody can vote
        raise Refused("frozen", _("Gerade steht alles. Lass zuerst die Veranstaltung weitergehen."))
    if locked.state != State.PAUSED or locked.paused_at is None:
        raise Refused("not_now", _("Diese Abstimmung macht gerade keine Pause."))
    if locked.ends_at is not None:
        locked.ends_at += timezone.now() - locked.paused_at
    locked.state, locked.paused_at, locked.seen_at = State.OPEN, None, None
    locked.save(update_fields=["state", "paused_at", "ends_at", "seen_at"])
    record(event=event, kind=live.BALLOT_RESUMED, data=ballot_facts(locked))
    return locked


@transaction.atomic
def close_ballot(*, ballot: Ballot, by: User) -> Ballot:
    """Close it. Papers that are on their way count for two more seconds, then `settle_due` counts.

    Raises Refused `forbidden`, `not_now`.
    """
    event, locked = lock_ballot(ballot=ballot, by=by)
    if locked.state in {State.CLOSING, State.COUNTED, State.REVEALED, State.FILED}:
        return locked
    require_move(ballot=locked, state=State.CLOSING)
    now = timezone.now()
    # A ballot whose time was over before the button was pressed has closed then.
    locked.closed_at = min(now, locked.ends_at) if locked.ends_at and locked.state == State.OPEN else now
    locked.state = State.CLOSING
    locked.save(update_fields=["state", "closed_at"])
    record(event=event, kind=live.BALLOT_CLOSED, data=ballot_facts(locked))
    return locked
