"""Reading projects for a person. What is forbidden and what is absent are the same 404."""

from dataclasses import dataclass
from decimal import Decimal

from django.contrib.auth.models import AnonymousUser
from django.db.models import Case, IntegerField, Q, QuerySet, Sum, Value, When
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils.functional import Promise
from django.utils.translation import ngettext

from accounts.models import ContactPerson, Quartier, User
from accounts.rules import may_act
from ideas.models import Idea
from participation.models import BudgetLine, ChatRoom, FundingYear, Membership, Project, Task
from participation.rules import projects as rules
from participation.rules.projects import is_member

__all__ = [
    "Envelope",
    "JoinBox",
    "box_for",
    "envelope",
    "is_member",
    "own_project_by_id_or_404",
    "own_project_or_404",
    "project_by_id_or_404",
    "project_of_idea",
    "project_of_idea_or_404",
    "project_or_404",
    "projects_for",
    "task_or_404",
]

State = Project.State
Person = User | AnonymousUser
# What goes on comes first, what is over comes last.
_ORDER = Case(
    *(
        When(state=state, then=Value(place))
        for place, state in enumerate((State.RUNNING, State.PLANNED, State.FINISHED, State.EXHIBITED))
    ),
    output_field=IntegerField(),
)


def projects_for(user: Person, quartier: Quartier) -> QuerySet[Project]:
    """The public projects of a Quartier, running ones first; with what a card shows."""
    return (
        _with_card_facts(Project.objects.filter(quartier=quartier, announced_at__isnull=False))
        .annotate(order=_ORDER)
        .order_by("order", "-announced_at", "-pk")
    )


def _with_card_facts(projects: QuerySet[Project]) -> QuerySet[Project]:
    return projects.select_related("quartier").prefetch_related("fields")  # type: ignore[misc]  # taggit


def project_or_404(user: Person, quartier_slug: str, slug: str) -> Project:
    """A public project by its address; a draft only for its team."""
    found = Project.objects.select_related("quartier").filter(quartier__slug=quartier_slug, slug=slug)
    return _seen(user, found)


def project_by_id_or_404(user: Person, pk: int) -> Project:
    """The same by number."""
    return _seen(user, Project.objects.select_related("quartier").filter(pk=pk))


def _seen(user: Person, found: QuerySet[Project]) -> Project:
    project = get_object_or_404(found)
    if not rules.can_see(user, project):
        raise Http404
    return project


def own_project_or_404(user: Person, quartier_slug: str, slug: str) -> Project:
    """A project that the person sees or has ever taken part in: leaving works although its page is gone."""
    found = Project.objects.select_related("quartier").filter(quartier__slug=quartier_slug, slug=slug)
    return _own(user, found)


def own_project_by_id_or_404(user: Person, pk: int) -> Project:
    """The same by number."""
    return _own(user, Project.objects.select_related("quartier").filter(pk=pk))


def _own(user: Person, found: QuerySet[Project]) -> Project:
    project = get_object_or_404(found)
    if not rules.can_see(user, project) and not _standing(user, project):
        raise Http404
    return project


def project_of_idea(idea: Idea) -> Project | None:
    """The project that grew from an idea, public or not yet; None if there is none."""
    return Project.objects.select_related("quartier").filter(idea=idea).first()


def project_of_idea_or_404(user: Person, idea_pk: int) -> Project:
    """The same for a person who follows a link."""
    return _seen(user, Project.objects.select_related("quartier").filter(idea__pk=idea_pk))


def task_or_404(project: Project, pk: int) -> Task:
    return get_object_or_404(Task.objects.select_related("project__quartier"), project=project, pk=pk)


@dataclass(frozen=True)
class TaskRow:
    """A task and what the person sees beside it: `take`, `release`, `taken` (somebody has it) or `free`."""

    task: Task
    act: str


@dataclass(frozen=True)
class JoinBox:
    """Everything that a project's page shows to a person about taking part."""

    project: Project
    is_member: bool
    was_member: bool
    is_team: bool
    obstacle: str
    age_hint: str
    needs_slip: bool
    room_id: int | None
    rows: list[TaskRow]
    contacts: list[ContactPerson]

    @property
    def may_chat(self) -> bool:
        return self.room_id is not None and (self.is_member or self.is_team)

    @property
    def may_join(self) -> bool:
        """Whether the button stands there: a visitor enters on the way."""
        return not self.is_member and self.obstacle in {"", "sign_in"}

    @property
    def is_over(self) -> bool:
        return self.project.state not in rules.JOINABLE

    @property
    def has_free_tasks(self) -> bool:
        return any(row.act == "free" for row in self.rows)

    @property
    def obstacle_icon(self) -> str:
        return "lock" if self.obstacle == "full" else "info"

    @property
    def obstacle_text(self) -> str | Promise:
        return rules.OBSTACLES.get(self.obstacle, "")

    @property
    def places_note(self) -> str:
        """ "noch 4 Plätze"; empty where there is no limit or nobody can join any more."""
        left = self.project.places_left
        if left is None or self.is_over:
            return ""
        return ngettext("noch %(n)d Platz", "noch %(n)d Plätze", left) % {"n": left}


def box_for(user: Person, project: Project) -> JoinBox:
    """The box of one project for one person: at most five queries, however many members and tasks."""
    standing = _standing(user, project)
    in_it = standing == "in" and project.state in rules.JOINABLE
    return JoinBox(
        project=project,
        is_member=standing == "in",
        was_member=standing == "out",
        is_team=rules.can_run(user, project),
        obstacle=rules.join_obstacle(user, project),
        age_hint=rules.age_hint(user, project),
        needs_slip=rules.needs_slip(user, project),
        room_id=ChatRoom.objects.filter(project=project).values_list("pk", flat=True).first(),
        rows=[TaskRow(task, _act(user, task, in_it=in_it)) for task in project.tasks.select_related("taken_by")],
        contacts=list(project.contacts.all()),
    )


def _act(user: Person, task: Task, *, in_it: bool) -> str:
    if task.taken_by_id is not None:
        return "release" if task.taken_by_id == user.pk else "taken"
    return "take" if in_it else "free"


def _standing(user: Person, project: Project) -> str:
    """`in`, `out` (was in once) or nothing; one query."""
    if not may_act(user):
        return ""
    rows = list(Membership.objects.filter(project=project, member=user.pk).values_list("left_at", flat=True))
    if None in rows:
        return "in"
    return "out" if rows else ""


@dataclass(frozen=True)
class Envelope:
    """A funding year of a Quartier; all sums in euro."""

    year: int
    envelope: Decimal
    planned: Decimal
    committed: Decimal
    spent: Decimal
    projects: int
    projects_ever: int

    @property
    def free(self) -> Decimal:
        """What no project has planned with yet; below zero when more is planned than there is."""
        return self.envelope - self.planned


def envelope(quartier: Quartier, year: int) -> Envelope:
    """How far the money of a year goes: a project belongs to the year it begins in."""
    begun = Q(starts_on__year=year) | Q(starts_on__isnull=True, created_at__year=year)
    projects = Project.objects.filter(quartier=quartier)
    of_year = projects.filter(begun)
    sums = BudgetLine.objects.filter(project__in=of_year).aggregate(
        **{name: Sum(name, default=Decimal(0)) for name in ("planned", "committed", "spent")}
    )
    frame = FundingYear.objects.filter(quartier=quartier, year=year).first()
    return Envelope(
        year=year,
        envelope=frame.envelope if frame else Decimal(0),
        projects=of_year.count(),
        projects_ever=projects.count(),
        **sums,
    )
