"""Acts in rooms: numbers, repeats, refusals."""

import uuid

import pytest
from django.db import transaction

from accounts.models import ContactPerson, User
from common.errors import Refused
from participation.models import ChatRoom, Message, Project
from participation.selectors import chat as selectors
from participation.services import chat as services
from participation.services.projects import join_project, leave_project

from .conftest import Say


def test_post_message_numbers_without_gaps(room: ChatRoom, member: User, contact_person: User, say: Say) -> None:
    rows = [say(member, "Eins"), say(contact_person, "Zwei"), say(member, "Drei")]
    room.refresh_from_db()
    assert [(row.seq, row.changed_seq, row.by_staff) for row in rows] == [
        (1, 1, False),
        (2, 2, True),
        (3, 3, False),
    ]
    assert room.seq == 3


def test_post_message_repeated_is_one(room: ChatRoom, member: User) -> None:
    sent = {"author": member, "room": room, "client_id": uuid.uuid4()}
    first = services.post_message(**sent, text="Hallo")
    again = services.post_message(**sent, text="etwas anderes")
    room.refresh_from_db()
    assert (first, again.text, room.seq, Message.objects.count()) == (again, "Hallo", 1, 1)


def test_post_message_repeated_holds_when_the_room_was_closed_meanwhile(
    room: ChatRoom, member: User, contact_person: User
) -> None:
    sent = {"author": member, "room": room, "client_id": uuid.uuid4(), "text": "Hallo"}
    first = services.post_message(**sent)
    services.set_mode(room=room, by=contact_person, mode="frozen")
    assert services.post_message(**sent) == first


def test_the_same_id_of_two_people_are_two_messages(room: ChatRoom, member: User, contact_person: User) -> None:
    shared = uuid.uuid4()
    for author in (member, contact_person):
        services.post_message(author=author, room=room, client_id=shared, text="Hallo")
    assert Message.objects.count() == 2


def test_the_same_id_in_another_room_is_the_first_message(room: ChatRoom, member: User, project: Project) -> None:
    sent = {"author": member, "client_id": uuid.uuid4(), "text": "Hallo"}
    first = services.post_message(room=room, **sent)
    twin = Project.objects.create(
        quartier=project.quartier, slug="zwei", title="Zwei", announced_at=project.announced_at
    )
    join_project(resident=member, project=twin)
    assert services.post_message(room=services.open_room(project=twin), **sent) == first


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "empty"),
        (" \n\u200e\x00\x07 \u202e", "empty"),
        ("x" * 501, "too_long"),
        ("hier: luchs.de", "link"),
        ("luchs@example.org", "email"),
        ("0176 1234567", "phone"),
    ],
)
def test_post_message_refuses_with_a_reason(room: ChatRoom, member: User, text: str, code: str) -> None:
    with pytest.raises(Refused) as captured:
        services.post_message(author=member, room=room, client_id=uuid.uuid4(), text=text)
    room.refresh_from_db()
    assert (captured.value.code, captured.value.field, room.seq) == (code, "text", 0)


def test_five_hundred_signs_are_fine(member: User, say: Say) -> None:
    assert len(say(member, "🌱" * 500).text) == 500


def test_the_team_may_pass_on_addresses(contact_person: User, say: Say) -> None:
    assert say(contact_person, "Anmeldung: stadt.example.de, 0340 1234567").by_staff is True


def test_text_is_kept_tidy(member: User, say: Say) -> None:
    assert say(member, "  Eins \r\n\r\n\r\n\r\nZwei\u202e\x00  \n").text == "Eins\n\nZwei"


@pytest.mark.parametrize("role", ["resident", "neighbour", "other_staff"])
def test_post_message_is_for_those_in_the_room(room: ChatRoom, role: str, request: pytest.FixtureRequest) -> None:
    with pytest.raises(Refused) as captured:
        services.post_message(author=request.getfixturevalue(role), room=room, client_id=uuid.uuid4(), text="Hallo")
    assert captured.value.code == "absent"


@pytest.mark.parametrize(("mode", "role", "allowed"), [
    ("open", "member", True), ("open", "contact_person", True),
    ("read_only", "member", False), ("read_only", "contact_person", True),
    ("frozen", "member", False), ("frozen", "contact_person", False),
])  # fmt: skip
def test_modes_are_honoured(
    room: ChatRoom, contact_person: User, mode: str, role: str, allowed: bool, request: pytest.FixtureRequest
) -> None:
    author = request.getfixturevalue(role)
    services.set_mode(room=room, by=contact_person, mode=mode)
    sent = {"author": author, "room": room, "client_id": uuid.uuid4(), "text": "Hallo"}
    if allowed:
        assert services.post_message(**sent).text == "Hallo"
    else:
        with pytest.raises(Refused) as captured:
            services.post_message(**sent)
        assert captured.value.code == mode


def test_set_mode_is_for_the_team_and_for_known_modes(room: ChatRoom, member: User, contact_person: User) -> None:
    codes = []
    for by, mode in ((member, "frozen"), (contact_person, "party")):
        with pytest.raises(Refused) as captured:
            services.set_mode(room=room, by=by, mode=mode)
        codes.append(captured.value.code)
    room.refresh_from_db()
    assert (codes, room.mode) == (["forbidden", "mode"], "open")


