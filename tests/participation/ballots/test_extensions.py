"""More time for a person who needs it."""

import uuid
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import time_machine

from accounts.models import User
from common.errors import Refused
from participation.models import Ballot, Event, Extension, LogEntry, Seat
from participation.selectors.ballots import mark_of, own_votes
from participation.selectors.events import you_of
from participation.services import ballots as services
from participation.services import operations
from participation.services.events import take_seat

from .test_services import later, refusal

Make = Callable[..., Ballot]
Say = Callable[..., Any]


def ask(seat: Seat, ballot: Ballot, op: uuid.UUID | None = None) -> Any:
    """ "Ich brauche mehr Zeit": the answer, or the code of the refusal."""
    arguments = {"ballot": ballot.pk}
    asked = operations.ask(seat=seat, op=op or uuid.uuid4(), kind="ballot.more_time", arguments=arguments)
    answer = operations.carry_out(asked=asked)
    return answer.code if isinstance(answer, Refused) else answer


def test_only_the_seat_with_more_time_is_taken_after_the_end(
    open_one: Make, seats: list[Seat], say: Say, contact_person: User
) -> None:
    ballot = open_one(seconds=30)
    services.extend_ballot(ballot=ballot, by=contact_person, seat=seats[0].number, seconds=60)
    with later(60):
        assert say(ballot, seats[1], {"1": 1}) == "closed"
        assert say(ballot, seats[0], {"1": 1})["rev"] == 1
    with later(93):
        assert say(ballot, seats[0], {"2": 1}) == "closed"


def test_counting_waits_for_the_latest_extension(
    open_one: Make, seats: list[Seat], say: Say, contact_person: User, event: Event
) -> None:
    """The ballot closes for everybody else by the clock, and says so."""
    ballot = open_one(seconds=30)
    for seat, seconds in ((seats[0], 60), (seats[1], 120)):
        services.extend_ballot(ballot=ballot, by=contact_person, seat=seat.number, seconds=seconds)
    with later(100):
        assert services.settle_due(event_ids=[event.pk]) == 0
        ballot.refresh_from_db()
        assert (ballot.state, ballot.closed_at) == ("closing", ballot.ends_at)
        assert refusal(lambda: services.count_ballot(ballot=ballot)) == "not_now"
        say(ballot, seats[1], {"1": 1})
    with later(153):
        assert services.settle_due(event_ids=[event.pk]) == 1
    ballot.refresh_from_db()
    assert (ballot.state, ballot.paper_count, Extension.objects.count()) == ("counted", 1, 0)
    assert [entry.kind for entry in LogEntry.objects.filter(event=event, kind__startswith="ballot.c")] == [
        "ballot.closed",
        "ballot.counted",
    ]


def test_an_extension_begins_when_a_ballot_without_end_is_closed(
    open_one: Make, seats: list[Seat], say: Say, contact_person: User
) -> None:
    ballot = open_one()
    services.extend_ballot(ballot=ballot, by=contact_person, seat=seats[0].number, seconds=60)
    with later(600):
        closed = services.close_ballot(ballot=ballot, by=contact_person)
    assert closed.closed_at is not None
    with time_machine.travel(closed.closed_at + timedelta(seconds=59), tick=False):
        assert say(ballot, seats[0], {"1": 1})["rev"] == 1
        assert say(ballot, seats[1], {"1": 1}) == "closed"


def test_time_is_given_again_on_top_and_not_without_end(
    open_one: Make, seats: list[Seat], contact_person: User
) -> None:
    ballot, seat = open_one(), seats[0].number
    services.extend_ballot(ballot=ballot, by=contact_person, seat=seat, seconds=300)
    assert services.extend_ballot(ballot=ballot, by=contact_person, seat=seat, seconds=300).seconds == 600
    give = services.extend_ballot
    assert refusal(lambda: give(ballot=ballot, by=contact_person, seat=seat, seconds=301)) == "limits"
    assert refusal(lambda: give(ballot=ballot, by=contact_person, seat=seat, seconds=0)) == "limits"
    assert refusal(lambda: give(ballot=ballot, by=contact_person, seat=99, seconds=60)) == "no_seat"


