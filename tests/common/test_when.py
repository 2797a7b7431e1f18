"""Times as people say them."""

import datetime

import pytest
from django.utils import timezone, translation

from common.when import ago, day, weekday_and_day

NOW = datetime.datetime(2026, 11, 22, 14, 30, tzinfo=datetime.UTC)


@pytest.fixture(autouse=True)
def sunday_afternoon(monkeypatch):
    """The clock stands still at half past three in Berlin."""
    monkeypatch.setattr(timezone, "now", lambda: NOW)


@pytest.mark.parametrize(
    ("before", "said"),
    [
        ({"seconds": -30}, "gerade eben"),
        ({"seconds": 59}, "gerade eben"),
        ({"seconds": 60}, "vor 1 Minute"),
        ({"minutes": 59}, "vor 59 Minuten"),
        ({"hours": 1}, "vor 1 Stunde"),
        ({"hours": 15}, "vor 15 Stunden"),
        ({"hours": 16}, "gestern"),  # half past eleven in the evening before, here
        ({"days": 1}, "gestern"),
        ({"days": 2}, "vor 2 Tagen"),
        ({"days": 6}, "vor 6 Tagen"),
        ({"days": 7}, "15. Nov."),
        ({"days": 400}, "18. Okt. 2025"),
    ],
)
def test_ago(before, said):
    assert ago(NOW - datetime.timedelta(**before)) == said


def test_day_is_the_day_here():
    assert day(datetime.datetime(2026, 12, 4, 23, 30, tzinfo=datetime.UTC)) == "5. Dez."
    assert (day(datetime.date(2026, 12, 5)), day(datetime.date(2027, 1, 1))) == ("5. Dez.", "1. Jan. 2027")


def test_weekday_and_day_follow_the_language():
    said = [weekday_and_day(datetime.date(2026, 12, 5))]
    with translation.override("en"):
        said.append(weekday_and_day(datetime.date(2026, 12, 5))[:3])
    assert said == ["Sa 5. Dez.", "Sat"]
