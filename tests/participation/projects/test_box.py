"""What a project's page shows to whom, and at what price."""

import datetime
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.template.loader import render_to_string
from django.test import RequestFactory

from accounts.models import AgeBand, Quartier, User
from participation.models import ChatRoom, Project
from participation.selectors.projects import box_for, projects_for
from participation.services import projects as services
from tests import cast


def shown(user: Any, project: Project, template: str = "projects/join_box.html") -> str:
    project = Project.objects.select_related("quartier").get(pk=project.pk)
    request = RequestFactory().get("/")
    request.user = user
    return render_to_string(template, {"box": box_for(user, project)}, request)


def buttons(user: Any, project: Project) -> list[str]:
    words = ("Ich mach mit", "Wieder mitmachen", "Zum Chat", "Doch nicht mehr")
    text = shown(user, project)
    return [word for word in words if word in text]


BUTTONS = {
    "visitor": ["Ich mach mit"],
    "resident": ["Ich mach mit"],
    "neighbour": ["Ich mach mit"],
    "member": ["Zum Chat", "Doch nicht mehr"],
    "contact_person": ["Zum Chat"],
    "other_staff": [],
    "administrator": ["Zum Chat"],
}


@pytest.mark.parametrize("role", BUTTONS)
def test_buttons_by_role(role: str, project: Project, request: pytest.FixtureRequest) -> None:
    user = AnonymousUser() if role == "visitor" else request.getfixturevalue(role)
    assert buttons(user, project) == BUTTONS[role]


def test_who_left_can_come_back(project: Project, member: User) -> None:
    services.leave_project(resident=member, project=project)
    assert buttons(member, project) == ["Wieder mitmachen"]


def test_full_project_says_so(project: Project, member: User, resident: User) -> None:
    Project.objects.update(capacity=1)
    assert buttons(resident, project) == []
    assert "Gerade ist alles voll." in shown(resident, project)
    assert buttons(member, project) == ["Zum Chat", "Doch nicht mehr"]


def test_finished_project_counts_who_was_there(project: Project, member: User, resident: User) -> None:
    Project.objects.update(state="finished")
    assert "1 haben mitgemacht" in shown(resident, project)
    assert buttons(resident, project) == []
    assert buttons(member, project) == ["Zum Chat"]


@pytest.mark.parametrize(("capacity", "note"), [(10, "noch 9 Plätze"), (2, "noch 1 Platz"), (1, "noch 0 Plätze")])
def test_places_left_in_words(project: Project, member: User, capacity: int, note: str) -> None:
    Project.objects.update(capacity=capacity)
    text = shown(member, project)
    assert f'value="1" max="{capacity}"' in text
    assert note in text


def test_project_without_limit_shows_the_number_alone(project: Project, member: User) -> None:
    Project.objects.update(capacity=None)
    text = shown(member, project)
    assert ("<b>1 dabei</b>" in text, "<progress" in text) == (True, False)


def test_hints_for_ages_and_slips(project: Project, resident: User) -> None:
    Project.objects.update(age_min=12, age_max=15, guardian_consent=True)
    assert "Du bist trotzdem willkommen" in shown(resident, project)
    assert "Zettel von deinen Eltern" in shown(resident, project)
    resident.age_band = AgeBand.UNDER_12
    assert "Frag kurz beim Team nach" in shown(resident, project)


def test_tasks_say_who_does_what(project: Project, member: User, resident: User, contact_person: User) -> None:
    services.join_project(resident=resident, project=project)
    day = datetime.date(2026, 12, 5)
    mine = services.add_task(project=project, by=contact_person, title="Malen", due_on=day)
    theirs = services.add_task(project=project, by=contact_person, title="Fegen")
    services.add_task(project=project, by=contact_person, title="Filmen")
    services.take_task(resident=member, task=mine)
    services.take_task(resident=resident, task=theirs)
    acts = {row.task.title: row.act for row in box_for(member, project).rows}
    assert acts == {"Malen": "release", "Fegen": "taken", "Filmen": "take"}
    text = shown(member, project, "projects/tasks.html")
    assert [word in text for word in ("Abgeben", "Rosa 27", "Mach ich", "Bis Sa 5. Dez.")] == [True] * 4
    visitor = {row.task.title: row.act for row in box_for(AnonymousUser(), project).rows}
    assert visitor == {"Malen": "taken", "Fegen": "taken", "Filmen": "free"}


def test_project_without_tasks_shows_no_list(project: Project, member: User) -> None:
    assert shown(member, project, "projects/tasks.html").strip() == ""


# --- at what price ---------------------------------------------------------------------------------------
@pytest.mark.parametrize("number", [1, 3])
def test_box_takes_four_queries_for_a_resident(
    project: Project, resident: User, contact_person: User, quartier: Quartier, number: int,
    django_assert_num_queries: Any,
) -> None:  # fmt: skip
    for n in range(number):
        task = services.add_task(project=project, by=contact_person, title=f"Aufgabe {n}")
        person = cast.make_resident(f"Person {n}", quartier)
        services.join_project(resident=person, project=project)
        services.take_task(resident=person, task=task)
    project = Project.objects.select_related("quartier").get(pk=project.pk)
    with django_assert_num_queries(4):
        box = box_for(resident, project)
        assert [row.task.taken_by.nickname for row in box.rows if row.task.taken_by] == [
            f"Person {n}" for n in range(number)
        ]


def test_box_takes_five_queries_for_the_team(
    project: Project, contact_person: User, django_assert_num_queries: Any
) -> None:
    staff = User.objects.get(pk=contact_person.pk)
    project = Project.objects.select_related("quartier").get(pk=project.pk)
    with django_assert_num_queries(5):
        box = box_for(staff, project)
    assert (box.is_team, box.room_id) == (True, ChatRoom.objects.get().pk)


@pytest.mark.parametrize("number", [1, 3])
def test_cards_take_two_queries(
    contact_person: User, quartier: Quartier, number: int, django_assert_num_queries: Any
) -> None:
    for n in range(number):
        cast.make_project(contact_person, quartier, f"Projekt {n}", summary="Kurz", easy="Leicht")
    with django_assert_num_queries(2):
        text = "".join(
            render_to_string("projects/card.html", {"project": project})
            for project in projects_for(AnonymousUser(), quartier)
        )
    assert text.count("<article") == number


def test_projects_for_puts_running_ones_first_and_drafts_nowhere(contact_person: User, quartier: Quartier) -> None:
    for title, state in (
        ("Alt", "exhibited"),
        ("Neu", "planned"),
        ("Jetzt", "running"),
        ("Fertig", "finished"),
    ):
        cast.make_project(contact_person, quartier, title, state=state)
    services.create_project(quartier=quartier, by=contact_person, title="Entwurf")
    titles = [project.title for project in projects_for(contact_person, quartier)]
    assert titles == ["Jetzt", "Neu", "Fertig", "Alt"]
