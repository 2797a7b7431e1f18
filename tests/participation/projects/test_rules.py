"""Who may do what with a project: role × state."""

import datetime

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from accounts.models import AgeBand, User
from participation.models import Membership, Project, Task
from participation.rules import projects as rules

State = Project.State
NOW = timezone.now()

# The answer of `join_obstacle`, by what the project is and who asks.
OBSTACLES = {
    "planned": {"visitor": "sign_in", "resident": "", "neighbour": "", "staff": "staff"},
    "running": {"visitor": "sign_in", "resident": "", "neighbour": "", "staff": "staff"},
    "finished": {"visitor": "over", "resident": "over", "neighbour": "over", "staff": "over"},
    "exhibited": {"visitor": "over", "resident": "over", "neighbour": "over", "staff": "over"},
    "full": {"visitor": "full", "resident": "full", "neighbour": "full", "staff": "full"},
    "draft": {"visitor": "absent", "resident": "absent", "neighbour": "absent", "staff": "absent"},
}


def make(kind: str) -> Project:
    state = kind if kind in State.values else State.RUNNING
    return Project(
        state=state,
        capacity=3,
        member_count=3 if kind == "full" else 2,
        announced_at=None if kind == "draft" else NOW,
    )


def who(role: str) -> User | AnonymousUser:
    return {
        "visitor": AnonymousUser(),
        "resident": User(nickname="Rosa 27"),
        "neighbour": User(nickname="Nuri 12"),
        "staff": User(nickname="Yasemin", is_staff=True),
    }[role]


@pytest.mark.parametrize(
    ("kind", "role", "obstacle"),
    [(kind, role, answer) for kind, row in OBSTACLES.items() for role, answer in row.items()],
)
def test_join_obstacle_by_role_and_state(kind: str, role: str, obstacle: str) -> None:
    assert rules.join_obstacle(who(role), make(kind)) == obstacle
    assert rules.can_join(who(role), make(kind)) is (obstacle == "")


def test_every_obstacle_has_a_sentence() -> None:
    named = {answer for row in OBSTACLES.values() for answer in row.values()} - {""}
    assert named == set(rules.OBSTACLES)


def test_somebody_locked_out_cannot_join() -> None:
    assert rules.join_obstacle(User(is_active=False), make("running")) == "sign_in"


def test_project_without_limit_is_never_full() -> None:
    assert rules.project_obstacle(Project(member_count=900, announced_at=NOW)) == ""


@pytest.mark.parametrize(
    ("state", "steps"),
    [
        ("planned", {"planned", "running"}),
        ("running", {"planned", "running", "finished"}),
        ("finished", {"running", "finished", "exhibited"}),
        ("exhibited", {"finished", "exhibited"}),
    ],
)
def test_states_follow_each_other(state: str, steps: set[str]) -> None:
    assert {to for to in State.values if rules.may_step(state, to)} == steps


@pytest.mark.parametrize(
    ("band", "hint"),
    [
        (AgeBand.UNDER_12, "younger"),
        (AgeBand.FROM_12, ""),
        (AgeBand.FROM_16, ""),
        (AgeBand.FROM_20, "older"),
        (AgeBand.FROM_27, "older"),
        ("", ""),
    ],
)
def test_age_hint_warns_when_no_year_fits(band: str, hint: str) -> None:
    assert rules.age_hint(User(age_band=band), Project(age_min=14, age_max=19)) == hint


def test_age_never_blocks() -> None:
    project = make("running")
    project.age_min, project.age_max = 12, 15
    assert rules.can_join(User(age_band=AgeBand.FROM_27), project)
    assert rules.can_join(User(age_band=AgeBand.UNDER_12), project)


@pytest.mark.parametrize(
    ("band", "asked", "needed"),
    [
        (AgeBand.FROM_16, True, True),
        (AgeBand.FROM_16, False, False),
        (AgeBand.FROM_20, True, False),
        ("", True, True),
    ],
)
def test_slip_is_for_those_who_may_be_under_age(band: str, asked: bool, needed: bool) -> None:
    assert rules.needs_slip(User(age_band=band), Project(guardian_consent=asked)) is needed


# --- tasks -----------------------------------------------------------------------------------------------
TASKS = {
    # who: (take a free one, take the member's, give the member's back)
    "visitor": (False, False, False),
    "resident": (False, False, False),
    "member": (True, True, True),
    "other_member": (True, False, False),
    "contact_person": (False, False, True),
    "other_staff": (False, False, False),
    "coordinator": (False, False, True),
    "administrator": (False, False, True),
}


@pytest.fixture
def other_member(project: Project, neighbour: User) -> User:
    Membership.objects.create(project=project, member=neighbour)
    return neighbour


@pytest.mark.parametrize("role", TASKS)
def test_tasks_by_role(role: str, project: Project, member: User, request: pytest.FixtureRequest) -> None:
    user = AnonymousUser() if role == "visitor" else request.getfixturevalue(role)
    free = Task.objects.create(project=project, title="Fegen")
    taken = Task.objects.create(project=project, title="Malen", taken_by=member)
    answers = (rules.can_take(user, free), rules.can_take(user, taken), rules.can_release(user, taken))
    assert answers == TASKS[role]


@pytest.mark.parametrize(
    ("state", "open_"), [("planned", True), ("running", True), ("finished", False), ("exhibited", False)]
)
def test_tasks_are_taken_while_the_project_goes_on(project: Project, member: User, state: str, open_: bool) -> None:
    project.state = state
    task = Task(project=project, title="Fegen", due_on=datetime.date(2026, 12, 5))
    assert rules.can_take(member, task) is open_


# --- seeing and running ----------------------------------------------------------------------------------
SIGHT = {
    # who: (sees it public, sees it as a draft, runs it)
    "visitor": (True, False, False),
    "resident": (True, False, False),
    "member": (True, False, False),
    "neighbour": (True, False, False),
    "contact_person": (True, True, True),
    "coordinator": (True, True, True),
    "administrator": (True, True, True),
    "other_staff": (True, False, False),
}


@pytest.mark.parametrize("role", SIGHT)
def test_sight_by_role(role: str, project: Project, request: pytest.FixtureRequest) -> None:
    user = AnonymousUser() if role == "visitor" else request.getfixturevalue(role)
    public = rules.can_see(user, project)
    project.announced_at = None
    assert (public, rules.can_see(user, project), rules.can_run(user, project)) == SIGHT[role]


def test_member_until_leaving(project: Project, member: User, resident: User) -> None:
    assert rules.is_member(member, project) is True
    assert rules.is_member(resident, project) is False
    assert rules.is_member(AnonymousUser(), project) is False
    Membership.objects.update(left_at=NOW)
    assert rules.is_member(member, project) is False
