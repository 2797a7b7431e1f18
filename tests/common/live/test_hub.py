import asyncio
import time
from collections.abc import AsyncIterator, Iterator
from typing import Any

import pytest
from channels.layers import get_channel_layer

from common.live import announce, current_hub, register
from common.live import sources as registry
from common.live.frames import Frame, bye
from common.live.sockets import MOST_WAITING, Socket
from common.live.topics import Topic
from tests.line import Line

from .notebook import Notebook, NoteConsumer

pytestmark = pytest.mark.clock


@pytest.fixture
def notebook() -> Iterator[Notebook]:
    source = Notebook()
    register("notes", source)
    yield source
    del registry._sources["notes"]


class Phone(Line):
    """A client of the hub."""

    def __init__(self, who: str = "ada", view: str = "phone") -> None:
        super().__init__(NoteConsumer.as_asgi(), f"/notes/{view}/{who}/")


@pytest.fixture
async def phones() -> AsyncIterator[list[Phone]]:
    """Everybody who came leaves at the end, so that the hub goes to sleep."""
    came: list[Phone] = []
    yield came
    for phone in came:
        await phone.leave()
    await current_hub().asleep()


async def test_a_phone_that_knows_nothing_gets_a_snapshot(notebook: Notebook, phones: list[Phone]) -> None:
    notebook.write("one")
    phones.append(phone := Phone())
    welcome = await phone.hello()
    snap = await phone.hear("snap", "ev")
    assert (welcome["epoch"], welcome["seq"], welcome["you"]) == ("e1", 1, {"who": "ada"})
    assert snap == {"t": "snap", "epoch": "e1", "seq": 1, "state": {"notes": ["one"], "view": "phone"}}


async def test_what_was_missed_is_replayed_in_order_and_without_gaps(notebook: Notebook, phones: list[Phone]) -> None:
    for text in ("one", "two", "three"):
        notebook.write(text)
    phones.append(phone := Phone())
    await phone.hello(epoch="e1", seq=1)
    assert [(await phone.hear("ev", "snap"))["d"] for _ in range(2)] == ["two", "three"]


async def test_an_announced_entry_reaches_everybody_once(notebook: Notebook, phones: list[Phone]) -> None:
    phones.extend([Phone("ada"), Phone("ben"), Phone("kim", "stage")])
    for phone in phones:
        await phone.hello(epoch="e1", seq=0)
    announce("notes.1", seq=notebook.write("one"))
    announce("notes.1", seq=notebook.write("two"))
    assert [[(await phone.hear("ev"))["seq"] for _ in range(2)] for phone in phones] == [[1, 2]] * 3


async def test_an_entry_whose_hint_was_lost_arrives_by_looking(notebook: Notebook, phones: list[Phone]) -> None:
    phones.append(phone := Phone())
    await phone.hello(epoch="e1", seq=0)
    notebook.write("nobody was told")
    assert (await phone.hear("ev"))["d"] == "nobody was told"


async def test_a_client_that_knows_more_than_the_hub_is_not_served_twice(
    notebook: Notebook, phones: list[Phone]
) -> None:
    phones.append(first := Phone("ada"))
    await first.hello(epoch="e1", seq=0)
    notebook.write("fresh page")
    phones.append(second := Phone("ben"))
    welcome = await second.hello(epoch="e1", seq=1)
    announce("notes.1", seq=notebook.write("after"))
    assert (welcome["seq"], (await second.hear("ev", "snap"))["d"]) == (1, "after")
    assert [(await first.hear("ev"))["d"] for _ in range(2)] == ["fresh page", "after"]


@pytest.mark.parametrize("known", [{"epoch": "other", "seq": 1}, {"epoch": "e1", "seq": 99}, {"seq": 1}])
async def test_a_client_of_another_epoch_or_beyond_the_log_begins_anew(
    notebook: Notebook, phones: list[Phone], known: dict[str, Any]
) -> None:
    notebook.write("one")
    phones.append(phone := Phone())
    await phone.hello(**known)
    assert (await phone.hear("snap", "ev"))["t"] == "snap"


async def test_a_log_that_was_cut_gives_a_snapshot(notebook: Notebook, phones: list[Phone]) -> None:
    for text in ("one", "two", "three"):
        notebook.write(text)
    notebook.kept_from = 2
    phones.append(phone := Phone())
    await phone.hello(epoch="e1", seq=1)
    assert (await phone.hear("snap", "ev"))["state"]["notes"] == ["one", "two", "three"]


