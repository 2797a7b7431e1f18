"""A server that is asked to stop: what was asked is answered, and everybody is told when to come back."""

import asyncio
import signal
from collections.abc import Callable
from uuid import UUID

import pytest
from django.db import connection

from common.live.farewell import back_after

from .conftest import Hall
from .phones import Phone, living, until, vote_within
from .servers import answers

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.xdist_group("faults"), pytest.mark.clock]
SEATS = 60


def test_a_restart_in_mid_vote_is_announced_and_nothing_is_lost(make_hall: Callable[..., Hall]) -> None:
    hall = make_hall(seats=SEATS)
    server = hall.server
    screen = Phone(f"127.0.0.1:{server.port}/ws/e/{hall.event.join_code}/", view="screen/")
    everybody = [screen, *hall.phones]
    acked, kept = set(), set()

    async def story() -> None:
        await answers(server.port)
        async with living(everybody):
            voting = asyncio.ensure_future(vote_within(hall.phones, hall.ballot.pk, 2))
            await asyncio.sleep(1)
            await asyncio.to_thread(server.stop)
            kept.update(await asyncio.to_thread(_kept, hall))
            acked.update(hall.acked())
            server.start()
            await voting
            await until(lambda: sum(len(phone.acks) for phone in hall.phones) == SEATS, 40)

    asyncio.run(story())
    assert 0 < len(acked) < SEATS
    assert kept == acked
    assert [phone.byes[0]["why"] for phone in everybody] == ["restart"] * (SEATS + 1)
    retries = [phone.byes[0]["retry_ms"] for phone in everybody]
    assert sorted(retries) == [back_after(place, SEATS + 1) for place in range(SEATS + 1)]
    assert retries[0] == 500
    assert [len(phone.byes) for phone in everybody] == [1] * (SEATS + 1)
    assert hall.count() == (SEATS, SEATS, SEATS)


def _kept(hall: Hall) -> set[UUID]:
    """In a thread of its own, so with a connection of its own."""
    try:
        return hall.kept()
    finally:
        connection.close()


def test_a_stop_without_anybody_is_quick(make_hall: Callable[..., Hall]) -> None:
    hall = make_hall(seats=1)

    async def story() -> None:
        await answers(hall.server.port)
        async with living(hall.phones):
            pass

    asyncio.run(story())
    hall.server.stop()
    assert hall.server.process is not None
    assert hall.server.process.returncode == -signal.SIGTERM
