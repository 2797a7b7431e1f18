"""Ballots from the first line to the result."""

import uuid
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import User
from common.errors import Refused
from participation.models import Ballot, Event, LogEntry, Operation, Seat
from participation.services import ballots as services
from participation.services.ballots import Paper, cast_papers
from participation.services.events import change_state, propose_topic, take_seat

Make = Callable[..., Ballot]
Say = Callable[..., Any]


def later(seconds: float) -> time_machine.travel:
    return time_machine.travel(timezone.now() + timedelta(seconds=seconds), tick=False)


def count(ballot: Ballot) -> Ballot:
    with later(3):
        return services.count_ballot(ballot=ballot)


def refusal(act: Callable[[], object]) -> str:
    with pytest.raises(Refused) as refused:
        act()
    return refused.value.code


# --- preparing -------------------------------------------------------------------------------------------
def test_create_ballot_takes_lines_and_topics_without_doubles(event: Event, guest: Seat, make_ballot: Make) -> None:
    topic = propose_topic(seat=guest, op=uuid.uuid4(), title="Kino im Hof")
    ballot = make_ballot(options=["Rad", " Rad ", "", "Kino im Hof"], topics=[topic.number, 99])
    assert [(option.number, option.label, option.topic) for option in ballot.options.all()] == [
        (1, "Kino im Hof", topic),
        (2, "Rad", None),
    ]


def test_create_ballot_gives_the_first_one_for_a_repeated_request(make_ballot: Make) -> None:
    client_id = uuid.uuid4()
    first, second = make_ballot(client_id=client_id), make_ballot(client_id=client_id, question="Anders?")
    assert (first.pk, second.question) == (second.pk, "Was zuerst?")


@pytest.mark.parametrize(
    ("facts", "code"),
    [
        ({"question": "  "}, "empty"),
        ({"question": "x" * 141}, "too_long"),
        ({"options": ["nur einer"]}, "options"),
        ({"options": [str(number) for number in range(21)]}, "options"),
        ({"options": ["a", "x" * 81]}, "too_long"),
        ({"budget": 3, "max_per_option": 4}, "limits"),
        ({"kind": "choice", "min_choices": 3, "max_choices": 2}, "limits"),
        ({"kind": "choice", "max_choices": 5}, "limits"),
        ({"kind": "lottery"}, "invalid"),
        ({"tier": "raffle"}, "invalid"),
        ({"secrecy": "hidden"}, "invalid"),
        ({"kind": "words", "max_choices": 6}, "limits"),
    ],
)
def test_create_ballot_refuses_what_makes_no_sense(make_ballot: Make, facts: dict[str, Any], code: str) -> None:
    assert refusal(lambda: make_ballot(**facts)) == code


# --- states ----------------------------------------------------------------------------------------------
def test_one_ballot_runs_at_a_time(make_ballot: Make, open_one: Make, contact_person: User) -> None:
    open_one()
    second = make_ballot()
    assert refusal(lambda: services.open_ballot(ballot=second, by=contact_person)) == "another_open"
    with pytest.raises(IntegrityError), transaction.atomic():
        Ballot.objects.filter(pk=second.pk).update(state="paused")


def test_a_ballot_opens_only_while_the_event_runs(event: Event, make_ballot: Make, contact_person: User) -> None:
    ballot = make_ballot()
    change_state(event=event, by=contact_person, state="lobby")
    assert refusal(lambda: services.open_ballot(ballot=ballot, by=contact_person)) == "not_now"


def test_a_pause_moves_the_end(open_one: Make, contact_person: User) -> None:
    ballot = open_one(seconds=60)
    end = ballot.ends_at
    paused = services.pause_ballot(ballot=ballot, by=contact_person)
    assert paused.paused_at is not None
    with time_machine.travel(paused.paused_at + timedelta(seconds=30), tick=False):
        resumed = services.resume_ballot(ballot=ballot, by=contact_person)
    assert end is not None
    assert resumed.ends_at == end + timedelta(seconds=30)


# --- casting ---------------------------------------------------------------------------------------------
def test_an_answer_has_a_receipt_and_says_nothing_of_the_paper(open_one: Make, seats: list[Seat], say: Say) -> None:
    ballot = open_one()
    answer = say(ballot, seats[0], {"1": 3})
    assert set(answer) == {"rev", "receipt", "at"}
    assert (answer["rev"], len(answer["receipt"])) == (1, 7)
    other = say(ballot, seats[0], {"2": 1})
    assert other["receipt"] == answer["receipt"]


