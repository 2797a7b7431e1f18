"""The clock of a ballot and the time that the server was away."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
import time_machine
from django.utils import timezone

from accounts.models import User
from participation.models import Ballot, LogEntry
from participation.services.ballots import outages, pause_ballot, resume_ballot, settle_due
from participation.services.ballots.outages import make_up_for_outages, watching

pytestmark = pytest.mark.django_db
SECOND = timedelta(seconds=1)
Opened = Callable[..., Ballot]


@pytest.fixture
def process_began(monkeypatch: pytest.MonkeyPatch) -> datetime:
    """The moment at which a fresh process began: nobody has looked at anything yet."""
    monkeypatch.setattr(outages, "_watches", {})
    return outages._started_at


def look(ballot: Ballot) -> int:
    with watching(event_ids=[ballot.event_id]):
        return make_up_for_outages(ballots=Ballot.objects.filter(pk=ballot.pk).select_related("event__quartier"))


def ends(ballot: Ballot) -> datetime:
    ballot.refresh_from_db()
    assert ballot.ends_at is not None
    return ballot.ends_at


def kinds(ballot: Ballot) -> list[str]:
    return list(LogEntry.objects.filter(event=ballot.event).order_by("-seq").values_list("kind", flat=True)[:1])


def test_the_end_moves_by_the_time_that_the_server_was_away(open_one: Opened, process_began: datetime) -> None:
    ballot, seen = open_one(seconds=60), process_began - 20 * SECOND
    Ballot.objects.filter(pk=ballot.pk).update(seen_at=seen, ends_at=process_began)
    with time_machine.travel(process_began + 4 * SECOND, tick=False):
        assert settle_due(event_ids=[ballot.event_id]) == 0
        assert look(ballot) == 0
    assert ends(ballot) - process_began == 34 * SECOND
    assert (ballot.state, kinds(ballot)) == ("open", ["ballot.extended"])


@pytest.mark.parametrize(
    ("away", "left"),
    [
        (4, 10),  # signs of life are three seconds apart anyway
        (31 * 60, 10),  # the hall has gone home
        (60, -1),  # it was over before the server went away
    ],
)
def test_a_gap_that_cost_nobody_anything_moves_nothing(
    open_one: Opened, process_began: datetime, away: int, left: int
) -> None:
    ballot, seen = open_one(seconds=60), process_began - away * SECOND + SECOND
    Ballot.objects.filter(pk=ballot.pk).update(seen_at=seen, ends_at=seen + left * SECOND)
    with time_machine.travel(process_began + SECOND, tick=False):
        assert look(ballot) == 0
    assert ends(ballot) == seen + left * SECOND


def test_a_time_in_which_nobody_looked_is_no_outage(open_one: Opened, process_began: datetime) -> None:
    """This process was there all the time; only no phone was."""
    with time_machine.travel(process_began + 60 * SECOND, tick=False) as clock:
        ballot = open_one(seconds=60)
        look(ballot)
        clock.shift(20)
        assert look(ballot) == 0
    assert ends(ballot) == process_began + 120 * SECOND


def test_a_database_that_was_away_is_an_outage(open_one: Opened, process_began: datetime) -> None:
    """The process kept looking, but its signs of life did not arrive."""
    with time_machine.travel(process_began + 60 * SECOND, tick=False) as clock:
        ballot = open_one(seconds=60)
        look(ballot)
        seen = timezone.now()
        for _second in range(10):
            clock.shift(1)
            look(ballot)
        Ballot.objects.filter(pk=ballot.pk).update(seen_at=seen)
        clock.shift(1)
        assert look(ballot) == 1
    assert ends(ballot) == process_began + 141 * SECOND


def test_a_pause_is_added_once(open_one: Opened, process_began: datetime, contact_person: User) -> None:
    with time_machine.travel(process_began + 60 * SECOND, tick=False) as clock:
        ballot = open_one(seconds=60)
        look(ballot)
        pause_ballot(ballot=ballot, by=contact_person)
        clock.shift(30)
        resume_ballot(ballot=ballot, by=contact_person)
        assert look(ballot) == 0
    assert ends(ballot) == process_began + 150 * SECOND


def test_signs_of_life_are_written_every_other_second_at_most(
    open_one: Opened, process_began: datetime, django_assert_num_queries: Callable[[int], object]
) -> None:
    with time_machine.travel(process_began + 60 * SECOND, tick=False) as clock:
        ballot = open_one(seconds=60)
        with django_assert_num_queries(2):  # type: ignore[attr-defined]
            look(ballot)
        clock.shift(1)
        with django_assert_num_queries(1):  # type: ignore[attr-defined]
            look(ballot)
        with django_assert_num_queries(0):  # type: ignore[attr-defined]
            outages.make_up_at_first(event_id=ballot.event_id)
