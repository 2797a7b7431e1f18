"""Who said what: nothing in the database may tell, and here somebody tries."""

import random
import uuid
from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.db.models import QuerySet
from django.db.models.expressions import RawSQL
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from participation.models import Ballot, BallotPaper, Event, LogEntry, Operation, RollEntry, Seat
from participation.services import ballots as services
from participation.services.ballots import Paper, cast_papers
from participation.services.events import take_seat

from .test_services import count

Make = Callable[..., Ballot]
Say = Callable[..., Any]
HALL = 60
UNLINKED = ("secret", "counted")


@pytest.fixture
def hall(event: Event) -> list[Seat]:
    return [
        take_seat(event=event, token=f"{number}-one-of-sixty-tokens-here", nickname=f"G {number}")
        for number in range(HALL)
    ]


def vote(ballot: Ballot, hall: list[Seat]) -> list[str]:
    """Everybody says something, some alone and some in batches; what they said, in the order of the seats."""
    said = [str(number % 20 + 1) for number in range(HALL)]
    order = list(range(HALL))
    random.Random(4).shuffle(order)
    while order:
        batch, order = order[: len(order) % 4 + 1], order[len(order) % 4 + 1 :]
        papers = [Paper(hall[n].pk, uuid.uuid4(), {said[n]: 1}) for n in batch]
        assert all(isinstance(answer, dict) for answer in cast_papers(ballot_id=ballot.pk, papers=papers))
    return said


@pytest.fixture
def counted(open_one: Make, hall: list[Seat], contact_person: User) -> Callable[[str, str], tuple[Ballot, list[str]]]:
    def make(secrecy: str, tier: str) -> tuple[Ballot, list[str]]:
        options = [str(number) for number in range(1, 21)]
        ballot = open_one(kind="choice", options=options, secrecy=secrecy, tier=tier)
        said = vote(ballot, hall)
        return count(services.close_ballot(ballot=ballot, by=contact_person)), said

    return make


# --- casting ---------------------------------------------------------------------------------------------
def test_a_secret_paper_has_no_seat_and_no_time(open_one: Make, seats: list[Seat], say: Say) -> None:
    ballot = open_one(secrecy="secret")
    answer = say(ballot, seats[0], {"1": 3})
    assert set(answer) == {"rev", "receipt"}
    assert answer["rev"] == 0
    assert ballot.papers.values_list("seat", "cast_at", "choice").get() == (None, None, {"1": 3})
    assert ballot.roll.values_list("seat", "voted").get() == (seats[0].pk, True)


def test_a_secret_paper_cannot_be_changed(open_one: Make, seats: list[Seat], say: Say) -> None:
    ballot, op = open_one(secrecy="secret"), uuid.uuid4()
    first = say(ballot, seats[0], {"1": 3}, op)
    assert say(ballot, seats[0], {"2": 1}) == "cast"
    assert say(ballot, seats[0], {"2": 1}, op) == {**first, "dup": True}
    assert [paper.choice for paper in ballot.papers.all()] == [{"1": 3}]


def test_two_papers_of_a_seat_in_one_secret_batch_are_one(open_one: Make, seats: list[Seat]) -> None:
    ballot = open_one(secrecy="secret")
    papers = [Paper(seats[0].pk, uuid.uuid4(), {option: 1}) for option in ("1", "2")]
    answers = cast_papers(ballot_id=ballot.pk, papers=papers)
    assert [getattr(answer, "code", "") for answer in answers] == ["", "cast"]
    assert (ballot.papers.count(), Ballot.objects.get(pk=ballot.pk).paper_count) == (1, 1)


@pytest.mark.parametrize("size", [1, 5])
def test_a_secret_batch_takes_the_same_number_of_queries_whatever_its_size(
    open_one: Make, seats: list[Seat], size: int
) -> None:
    ballot = open_one(secrecy="secret")
    papers = [Paper(seat.pk, uuid.uuid4(), {"1": 1}) for seat in seats[:size]]
    with CaptureQueriesContext(connection) as queries:
        cast_papers(ballot_id=ballot.pk, papers=papers)
    assert len([query for query in queries if "SAVEPOINT" not in query["sql"]]) == 6


@pytest.mark.parametrize("tier", ["signal", "event"])
def test_the_roll_of_a_secret_ballot_says_who_voted(
    open_one: Make, seats: list[Seat], say: Say, tier: str, contact_person: User
) -> None:
    ballot = open_one(secrecy="secret", tier=tier)
    for seat in seats[:3]:
        say(ballot, seat, {"1": 1})
    counted = count(services.close_ballot(ballot=ballot, by=contact_person))
    voted = RollEntry.objects.filter(ballot=ballot, voted=True).values_list("seat", flat=True)
    assert set(voted) == {seat.pk for seat in seats[:3]}
    assert ballot.roll.count() == (5 if tier == "event" else 3)
    assert (counted.paper_count, len(counted.receipts), counted.entitled) == (3, 3, 5)


# --- linking ---------------------------------------------------------------------------------------------
@pytest.mark.parametrize("tier", ["signal", "event"])
@pytest.mark.parametrize("secrecy", UNLINKED)
def test_after_counting_a_paper_is_its_choice_and_nothing_else(
    counted: Callable[..., tuple[Ballot, list[str]]], secrecy: str, tier: str
) -> None:
    ballot, said = counted(secrecy, tier)
    papers = list(BallotPaper.objects.filter(ballot=ballot).values("seat", "cast_at", "choice"))
    assert {(paper["seat"], paper["cast_at"]) for paper in papers} == {(None, None)}
    assert Counter(next(iter(paper["choice"])) for paper in papers) == Counter(said)
    assert {field.name for field in BallotPaper._meta.fields} == {"id", "ballot", "seat", "choice", "cast_at"}


