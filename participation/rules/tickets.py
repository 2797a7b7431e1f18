"""When printed tickets (Stimmkarten) of a binding ballot can be made and used."""

from participation.models import Ballot

State = Ballot.State
BEFORE_COUNT = frozenset({State.DRAFT, State.READY, State.OPEN, State.PAUSED})
"""Afterwards a new ticket could change nothing, so none is made or taken."""


def can_print_tickets(ballot: Ballot) -> bool:
    return ballot.tier == Ballot.Tier.BINDING and ballot.state in BEFORE_COUNT


def takes_tickets(ballot: Ballot) -> bool:
    """Also while it is being prepared: who redeems at the door can vote the moment it opens."""
    return can_print_tickets(ballot)
