"""The socket of a room, on the real channel layer: delivering, refusing, closing, catching up."""

import asyncio
import uuid
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

import pytest
from channels.db import database_sync_to_async
from django.test import Client

from accounts.models import User
from config.asgi import application
from participation.models import ChatRoom, Message, Project
from participation.services import chat as services
from participation.services.projects import join_project, leave_project
from tests.line import Line

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.clock]


class Phone(Line):
    """Somebody's phone at the door of a room, with the cookies of their session."""

    def __init__(self, user: User | None, room_id: int, origin: str = "http://testserver") -> None:
        headers = {"host": "testserver", "origin": origin}
        if user is not None:
            client = Client()
            client.force_login(user)
            headers["cookie"] = f"sessionid={client.cookies['sessionid'].value}"
        super().__init__(application, f"/ws/chat/{room_id}/", headers=headers)


@asynccontextmanager
async def phone(user: User, room: ChatRoom, **known: Any) -> AsyncIterator[Phone]:
    """A phone that is connected and welcomed."""
    made = await act(Phone)(user, room.pk)
    await made.hello(**known)
    try:
        yield made
    finally:
        await made.leave()
        await asyncio.sleep(0.01)


def act(service: Callable[..., Any]) -> Callable[..., Any]:
    """Plain code from a coroutine, in a thread that gives its connection back, as a page's view runs it."""
    return database_sync_to_async(service, thread_sensitive=False)


@pytest.fixture
def other(project: Project, neighbour: User) -> User:
    """A second member."""
    join_project(resident=neighbour, project=project)
    return neighbour


def letter(author: User, room: ChatRoom, text: str = "Hallo") -> dict[str, Any]:
    return {"author": author, "room": room, "client_id": uuid.uuid4(), "text": text}


async def test_message_reaches_every_member_at_once(room: ChatRoom, member: User, other: User) -> None:
    async with phone(member, room) as one, phone(other, room) as two:
        sent = letter(member, room, "Morgen 16 Uhr am Tor")
        message = await act(services.post_message)(**sent)
        frames = [await one.hear("ev"), await two.hear("ev")]
        assert frames[0] == frames[1]
        assert (frames[0]["seq"], frames[0]["k"]) == (1, "message.posted")
        assert {name: frames[0]["d"][name] for name in ("id", "client_id", "author", "name", "staff", "text")} == {
            "id": message.pk,
            "client_id": str(sent["client_id"]),
            "author": member.pk,
            "name": "Milan 5",
            "staff": False,
            "text": "Morgen 16 Uhr am Tor",
        }


async def test_repeated_client_id_is_one_message_and_one_event(room: ChatRoom, member: User, other: User) -> None:
    async with phone(other, room) as two:
        sent = letter(member, room)
        for _ in range(3):
            await act(services.post_message)(**sent)
        await act(services.post_message)(**letter(member, room, "danach"))
        assert [(await two.hear("ev"))["seq"] for _ in range(2)] == [1, 2]
    assert await act(Message.objects.count)() == 2


async def test_deleting_takes_the_words_from_every_screen(room: ChatRoom, member: User, other: User) -> None:
    message = await act(services.post_message)(**letter(member, room))
    async with phone(other, room) as two:
        await act(services.delete_message)(message=message, by=member)
        frame = await two.hear("ev")
        assert (frame["seq"], frame["k"], frame["d"]["id"]) == (2, "message.changed", message.pk)
        assert (frame["d"]["text"], frame["d"]["gone"]) == ("", True)


async def test_first_visit_gets_a_snapshot(room: ChatRoom, member: User) -> None:
    await act(services.post_message)(**letter(member, room, "Eins"))
    async with phone(member, room) as one:
        snap = await one.hear("snap")
        assert (snap["seq"], [row["text"] for row in snap["state"]["messages"]]) == (1, ["Eins"])
        assert snap["state"]["older"] is False


