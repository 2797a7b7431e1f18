"""Acts on projects: what they write, what they refuse, what they do when repeated."""

import datetime
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from accounts.models import ContactPerson, Quartier, User
from common.errors import Refused
from ideas.models import Entry, Idea
from participation.models import ChatRoom, Membership, Project, Task
from participation.selectors.projects import envelope
from participation.services import projects as services
from tests import cast

Captured = pytest.ExceptionInfo[Refused]


def refusal(captured: Captured) -> tuple[str, str | None]:
    return captured.value.code, captured.value.field


# --- setting up ------------------------------------------------------------------------------------------
def test_create_project_takes_ages_and_contact_from_the_quartier(contact_person: User, quartier: Quartier) -> None:
    quartier.age_min, quartier.age_max = 14, 20
    project = services.create_project(quartier=quartier, by=contact_person, title="Grüne Höfe & Öfen")
    assert (project.age_min, project.age_max) == (14, 20)
    assert (project.slug, project.state, project.announced_at) == ("gruene-hoefe-oefen", "planned", None)
    assert [contact.user for contact in project.contacts.all()] == [contact_person]


def test_create_project_finds_a_free_address(contact_person: User, quartier: Quartier) -> None:
    slugs = [services.create_project(quartier=quartier, by=contact_person, title="Kino").slug for _ in range(3)]
    assert slugs == ["kino", "kino-2", "kino-3"]


def test_create_project_without_letters_still_has_an_address(contact_person: User, quartier: Quartier) -> None:
    assert services.create_project(quartier=quartier, by=contact_person, title="حديقة").slug == "projekt"


@pytest.mark.parametrize("role", ["resident", "other_staff"])
def test_create_project_is_for_the_team(role: str, quartier: Quartier, request: pytest.FixtureRequest) -> None:
    with pytest.raises(Refused) as captured:
        services.create_project(quartier=quartier, by=request.getfixturevalue(role), title="Kino")
    assert refusal(captured) == ("forbidden", None)
    assert Project.objects.count() == 0


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"title": ""}, "title"),
        ({"title": "x" * 81}, "title"),
        ({"capacity": 0}, "capacity"),
        ({"format": "festival"}, "format"),
        ({"age_min": 20, "age_max": 12}, None),
        ({"starts_on": datetime.date(2026, 5, 2), "ends_on": datetime.date(2026, 5, 1)}, None),
    ],
)
def test_create_project_names_the_mistake(
    contact_person: User, quartier: Quartier, facts: dict[str, object], field: str | None
) -> None:
    with pytest.raises(Refused) as captured:
        services.create_project(**({"quartier": quartier, "by": contact_person, "title": "Kino"} | facts))
    assert refusal(captured) == ("invalid", field)
    assert "onstraint" not in str(captured.value)


def test_create_project_refuses_facts_it_does_not_know(contact_person: User, quartier: Quartier) -> None:
    with pytest.raises(TypeError, match="member_count"):
        services.create_project(quartier=quartier, by=contact_person, title="Kino", member_count=3)


def test_update_project_changes_what_is_named(project: Project, contact_person: User) -> None:
    services.update_project(project=project, by=contact_person, title="Dach und Licht", capacity=None)
    project.refresh_from_db()
    assert (project.title, project.capacity, project.place) == ("Dach und Licht", None, "Jugendhaus")


def test_update_project_keeps_everybody_who_is_in(project: Project, member: User, contact_person: User) -> None:
    Project.objects.update(member_count=4)
    with pytest.raises(Refused) as captured:
        services.update_project(project=project, by=contact_person, capacity=3)
    assert refusal(captured) == ("invalid", None)
    assert str(captured.value) == "So viele machen schon mit. Gib mindestens so viele Plätze an."


def test_update_project_refuses_a_leap(project: Project, contact_person: User) -> None:
    with pytest.raises(Refused) as captured:
        services.update_project(project=project, by=contact_person, state="exhibited")
    assert refusal(captured) == ("invalid", "state")


