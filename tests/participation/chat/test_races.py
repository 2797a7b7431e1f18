"""Many write at once, with real row locks."""

import uuid

import pytest

from accounts.models import Quartier, User
from participation.models import ChatRoom, Message, Project
from participation.services.chat import post_message
from participation.services.projects import join_project
from tests import cast
from tests.participation.crowd import all_at_once

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]
CROWD = 10


def test_numbers_have_no_gaps_when_a_crowd_writes_at_once(room: ChatRoom, project: Project, quartier: Quartier) -> None:
    crowd = cast.make_residents(CROWD, quartier)
    for person in crowd:
        join_project(resident=person, project=project)
    answers = all_at_once(
        [
            lambda person=person: post_message(author=person, room=room, client_id=uuid.uuid4(), text="Hallo")  # type: ignore[misc]
            for person in crowd
        ]
    )
    room.refresh_from_db()
    assert (answers, room.seq) == ([""] * CROWD, CROWD)
    assert [message.seq for message in Message.objects.all()] == list(range(1, CROWD + 1))


def test_ten_attempts_of_one_message_are_one(room: ChatRoom, member: User) -> None:
    sent = {"author": member, "room": room, "client_id": uuid.uuid4(), "text": "Hallo"}
    answers = all_at_once([lambda: post_message(**sent)] * CROWD)
    assert (answers, Message.objects.count()) == ([""] * CROWD, 1)
