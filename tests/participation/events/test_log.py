"""The log is kept as long as it can be of use, and says so when it no longer reaches back."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from participation.models import Event, LogEntry
from participation.selectors.events import log_after
from participation.services.events.log import MOST_KEPT, trim_logs

pytestmark = pytest.mark.django_db


@pytest.fixture
def fresh(event: Event) -> Event:
    """An event whose numbers begin at nought."""
    LogEntry.objects.filter(event=event).delete()
    Event.objects.filter(pk=event.pk).update(seq=0)
    event.refresh_from_db()
    return event


def write(event: Event, count: int, *, minutes_ago: int = 0) -> None:
    at = timezone.now() - timedelta(minutes=minutes_ago)
    numbers = range(event.seq + 1, event.seq + count + 1)
    LogEntry.objects.bulk_create(
        LogEntry(event=event, seq=seq, kind="event.changed", data={"title": str(seq)}, at=at) for seq in numbers
    )
    event.seq += count
    event.save(update_fields=["seq"])


def numbers(event: Event) -> list[int]:
    return list(LogEntry.objects.filter(event=event).order_by("seq").values_list("seq", flat=True))


def test_entries_of_more_than_fifteen_minutes_are_thrown_away(fresh: Event) -> None:
    write(fresh, 3, minutes_ago=16)
    write(fresh, 2, minutes_ago=14)
    assert trim_logs(event_ids=[fresh.pk]) == 3
    assert numbers(fresh) == [4, 5]
    assert trim_logs(event_ids=[fresh.pk]) == 0


def test_only_the_newest_entries_are_kept(fresh: Event) -> None:
    write(fresh, MOST_KEPT + 7)
    assert trim_logs(event_ids=[fresh.pk]) == 7
    assert (len(numbers(fresh)), numbers(fresh)[0]) == (MOST_KEPT, 8)


def test_another_event_keeps_its_log(fresh: Event) -> None:
    write(fresh, 1, minutes_ago=16)
    assert trim_logs(event_ids=[fresh.pk + 1]) == 0
    assert numbers(fresh) == [1]


def test_a_log_that_no_longer_reaches_back_says_so(fresh: Event) -> None:
    write(fresh, 3, minutes_ago=16)
    write(fresh, 2)
    trim_logs(event_ids=[fresh.pk])
    told = {seq: log_after(fresh.pk, seq) for seq in range(6)}
    assert {seq: entries and [entry.seq for entry in entries] for seq, entries in told.items()} == {
        0: None,
        1: None,
        2: None,
        3: [4, 5],
        4: [5],
        5: [],
    }


def test_a_log_of_which_nothing_is_left_says_so(fresh: Event) -> None:
    write(fresh, 3, minutes_ago=16)
    trim_logs(event_ids=[fresh.pk])
    assert [log_after(fresh.pk, seq) for seq in (0, 2, 3)] == [None, None, []]


def test_head_and_entries_are_read_in_one_statement(
    fresh: Event, django_assert_num_queries: Callable[..., Any]
) -> None:
    write(fresh, 3)
    with django_assert_num_queries(1):
        entries = log_after(fresh.pk, 1)
    assert entries is not None
    assert [(entry.seq, entry.kind, entry.data) for entry in entries] == [
        (2, "event.changed", {"title": "2"}),
        (3, "event.changed", {"title": "3"}),
    ]
    with django_assert_num_queries(1):
        assert log_after(fresh.pk, 3) == []