async def test_a_wave_of_reconnects_shares_one_snapshot(notebook: Notebook, phones: list[Phone]) -> None:
    phones.extend(Phone(f"p{number}") for number in range(20))
    await asyncio.gather(*[phone.hello() for phone in phones])
    assert notebook.snapshots_made == 1


async def test_of_many_tallies_the_latest_arrives(notebook: Notebook, phones: list[Phone]) -> None:
    phones.append(phone := Phone())
    await phone.hello()
    for notebook.count in range(1, 50):
        announce("notes.1")
        await asyncio.sleep(0.002)
    seen = [0]
    while seen[-1] < 49:
        seen.append((await phone.hear("tally"))["n"])
    assert len(seen) < 10


async def test_only_the_views_named_get_a_frame(notebook: Notebook, phones: list[Phone]) -> None:
    phones.extend([Phone("ada"), Phone("kim", "stage")])
    for phone in phones:
        await phone.hello()
    connected = 0
    while connected != 1:  # the stage itself is no phone
        connected = (await phones[1].hear("here"))["connected"]
    heard = {frame["t"] for frame in await phones[0].overhear(0.3)}
    assert heard == {"snap", "tally"}


async def test_a_stranger_is_refused_at_the_handshake(notebook: Notebook) -> None:
    assert await Phone("stranger").open() is False


async def test_somebody_who_is_told_to_leave_is_out_at_once(notebook: Notebook, phones: list[Phone]) -> None:
    phones.extend([Phone("ada"), Phone("ben")])
    for phone in phones:
        await phone.hello()
    announce("notes.1", gone="ada")
    assert await phones[0].hear("bye") == {"t": "bye", "why": "left", "retry_ms": 0}
    assert await phones[0].close_code() == 4403
    await phones[1].say({"t": "ping", "n": 3})
    assert (await phones[1].hear("pong"))["n"] == 3


async def test_a_ban_closes_the_socket_although_the_hint_was_lost(notebook: Notebook, phones: list[Phone]) -> None:
    phones.append(phone := Phone())
    await phone.hello()
    notebook.banned.add("ada")
    began = time.monotonic()
    assert (await phone.hear("bye"))["why"] == "left"
    assert time.monotonic() - began < 1.2


async def test_a_topic_that_is_gone_says_so(notebook: Notebook, phones: list[Phone]) -> None:
    phones.append(phone := Phone())
    await phone.hello()
    notebook.gone = True
    assert (await phone.hear("bye"))["why"] == "gone"


async def test_hints_of_another_process_are_heard_and_its_phones_counted(
    notebook: Notebook, phones: list[Phone]
) -> None:
    phones.append(stage := Phone("kim", "stage"))
    await stage.hello(epoch="e1", seq=0)
    await asyncio.sleep(0.25)  # until the hub has joined the group
    hint = {"ask": True, "phones": 7, "seq": notebook.write("from afar")}
    message = {"type": "live", "topic": "notes.1", "hint": hint, "sender": "another process"}
    began = time.monotonic()
    await get_channel_layer().group_send("live.notes.1", message)
    assert (await stage.hear("ev"))["d"] == "from afar"
    assert time.monotonic() - began < 0.5
    connected = 0
    while connected != 7:
        connected = (await stage.hear("here"))["connected"]


def count_of(number: int) -> dict[str, Any]:
    return {"count": {"t": "tally", "n": number, "rev": number}}


async def test_a_tally_that_is_announced_is_sent_without_asking_anybody(
    notebook: Notebook, phones: list[Phone]
) -> None:
    phones.extend([Phone("ada"), Phone("kim", "stage")])
    for phone in phones:
        await phone.hello(epoch="e1", seq=0)
    for phone in phones:
        assert (await phone.hear("tally"))["n"] == 0
    await asyncio.sleep(0.3)
    asked = notebook.tallies_asked
    announce("notes.1", latest=count_of(5))
    for phone in phones:
        assert (await phone.hear("tally")) == {"t": "tally", "n": 5, "rev": 5}
    assert notebook.tallies_asked == asked