def test_asking_rings_once_and_tells_nobody_who(open_one: Make, seats: list[Seat], event: Event) -> None:
    ballot, op = open_one(), uuid.uuid4()
    first = ask(seats[0], ballot, op)
    assert ask(seats[0], ballot, op) == {**first, "dup": True}
    assert ask(seats[0], ballot)["seconds"] == 0
    told = LogEntry.objects.filter(event=event, kind="extension.asked")
    assert [entry.data for entry in told] == [{"ballot": ballot.number}]


def test_what_was_given_is_told_to_one_by_a_mark_that_only_its_phone_knows(
    open_one: Make, seats: list[Seat], event: Event, contact_person: User
) -> None:
    ballot = open_one()
    ask(seats[0], ballot)
    assert own_votes(seats[0])["more"] == {str(ballot.pk): 0}
    services.extend_ballot(ballot=ballot, by=contact_person, seat=seats[0].number, seconds=120)
    (told,) = LogEntry.objects.filter(event=event, kind="extension.given")
    assert told.data == {"ballot": ballot.number, "mark": mark_of(seats[0]), "seconds": 120}
    assert (you_of(seats[0])["mark"], you_of(seats[0])["more"]) == (mark_of(seats[0]), {str(ballot.pk): 120})
    assert (mark_of(seats[1]) == mark_of(seats[0]), you_of(seats[1])["more"]) == (False, {})
    assert ask(seats[0], ballot)["seconds"] == 120


def test_only_who_may_vote_can_ask_and_only_while_it_runs(
    open_one: Make, seats: list[Seat], event: Event, contact_person: User
) -> None:
    ballot = open_one(tier="event")
    late = take_seat(event=event, token="came-late-and-that-is-that", nickname="Spät")
    assert ask(late, ballot) == "not_on_roll"
    assert ask(seats[0], Ballot(pk=10**9)) == "absent"
    services.close_ballot(ballot=ballot, by=contact_person)
    with later(5):
        services.settle_due(event_ids=[event.pk])
    assert ask(seats[0], ballot) == "closed"


def test_a_seat_knows_whether_it_is_on_the_roll_and_only_such_seats_are_given_time(
    open_one: Make, seats: list[Seat], event: Event, contact_person: User
) -> None:
    ballot = open_one(tier="event")
    late = take_seat(event=event, token="came-late-and-that-is-that", nickname="Spät")
    assert (you_of(seats[0])["roll"], you_of(late)["roll"]) == ([ballot.pk], [])
    assert refusal(lambda: services.extend_ballot(ballot=ballot, by=contact_person, seat=late.number)) == "not_on_roll"
    assert Extension.objects.count() == 0


def test_an_own_vote_is_read_in_one_query(
    open_one: Make, seats: list[Seat], say: Say, django_assert_num_queries: Any
) -> None:
    ballot = open_one()
    say(ballot, seats[0], {"1": 1})
    ask(seats[0], ballot)
    with django_assert_num_queries(1):
        found = own_votes(seats[0])
    assert found["papers"][str(ballot.pk)]["choice"] == {"1": 1}


@pytest.mark.parametrize("secrecy", ["counted", "secret"])
def test_a_frozen_event_takes_no_papers(
    open_one: Make, seats: list[Seat], say: Say, event: Event, secrecy: str
) -> None:
    """What was carried out before still gets its answer."""
    ballot, op = open_one(secrecy=secrecy), uuid.uuid4()
    first = say(ballot, seats[0], {"1": 1}, op)
    Event.objects.filter(pk=event.pk).update(frozen=True)
    assert say(ballot, seats[1], {"1": 1}) == "paused"
    assert say(ballot, seats[0], {"1": 1}, op) == {**first, "dup": True}