def test_the_last_choice_of_a_seat_counts_once(open_one: Make, seats: list[Seat], say: Say) -> None:
    ballot = open_one()
    say(ballot, seats[0], {"1": 3})
    say(ballot, seats[1], {})
    say(ballot, seats[0], {"2": 1})
    ballot.refresh_from_db()
    papers = {paper.seat_id: paper.choice for paper in ballot.papers.all()}
    assert (ballot.paper_count, ballot.rev) == (2, 3)
    assert papers == {seats[0].pk: {"2": 1}, seats[1].pk: {}}


def test_a_repeated_operation_gets_the_same_answer_and_changes_nothing(
    open_one: Make, seats: list[Seat], say: Say, contact_person: User
) -> None:
    ballot, op = open_one(), uuid.uuid4()
    first = say(ballot, seats[0], {"1": 3}, op)
    say(ballot, seats[0], {"2": 1})
    assert say(ballot, seats[0], {"1": 3}, op) == {**first, "dup": True}
    assert ballot.papers.get().choice == {"2": 1}
    services.close_ballot(ballot=ballot, by=contact_person)
    with later(10):
        assert say(ballot, seats[0], {"1": 3}, op) == {**first, "dup": True}


def test_the_same_operation_twice_in_one_batch_is_carried_out_once(open_one: Make, seats: list[Seat]) -> None:
    ballot, op = open_one(), uuid.uuid4()
    paper = Paper(seats[0].pk, op, {"1": 1})
    first, second = cast_papers(ballot_id=ballot.pk, papers=[paper, paper])
    assert isinstance(first, dict)
    assert second == {**first, "dup": True}
    assert Operation.objects.count() == 1


@pytest.mark.parametrize(("choice", "code"), [({"1": 4}, "over_budget"), ({"7": 1}, "bad_paper")])
def test_a_paper_with_a_fault_is_refused(
    open_one: Make, seats: list[Seat], say: Say, choice: dict[str, int], code: str
) -> None:
    ballot = open_one()
    assert say(ballot, seats[0], choice) == code
    assert (ballot.papers.count(), Operation.objects.count()) == (0, 0)


def test_one_bad_paper_spoils_no_other(open_one: Make, seats: list[Seat]) -> None:
    ballot = open_one()
    papers = [Paper(seats[n].pk, uuid.uuid4(), {"1": 1 if n != 1 else 9}) for n in range(3)]
    answers = cast_papers(ballot_id=ballot.pk, papers=papers)
    assert [isinstance(answer, Refused) for answer in answers] == [False, True, False]
    assert ballot.papers.count() == 2


def test_papers_are_taken_until_two_seconds_after_the_close(
    open_one: Make, seats: list[Seat], say: Say, contact_person: User
) -> None:
    ballot = services.close_ballot(ballot=open_one(), by=contact_person)
    assert ballot.closed_at is not None
    with time_machine.travel(ballot.closed_at + timedelta(seconds=1.9), tick=False):
        assert say(ballot, seats[0], {"1": 1})["rev"] == 1
    with time_machine.travel(ballot.closed_at + timedelta(seconds=2.1), tick=False):
        assert say(ballot, seats[1], {"1": 1}) == "closed"


def test_a_ballot_with_an_end_closes_by_the_clock(open_one: Make, seats: list[Seat], say: Say) -> None:
    ballot = open_one(seconds=30)
    say(ballot, seats[0], {"1": 1})
    with later(31):
        assert services.settle_due(event_ids=[ballot.event_id]) == 0
    with later(33):
        assert say(ballot, seats[1], {"1": 1}) == "closed"
        assert services.settle_due(event_ids=[ballot.event_id]) == 1
    ballot.refresh_from_db()
    assert (ballot.state, ballot.paper_count) == ("counted", 1)


def test_a_paused_ballot_takes_no_papers(open_one: Make, seats: list[Seat], say: Say, contact_person: User) -> None:
    ballot = services.pause_ballot(ballot=open_one(), by=contact_person)
    assert say(ballot, seats[0], {"1": 1}) == "paused"