def test_update_project_keeps_one_contact_person(project: Project, contact_person: User) -> None:
    with pytest.raises(Refused) as captured:
        services.update_project(project=project, by=contact_person, contacts=[])
    assert refusal(captured) == ("no_contact", "contacts")


def test_update_project_is_for_the_team(project: Project, other_staff: User) -> None:
    with pytest.raises(Refused) as captured:
        services.update_project(project=project, by=other_staff, title="Meins")
    assert refusal(captured) == ("forbidden", None)


def test_announce_project_opens_one_room_and_keeps_its_day(contact_person: User, quartier: Quartier) -> None:
    project = services.create_project(quartier=quartier, by=contact_person, title="Kino")
    first = services.announce_project(project=project).announced_at
    assert services.announce_project(project=project).announced_at == first
    assert ChatRoom.objects.filter(project=project).count() == 1
    assert services.conceal_project(project=project).announced_at is None


# --- from an idea ----------------------------------------------------------------------------------------
def test_turn_into_project_remembers_the_idea_and_tells_the_reason(idea: Idea, contact_person: User) -> None:
    project = services.turn_into_project(idea=idea, by=contact_person, reason="Die Stadt gibt das Dach.")
    idea.refresh_from_db()
    last = idea.story.last()
    assert last is not None
    assert (project.idea, project.title, project.quartier) == (idea, idea.title, idea.quartier)
    assert (idea.state, last.kind, last.reason) == (
        "becomes_project",
        Entry.Kind.BECOMES_PROJECT,
        "Die Stadt gibt das Dach.",
    )


def test_turn_into_project_again_returns_the_first(idea: Idea, contact_person: User) -> None:
    made = [services.turn_into_project(idea=idea, by=contact_person, reason="Ja!", title=t) for t in ("Eins", "Zwei")]
    assert made[0] == made[1]
    assert [project.title for project in Project.objects.all()] == ["Eins"]


def test_turn_into_project_is_for_the_team(idea: Idea, other_staff: User) -> None:
    with pytest.raises(Refused) as captured:
        services.turn_into_project(idea=idea, by=other_staff, reason="Ja!")
    assert captured.value.code == "forbidden"
    assert Project.objects.count() == 0


# --- taking part -----------------------------------------------------------------------------------------
def test_change_task_keeps_who_has_taken_it(project: Project, member: User, contact_person: User) -> None:
    task = services.add_task(project=project, by=contact_person, title="Straichen")
    services.take_task(resident=member, task=task)
    changed = services.change_task(task=task, by=contact_person, title=" Streichen ")
    assert (changed.title, changed.taken_by, project.tasks.count()) == ("Streichen", member, 1)


@pytest.mark.parametrize(("who", "title", "code"), [("member", "x", "forbidden"), ("contact_person", " ", "invalid")])
def test_change_task_is_refused(
    project: Project, member: User, contact_person: User, who: str, title: str, code: str
) -> None:
    task = services.add_task(project=project, by=contact_person, title="Streichen")
    with pytest.raises(Refused) as refusal:
        services.change_task(task=task, by={"member": member, "contact_person": contact_person}[who], title=title)
    assert (refusal.value.code, Task.objects.get().title) == (code, "Streichen")


def test_join_project_counts_once_however_often(project: Project, resident: User) -> None:
    rows = {services.join_project(resident=resident, project=project).pk for _ in range(3)}
    project.refresh_from_db()
    assert (len(rows), project.member_count) == (1, 1)


def test_join_project_holds_its_places_against_stale_objects(project: Project, resident: User, neighbour: User) -> None:
    """Two requests read the project with one place left; the second one finds it taken."""
    Project.objects.update(capacity=1)
    stale = [Project.objects.get(), Project.objects.get()]
    services.join_project(resident=resident, project=stale[0])
    assert stale[1].places_left == 1
    with pytest.raises(Refused) as captured:
        services.join_project(resident=neighbour, project=stale[1])
    project.refresh_from_db()
    assert (captured.value.code, project.member_count, Membership.objects.count()) == ("full", 1, 1)


