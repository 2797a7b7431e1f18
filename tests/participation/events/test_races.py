"""What only a database with row locks can show: acts of the hall and of the stage in the same moment."""

import threading
import time
import uuid
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connections, transaction
from django.utils import timezone

from accounts.models import User
from common.errors import Refused
from participation.models import Event, HelpCall, Interest, Note, Operation, Seat, SignUp, Topic, Whereabouts
from participation.services import ballots as ballot_services
from participation.services import events as services
from participation.services import grid as grid_services
from participation.services import hall, operations
from tests.participation.crowd import wait_for_somebody_who_waits

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def seats(event: Event) -> list[Seat]:
    return [services.take_seat(event=event, token=f"{n}-a-long-enough-token", nickname=f"G {n}") for n in range(4)]


@pytest.fixture
def topics(seats: list[Seat]) -> list[Topic]:
    return [services.propose_topic(seat=seat, op=uuid.uuid4(), title=f"Thema {seat.number}") for seat in seats[:2]]


def test_interest_that_is_shown_while_topics_are_merged_and_parted_is_counted_right(
    event: Event, seats: list[Seat], topics: list[Topic], contact_person: User
) -> None:
    over = threading.Event()

    def tap(seat: Seat) -> int:
        taken = 0
        try:
            while not over.is_set():
                for topic in topics if seat.number % 2 else reversed(topics):
                    for on in (True, False, True):
                        mark = services.InterestMark(seat.pk, uuid.uuid4(), topic.number, on)
                        (answer,) = services.mark_interests(event_id=event.pk, marks=[mark])
                        taken += isinstance(answer, dict)
        finally:
            connections.close_all()
        return taken

    with ThreadPoolExecutor(len(seats)) as crowd:
        taps = [crowd.submit(tap, seat) for seat in seats]
        for gone, kept in [topics, topics[::-1]] * 5:
            services.merge_topic(topic=gone, into=kept, by=contact_person)
            event.refresh_from_db()
            hall.undo(event=event, by=contact_person, key=event.undo.key.hex)
            event = Event.objects.get(pk=event.pk)
        services.merge_topic(topic=topics[0], into=topics[1], by=contact_person)
        over.set()
    assert sum(one.result() for one in taps) > 0
    for topic in topics:
        topic.refresh_from_db()
        assert topic.interest_count == Interest.objects.filter(topic=topic).count()


def test_after_the_stop_no_paper_goes_in_and_every_answered_one_is_there(
    event: Event, seats: list[Seat], contact_person: User
) -> None:
    made = ballot_services.create_ballot(event=event, by=contact_person, question="?", options=["a", "b"])
    ballot = ballot_services.open_ballot(ballot=made, by=contact_person)
    stopped = threading.Event()

    def vote(seat: Seat) -> tuple[int, str]:
        """Papers that were taken, and what the first one heard that began after the stop."""
        taken = 0
        try:
            while True:
                late = stopped.is_set()
                paper = ballot_services.Paper(seat.pk, uuid.uuid4(), {"1": 1})
                (answer,) = ballot_services.cast_papers(ballot_id=ballot.pk, papers=[paper])
                taken += isinstance(answer, dict)
                if late:
                    return taken, answer.code if isinstance(answer, Refused) else "taken"
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(seats)) as crowd:
        votes = [crowd.submit(vote, seat) for seat in seats]
        while ballot.papers.count() < len(seats):
            time.sleep(0.02)
        hall.freeze(event=event, by=contact_person, on=True)
        stopped.set()
    taken, heard = zip(*[one.result() for one in votes], strict=True)
    ballot.refresh_from_db()
    assert heard == ("paused",) * len(seats)
    # Each paper is a batch of its own, so the box counts them as the hall does.
    assert (ballot.state, ballot.rev, ballot.paper_count) == ("paused", sum(taken), len(seats))


def test_a_paper_that_waits_for_the_hall_to_go_on_goes_in(
    event: Event, seats: list[Seat], contact_person: User
) -> None:
    made = ballot_services.create_ballot(event=event, by=contact_person, question="?", options=["a", "b"])
    ballot = ballot_services.open_ballot(ballot=made, by=contact_person)
    hall.freeze(event=event, by=contact_person, on=True)

    def vote() -> Any:
        try:
            paper = ballot_services.Paper(seats[0].pk, uuid.uuid4(), {"1": 1})
            return ballot_services.cast_papers(ballot_id=ballot.pk, papers=[paper])[0]
        finally:
            connections.close_all()

    with ThreadPoolExecutor(1) as phone:
        with transaction.atomic():
            hall.freeze(event=event, by=contact_person, on=False)
            voting = phone.submit(vote)
            wait_for_somebody_who_waits()
        assert isinstance(voting.result(), dict)


KINDS: list[tuple[str, dict[str, Any], type[Any]]] = [
    ("topic.interest", {"topic": 1, "on": True}, Interest),
    ("topic.propose", {"title": "Neu"}, Topic),
    ("plan.sign_up", {"topic": 1, "on": True}, SignUp),
    ("here.set", {"topic": 1}, Whereabouts),
    ("note.write", {"topic": 1, "section": "want", "text": "Licht"}, Note),
    ("help.call", {"where": "Aula"}, HelpCall),
]


@pytest.mark.parametrize(("kind", "arguments", "table"), KINDS, ids=[kind for kind, *_rest in KINDS])
def test_the_same_operation_from_many_doors_is_carried_out_once(
    event: Event, seats: list[Seat], topics: list[Topic], contact_person: User, kind: str, arguments: Any, table: Any
) -> None:
    services.set_switches(event=event, by=contact_person, notes_open=True)
    room = grid_services.add_room(event=event, by=contact_person, name="Aula")
    (slot,) = grid_services.add_slots(event=event, by=contact_person, starts_at=timezone.now(), minutes=45)
    grid_services.place_topic(topic=topics[0], room=room, slot=slot, by=contact_person)
    before, op = table.objects.count(), uuid.uuid4()

    def send(_door: int) -> Any:
        try:
            asked = operations.ask(seat=seats[3], op=op, kind=kind, arguments=arguments)
            return operations.carry_out(asked=asked)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(8) as doors:
        answers = list(doors.map(send, range(8)))
    first = next(answer for answer in answers if "dup" not in answer)
    assert sorted(answers, key=len) == [first, *[{**first, "dup": True}] * 7]
    assert (table.objects.count() - before, Operation.objects.filter(op=op).count()) == (1, 1)
