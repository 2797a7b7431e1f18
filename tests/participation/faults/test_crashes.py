"""Servers that are killed in mid-vote: papers == acked == seats, and the phones come back by themselves."""

import asyncio
import time
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.db.models import F

from participation.models import Ballot, LogEntry

from .conftest import SEATS, Hall
from .phones import Phone, living, patient, until, vote_within
from .servers import Redis, answers, kill

# One after the other: each of them needs the machine for itself.
pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.xdist_group("faults"), pytest.mark.clock]
BACK_WITHIN = 10.0
WINDOW = 3.0


async def _all_answered(hall: Hall) -> None:
    await until(lambda: sum(len(phone.acks) for phone in hall.phones) >= SEATS, 30)
    await asyncio.sleep(0.3)


def _back_after(hall: Hall, moment: float) -> float:
    """How long after a moment the last phone was welcomed again."""
    return max(phone.welcomed_at[-1] for phone in hall.phones) - moment


def test_the_only_server_is_killed_and_started_again(make_hall: Callable[..., Hall]) -> None:
    hall = make_hall()
    server, told = hall.server, set()

    async def story() -> float:
        await answers(server.port)
        async with living(hall.phones):
            voting = asyncio.ensure_future(vote_within(hall.phones, hall.ballot.pk, WINDOW))
            await asyncio.sleep(WINDOW / 2)
            server.kill()
            told.update(hall.acked())
            server.start()
            await answers(server.port)
            up_at = time.monotonic()
            await voting
            await _all_answered(hall)
            return _back_after(hall, up_at)

    back = asyncio.run(story())
    assert 0 < len(told) < SEATS
    assert told <= hall.kept()
    assert hall.acked() == hall.kept()
    assert [len(phone.acks) for phone in hall.phones] == [1] * SEATS
    assert [phone.nacks for phone in hall.phones] == [[]] * SEATS
    assert {len(phone.lost_at) > 0 for phone in hall.phones} == {True}
    assert back < patient(BACK_WITHIN)
    assert hall.count() == (SEATS, SEATS, SEATS)


def test_a_ballot_whose_time_ran_out_while_the_server_was_away_goes_on(make_hall: Callable[..., Hall]) -> None:
    """Half of the hall votes while there is no server, and the clock passes the end."""
    hall = make_hall(seats=40, seconds=60)
    ballot = Ballot.objects.filter(pk=hall.ballot.pk)
    ends = []

    def pass_the_end() -> None:
        """The server has left a sign of life, is gone, and seventy seconds go by."""
        try:
            assert ballot.get().seen_at is not None
            gone_by = timedelta(seconds=70)
            ballot.update(seen_at=F("seen_at") - gone_by, ends_at=F("ends_at") - gone_by)
            ends.append(ballot.get().ends_at)
        finally:
            connection.close()

    async def story() -> None:
        await answers(hall.server.port)
        async with living(hall.phones):
            await vote_within(hall.phones[:20], hall.ballot.pk, 1)
            await until(lambda: all(phone.acks for phone in hall.phones[:20]), 5)
            hall.server.kill()
            await vote_within(hall.phones[20:], hall.ballot.pk, 0)
            await asyncio.to_thread(pass_the_end)
            hall.server.start()
            await until(lambda: all(phone.acks for phone in hall.phones), 30)

    asyncio.run(story())
    hall.ballot.refresh_from_db()
    kinds = list(LogEntry.objects.filter(event=hall.event).order_by("seq").values_list("kind", flat=True))
    assert kinds.count("ballot.extended") == 1
    assert hall.ballot.ends_at is not None
    assert (hall.ballot.state, hall.ballot.ends_at - ends[0] > timedelta(seconds=80)) == ("open", True)
    assert [phone.nacks for phone in hall.phones] == [[]] * 40
    assert hall.count() == (40, 40, 40)


@pytest.mark.postgres
@pytest.mark.redis
def test_one_of_two_workers_is_killed(make_hall: Callable[..., Hall], redis: Redis) -> None:
    """The other one takes over its phones, and uvicorn's supervisor puts a new one in its place."""
    hall = make_hall(workers=2, redis_port=redis.port)
    killed_at = []

    async def story() -> None:
        await answers(hall.server.port)
        async with living(hall.phones):
            voting = asyncio.ensure_future(vote_within(hall.phones, hall.ballot.pk, WINDOW))
            await asyncio.sleep(WINDOW / 2)
            workers = hall.server.workers_by_connections()
            assert len(workers) == 2
            killed_at.append(time.monotonic())
            kill(workers[0])
            await voting
            await _all_answered(hall)
            await until(lambda: all(phone.tallies.get(1, {}).get("n") == SEATS for phone in hall.phones), 5)

    asyncio.run(story())
    lost = [phone for phone in hall.phones if phone.lost_at]
    assert len(lost) > 0
    assert hall.acked() == hall.kept()
    assert [len(phone.acks) for phone in hall.phones] == [1] * SEATS
    assert _back_after(hall, killed_at[0]) < patient(BACK_WITHIN)
    assert hall.count() == (SEATS, SEATS, SEATS)


@pytest.mark.postgres
@pytest.mark.redis
def test_redis_is_emptied_and_restarted(make_hall: Callable[..., Hall], redis: Redis) -> None:
    """Nobody is hung up on, and afterwards the processes hear of each other again."""
    hall = make_hall(workers=2, redis_port=redis.port)
    address = f"127.0.0.1:{hall.server.port}/ws/e/{hall.event.join_code}/"
    screen = Phone(address, view="screen/")

    async def story() -> None:
        await answers(hall.server.port)
        async with living([*hall.phones, screen]):
            await until(lambda: screen.here.get("connected") == SEATS, 10)
            voting = asyncio.ensure_future(vote_within(hall.phones, hall.ballot.pk, WINDOW))
            await asyncio.sleep(WINDOW / 4)
            redis.flush_all()
            await asyncio.sleep(WINDOW / 4)
            redis.kill()
            forgotten_at = time.monotonic() + 5.5
            await asyncio.sleep(WINDOW / 4)
            redis.start()
            await answers(redis.port)
            await voting
            await _all_answered(hall)
            everybody = [*hall.phones, screen]
            await until(lambda: all(phone.tallies.get(1, {}).get("n") == SEATS for phone in everybody), 5)
            # Without Redis a process forgets the phones of the other one after five seconds.
            await asyncio.sleep(max(0, forgotten_at - time.monotonic()))
            await until(lambda: screen.here["connected"] == SEATS, 15)

    asyncio.run(story())
    assert [len(phone.welcomed_at) for phone in [*hall.phones, screen]] == [1] * (SEATS + 1)
    assert hall.acked() == hall.kept()
    assert [len(phone.acks) for phone in hall.phones] == [1] * SEATS
    assert hall.count() == (SEATS, SEATS, SEATS)