def test_the_table_itself_holds_the_places(project: Project) -> None:
    with pytest.raises(IntegrityError, match="no_more_members_than_places"), transaction.atomic():
        Project.objects.update(capacity=1, member_count=2)


@pytest.mark.parametrize(
    ("change", "code"),
    [({"state": "finished"}, "over"), ({"announced_at": None}, "absent"), ({"capacity": 0}, "full")],
)
def test_join_project_refuses(project: Project, resident: User, change: dict[str, object], code: str) -> None:
    Project.objects.update(**change)
    with pytest.raises(Refused) as captured:
        services.join_project(resident=resident, project=project)
    assert captured.value.code == code
    assert Membership.objects.count() == 0


def test_join_project_is_not_for_staff(project: Project, contact_person: User) -> None:
    with pytest.raises(Refused) as captured:
        services.join_project(resident=contact_person, project=project)
    assert captured.value.code == "staff"


def test_member_stays_in_when_it_is_full(project: Project, member: User) -> None:
    Project.objects.update(capacity=1)
    services.join_project(resident=member, project=project)
    assert Membership.objects.count() == 1


def test_leave_project_keeps_the_row_and_frees_tasks(project: Project, member: User, contact_person: User) -> None:
    task = services.add_task(project=project, by=contact_person, title="Fegen")
    services.take_task(resident=member, task=task)
    for _ in range(2):
        services.leave_project(resident=member, project=project)
    project.refresh_from_db()
    task.refresh_from_db()
    row = Membership.objects.get()
    assert (project.member_count, row.left_at is not None, task.taken_by) == (0, True, None)


def test_leaving_can_be_undone(project: Project, member: User) -> None:
    services.leave_project(resident=member, project=project)
    services.join_project(resident=member, project=project)
    project.refresh_from_db()
    assert (project.member_count, Membership.objects.count()) == (1, 2)


# --- tasks -----------------------------------------------------------------------------------------------
def test_take_task_is_the_first_ones(project: Project, member: User, resident: User, contact_person: User) -> None:
    services.join_project(resident=resident, project=project)
    task = services.add_task(project=project, by=contact_person, title="Fegen")
    assert services.take_task(resident=member, task=task).taken_by == member
    assert services.take_task(resident=member, task=task).taken_by == member
    with pytest.raises(Refused) as captured:
        services.take_task(resident=resident, task=task)
    assert (captured.value.code, str(captured.value)) == (
        "taken",
        "Milan 5 macht das schon. Schau, was noch frei ist.",
    )


def test_take_task_needs_taking_part(project: Project, resident: User, contact_person: User) -> None:
    task = services.add_task(project=project, by=contact_person, title="Fegen")
    with pytest.raises(Refused) as captured:
        services.take_task(resident=resident, task=task)
    assert captured.value.code == "not_a_member"


def test_take_task_of_a_finished_project_is_over(project: Project, member: User, contact_person: User) -> None:
    task = services.add_task(project=project, by=contact_person, title="Fegen")
    services.update_project(project=project, by=contact_person, state="finished")
    with pytest.raises(Refused) as captured:
        services.take_task(resident=member, task=task)
    assert captured.value.code == "over"


def test_release_task_by_its_taker_or_the_team(
    project: Project, member: User, resident: User, contact_person: User
) -> None:
    task = services.add_task(project=project, by=contact_person, title="Fegen")
    services.join_project(resident=resident, project=project)
    services.take_task(resident=member, task=task)
    with pytest.raises(Refused) as captured:
        services.release_task(resident=resident, task=task)
    assert captured.value.code == "taken"
    assert services.release_task(resident=member, task=task).taken_by is None
    assert services.release_task(resident=member, task=task).taken_by is None
    services.take_task(resident=member, task=task)
    assert services.release_task(resident=contact_person, task=task).taken_by is None