async def test_a_tally_that_comes_too_late_is_left_out(notebook: Notebook, phones: list[Phone]) -> None:
    phones.append(phone := Phone())
    await phone.hello(epoch="e1", seq=0)
    await phone.hear("tally")
    for number in (3, 9, 7):
        announce("notes.1", latest=count_of(number))
        await asyncio.sleep(0.15)
    announce("notes.1", latest=count_of(10))
    assert [(await phone.hear("tally"))["n"] for _ in range(3)] == [3, 9, 10]


@pytest.mark.parametrize("text", ["", "{", '{"t":"nonsense"}', '{"t":"op","op":"x","k":"y"}', "x" * 20_000])
async def test_a_frame_that_is_none_ends_the_connection(notebook: Notebook, phones: list[Phone], text: str) -> None:
    phones.append(phone := Phone())
    await phone.hello()
    await phone.say_raw(text)
    assert (await phone.hear("bye"))["why"] == "bad_frame"


async def test_a_flood_ends_the_connection(notebook: Notebook, phones: list[Phone]) -> None:
    phones.append(phone := Phone())
    await phone.hello()
    for number in range(60):
        await phone.say({"t": "ping", "n": number})
    assert (await phone.hear("bye"))["why"] == "flood"


async def test_an_operation_is_answered(notebook: Notebook, phones: list[Phone]) -> None:
    phones.append(phone := Phone())
    await phone.hello()
    op = "0b0ddc44-9a0e-4f7e-8d53-0d4e3a1f1c77"
    await phone.say({"t": "op", "op": op, "k": "anything", "a": {}})
    assert await phone.hear("ack", "nack") == {"t": "ack", "op": op, "rev": 1}


async def test_the_hub_sleeps_when_nobody_listens(notebook: Notebook) -> None:
    phone = Phone()
    await phone.hello()
    hub = current_hub()
    assert len(hub.topics) == 1
    await phone.leave()
    await hub.asleep()
    assert (hub.topics, hub._tasks, hub._acts.resting, hub._reads.resting) == ({}, [], True, True)


async def test_a_long_poll_waits_for_the_next_entry(notebook: Notebook) -> None:
    notebook.write("one")
    waiting = asyncio.ensure_future(current_hub().wait_for_news("notes.1", "e1", 1, 5))
    await asyncio.sleep(0.3)
    assert not waiting.done()
    announce("notes.1", seq=notebook.write("two"))
    await asyncio.wait_for(waiting, 1)
    await asyncio.wait_for(current_hub().wait_for_news("notes.1", "e1", 1, 5), 0.5)
    await current_hub().asleep()


class Narrow:
    """A wire that takes so many frames and then none until it is opened again."""

    def __init__(self, room: int) -> None:
        self.room = room
        self.written: list[bytes] = []

    def write(self, frame: Frame) -> bool:
        if not self.room:
            return False
        self.room -= 1
        self.written.append(frame.data)
        return True


def slow_socket(room: int) -> tuple[Socket, Narrow, list[str]]:
    byes: list[str] = []
    wire = Narrow(room)
    return Socket(wire, byes.append, view="phone", who="ada"), wire, byes


def test_a_slow_socket_keeps_the_latest_tally_behind_what_is_numbered() -> None:
    socket, wire, byes = slow_socket(room=0)
    socket.put("tally", Frame(b"old"))
    socket.send(Frame(b"1"))
    socket.put("tally", Frame(b"new"))
    socket.send(Frame(b"2"))
    wire.room = 10
    socket.flush()
    assert (wire.written, byes, socket.behind()) == ([b"1", b"2", b"new"], [], False)


def test_a_socket_that_never_reads_gets_a_bye() -> None:
    socket, _wire, byes = slow_socket(room=0)
    for number in range(MOST_WAITING + 2):
        socket.send(Frame(str(number).encode()))
    assert (byes, socket.gone) == (["slow"], True)


async def test_the_stage_is_served_before_the_phones() -> None:
    order: list[str] = []

    class Noting(Narrow):
        def __init__(self, name: str) -> None:
            super().__init__(room=99)
            self.name = name

        def write(self, frame: Frame) -> bool:
            order.append(self.name)
            return True

    topic = Topic("notes.1", Notebook())
    for name in ("phone", "screen", "phone", "stage"):
        topic.add(Socket(Noting(name), order.append, view=name, who=name))
    await topic.send_log([(1, Frame(bye("x", 0)))])
    assert order == ["screen", "stage", "phone", "phone"]
