"""Pages of the chat, all of them without scripts."""

import uuid
from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.messages import get_messages
from django.test import Client
from django.urls import reverse

from accounts.models import User
from participation.models import ChatRoom, Event, Message, Project
from participation.services import chat as services
from participation.services.projects import conceal_project, leave_project

from .conftest import Say


def letter(text: str = "Hallo") -> dict[str, str]:
    return {"client_id": str(uuid.uuid4()), "text": text}


# --- my rooms --------------------------------------------------------------------------------------------
def test_mine_lists_rooms_with_their_last_words(
    member_client: Client, room: ChatRoom, contact_person: User, say: Say
) -> None:
    say(contact_person, "Ich schließe um 12 auf")
    page = member_client.get("/chat/").content.decode()
    assert [word in page for word in (f'href="/chat/{room.pk}/', "Dach-Bau", "Yasemin: Ich schließe um 12 auf")] == [
        True
    ] * 3


def test_mine_without_a_room_says_how_to_get_one(client: Client, resident_client: Client) -> None:
    for visitor in (client, resident_client):
        assert "Jedes Projekt hat seinen eigenen Chat." in visitor.get("/chat/").content.decode()


@pytest.mark.parametrize("number", [1, 3])
def test_mine_takes_the_same_queries_for_every_number_of_rooms(
    signed_in: Callable[[User], Client],
    contact_person: User,
    quartier: Any,
    number: int,
    django_assert_num_queries: Any,
) -> None:
    from tests.cast import make_project

    for n in range(number):
        project = make_project(contact_person, quartier, f"Projekt {n}")
        services.post_message(author=contact_person, room=project.room, client_id=uuid.uuid4(), text=f"Nachricht {n}")
    client = signed_in(contact_person)
    with django_assert_num_queries(4):
        assert client.get("/chat/").content.decode().count("Nachricht") == number


# --- a room ----------------------------------------------------------------------------------------------
def test_room_shows_bubbles_of_all_three_kinds(
    member_client: Client,
    room: ChatRoom,
    member: User,
    neighbour: User,
    project: Project,
    contact_person: User,
    say: Say,
) -> None:
    from participation.services.projects import join_project

    join_project(resident=neighbour, project=project)
    say(contact_person, "Morgen 16 Uhr"), say(neighbour, "Kann ich"), say(member, "Bin da")
    response = member_client.get(f"/chat/{room.pk}/")
    lines = [(line.name, line.is_mine, line.is_staff) for line in response.context["lines"]]
    assert lines == [("Yasemin", False, True), ("Nuri 12", False, False), ("Milan 5", True, False)]
    page = response.content.decode()
    assert (page.count("message-staff") - 1, page.count("message-mine") - 1) == (
        1,
        1,
    )  # and one each as a blank
    assert "Yasemin liest mit (Mo–Fr 14–20 Uhr)" in page
    assert "2 dabei" in page


def test_tools_are_deleting_ones_own_and_reporting_others(
    member_client: Client,
    contact_client: Client,
    room: ChatRoom,
    member: User,
    contact_person: User,
    say: Say,
) -> None:
    say(member), say(contact_person)
    address = f"/chat/{room.pk}/"
    tools = [
        [line.may_delete for line in each.get(address).context["lines"]] for each in (member_client, contact_client)
    ]
    assert tools == [[True, False], [True, True]]


def test_writing_without_scripts_comes_back_to_the_end(member_client: Client, room: ChatRoom) -> None:
    sent = letter("Hallo zusammen")
    for _ in range(2):
        response = member_client.post(f"/chat/{room.pk}/", sent)
        assert (response.status_code, response["Location"]) == (302, f"/chat/{room.pk}/#unten")
    assert [message.text for message in Message.objects.all()] == ["Hallo zusammen"]


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "Schreib zuerst etwas, dann schick es ab."),
        ("Mein Insta: luchs.com", "Links gehen hier nicht."),
        ("x" * 501, "Das ist zu lang. Nimm höchstens 500 Zeichen"),
    ],
)
def test_refused_text_is_kept_and_the_reason_said(
    member_client: Client, room: ChatRoom, text: str, sentence: str
) -> None:
    response = member_client.post(f"/chat/{room.pk}/", letter(text))
    page = response.content.decode()
    assert (response.status_code, sentence in page, Message.objects.count()) == (422, True, 0)
    assert response.context["form"]["text"].value() == text