@pytest.mark.parametrize("secrecy", UNLINKED)
def test_what_is_remembered_of_an_operation_names_no_choice(
    counted: Callable[..., tuple[Ballot, list[str]]], secrecy: str
) -> None:
    """Answers and the log; those of a secret ballot know neither batch nor time."""
    counted(secrecy, "signal")
    acks = list(Operation.objects.values_list("ack", flat=True))
    kept = {"rev", "receipt"} if secrecy == "secret" else {"rev", "receipt", "at"}
    assert {frozenset(ack) for ack in acks} == {frozenset(kept)}
    if secrecy == "secret":
        assert {ack["rev"] for ack in acks} == {0}
    assert {entry.data.get("result") for entry in LogEntry.objects.filter(kind__startswith="ballot.")} == {None}


def _guesses(secrecy: str, said: list[str], hall: list[Seat], ballot: Ballot) -> dict[str, int]:
    """How many papers each way of linking gets right, for somebody who reads the whole database."""
    place = RawSQL("ctid", []) if connection.vendor == "postgresql" else RawSQL("rowid", [])
    physical = [_choice(c) for c in ballot.papers.order_by(place).values_list("choice", flat=True)]
    by_id = [_choice(c) for c in ballot.papers.order_by("pk").values_list("choice", flat=True)]
    by_seat = said
    by_time = [said[n] for n in _order_of(hall, Operation.objects.order_by("pk").values_list("seat_id", flat=True))]
    roll = list(RollEntry.objects.filter(ballot=ballot).order_by("pk").values_list("seat_id", flat=True))
    truths = {"seat": by_seat, "operation": by_time}
    if roll:
        truths["roll"] = [said[n] for n in _order_of(hall, roll)]
    rows = {"id": by_id, "id backwards": by_id[::-1], "row": physical, "row backwards": physical[::-1]}
    return {
        f"{row} by {truth}": sum(a == b for a, b in zip(found, told, strict=True))
        for row, found in rows.items()
        for truth, told in truths.items()
    }


def _choice(kept: dict[str, int]) -> str:
    return next(iter(kept))


def _order_of(hall: list[Seat], seats: Any) -> list[int]:
    place = {seat.pk: number for number, seat in enumerate(hall)}
    return [place[seat] for seat in seats]


@pytest.mark.parametrize("tier", ["signal", "event"])
@pytest.mark.parametrize("secrecy", UNLINKED)
def test_no_order_links_better_than_chance(
    counted: Callable[..., tuple[Ballot, list[str]]], hall: list[Seat], secrecy: str, tier: str
) -> None:
    """By chance 3 of 60 fit (each of 20 answers is given by three); 18 come once in a hundred million times."""
    ballot, said = counted(secrecy, tier)
    guesses = _guesses(secrecy, said, hall, ballot)
    assert len(guesses) >= 8
    assert {way: right for way, right in guesses.items() if right >= 18} == {}


def test_the_linking_finds_an_open_ballot(counted: Callable[..., tuple[Ballot, list[str]]], hall: list[Seat]) -> None:
    """The attack works: where nothing is parted, the order of the rows tells everything."""
    ballot, said = counted("open", "signal")
    assert _guesses("open", said, hall, ballot)["id by operation"] == HALL


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("tier", ["signal", "event"])
@pytest.mark.parametrize("secrecy", UNLINKED)
def test_one_transaction_has_written_every_paper(
    counted: Callable[..., tuple[Ballot, list[str]]], secrecy: str, tier: str
) -> None:
    """`xmin` says which transaction wrote a row: all papers one; of a secret ballot the roll as well."""
    ballot, _said = counted(secrecy, tier)
    papers, roll = _xmins(ballot.papers.all()), _xmins(ballot.roll.all())
    assert len(set(papers)) == 1
    assert len(papers) == HALL
    assert len(set(roll)) <= 1
    operations = set(_xmins(Operation.objects.all()))
    assert operations & set(papers) == set()
    assert len(operations) > 10


def _xmins(rows: QuerySet[Any]) -> list[str]:
    return list(rows.annotate(xmin=RawSQL("xmin::text", [])).values_list("xmin", flat=True))


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_before_counting_xmin_would_tell(open_one: Make, seats: list[Seat], say: Say) -> None:
    """Why the roll is written anew: entry and paper are made in one transaction."""
    ballot = open_one(secrecy="secret")
    for seat in seats:
        say(ballot, seat, {"1": 1})
    assert sorted(_xmins(ballot.papers.all())) == sorted(_xmins(ballot.roll.all()))
    assert len(set(_xmins(ballot.roll.all()))) == len(seats)


# --- void ------------------------------------------------------------------------------------------------
def test_a_ballot_that_is_declared_void_forgets_who_said_what(
    open_one: Make, seats: list[Seat], say: Say, contact_person: User
) -> None:
    ballot = open_one()
    say(ballot, seats[0], {"1": 3})
    services.void_ballot(ballot=ballot, by=contact_person, reason="Technik")
    assert ballot.papers.values_list("seat", "cast_at").get() == (None, None)
