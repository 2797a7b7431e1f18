"""Ballots of the cast's event, and seats that vote in them."""

import uuid
from collections.abc import Callable
from typing import Any

import pytest

from accounts.models import User
from common.errors import Refused
from participation.models import Ballot, Event, Seat
from participation.services.ballots import Paper, cast_papers, create_ballot, open_ballot
from participation.services.events import take_seat


@pytest.fixture
def seats(event: Event) -> list[Seat]:
    """Five guests."""
    return [
        take_seat(event=event, token=f"{number}-a-token-that-is-long-enough", nickname=f"Gast {number}")
        for number in range(5)
    ]


@pytest.fixture
def make_ballot(event: Event, contact_person: User) -> Callable[..., Ballot]:
    """A ballot with four options, five points and at most three for one; ready, not open."""

    def make(**facts: Any) -> Ballot:
        facts = {"question": "Was zuerst?", "options": ["Rad", "Dach", "Kino", "Bus"], **facts}
        return create_ballot(event=event, by=contact_person, **facts)

    return make


@pytest.fixture
def open_one(make_ballot: Callable[..., Ballot], contact_person: User) -> Callable[..., Ballot]:
    """The same, open; `seconds` sets its end."""

    def make(seconds: int | None = None, **facts: Any) -> Ballot:
        return open_ballot(ballot=make_ballot(**facts), by=contact_person, seconds=seconds)

    return make


@pytest.fixture
def say() -> Callable[..., Any]:
    """Cast one paper; the answer, or the code of the refusal."""

    def cast(ballot: Ballot, seat: Seat, choice: dict[str, int], op: uuid.UUID | None = None) -> Any:
        paper = Paper(seat_id=seat.pk, op=op or uuid.uuid4(), choice=choice)
        (answer,) = cast_papers(ballot_id=ballot.pk, papers=[paper])
        return answer.code if isinstance(answer, Refused) else answer

    return cast
