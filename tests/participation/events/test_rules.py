"""The states of an event and of a topic, as data."""

from datetime import timedelta
from itertools import product
from typing import Any

import pytest
from django.utils import timezone

from participation.models import Event, Topic
from participation.rules import events as rules

EVENT_STEPS = {
    ("draft", "announced"), ("announced", "draft"), ("announced", "lobby"), ("lobby", "announced"),
    ("lobby", "live"), ("live", "lobby"), ("live", "wrap_up"), ("wrap_up", "live"), ("wrap_up", "closed"),
    ("closed", "archived"),
}  # fmt: skip
WORDS = """
submitted: held on_wall
held: on_wall merged withdrawn hidden
on_wall: pitched placed parked merged withdrawn hidden
pitched: on_wall placed parked merged withdrawn hidden
placed: on_wall pitched running parked merged withdrawn hidden
running: placed harvested hidden
harvested: running hidden
parked: on_wall withdrawn hidden
merged: on_wall hidden
withdrawn: held on_wall pitched parked
hidden: held on_wall pitched parked
"""
TOPIC_STEPS = {
    (before, after)
    for before, _colon, targets in (line.partition(": ") for line in WORDS.strip().splitlines())
    for after in targets.split()
}


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
    assert rules.may_call_help(event) is (state in rules.OPEN_DOORS)


@pytest.mark.parametrize(
    ("facts", "why"),
    [
        ({"state": "announced"}, "early"),
        ({"state": "closed"}, "over"),
        ({"joining_open": False}, "paused"),
        ({"capacity": 3, "seat_count": 3}, "full"),
        ({"capacity": 3, "seat_count": 2}, ""),
        ({"capacity": None, "seat_count": 2000}, ""),
    ],
)
def test_why_nobody_new_comes_in(facts: dict[str, Any], why: str) -> None:
    assert rules.why_no_seat(Event(**{"state": "live", **facts})) == why


def test_no_ballot_begins_while_everything_is_stopped() -> None:
    assert rules.can_hold_ballots(Event(state="live", frozen=True)) is False


@pytest.mark.parametrize(("seconds", "still"), [(0, True), (10, True), (12, True), (13, False)])
def test_ten_seconds_and_two_on_the_way(seconds: int, still: bool) -> None:
    now = timezone.now()
    assert rules.still_back(now - timedelta(seconds=seconds), now) is still


def test_the_switch_closes_the_proposals() -> None:
    assert rules.can_propose(Event(state="live", proposals_open=False)) is False
