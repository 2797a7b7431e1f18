"""Operations of a moment are carried out together, one batch of a key at a time."""

import asyncio
import logging
import threading
import time
from collections.abc import Sequence

import pytest

from common.live import Gatherer, gather
from common.live.gather import FEW

pytestmark = pytest.mark.clock


async def gathered(gatherer: Gatherer[int, int], key: str, items: Sequence[int]) -> list[int | Exception]:
    loop = asyncio.get_running_loop()
    answers = [loop.create_future() for _item in items]
    for item, answer in zip(items, answers, strict=True):
        gatherer.submit(key, item, answer.set_result)
    return await asyncio.wait_for(asyncio.gather(*answers), 5)


async def test_items_of_a_moment_are_one_batch_with_an_answer_for_each() -> None:
    batches: list[list[int]] = []

    def double(key: str, items: Sequence[int]) -> list[int]:
        assert threading.current_thread().name.startswith("live")
        batches.append(list(items))
        return [2 * item for item in items]

    assert await gathered(Gatherer(double), "a", [1, 2, 3]) == [2, 4, 6]
    assert batches == [[1, 2, 3]]


async def test_what_comes_while_a_batch_is_written_is_the_next_one() -> None:
    batches: list[list[int]] = []

    def slowly(key: str, items: Sequence[int]) -> list[int]:
        batches.append(list(items))
        time.sleep(0.05)
        return list(items)

    gatherer: Gatherer[int, int] = Gatherer(slowly, window=0.01)
    first = asyncio.ensure_future(gathered(gatherer, "a", [1]))
    await asyncio.sleep(0.03)
    assert await gathered(gatherer, "a", [2, 3]) == [2, 3]
    assert await first == [1]
    assert batches == [[1], [2, 3]]


async def test_few_wait_for_others_and_enough_of_them_go_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    wait = 2.0  # longer than a busy machine holds anybody up
    monkeypatch.setattr(gather, "FEW_WAIT", wait)
    batches: list[tuple[float, int]] = []

    def count(key: str, items: Sequence[int]) -> list[int]:
        batches.append((time.monotonic(), len(items)))
        return list(items)

    gatherer: Gatherer[int, int] = Gatherer(count, window=0.01)
    await gathered(gatherer, "a", [1])
    few = [asyncio.ensure_future(gathered(gatherer, "a", [number])) for number in (2, 3)]
    await asyncio.gather(*few)
    await gathered(gatherer, "a", list(range(FEW)))
    (first, one), (second, two), (third, many) = batches
    assert (one, two, many) == (1, 2, FEW)
    assert second - first >= wait * 0.9
    assert third - second < wait * 0.9


async def test_keys_do_not_mix() -> None:
    def names(key: str, items: Sequence[int]) -> list[str]:
        return [key] * len(items)

    gatherer: Gatherer[int, str] = Gatherer(names)
    assert await asyncio.gather(gathered(gatherer, "a", [1]), gathered(gatherer, "b", [1])) == [["a"], ["b"]]  # type: ignore[arg-type]


async def test_a_batch_that_fails_tells_everybody_and_the_next_one_works(caplog: pytest.LogCaptureFixture) -> None:
    broken = True

    def fragile(key: str, items: Sequence[int]) -> list[int]:
        if broken:
            raise OSError("disk full")
        return list(items)

    gatherer: Gatherer[int, int] = Gatherer(fragile)
    with caplog.at_level(logging.CRITICAL):
        failed = await gathered(gatherer, "a", [1, 2])
    assert [type(answer) for answer in failed] == [OSError, OSError]
    broken = False
    assert await gathered(gatherer, "a", [3]) == [3]
