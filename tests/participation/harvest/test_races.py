"""Many at once on PostgreSQL: notes get each number once, one request makes one note, a project grows once."""

import uuid
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Any

import pytest
from django.db import connection, transaction

from accounts.models import User
from participation.models import Event, Membership, Note, NotePhoto, Outcome, OutcomeJoin, Project
from participation.services import events as services
from participation.services import harvest
from participation.services.events import take_seat
from tests import cast
from tests.participation.crowd import all_at_once, wait_for_somebody_who_waits

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]
MANY = 8


@pytest.fixture
def seats(event: Event) -> list[Any]:
    return [
        take_seat(event=event, token=f"a-token-in-a-crowded-hall-{n:04}", nickname=f"Gast {n}") for n in range(MANY)
    ]


@pytest.fixture
def topic(event: Event, seats: list[Any], contact_person: User) -> Any:
    services.set_switches(event=event, by=contact_person, notes_open=True)
    return services.propose_topic(seat=seats[0], op=uuid.uuid4(), title="Kino im Hof")


def test_notes_at_once_get_each_number_once(topic: Any, seats: list[Any]) -> None:
    acts: list[Callable[[], object]] = [
        partial(
            harvest.write_note, topic=topic, author=seat, op=uuid.uuid4(), section="want", text=f"Von {seat.number}"
        )
        for seat in seats
    ]
    assert all_at_once(acts) == [""] * MANY
    assert sorted(Note.objects.values_list("number", flat=True)) == list(range(1, MANY + 1))


def test_one_request_makes_one_note_and_one_photo(topic: Any, seats: list[Any]) -> None:
    op = uuid.uuid4()
    topic.event.refresh_from_db()
    note = partial(harvest.write_note, topic=topic, author=seats[0], op=op, section="want", text="Leinwand")
    acts: list[Callable[[], object]] = [note] * 3 + [
        partial(harvest.add_photo, topic=topic, author=seats[0], client_id=op, upload=cast.make_photo())
        for _ in range(3)
    ]
    assert all_at_once(acts) == [""] * 6
    assert (Note.objects.count(), NotePhoto.objects.count()) == (1, 1)


def test_joins_at_once_are_all_counted(topic: Any, seats: list[Any], event: Event, contact_person: User) -> None:
    outcome = harvest.make_outcome(event=event, by=contact_person, title="Drei Kinoabende", topic=1)
    marks = [harvest.JoinMark(seat, uuid.uuid4(), outcome.number, on=True) for seat in seats]
    assert (
        all_at_once([partial(harvest.join_outcomes, event_id=event.pk, marks=[mark]) for mark in marks]) == [""] * MANY
    )
    outcome.refresh_from_db()
    assert (outcome.join_count, OutcomeJoin.objects.count()) == (MANY, MANY)


def test_an_outcome_grows_into_one_project(event: Event, contact_person: User, quartier: Any) -> None:
    outcome = harvest.make_outcome(event=event, by=contact_person, title="Drei Kinoabende")
    with transaction.atomic():
        residents = cast.make_residents(3, quartier)
    seats = [take_seat(event=event, token=f"a-token-of-a-resident-{one.pk:05}", user=one) for one in residents]
    marks = [harvest.JoinMark(seat, uuid.uuid4(), outcome.number, on=True) for seat in seats]
    harvest.join_outcomes(event_id=event.pk, marks=marks)
    acts: list[Callable[[], object]] = [
        partial(harvest.grow_project, outcome=outcome, by=contact_person) for _ in range(4)
    ]
    assert all_at_once(acts) == [""] * 4
    assert (Project.objects.count(), Membership.objects.count(), Outcome.objects.get().project_id is not None) == (
        1,
        3,
        True,
    )


def test_who_says_so_in_the_very_moment_it_becomes_a_project_comes_along(
    event: Event, contact_person: User, quartier: Any
) -> None:
    outcome = harvest.make_outcome(event=event, by=contact_person, title="Drei Kinoabende")
    (resident,) = cast.make_residents(1, quartier)
    seat = take_seat(event=event, token="a-token-of-somebody-with-an-account", user=resident)
    mark = harvest.JoinMark(seat, uuid.uuid4(), outcome.number, on=True)

    def join() -> None:
        try:
            harvest.join_outcomes(event_id=event.pk, marks=[mark])
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as phone:
        with transaction.atomic():
            project = harvest.grow_project(outcome=outcome, by=contact_person)
            joining = phone.submit(join)
            wait_for_somebody_who_waits()
        joining.result()
    assert list(Membership.objects.values_list("project", "member")) == [(project.pk, resident.pk)]
