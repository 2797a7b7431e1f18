"""One tap each: join, leave, tasks; and back to the project's page."""

import pytest
from django.contrib.messages import get_messages
from django.test import Client
from django.urls import reverse

from accounts.models import Quartier, User
from ideas.models import Idea
from participation.models import ChatRoom, Membership, Project, Task
from participation.services import projects as services

PAGE = "/nordstadt/projekte/dach-bau/"


def url(name: str, project: Project, *more: int) -> str:
    return reverse(f"projects:{name}", args=[project.quartier.slug, project.slug, *more])


def said(response: object) -> list[str]:
    return [str(message) for message in get_messages(response.wsgi_request)]  # type: ignore[attr-defined]


def test_join_leads_back_with_the_way_to_the_chat(resident_client: Client, project: Project) -> None:
    response = resident_client.post(url("join", project))
    room = ChatRoom.objects.get(project=project)
    assert (response.status_code, response["Location"]) == (302, PAGE)
    assert said(response) == [f'Du bist dabei! <a href="/chat/{room.pk}/">Zum Chat</a>']
    assert Membership.objects.count() == 1


def test_join_twice_is_once(resident_client: Client, project: Project) -> None:
    for _ in range(2):
        resident_client.post(url("join", project))
    project.refresh_from_db()
    assert project.member_count == 1


def test_newcomer_joins_in_one_go(client: Client, project: Project, quartier: Quartier) -> None:
    asked = client.post(url("join", project), {"act": "join"})
    assert (asked.status_code, Membership.objects.count()) == (200, 0)
    assert 'name="act" value="join"' in asked.content.decode()
    entry = {
        "entry-nickname": "Luchs-17",
        "entry-age_band": "16-19",
        "entry-quartier": quartier.pk,
        "act": "join",
    }
    response = client.post(url("join", project), entry)
    assert (response["Location"], Membership.objects.get().member.nickname) == (PAGE, "Luchs-17")


def test_newcomer_with_a_mistake_is_asked_again(client: Client, project: Project, quartier: Quartier) -> None:
    entry = {"entry-nickname": "", "entry-age_band": "16-19", "entry-quartier": quartier.pk}
    response = client.post(url("join", project), entry)
    assert (
        response.status_code,
        Membership.objects.count(),
        User.objects.filter(is_staff=False).count(),
    ) == (422, 0, 0)


def test_join_when_full_is_a_sentence(resident_client: Client, project: Project, member: User) -> None:
    Project.objects.update(capacity=1)
    response = resident_client.post(url("join", project))
    assert said(response) == [
        "Gerade ist alles voll. Schau später wieder rein: Wenn jemand aufhört, wird ein Platz frei."
    ]
    assert response["Location"] == PAGE


def test_staff_are_told_that_they_are_in_anyway(contact_client: Client, project: Project) -> None:
    assert said(contact_client.post(url("join", project))) == [
        "Mit einem Team-Konto bist du sowieso dabei: Du kannst im Chat mitlesen und schreiben."
    ]


def test_leave_and_leave_again(member_client: Client, project: Project) -> None:
    for _ in range(2):
        response = member_client.post(url("leave", project))
        assert (response["Location"], said(response)[-1]) == (
            PAGE,
            "Du bist nicht mehr dabei. Deine Aufgaben sind wieder frei.",
        )
    project.refresh_from_db()
    assert project.member_count == 0


@pytest.fixture
def task(project: Project, contact_person: User) -> Task:
    return services.add_task(project=project, by=contact_person, title="Hochbeete streichen")


def test_take_and_release_a_task(member_client: Client, project: Project, member: User, task: Task) -> None:
    response = member_client.post(url("take", project, task.pk))
    task.refresh_from_db()
    assert (task.taken_by, said(response)) == (member, ["Danke! „Hochbeete streichen“ machst jetzt du."])
    response = member_client.post(url("release", project, task.pk))
    task.refresh_from_db()
    assert (task.taken_by, said(response)[-1]) == (None, "Alles klar, „Hochbeete streichen“ ist wieder frei.")


def test_task_wants_members(resident_client: Client, project: Project, task: Task) -> None:
    response = resident_client.post(url("take", project, task.pk))
    assert said(response) == ["Mach erst beim Projekt mit, dann kannst du eine Aufgabe nehmen."]


