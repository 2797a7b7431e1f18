"""Reading tickets: how many there are, and whether somebody still needs one. No code can be read anywhere."""

from django.db.models import Count, Q
from django.utils.crypto import salted_hmac

from participation.models import Ballot, Event, RollEntry, Seat, Ticket
from participation.rules.tickets import BEFORE_COUNT
from participation.selectors.events import former_event


def ticket_hash(code: str) -> str:
    """What is kept of a ticket's code. Keyed, so that a copy of the database cannot be searched for codes."""
    return salted_hmac("ballot ticket", code, algorithm="sha256").hexdigest()


def event_of_ticket(join_code: str, code: str) -> Event | None:
    """The event to which a printed ticket leads, though the join code on it is a former one."""
    event = former_event(join_code)
    known = event is not None and Ticket.objects.filter(ballot__event=event, code_hash=ticket_hash(code)).exists()
    return event if known else None


def ticket_counts(ballot: Ballot) -> dict[str, int]:
    """`{printed, redeemed, replaced}`; printed ones are those that are good, used or not."""
    return ballot.tickets.aggregate(
        printed=Count("pk", filter=Q(void=False)),
        redeemed=Count("pk", filter=Q(redeemed_at__isnull=False)),
        replaced=Count("pk", filter=Q(void=True)),
    )


def ticket_wanted(event: Event, seat: Seat) -> Ballot | None:
    """The binding ballot for which this seat could still redeem a ticket; the one that runs before all others."""
    waiting = event.ballots.filter(tier=Ballot.Tier.BINDING, state__in=BEFORE_COUNT)
    mine = RollEntry.objects.filter(seat=seat).values("ballot")
    ballots = list(waiting.exclude(pk__in=mine).order_by("number"))
    running = [ballot for ballot in ballots if ballot.opened_at is not None]
    return next(iter(running or ballots), None)