def test_broken_id_is_a_sentence(member_client: Client, room: ChatRoom) -> None:
    response = member_client.post(f"/chat/{room.pk}/", {"client_id": "x", "text": "Hallo"})
    assert (response.status_code, "Lade die Seite neu" in response.content.decode()) == (422, True)


def test_writing_faster_than_a_thumb_is_slowed_down(member_client: Client, room: ChatRoom) -> None:
    statuses = [member_client.post(f"/chat/{room.pk}/", letter(f"Nummer {n}")).status_code for n in range(22)]
    assert statuses == [302] * 20 + [422] * 2


def test_read_only_room_shows_no_composer_but_the_reason(
    member_client: Client, contact_client: Client, room: ChatRoom, contact_person: User
) -> None:
    services.set_mode(room=room, by=contact_person, mode="read_only")
    asked = {who: each.get(f"/chat/{room.pk}/") for who, each in (("member", member_client), ("team", contact_client))}
    assert [response.context["may_write"] for response in asked.values()] == [False, True]
    assert "Hier schreibt gerade nur das Team." in asked["member"].content.decode()
    response = member_client.post(f"/chat/{room.pk}/", letter())
    assert (response.status_code, Message.objects.count()) == (422, 0)


def test_older_ones_are_a_link(member_client: Client, room: ChatRoom, fill: Callable[[int], None]) -> None:
    fill(120)
    newest = member_client.get(f"/chat/{room.pk}/")
    assert (newest.context["older"], len(newest.context["lines"])) == ("?vor=71", 50)
    middle = member_client.get(f"/chat/{room.pk}/?vor=71")
    assert (middle.context["older"], middle.context["lines"][-1].seq, middle.context["is_latest"]) == (
        "?vor=21",
        70,
        False,
    )
    first = member_client.get(f"/chat/{room.pk}/?vor=21")
    assert (first.context["older"], len(first.context["lines"])) == ("", 20)
    assert member_client.get(f"/chat/{room.pk}/?vor=quatsch").context["is_latest"] is True


@pytest.mark.parametrize("number", [1, 3, 200])
def test_room_takes_the_same_queries_for_every_length(
    member_client: Client,
    room: ChatRoom,
    fill: Callable[[int], None],
    number: int,
    django_assert_num_queries: Any,
) -> None:
    fill(number)
    with django_assert_num_queries(7):
        response = member_client.get(f"/chat/{room.pk}/")
    assert len(response.context["lines"]) == min(number, 50)


# --- who may come in -------------------------------------------------------------------------------------
@pytest.mark.parametrize("role", ["resident", "neighbour", "other_staff"])
def test_who_is_not_in_is_led_to_the_project(
    signed_in: Callable[[User], Client], room: ChatRoom, role: str, request: pytest.FixtureRequest
) -> None:
    client = signed_in(request.getfixturevalue(role))
    for response in (client.get(f"/chat/{room.pk}/"), client.post(f"/chat/{room.pk}/", letter())):
        assert (response.status_code, response["Location"]) == (302, "/nordstadt/projekte/dach-bau/")
    assert [str(message) for message in get_messages(response.wsgi_request)][-1].startswith("Der Chat ist für alle")
    assert Message.objects.count() == 0


def test_visitor_enters_first(client: Client, room: ChatRoom) -> None:
    assert client.get(f"/chat/{room.pk}/")["Location"] == f"/rein/?next=%2Fchat%2F{room.pk}%2F"


