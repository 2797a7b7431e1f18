"""Who may do what with a project. Pure questions; the same answer serves page, API, template and socket."""

from typing import Final

from django.contrib.auth.models import AnonymousUser
from django.utils.translation import gettext_lazy as _

from accounts.models import AgeBand, User
from accounts.rules import is_resident, is_staff_of, may_act
from participation.models import Membership, Project, Task

State = Project.State
Person = User | AnonymousUser

# planned → running → finished → exhibited (domain.md); one step back corrects a slip.
STEPS: Final[dict[str, frozenset[str]]] = {
    State.PLANNED: frozenset({State.RUNNING}),
    State.RUNNING: frozenset({State.PLANNED, State.FINISHED}),
    State.FINISHED: frozenset({State.RUNNING, State.EXHIBITED}),
    State.EXHIBITED: frozenset({State.FINISHED}),
}
JOINABLE: Final = frozenset({State.PLANNED, State.RUNNING})

# What stands between a person and joining, and what we say then.
OBSTACLES: Final = {
    "absent": _("Dieses Projekt gibt es nicht oder nicht mehr."),
    "over": _("Dieses Projekt ist schon fertig. Schau, was gerade noch läuft."),
    "full": _("Gerade ist alles voll. Schau später wieder rein: Wenn jemand aufhört, wird ein Platz frei."),
    "sign_in": _("Wähl zuerst einen Spitznamen, dann geht es weiter."),
    "staff": _("Mit einem Team-Konto bist du sowieso dabei: Du kannst im Chat mitlesen und schreiben."),
}

# Years of each band, first and last.
BAND_YEARS: Final[dict[str, tuple[int, int]]] = {
    AgeBand.UNDER_12: (0, 11),
    AgeBand.FROM_12: (12, 15),
    AgeBand.FROM_16: (16, 19),
    AgeBand.FROM_20: (20, 26),
    AgeBand.FROM_27: (27, 120),
}
ADULT_FROM: Final = 18


def may_step(state: str, to: str) -> bool:
    """Whether a project may go from one state to the other; staying is no step and always fine."""
    return state == to or to in STEPS[state]


def is_announced(project: Project) -> bool:
    """Its page is public."""
    return project.announced_at is not None


def project_obstacle(project: Project, *, before_public: bool = False) -> str:
    """Why nobody can join this project now (`absent`, `over`, `full`), or nothing."""
    if not before_public and not is_announced(project):
        return "absent"
    if project.state not in JOINABLE:
        return "over"
    return "full" if project.places_left == 0 else ""


def join_obstacle(user: Person, project: Project, *, before_public: bool = False) -> str:
    """Why this person cannot join now, as a key of `OBSTACLES`, or nothing. Ages warn and never block."""
    if obstacle := project_obstacle(project, before_public=before_public):
        return obstacle
    if not may_act(user):
        return "sign_in"
    return "" if is_resident(user) else "staff"


def can_join(user: Person, project: Project) -> bool:
    return not join_obstacle(user, project)


def is_member(user: Person, project: Project) -> bool:
    """Takes part at this moment."""
    return may_act(user) and Membership.objects.filter(project=project, member=user.pk, left_at__isnull=True).exists()


def can_see(user: Person, project: Project) -> bool:
    """A public project is everybody's; a draft is its team's."""
    return is_announced(project) or is_staff_of(user, project.quartier)


def can_run(user: Person, project: Project) -> bool:
    """May change facts, tasks and money of a project: the team of its Quartier."""
    return is_staff_of(user, project.quartier)


def can_take(user: Person, task: Task) -> bool:
    """A member, while the project goes on, a task that is free or already one's own."""
    free = task.taken_by_id is None or task.taken_by_id == user.pk
    return free and task.project.state in JOINABLE and is_member(user, task.project)


def can_release(user: Person, task: Task) -> bool:
    """Who took it, or the team."""
    return may_act(user) and (task.taken_by_id == user.pk or can_run(user, task.project))


def age_hint(user: Person, project: Project) -> str:
    """`younger` or `older` when no year of the person's band lies within the project's ages, else nothing.

    A hint, never a bar: the programmes are open to all residents (domain.md, JMD im Quartier).
    """
    years = BAND_YEARS.get(getattr(user, "age_band", ""))
    if years is None:
        return ""
    first, last = years
    if last < project.age_min:
        return "younger"
    return "older" if first > project.age_max else ""


def needs_slip(user: Person, project: Project) -> bool:
    """Somebody who may be under age, in a project that asks for a guardian's consent."""
    years = BAND_YEARS.get(getattr(user, "age_band", ""))
    return project.guardian_consent and (years is None or years[0] < ADULT_FROM)
