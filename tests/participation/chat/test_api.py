"""Messages for programs, our own pages among them."""

import uuid
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from participation.models import ChatRoom, Message
from participation.services import chat as services

from .conftest import Say


def address(room: ChatRoom, *more: int) -> str:
    return f"/api/v1/rooms/{room.pk}/messages/" + "".join(f"{number}/" for number in more)


def seqs(body: dict[str, Any]) -> list[int]:
    return [row["seq"] for row in body["messages"]]


def test_newest_older_and_missed(
    member_client: Client, room: ChatRoom, member: User, fill: Callable[[int], None]
) -> None:
    fill(60)
    newest = member_client.get(address(room), {"limit": 2}).json()
    older = member_client.get(address(room), {"before": 3, "limit": 5}).json()
    missed = member_client.get(address(room), {"after": 57}).json()
    assert (newest["seq"], seqs(newest), newest["more"]) == (60, [59, 60], True)
    assert (seqs(older), older["more"]) == ([1, 2], False)
    assert (seqs(missed), missed["more"]) == ([58, 59, 60], False)


def test_missed_ones_include_what_was_deleted(member_client: Client, room: ChatRoom, member: User, say: Say) -> None:
    first = say(member, "Ups")
    say(member, "Weiter")
    services.delete_message(message=first, by=member)
    rows = member_client.get(address(room), {"after": 2}).json()["messages"]
    assert [(row["id"], row["seq"], row["changed_seq"], row["text"], row["gone"]) for row in rows] == [
        (first.pk, 1, 3, "", True)
    ]


@pytest.mark.parametrize("number", [1, 3, 200])
def test_reading_takes_the_same_queries_for_every_length(
    member_client: Client,
    room: ChatRoom,
    fill: Callable[[int], None],
    number: int,
    django_assert_num_queries: Any,
) -> None:
    fill(number)
    with django_assert_num_queries(5):
        assert len(member_client.get(address(room), {"limit": 200}).json()["messages"]) == number


@pytest.mark.parametrize("query", [{"before": 0}, {"after": -1}, {"limit": 0}, {"limit": 201}, {"after": "x"}])
def test_odd_questions_are_answered_with_a_sentence(
    member_client: Client, room: ChatRoom, query: dict[str, Any]
) -> None:
    response = member_client.get(address(room), query)
    assert (response.status_code, response.json()["code"]) == (400, "invalid")


def test_writing_twice_gives_the_first_message(member_client: Client, room: ChatRoom) -> None:
    sent = {"client_id": str(uuid.uuid4()), "text": "Hallo"}
    answers = [member_client.post(address(room), sent, "application/json") for _ in range(2)]
    assert [answer.status_code for answer in answers] == [201, 201]
    assert answers[0].json() == answers[1].json()
    assert (answers[0].json()["client_id"], Message.objects.count()) == (sent["client_id"], 1)


@pytest.mark.parametrize(
    ("sent", "status", "code"),
    [
        ({"text": "0176 1234567"}, 409, "phone"),
        ({"text": "x" * 501}, 409, "too_long"),
        ({"text": ""}, 409, "empty"),
        ({"client_id": "x", "text": "Hallo"}, 400, "invalid"),
        ({"text": None}, 400, "invalid"),
        ({"text": "\ud800"}, 400, "invalid"),
        ({"text": "a\x00b"}, 400, "invalid"),
    ],
)
def test_refusals_of_a_message(
    member_client: Client, room: ChatRoom, sent: dict[str, Any], status: int, code: str
) -> None:
    response = member_client.post(address(room), {"client_id": str(uuid.uuid4())} | sent, "application/json")
    assert (response.status_code, response.json()["code"], Message.objects.count()) == (status, code, 0)


def test_closed_room_is_a_conflict(member_client: Client, room: ChatRoom, contact_person: User) -> None:
    services.set_mode(room=room, by=contact_person, mode="frozen")
    sent = {"client_id": str(uuid.uuid4()), "text": "Hallo"}
    response = member_client.post(address(room), sent, "application/json")
    assert (response.status_code, response.json()["detail"]) == (
        409,
        "Der Chat macht gerade Pause. Lesen kannst du weiter.",
    )


def test_writing_faster_than_a_thumb_is_slowed_down(member_client: Client, room: ChatRoom) -> None:
    statuses = [
        member_client.post(
            address(room), {"client_id": str(uuid.uuid4()), "text": str(n)}, "application/json"
        ).status_code
        for n in range(21)
    ]
    assert statuses == [201] * 20 + [429]


DOORS = {
    # who: (read, write, delete)
    "visitor": (401, 401, 401),
    "resident": (404, 404, 404),
    "neighbour": (404, 404, 404),
    "other_staff": (404, 404, 404),
    "member": (200, 201, 200),
    "contact_person": (200, 201, 200),
    "coordinator": (200, 201, 200),
}


@pytest.mark.parametrize("role", DOORS)
def test_doors_by_role(
    client: Client, room: ChatRoom, member: User, say: Say, role: str,
    signed_in: Callable[[User], Client], request: pytest.FixtureRequest,
) -> None:  # fmt: skip
    message = say(member, "Hallo")
    asking = client if role == "visitor" else signed_in(request.getfixturevalue(role))
    sent = {"client_id": str(uuid.uuid4()), "text": "Hallo"}
    statuses = (
        asking.get(address(room)).status_code,
        asking.post(address(room), sent, "application/json").status_code,
        asking.delete(address(room, message.pk)).status_code,
    )
    assert statuses == DOORS[role]


def test_deleting_is_for_ones_own_and_repeats(
    member_client: Client, room: ChatRoom, member: User, contact_person: User, say: Say
) -> None:
    mine, theirs = say(member, "Meins"), say(contact_person, "Deins")
    for _ in range(2):
        body = member_client.delete(address(room, mine.pk)).json()
        assert (body["gone"], body["text"], body["changed_seq"]) == (True, "", 3)
    assert member_client.delete(address(room, theirs.pk)).status_code == 404