def test_task_of_another_project_is_absent(member_client: Client, project: Project, task: Task) -> None:
    twin = Project.objects.create(
        quartier=project.quartier, slug="zwei", title="Zwei", announced_at=project.announced_at
    )
    response = member_client.post(url("take", twin, task.pk))
    task.refresh_from_db()
    assert (task.taken_by, said(response)) == (None, ["Diese Aufgabe gibt es nicht mehr."])


@pytest.mark.parametrize("name", ["take", "release"])
def test_task_that_the_team_has_removed_meanwhile_is_said_on_the_project(
    member_client: Client, project: Project, task: Task, contact_person: User, name: str
) -> None:
    services.remove_task(task=task, by=contact_person)
    response = member_client.post(url(name, project, task.pk))
    assert (response.status_code, response["Location"], said(response)) == (
        302,
        PAGE,
        ["Diese Aufgabe gibt es nicht mehr."],
    )


@pytest.mark.parametrize("name", ["join", "leave"])
def test_looking_instead_of_acting_leads_to_the_page(client: Client, project: Project, name: str) -> None:
    response = client.get(url(name, project))
    assert (response["Location"], Membership.objects.count()) == (PAGE, 0)


@pytest.mark.parametrize("name", ["join", "leave"])
def test_draft_is_absent_for_everybody_else(
    resident_client: Client, other_staff_client: Client, project: Project, name: str
) -> None:
    services.conceal_project(project=project)
    statuses = [each.post(url(name, project)).status_code for each in (resident_client, other_staff_client)]
    assert (statuses, resident_client.get(url(name, project)).status_code) == ([404, 404], 404)


def test_of_idea_leads_to_the_project(client: Client, contact_client: Client, idea: Idea, contact_person: User) -> None:
    address = reverse("projects:of_idea", args=[idea.pk])
    project = services.turn_into_project(idea=idea, by=contact_person, reason="Ja!")
    # As long as it is a draft, others come back to the idea instead of to a dead end.
    assert (client.get(address)["Location"], contact_client.get(address)["Location"]) == (
        idea.get_absolute_url(),
        project.get_absolute_url(),
    )
    services.announce_project(project=project)
    assert client.get(address)["Location"] == project.get_absolute_url()


# --- a project whose page was taken down ---------------------------------------------------------------------
@pytest.fixture
def concealed(project: Project, member: User) -> Project:
    return services.conceal_project(project=project)


def test_members_of_a_concealed_project_find_the_way_out_from_their_chat(
    member_client: Client, concealed: Project
) -> None:
    room = ChatRoom.objects.get(project=concealed)
    assert f'href="{url("leave", concealed)}"' in member_client.get(f"/chat/{room.pk}/").text
    page = member_client.get(url("leave", concealed))
    assert (page.status_code, "Doch nicht mehr" in page.text, page.text.count("<h1")) == (200, True, 1)


def test_leaving_a_concealed_project_works_and_may_be_repeated(member_client: Client, concealed: Project) -> None:
    answers = [member_client.post(url("leave", concealed), {"act": "leave"}) for _time in range(2)]
    assert [(answer.status_code, answer["Location"]) for answer in answers] == [(302, "/chat/")] * 2
    concealed.refresh_from_db()
    assert (concealed.member_count, Membership.objects.filter(left_at=None).count()) == (0, 0)
    assert member_client.get(url("leave", concealed))["Location"] == "/chat/"


@pytest.mark.parametrize("who", ["client", "resident_client", "neighbour_client", "other_staff_client"])
def test_a_concealed_project_stays_absent_for_all_others(
    concealed: Project, who: str, request: pytest.FixtureRequest
) -> None:
    one: Client = request.getfixturevalue(who)
    assert one.get(url("leave", concealed)).status_code == 404
    if who != "client":  # who is asked for a nickname first, and then as much
        assert one.post(url("leave", concealed)).status_code == 404
    assert Membership.objects.filter(left_at=None).count() == 1


def test_leaving_a_public_project_leads_back_to_it(member_client: Client, project: Project) -> None:
    assert member_client.get(url("leave", project))["Location"] == PAGE
    assert member_client.post(url("leave", project))["Location"] == PAGE