def test_task_that_is_gone_is_absent(project: Project, member: User, contact_person: User) -> None:
    task = services.add_task(project=project, by=contact_person, title="Fegen")
    services.remove_task(task=task, by=contact_person)
    with pytest.raises(Refused) as captured:
        services.take_task(resident=member, task=task)
    assert captured.value.code == "absent"


def test_add_task_twice_is_one(project: Project, contact_person: User) -> None:
    day = datetime.date(2026, 12, 5)
    for due in (None, day):
        services.add_task(project=project, by=contact_person, title=" Fegen ", due_on=due)
    assert [(task.title, task.due_on) for task in project.tasks.all()] == [("Fegen", day)]


@pytest.mark.parametrize("title", ["", "   ", "x" * 81])
def test_add_task_wants_a_short_title(project: Project, contact_person: User, title: str) -> None:
    with pytest.raises(Refused) as captured:
        services.add_task(project=project, by=contact_person, title=title)
    assert refusal(captured) == ("invalid", "title")


def test_add_and_remove_task_are_for_the_team(project: Project, contact_person: User, member: User) -> None:
    task = services.add_task(project=project, by=contact_person, title="Fegen")
    codes = []
    for act in (
        lambda: services.add_task(project=project, by=member, title="Malen"),
        lambda: services.remove_task(task=task, by=member),
    ):
        with pytest.raises(Refused) as captured:
            act()
        codes.append(captured.value.code)
    assert codes == ["forbidden", "forbidden"]


# --- money -----------------------------------------------------------------------------------------------
def test_envelope_adds_up_one_year(project: Project, contact_person: User, quartier: Quartier) -> None:
    services.update_project(project=project, by=contact_person, starts_on=datetime.date(2026, 4, 1))
    old = cast.make_project(contact_person, quartier, "Früher", starts_on=datetime.date(2025, 4, 1))
    line = {"title": "Holz", "planned": Decimal(500), "committed": Decimal(400), "spent": Decimal("120.50")}
    for each in (project, old):
        services.set_budget(project=each, by=contact_person, lines=[line, line])
    services.set_budget(project=project, by=contact_person, lines=[line, line])
    services.set_envelope(quartier=quartier, by=contact_person, year=2026, envelope=Decimal(5000))
    year = envelope(quartier, 2026)
    assert (year.envelope, year.planned, year.committed, year.spent) == (5000, 1000, 800, 241)
    assert (year.free, year.projects, year.projects_ever) == (4000, 1, 2)


def test_envelope_of_an_empty_year_is_nothing(quartier: Quartier) -> None:
    year = envelope(quartier, 2031)
    assert (year.envelope, year.planned, year.free, year.projects, year.projects_ever) == (0, 0, 0, 0, 0)


def test_money_is_never_negative_and_never_foreign(project: Project, contact_person: User, other_staff: User) -> None:
    line = {"title": "Holz", "planned": Decimal(-1)}
    with pytest.raises(Refused) as captured:
        services.set_budget(project=project, by=contact_person, lines=[line])
    assert refusal(captured) == ("invalid", "planned")
    with pytest.raises(Refused) as captured:
        services.set_budget(project=project, by=other_staff, lines=[])
    assert refusal(captured) == ("forbidden", None)
    with pytest.raises(Refused) as captured:
        services.set_envelope(quartier=project.quartier, by=other_staff, year=2026, envelope=Decimal(1))
    assert refusal(captured) == ("forbidden", None)


def test_contact_person_without_account_can_still_be_named(contact_person: User, quartier: Quartier) -> None:
    tom = ContactPerson.objects.create(quartier=quartier, name="Tom Brandt")
    project = services.create_project(quartier=quartier, by=contact_person, title="Kino", contacts=[tom])
    assert list(project.contacts.all()) == [tom]
