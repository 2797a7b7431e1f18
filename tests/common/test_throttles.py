"""Limits count a seat, device or account, say how long to wait, and never stand in the way of work."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any
from uuid import uuid4

import pytest
from django.core.cache import cache
from django.utils import translation

from common.errors import Refused
from common.throttles import Limit


@pytest.fixture(autouse=True)
def own_cache(settings: Any) -> None:
    location = uuid4().hex
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": location}}


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Any:
    """The time in seconds as the limits see it; set `clock.now`."""

    class Clock:
        now = 1_000_000_020.0  # twenty seconds into a window of ten minutes

    monkeypatch.setattr("common.throttles.time.time", lambda: Clock.now)
    return Clock


def refusals(limit: Limit, key: str, times: int) -> int:
    codes = []
    for _ in range(times):
        try:
            limit.hit(key)
        except Refused as refused:
            codes.append(refused.code)
    return codes.count("rate")


def test_limit_lets_its_count_through_and_refuses_the_rest(clock: Any) -> None:
    limit = Limit("idea", 5, minutes=10)

    assert refusals(limit, "device-1", 5) == 0
    assert refusals(limit, "device-1", 3) == 3


def test_limit_counts_each_key_and_each_name_apart(clock: Any) -> None:
    refusals(Limit("idea", 1, minutes=10), "device-1", 2)

    assert refusals(Limit("idea", 1, minutes=10), "device-2", 1) == 0
    assert refusals(Limit("vote", 1, minutes=10), "device-1", 1) == 0


def test_limit_starts_anew_with_the_next_window(clock: Any) -> None:
    limit = Limit("idea", 1, minutes=10)
    refusals(limit, "device-1", 2)
    clock.now += 600

    assert refusals(limit, "device-1", 1) == 0


@pytest.mark.parametrize(
    ("language", "seconds_left", "sentence"),
    [
        ("de", 600, "Das war gerade ziemlich oft. Warte noch 10 Minuten und versuch es dann wieder."),
        ("de", 61, "Das war gerade ziemlich oft. Warte noch 2 Minuten und versuch es dann wieder."),
        ("de", 60, "Das war gerade ziemlich oft. Warte noch 1 Minute und versuch es dann wieder."),
        ("de", 59, "Das war gerade ziemlich oft. Warte noch 59 Sekunden und versuch es dann wieder."),
        ("de", 0.2, "Das war gerade ziemlich oft. Warte noch 1 Sekunde und versuch es dann wieder."),
    ],
)
def test_refusal_says_how_long_to_wait(clock: Any, language: str, seconds_left: float, sentence: str) -> None:
    clock.now = 1_000_000_200.0 - seconds_left  # a window of ten minutes ends there
    assert 1_000_000_200 % 600 == 0
    limit = Limit("idea", 1, minutes=10)
    limit.hit("device-1")

    with translation.override(language), pytest.raises(Refused) as refused:
        limit.hit("device-1")

    assert str(refused.value.message) == sentence


def test_limit_is_exact_when_many_come_at_once() -> None:
    limit = Limit("vote", 40, minutes=60)

    with ThreadPoolExecutor(8) as pool:
        refused = sum(pool.map(lambda _: refusals(limit, "seat-7", 10), range(10)))

    assert refused == 60


def test_limit_writes_no_key_in_the_clear(clock: Any) -> None:
    Limit("idea", 5, minutes=10).hit("token-of-a-device")

    assert [entry for entry in cache._cache if "token-of-a-device" in entry] == []  # type: ignore[attr-defined]
    assert len(cache._cache) == 1  # type: ignore[attr-defined]


def test_cache_that_is_gone_stops_nobody(settings: Any) -> None:
    settings.CACHES = {
        "default": {
            "BACKEND": "django.core.cache.backends.redis.RedisCache",
            "LOCATION": "redis://127.0.0.1:1/0",
        }
    }

    assert refusals(Limit("idea", 1, minutes=10), "device-1", 3) == 0


@pytest.mark.parametrize("wrong", [{"count": 0, "minutes": 1}, {"count": 1}])
def test_limit_without_a_count_or_window_is_a_mistake(wrong: dict[str, int]) -> None:
    with pytest.raises(ValueError, match="a limit needs"):
        Limit("idea", **wrong)