def test_draft_and_absent_rooms_are_the_same(resident_client: Client, room: ChatRoom, project: Project) -> None:
    conceal_project(project=project)
    assert [resident_client.get(f"/chat/{pk}/").status_code for pk in (room.pk, 999)] == [404, 404]


def test_event_room_is_absent_for_everybody_else(resident_client: Client, event: Event) -> None:
    assert resident_client.get(f"/chat/{services.open_room(event=event).pk}/").status_code == 404


def test_who_left_is_out(member_client: Client, member: User, project: Project, room: ChatRoom) -> None:
    assert member_client.get(f"/chat/{room.pk}/").status_code == 200
    leave_project(resident=member, project=project)
    assert member_client.get(f"/chat/{room.pk}/").status_code == 302


# --- help, deleting, mode --------------------------------------------------------------------------------
def test_help_has_numbers_to_tap(member_client: Client, room: ChatRoom) -> None:
    page = member_client.get(f"/chat/{room.pk}/hilfe/").content.decode()
    assert [f'href="tel:{number}"' in page for number in ("112", "110", "116111", "08001110111")] == [True] * 4
    assert "Da: Mo–Fr 14–20 Uhr" in page


def test_help_is_for_those_in_the_room(resident_client: Client, room: ChatRoom) -> None:
    assert resident_client.get(f"/chat/{room.pk}/hilfe/").status_code == 404


def test_deleting_asks_once(member_client: Client, room: ChatRoom, member: User, say: Say) -> None:
    message = say(member, "Das war nichts")
    address = reverse("chat:delete", args=[room.pk, message.pk])
    assert "Das war nichts" in member_client.get(address).content.decode()
    assert member_client.post(address)["Location"] == f"/chat/{room.pk}/#m{message.pk}"
    page = member_client.get(f"/chat/{room.pk}/").content.decode()
    assert ("Das war nichts" in page, "Diese Nachricht ist nicht mehr da." in page) == (False, True)


def test_deleting_what_others_wrote_is_absent(
    member_client: Client, room: ChatRoom, contact_person: User, say: Say
) -> None:
    message = say(contact_person, "Bleibt")
    address = reverse("chat:delete", args=[room.pk, message.pk])
    assert [member_client.get(address).status_code, member_client.post(address).status_code] == [404, 404]
    assert Message.objects.get().deleted_at is None


@pytest.mark.parametrize(("role", "mode"), [("contact", "frozen"), ("member", "open")])
def test_mode_is_set_by_the_team(
    contact_client: Client, member_client: Client, room: ChatRoom, role: str, mode: str
) -> None:
    client = {"contact": contact_client, "member": member_client}[role]
    response = client.post(f"/chat/{room.pk}/modus/", {"mode": "frozen"})
    room.refresh_from_db()
    assert (response["Location"], room.mode) == (f"/chat/{room.pk}/", mode)


# --- reports ---------------------------------------------------------------------------------------------
def test_message_can_be_reported_by_those_in_the_room(
    member_client: Client, resident_client: Client, room: ChatRoom, contact_person: User, say: Say
) -> None:
    address = reverse("moderation:report", args=["message", say(contact_person, "Gemein").pk])
    assert "Gemein" in member_client.get(address).content.decode()
    assert resident_client.get(address).status_code == 404


def test_two_reports_hide_a_message_and_the_team_brings_it_back(
    project: Project,
    room: ChatRoom,
    member: User,
    resident: User,
    neighbour: User,
    contact_person: User,
    say: Say,
) -> None:
    from moderation.services import decide_report, file_report

    message = say(member, "Gemein")
    facts = {
        "thing": "message",
        "thing_id": message.pk,
        "quartier": project.quartier,
        "url": "/",
        "copy": "Gemein",
    }
    reports = [
        file_report(**facts, reason="hurts", reporter=who, client_id=uuid.uuid4()) for who in (resident, neighbour)
    ]
    assert Message.objects.get().hidden_at is not None
    decide_report(report=reports[0], by=contact_person, state="dismissed")
    assert Message.objects.get().hidden_at is None
