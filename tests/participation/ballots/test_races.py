"""What only a database with row locks can show: no vote slips in behind the close, none is counted twice."""

import threading
import time
import uuid
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connections
from django.utils import timezone

from accounts.models import User
from participation.models import Ballot, Seat
from participation.services.ballots import Paper, cast_papers, count_ballot

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True), pytest.mark.clock]


def test_every_answered_paper_is_counted_and_no_other(
    open_one: Callable[..., Ballot], seats: list[Seat], contact_person: User
) -> None:
    """Five seats vote again and again while the ballot's time runs out and it is counted."""
    ballot = open_one()
    over = threading.Event()

    def vote(seat: Seat) -> int:
        """How many papers of this seat were answered."""
        answered = 0
        try:
            while not over.is_set():
                paper = Paper(seat.pk, uuid.uuid4(), {"1": 1})
                (answer,) = cast_papers(ballot_id=ballot.pk, papers=[paper])
                answered += isinstance(answer, dict)
        finally:
            connections.close_all()
        return answered

    with ThreadPoolExecutor(len(seats)) as hall:
        voting = [hall.submit(vote, seat) for seat in seats]
        time.sleep(0.5)
        Ballot.objects.filter(pk=ballot.pk).update(state="closing", closed_at=timezone.now() - timedelta(seconds=3))
        counted = count_ballot(ballot=ballot)
        time.sleep(0.2)
        over.set()
    answered = [seat.result() for seat in voting]
    ballot.refresh_from_db()
    assert min(answered) > 0
    assert counted.result is not None
    assert (counted.result["papers"], ballot.papers.count(), ballot.paper_count) == (5, 5, 5)
    assert ballot.state == "counted"


def test_the_same_operation_from_two_doors_is_carried_out_once(
    open_one: Callable[..., Ballot], seats: list[Seat]
) -> None:
    ballot, op = open_one(), uuid.uuid4()

    def send(_attempt: int) -> object:
        try:
            return cast_papers(ballot_id=ballot.pk, papers=[Paper(seats[0].pk, op, {"1": 1})])[0]
        finally:
            connections.close_all()

    with ThreadPoolExecutor(8) as doors:
        answers = list(doors.map(send, range(8)))
    assert [isinstance(answer, dict) for answer in answers] == [True] * 8
    assert sum("dup" not in answer for answer in answers if isinstance(answer, dict)) == 1
    ballot.refresh_from_db()
    assert (ballot.rev, ballot.paper_count) == (1, 1)
