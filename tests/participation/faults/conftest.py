"""A hall of two hundred phones that votes on a real server."""

import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone

from accounts.models import User
from participation.models import Ballot, BallotPaper, Event, Operation
from participation.services.ballots import close_ballot, create_ballot, open_ballot, settle_due
from participation.services.events import take_seat

from .phones import Phone
from .servers import Redis, Server

SEATS = 200


@dataclass
class Hall:
    """An open ballot, everybody on the roll, and the phones of all of them."""

    event: Event
    ballot: Ballot
    by: User
    server: Server
    phones: list[Phone] = field(default_factory=list)

    def acked(self) -> set[uuid.UUID]:
        """Operations that were answered by now."""
        return {uuid.UUID(op) for phone in self.phones for op in phone.acks}

    def kept(self) -> set[uuid.UUID]:
        """Operations that the tables know of."""
        return set(Operation.objects.filter(seat__event=self.event).values_list("op", flat=True))

    def count(self) -> tuple[int, int, int]:
        """Seats with a paper, papers, and papers in the result, after closing and counting."""
        papers = BallotPaper.objects.filter(ballot=self.ballot)
        figures = papers.values("seat").distinct().count(), papers.count()
        close_ballot(ballot=self.ballot, by=self.by)
        Ballot.objects.filter(pk=self.ballot.pk).update(closed_at=timezone.now() - timedelta(seconds=3))
        settle_due(event_ids=[self.event.pk])
        self.ballot.refresh_from_db()
        assert self.ballot.result is not None
        return *figures, self.ballot.result["papers"]


@pytest.fixture
def make_hall(event: Event, contact_person: User, tmp_path: Path) -> Iterator[Callable[..., Hall]]:
    """The hall, with its server started; `seconds` sets the ballot's end, the rest is for `Server`."""
    halls: list[Hall] = []

    def make(*, seats: int = SEATS, seconds: int | None = None, **facts: int) -> Hall:
        server = Server(tmp_path, **facts)
        tokens = [f"a-token-of-the-hall-{number:06}" for number in range(seats)]
        for number, token in enumerate(tokens):
            take_seat(event=event, token=token, nickname=f"Gast {number}")
        options = ["Rad", "Dach", "Kino", "Bus"]
        ballot = create_ballot(event=event, by=contact_person, question="Was zuerst?", options=options, tier="event")
        ballot = open_ballot(ballot=ballot, by=contact_person, seconds=seconds)
        address = f"127.0.0.1:{server.port}/ws/e/{event.join_code}/"
        phones = [Phone(address, cookie=f"seat_{event.pk}={token}") for token in tokens]
        halls.append(hall := Hall(event, ballot, contact_person, server, phones))
        server.start()
        return hall

    yield make
    for hall in halls:
        hall.server.stop()


@pytest.fixture
def redis(tmp_path: Path) -> Iterator[Redis]:
    server = Redis(tmp_path)
    server.start()
    yield server
    server.kill()
