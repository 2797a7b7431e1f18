"""Who may read and write in a room: role × mode."""

import pytest
from django.contrib.auth.models import AnonymousUser

from accounts.models import User
from participation.models import ChatRoom, Event, Message, Project
from participation.rules import chat as rules
from participation.services.events import take_seat
from participation.services.projects import leave_project

# Who: standing, then who may write in open, read_only, frozen.
PROJECT = {
    "visitor": ("", False, False, False),
    "resident": ("", False, False, False),
    "neighbour": ("", False, False, False),
    "other_staff": ("", False, False, False),
    "member": ("member", True, False, False),
    "contact_person": ("staff", True, True, False),
    "coordinator": ("staff", True, True, False),
    "administrator": ("staff", True, True, False),
}


@pytest.fixture
def room(project: Project) -> ChatRoom:
    return ChatRoom.objects.select_related("project__quartier").get(project=project)


@pytest.mark.parametrize("role", PROJECT)
def test_room_by_role_and_mode(role: str, room: ChatRoom, request: pytest.FixtureRequest) -> None:
    user = AnonymousUser() if role == "visitor" else request.getfixturevalue(role)
    writes = []
    for mode in ("open", "read_only", "frozen"):
        room.mode = mode
        writes.append(rules.may_write(rules.standing(user, room), room))
    assert (rules.standing(user, room), *writes) == PROJECT[role]
    assert rules.can_read(user, room) is bool(PROJECT[role][0])
    assert rules.can_set_mode(user, room) is (PROJECT[role][0] == "staff")


def test_every_mode_says_who_writes() -> None:
    assert set(rules.WRITERS) == set(ChatRoom.Mode.values)


def test_who_left_reads_no_more(room: ChatRoom, project: Project, member: User) -> None:
    leave_project(resident=member, project=project)
    assert rules.can_read(member, room) is False


def test_who_is_locked_out_reads_no_more(room: ChatRoom, member: User, contact_person: User) -> None:
    member.is_active = contact_person.is_active = False
    assert [rules.can_read(user, room) for user in (member, contact_person)] == [False, False]


def test_room_of_an_event_is_for_its_signed_in_seats(event: Event, resident: User, neighbour: User) -> None:
    take_seat(event=event, token="a-token-of-somebody-which-is-long-enough", user=resident)
    room = ChatRoom.objects.create(event=event)
    assert [rules.standing(user, room) for user in (resident, neighbour)] == ["member", ""]


DELETERS = {
    "visitor": (False, False),
    "member": (True, False),
    "resident": (False, False),
    "contact_person": (True, True),
    "other_staff": (False, False),
}


@pytest.mark.parametrize("role", DELETERS)
def test_deleting_and_hiding_by_role(role: str, room: ChatRoom, member: User, request: pytest.FixtureRequest) -> None:
    user = AnonymousUser() if role == "visitor" else request.getfixturevalue(role)
    message = Message(room=room, author=member, text="Hallo")
    assert (rules.can_delete(user, message), rules.can_hide(user, message)) == DELETERS[role]
