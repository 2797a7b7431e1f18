"""Projects and membership for programs."""

import pytest
from django.test import Client

from accounts.models import User
from participation.models import ChatRoom, Membership, Project
from participation.services import projects as services


def test_list_shows_public_projects_only(client: Client, project: Project, contact_person: User) -> None:
    services.create_project(quartier=project.quartier, by=contact_person, title="Entwurf")
    body = client.get("/api/v1/quartiere/nordstadt/projects/").json()
    assert (body["count"], [row["title"] for row in body["results"]]) == (1, ["Dach-Bau"])
    assert client.get("/api/v1/quartiere/nirgends/projects/").status_code == 404


@pytest.mark.parametrize("number", [1, 3])
def test_list_takes_four_queries(
    client: Client, project: Project, contact_person: User, number: int, django_assert_num_queries: object
) -> None:
    for n in range(1, number):
        services.announce_project(
            project=services.create_project(quartier=project.quartier, by=contact_person, title=f"Projekt {n}")
        )
    with django_assert_num_queries(4):  # type: ignore[operator]
        assert client.get("/api/v1/quartiere/nordstadt/projects/").json()["count"] == number


def test_detail_says_what_a_page_says(client: Client, project: Project, member: User) -> None:
    body = client.get(f"/api/v1/projects/{project.pk}/").json()
    facts = {name: body[name] for name in ("quartier", "slug", "url", "state", "member_count", "places_left")}
    assert facts == {
        "quartier": "nordstadt",
        "slug": "dach-bau",
        "url": "/nordstadt/projekte/dach-bau/",
        "state": "running",
        "member_count": 1,
        "places_left": 9,
    }


def test_draft_is_for_its_team(client: Client, contact_client: Client, project: Project) -> None:
    services.conceal_project(project=project)
    address = f"/api/v1/projects/{project.pk}/"
    assert (client.get(address).status_code, contact_client.get(address).status_code) == (404, 200)


def test_membership_can_be_put_and_deleted_again_and_again(resident_client: Client, project: Project) -> None:
    address = f"/api/v1/projects/{project.pk}/membership/"
    room = ChatRoom.objects.get(project=project).pk
    for _ in range(2):
        body = resident_client.put(address).json()
        assert body == {"joined": True, "member_count": 1, "places_left": 9, "room": room}
    for _ in range(2):
        body = resident_client.delete(address).json()
        assert body == {"joined": False, "member_count": 0, "places_left": 10, "room": None}


def test_membership_needs_a_nickname(client: Client, project: Project) -> None:
    address = f"/api/v1/projects/{project.pk}/membership/"
    assert [client.put(address).status_code, client.delete(address).status_code] == [401, 401]


def test_membership_of_a_full_project_is_a_conflict(resident_client: Client, member: User, project: Project) -> None:
    Project.objects.update(capacity=1)
    response = resident_client.put(f"/api/v1/projects/{project.pk}/membership/")
    assert (response.status_code, response.json()["code"], Membership.objects.count()) == (409, "full", 1)


def test_membership_wants_a_csrf_token(resident: User, project: Project) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(resident)
    assert strict.put(f"/api/v1/projects/{project.pk}/membership/").status_code == 403


def test_membership_of_a_concealed_project_can_be_ended_but_not_begun(
    member_client: Client, resident_client: Client, member: User, project: Project
) -> None:
    services.conceal_project(project=project)
    address = f"/api/v1/projects/{project.pk}/membership/"
    answers = [member_client.delete(address) for _time in range(2)]
    facts = {"joined": False, "member_count": 0, "places_left": 10, "room": None}
    assert [(answer.status_code, answer.json()) for answer in answers] == [(200, facts)] * 2
    strangers = [member_client.put(address), resident_client.put(address), resident_client.delete(address)]
    assert [answer.status_code for answer in strangers] == [404] * 3
