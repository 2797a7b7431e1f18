"""A room with people in it."""

import uuid
from collections.abc import Callable

import pytest

from accounts.models import User
from participation.models import ChatRoom, Message, Project
from participation.services.chat import post_message

Say = Callable[..., Message]


@pytest.fixture
def room(project: Project) -> ChatRoom:
    """The room of `project`, loaded as the selectors load it."""
    return ChatRoom.objects.select_related("project__quartier", "event__quartier").get(project=project)


@pytest.fixture
def say(room: ChatRoom) -> Say:
    """`say(member, "Hallo")`: a message in the room."""

    def write(author: User, text: str = "Hallo") -> Message:
        return post_message(author=author, room=room, client_id=uuid.uuid4(), text=text)

    return write


@pytest.fixture
def fill(room: ChatRoom, member: User) -> Callable[[int], None]:
    """`fill(200)`: so many messages in one statement, for counts."""

    def many(number: int) -> None:
        Message.objects.bulk_create(
            Message(client_id=uuid.uuid4(), room=room, seq=n, changed_seq=n, author=member, text=f"Nummer {n}")
            for n in range(room.seq + 1, room.seq + number + 1)
        )
        room.seq += number
        room.save(update_fields=["seq"])

    return many