async def test_missed_ones_come_after_the_number(room: ChatRoom, member: User) -> None:
    rows = [await act(services.post_message)(**letter(member, room, text)) for text in ("Eins", "Zwei", "Drei")]
    await act(services.delete_message)(message=rows[0], by=member)
    async with phone(member, room, epoch="1", seq=2) as one:
        frames = [await one.hear("ev"), await one.hear("ev")]
        assert [(frame["seq"], frame["d"]["text"]) for frame in frames] == [(3, "Drei"), (4, "")]


async def test_who_was_away_too_long_gets_a_snapshot(room: ChatRoom, member: User, fill: Callable[[int], None]) -> None:
    await act(fill)(220)
    async with phone(member, room, epoch="1", seq=1) as one:
        snap = await one.hear("snap")
        assert (snap["seq"], len(snap["state"]["messages"]), snap["state"]["older"]) == (220, 50, True)


async def test_mode_and_number_of_people_are_news_too(
    project: Project, room: ChatRoom, member: User, resident: User, contact_person: User
) -> None:
    async with phone(member, room) as one:
        assert await one.hear("here") == {"t": "here", "joined": 1, "mode": "open"}
        await act(services.set_mode)(room=room, by=contact_person, mode="read_only")
        assert await one.hear("here") == {"t": "here", "joined": 1, "mode": "read_only"}
        await act(join_project)(resident=resident, project=project)
        assert await one.hear("here") == {"t": "here", "joined": 2, "mode": "read_only"}


async def test_leaving_closes_the_socket_within_a_second(project: Project, room: ChatRoom, member: User) -> None:
    async with phone(member, room) as one:
        await act(leave_project)(resident=member, project=project)
        async with asyncio.timeout(1):
            bye = await one.hear("bye")
            assert (bye["why"], bye["retry_ms"]) == ("left", 0)
            assert await one.close_code() == 4403


async def test_only_who_left_is_shown_out(project: Project, room: ChatRoom, member: User, other: User) -> None:
    async with phone(member, room) as one, phone(other, room) as two:
        await act(leave_project)(resident=member, project=project)
        assert await one.close_code() == 4403
        await act(services.post_message)(**letter(other, room, "Bin noch da"))
        assert (await two.hear("ev"))["d"]["text"] == "Bin noch da"


async def test_locked_account_is_shown_out_without_any_hint(room: ChatRoom, member: User) -> None:
    async with phone(member, room) as one:
        await act(User.objects.filter(pk=member.pk).update)(is_active=False)
        assert (await one.hear("bye"))["why"] == "left"


@pytest.fixture
def stranger(request: pytest.FixtureRequest) -> User | None:
    """Somebody of the cast who is not in the room, or nobody at all."""
    return request.getfixturevalue(request.param) if request.param else None


@pytest.mark.parametrize("stranger", [None, "resident", "neighbour", "other_staff"], indirect=True)
async def test_strangers_are_refused(room: ChatRoom, stranger: User | None) -> None:
    assert await (await act(Phone)(stranger, room.pk)).open() is False


async def test_absent_room_is_refused_like_a_foreign_one(room: ChatRoom, member: User) -> None:
    lost = await act(Phone)(member, room.pk + 1)
    assert await lost.open() is False


@pytest.mark.parametrize("origin", ["http://evil.example", "null"])
async def test_foreign_pages_get_no_socket(room: ChatRoom, member: User, origin: str) -> None:
    foreign = await act(Phone)(member, room.pk, origin)
    assert await foreign.open() is False


async def test_too_large_and_broken_frames_end_the_connection(room: ChatRoom, member: User) -> None:
    for text in ('{"t": "ping", "n": 1, "x": "' + "x" * 65_000 + '"}', "kein JSON", "{}"):
        async with phone(member, room) as one:
            await one.say_raw(text)
            assert await one.close_code() == 4403


async def test_the_team_hears_too(room: ChatRoom, member: User, contact_person: User) -> None:
    async with phone(contact_person, room) as one:
        await act(services.post_message)(**letter(member, room))
        assert (await one.hear("ev"))["d"]["name"] == "Milan 5"


async def test_ping_is_answered(room: ChatRoom, member: User) -> None:
    async with phone(member, room) as one:
        await one.say({"t": "ping", "n": 7})
        assert (await one.hear("pong"))["n"] == 7
