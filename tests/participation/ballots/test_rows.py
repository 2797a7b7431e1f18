"""Rows that are written in one statement are what the models would have written."""

import uuid
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from common.rows import insert_rows
from participation.models import BallotPaper, Operation

PAPER = ("ballot", "seat", "choice", "cast_at")


def test_rows_read_back_as_they_were_given(open_one, seats) -> None:
    ballot, now = open_one(), timezone.now()
    choices = [{"1": 3, "2": 2}, {}, {"4": 1}]
    insert_rows(BallotPaper, PAPER, [(ballot.pk, seat.pk, c, now) for seat, c in zip(seats, choices, strict=False)])
    papers = BallotPaper.objects.order_by("seat").values_list("ballot", "seat", "choice", "cast_at")
    assert list(papers) == [(ballot.pk, seat.pk, c, now) for seat, c in zip(seats, choices, strict=False)]
    op = uuid.uuid4()
    insert_rows(Operation, ("seat", "op", "ack", "at"), [(seats[0].pk, op, {"rev": 1, "receipt": "Ä-'\""}, now)])
    assert Operation.objects.values_list("op", "ack", "at").get() == (op, {"rev": 1, "receipt": "Ä-'\""}, now)


def test_a_row_that_is_there_takes_over_the_new_values_only_when_asked(open_one, seats) -> None:
    ballot, now = open_one(), timezone.now()
    later = now + timedelta(seconds=5)
    insert_rows(BallotPaper, PAPER, [(ballot.pk, seats[0].pk, {"1": 1}, now)])
    with pytest.raises(IntegrityError), transaction.atomic():
        insert_rows(BallotPaper, PAPER, [(ballot.pk, seats[0].pk, {"2": 1}, later)])
    rows = [(ballot.pk, seats[0].pk, {"2": 1}, later), (ballot.pk, seats[1].pk, {"3": 1}, later)]
    insert_rows(BallotPaper, PAPER, rows, replace=("ballot", "seat"))
    papers = BallotPaper.objects.order_by("seat").values_list("ballot", "seat", "choice", "cast_at")
    assert list(papers) == rows


def test_more_values_than_one_statement_takes_are_split(open_one, seats) -> None:
    rows = [(seats[number % 5].pk, uuid.uuid4(), {"rev": number}, timezone.now()) for number in range(600)]
    insert_rows(Operation, ("seat", "op", "ack", "at"), rows)
    assert set(Operation.objects.values_list("op", flat=True)) == {op for _seat, op, _ack, _at in rows}