# --- deleting and hiding ---------------------------------------------------------------------------------
def test_delete_message_takes_a_number_and_the_words(room: ChatRoom, member: User, say: Say) -> None:
    message = say(member, "Ups")
    say(member, "Weiter")
    for _ in range(2):
        services.delete_message(message=message, by=member)
    changed, more = selectors.changed_since(room.pk, 2)
    facts = selectors.all_facts(changed)
    assert (len(facts), more) == (1, False)
    assert (facts[0]["id"], facts[0]["seq"], facts[0]["changed_seq"]) == (message.pk, 1, 3)
    assert (facts[0]["text"], facts[0]["gone"]) == ("", True)


def test_delete_message_is_possible_after_leaving(project: Project, member: User, say: Say) -> None:
    message = say(member)
    leave_project(resident=member, project=project)
    assert services.delete_message(message=message, by=member).deleted_at is not None


def test_delete_message_of_somebody_else_is_refused(project: Project, member: User, resident: User, say: Say) -> None:
    join_project(resident=resident, project=project)
    with pytest.raises(Refused) as captured:
        services.delete_message(message=say(member), by=resident)
    assert captured.value.code == "not_yours"


def test_hide_and_unhide_by_the_platform_and_the_team(member: User, contact_person: User, say: Say) -> None:
    message = say(member)
    hidden = services.hide_message(message=message)
    assert (hidden.hidden_at is not None, hidden.changed_seq) == (True, 2)
    assert services.hide_message(message=message, by=contact_person).changed_seq == 2
    shown = services.unhide_message(message=message, by=contact_person)
    assert (shown.hidden_at, shown.changed_seq) == (None, 3)
    assert services.unhide_message(message=message).changed_seq == 3


def test_hide_message_is_for_the_team(member: User, say: Say) -> None:
    message = say(member)
    for act in (services.hide_message, services.unhide_message):
        with pytest.raises(Refused) as captured:
            act(message=message, by=member)
        assert captured.value.code == "forbidden"


def test_unhiding_does_not_bring_back_what_was_deleted(member: User, say: Say) -> None:
    message = say(member)
    services.delete_message(message=message, by=member)
    services.hide_message(message=message)
    assert selectors.facts_of(services.unhide_message(message=message))["gone"] is True


# --- rooms -----------------------------------------------------------------------------------------------
def test_open_room_belongs_to_exactly_one_thing(project: Project, room: ChatRoom) -> None:
    assert services.open_room(project=project) == room
    with pytest.raises(TypeError):
        services.open_room()


def test_nothing_is_announced_before_the_commit(
    member: User, room: ChatRoom, django_capture_on_commit_callbacks: object
) -> None:
    with django_capture_on_commit_callbacks() as callbacks:  # type: ignore[operator]
        try:
            with transaction.atomic():
                services.post_message(author=member, room=room, client_id=uuid.uuid4(), text="Hallo")
                raise RuntimeError("the act around it fails")
        except RuntimeError:
            pass
    assert (callbacks, Message.objects.count()) == ([], 0)


# --- reading ---------------------------------------------------------------------------------------------
def test_newest_and_before(room: ChatRoom, member: User, say: Say) -> None:
    for number in range(1, 6):
        say(member, f"Nummer {number}")
    last, older = selectors.newest(room.pk, limit=2)
    first, none_older = selectors.newest(room.pk, before=3, limit=2)
    assert ([row.seq for row in last], older) == ([4, 5], True)
    assert ([row.seq for row in first], none_older) == ([1, 2], False)


def test_changed_since_says_when_there_is_more(room: ChatRoom, member: User, say: Say) -> None:
    for number in range(3):
        say(member, f"Nummer {number}")
    rows, more = selectors.changed_since(room.pk, 0, limit=2)
    assert ([row.seq for row in rows], more) == ([1, 2], True)


def test_names_are_first_names_for_the_team(room: ChatRoom, member: User, contact_person: User, say: Say) -> None:
    ContactPerson.objects.filter(user=contact_person).update(name="Yasemin Kaya")
    contact_person.refresh_from_db()
    rows = [say(member), say(contact_person)]
    assert [selectors.name_of(Message.objects.get(pk=row.pk)) for row in rows] == ["Milan 5", "Yasemin"]


def test_my_rooms_with_their_last_words(
    project: Project, member: User, resident: User, contact_person: User, say: Say
) -> None:
    say(member, "Das bleibt")
    services.delete_message(message=say(member, "Das geht"), by=member)
    for user in (member, contact_person):
        rows = selectors.my_rooms(user)
        assert [(row.title, row.people, row.last.text if row.last else None, row.last_by) for row in rows] == [
            ("Dach-Bau", 1, "Das bleibt", "Milan 5")
        ]
    assert selectors.my_rooms(resident) == []


def test_still_in_asks_for_everybody_at_once(
    project: Project, room: ChatRoom, member: User, resident: User, contact_person: User, other_staff: User
) -> None:
    asked = {room.pk: {member.pk, resident.pk, contact_person.pk, other_staff.pk, 999_999}, 888: {member.pk}}
    assert selectors.still_in(asked) == {room.pk: {member.pk, contact_person.pk}}
    leave_project(resident=member, project=project)
    User.objects.filter(pk=contact_person.pk).update(is_active=False)
    assert selectors.still_in(asked) == {room.pk: set()}