def test_an_event_vote_freezes_its_roll(event: Event, open_one: Make, seats: list[Seat], say: Say) -> None:
    ballot = open_one(tier="event")
    late = take_seat(event=event, token="came-late-and-that-is-that", nickname="Spät")
    assert say(ballot, late, {"1": 1}) == "not_on_roll"
    assert say(ballot, seats[0], {"1": 1})["rev"] == 1
    assert ballot.entitled == 5


def test_a_seat_of_another_event_is_not_on_the_roll(
    open_one: Make, other_staff: User, other_quartier: Any, say: Say
) -> None:
    from tests.cast import make_event

    ballot = open_one()
    elsewhere = make_event(other_staff, other_quartier)
    stranger = take_seat(event=elsewhere, token="a-token-from-another-hall", nickname="Fremd")
    assert say(ballot, stranger, {"1": 1}) == "not_on_roll"


def test_a_ballot_that_never_was_refuses_everything(seats: list[Seat]) -> None:
    answers = cast_papers(ballot_id=10**9, papers=[Paper(seats[0].pk, uuid.uuid4(), {})])
    assert [answer.code for answer in answers if isinstance(answer, Refused)] == ["absent"]


@pytest.mark.parametrize("size", [1, 5])
def test_a_batch_takes_the_same_number_of_queries_whatever_its_size(
    open_one: Make, seats: list[Seat], size: int
) -> None:
    ballot = open_one()
    papers = [Paper(seat.pk, uuid.uuid4(), {"1": 1}) for seat in seats[:size]]
    with CaptureQueriesContext(
        connection,
    ) as queries:
        cast_papers(ballot_id=ballot.pk, papers=papers)
    statements = [query["sql"] for query in queries if "SAVEPOINT" not in query["sql"]]
    assert len(statements) == 5


# --- counting --------------------------------------------------------------------------------------------
def test_the_result_adds_up(open_one: Make, seats: list[Seat], say: Say, contact_person: User) -> None:
    ballot = open_one()
    for seat, choice in zip(seats, [{"1": 3, "2": 2}, {"1": 3}, {"3": 1}, {}], strict=False):
        say(ballot, seat, choice)
    counted = count(services.close_ballot(ballot=ballot, by=contact_person))
    assert counted.result == {
        "options": [
            {"number": 1, "label": "Rad", "points": 6},
            {"number": 2, "label": "Dach", "points": 2},
            {"number": 3, "label": "Kino", "points": 1},
            {"number": 4, "label": "Bus", "points": 0},
        ],
        "papers": 4,
        "abstentions": 1,
        "points": 9,
    }


def test_counting_waits_for_the_grace(open_one: Make, contact_person: User) -> None:
    ballot = open_one()
    assert refusal(lambda: services.count_ballot(ballot=ballot)) == "not_now"
    services.close_ballot(ballot=ballot, by=contact_person)
    assert refusal(lambda: services.count_ballot(ballot=ballot)) == "not_now"


def test_an_open_ballot_keeps_its_names(open_one: Make, seats: list[Seat], say: Say, contact_person: User) -> None:
    ballot = open_one(secrecy="open")
    say(ballot, seats[0], {"1": 1})
    count(services.close_ballot(ballot=ballot, by=contact_person))
    assert ballot.papers.get().seat == seats[0]


def test_a_result_stays_hidden_until_it_is_revealed(
    event: Event, open_one: Make, seats: list[Seat], say: Say, contact_person: User
) -> None:
    ballot = open_one()
    say(ballot, seats[0], {"1": 3})
    counted = count(services.close_ballot(ballot=ballot, by=contact_person))
    told = LogEntry.objects.filter(event=event, kind__startswith="ballot.")
    assert {entry.data.get("result") for entry in told} == {None}
    services.reveal_ballot(ballot=counted, by=contact_person)
    assert told.order_by("seq").last().data["result"]["points"] == 3  # type: ignore[union-attr]
    event.refresh_from_db()
    assert event.scene == {"kind": "result", "ballot": ballot.number}


def test_a_void_ballot_needs_a_reason(open_one: Make, contact_person: User) -> None:
    ballot = open_one()
    assert refusal(lambda: services.void_ballot(ballot=ballot, by=contact_person, reason=" ")) == "empty"
