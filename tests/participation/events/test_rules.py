"""The states of an event and of a topic, as data."""

from itertools import product

import pytest

from participation.models import Event, Topic
from participation.rules import events as rules

EVENT_STEPS = {
    ("draft", "announced"), ("announced", "draft"), ("announced", "lobby"), ("lobby", "announced"),
    ("lobby", "live"), ("live", "lobby"), ("live", "wrap_up"), ("wrap_up", "live"), ("wrap_up", "closed"),
    ("closed", "archived"),
}  # fmt: skip
TOPIC_STEPS = {
    ("held", "on_wall"), ("held", "hidden"), ("on_wall", "pitched"), ("on_wall", "parked"), ("on_wall", "hidden"),
    ("pitched", "on_wall"), ("pitched", "parked"), ("pitched", "hidden"), ("parked", "on_wall"),
    ("parked", "hidden"), ("hidden", "on_wall"),
}  # fmt: skip


@pytest.mark.parametrize(("before", "after"), [*product(Event.State.values, Event.State.values)])
def test_an_event_moves_only_along_its_table(before: str, after: str) -> None:
    assert rules.can_move(Event(state=before), after) is ((before, after) in EVENT_STEPS)


@pytest.mark.parametrize(("before", "after"), [*product(Topic.State.values, Topic.State.values)])
def test_a_topic_moves_only_along_its_table(before: str, after: str) -> None:
    assert rules.can_move_topic(Topic(state=before), after) is ((before, after) in TOPIC_STEPS)


@pytest.mark.parametrize(
    ("state", "seat", "propose", "ballots"),
    [
        ("draft", False, False, False),
        ("announced", False, False, False),
        ("lobby", True, True, False),
        ("live", True, True, True),
        ("wrap_up", True, False, True),
        ("closed", False, False, False),
        ("archived", False, False, False),
    ],
)
def test_what_a_state_allows(state: str, seat: bool, propose: bool, ballots: bool) -> None:
    event = Event(state=state)
    found = (rules.can_take_seat(event), rules.can_propose(event), rules.can_hold_ballots(event))
    assert found == (seat, propose, ballots)


def test_the_switch_closes_the_proposals() -> None:
    assert rules.can_propose(Event(state="live", proposals_open=False)) is False
