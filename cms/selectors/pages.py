"""What the public pages show. Models call these functions, so their names are looked up when they run."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.core.paginator import Page as PageOfRows
from django.core.paginator import Paginator
from django.db.models import Count, Exists, OuterRef, QuerySet
from django.http import QueryDict
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.models import Quartier, User
from cms import models as cms
from cms.search import matching
from ideas.models import Field
from ideas.selectors import hot_ideas, ideas_for
from participation.models import Ballot, Event, Project
from participation.selectors.projects import box_for, projects_for

Someone = User | AnonymousUser
ON_A_CARD_ROW = 3
PROJECTS_ON_A_PAGE = 24
NEWS_ON_A_PAGE = 10
GOING_ON = (Project.State.RUNNING, Project.State.PLANNED)
DONE = (Project.State.EXHIBITED, Project.State.FINISHED)
ON_A_CARD = "width-640"


# --- home ------------------------------------------------------------------------------------------------
def places() -> list["cms.QuartierPage"]:
    """The pages of all Quartiere by city, each with the numbers of its public ideas and projects."""
    pages = list(
        cms.QuartierPage.objects.live()
        .select_related("quartier__programme")
        .order_by("quartier__city", "quartier__name")
    )
    ideas = _by_quartier(ideas_for(AnonymousUser()))
    projects = _by_quartier(Project.objects.filter(announced_at__isnull=False))
    for page in pages:
        page.idea_count = ideas.get(page.quartier_id, 0)
        page.project_count = projects.get(page.quartier_id, 0)
    return pages


def _by_quartier(rows: QuerySet[Any]) -> dict[int, int]:
    counted = rows.order_by().values("quartier_id").annotate(n=Count("pk"))
    return {row["quartier_id"]: row["n"] for row in counted}


# --- a Quartier ------------------------------------------------------------------------------------------
@dataclass(frozen=True)
class Live:
    """What runs right now, for the banner."""

    event: Event
    seats: int
    ballot_open: bool


def live_event(quartier: Quartier) -> Live | None:
    """The event of this Quartier that people can walk into at this moment; the latest if there are two."""
    open_ballots = Ballot.objects.filter(event=OuterRef("pk"), state=Ballot.State.OPEN)
    event = (
        Event.objects.filter(quartier=quartier, state__in=[Event.State.LOBBY, Event.State.LIVE, Event.State.WRAP_UP])
        .annotate(ballot_open=Exists(open_ballots))
        .order_by("-starts_at")
        .first()
    )
    return Live(event, event.seat_count, event.ballot_open) if event else None


def last_event(quartier: Quartier) -> Event | None:
    """The open space that was over last; its proceedings can be read."""
    over = [Event.State.CLOSED, Event.State.ARCHIVED]
    return Event.objects.filter(quartier=quartier, state__in=over).order_by("-starts_at").first()


def quartier_facts(user: Someone, page: "cms.QuartierPage") -> dict[str, Any]:
    """Everything the page of a Quartier shows beside its own text."""
    quartier = page.quartier
    projects = projects_for(user, quartier)
    going_on = list(projects.filter(state__in=GOING_ON)[:ON_A_CARD_ROW])
    done = list(projects.filter(state__in=DONE)[:ON_A_CARD_ROW])
    with_covers([*going_on, *done])
    return {
        "live": live_event(quartier),
        "last_event": last_event(quartier),
        "ideas": hot_ideas(user, quartier, ON_A_CARD_ROW),
        # "All 23" leads to a list of 23: to the ideas in every state, and to every project.
        "idea_count": ideas_for(user, quartier).count(),
        "ideas_url": f"{reverse('ideas:list', args=[quartier.slug])}?sort=new",
        "projects": going_on,
        "project_count": projects.count(),
        "exhibition": done,
        "news": list(news_below(page.path)[:ON_A_CARD_ROW]),
        "contacts": list(quartier.contacts.all()),
        "partners": list(quartier.partners.all()),
        "steps": page.how or _steps_of_home(page),
        **_way_to_what_is_done(quartier, done),
        "news_url": f"{quartier.get_absolute_url()}neues/",
    }


def _way_to_what_is_done(quartier: Quartier, done: list[Project]) -> dict[str, Any]:
    """The exhibition as soon as there is one, until then what is finished: never an empty list."""
    is_exhibited = any(project.state == Project.State.EXHIBITED for project in done)
    state = Project.State.EXHIBITED if is_exhibited else Project.State.FINISHED
    link = _("Zur Ausstellung") if is_exhibited else ""
    return {"exhibition_url": f"{quartier.get_absolute_url()}projekte/?stand={state}", "exhibition_link": link}


def _steps_of_home(page: "cms.QuartierPage") -> Any:
    home = cms.HomePage.objects.filter(path=page.path[: -page.steplen]).first()
    return home.steps if home else []


# --- projects --------------------------------------------------------------------------------------------
def public_projects() -> QuerySet[Project]:
    """The public projects of all Quartiere with what a card shows, the newest first."""
    shown = Project.objects.filter(announced_at__isnull=False)
    return shown.select_related("quartier").prefetch_related("fields").order_by("-announced_at", "-pk")  # type: ignore[misc]  # taggit is untyped


@dataclass(frozen=True)
class Cover:
    """The picture of a card (templates/projects/card.html)."""

    url: str
    width: int
    height: int
    alt: str


def with_covers(projects: Iterable[Project]) -> list[Project]:
    """The projects, each with `cover`: the picture of its page, or None where we draw one."""
    rows = list(projects)
    pages = cms.ProjectPage.objects.filter(project__in=rows, picture__isnull=False).select_related("picture")
    covers = {page.project_id: _cover(page.picture) for page in pages.prefetch_related("picture__renditions")}
    for project in rows:
        project.cover = covers.get(project.pk)
    return rows


def _cover(picture: Any) -> Cover:
    small = picture.get_rendition(ON_A_CARD)
    return Cover(small.url, small.width, small.height, picture.description)


@dataclass
class Choice:
    """One select of a filter bar: its name in the address, what it says, and what is chosen."""

    name: str
    label: str | Promise
    options: list[tuple[str, str | Promise]]
    chosen: str = field(default="")

    def take(self, params: QueryDict) -> str:
        """The chosen value; what is not on the list counts as nothing."""
        wish = params.get(self.name, "")
        self.chosen = wish if wish in {value for value, _label in self.options} else ""
        return self.chosen


def project_list(user: Someone, quartier: Quartier, params: QueryDict) -> dict[str, Any]:
    """The public projects of a Quartier, filtered by state, field, format and words."""
    fields = [(row.slug, row.name) for row in Field.objects.order_by("order", "name")]
    by_state = Choice("stand", _("Stand"), list(Project.State.choices))
    by_field = Choice("feld", _("Feld"), fields)
    by_format = Choice("form", _("Art"), list(Project.Format.choices))
    words = params.get("q", "").strip()[:100]
    projects = projects_for(user, quartier)
    if state := by_state.take(params):
        projects = projects.filter(state=state)
    if slug := by_field.take(params):
        projects = projects.filter(fields__slug=slug)
    if form := by_format.take(params):
        projects = projects.filter(format=form)
    if words:
        projects = projects.filter(matching(Project, words))
    page_obj = Paginator(projects, PROJECTS_ON_A_PAGE).get_page(params.get("page"))
    page_obj.object_list = with_covers(page_obj.object_list)
    choices = [by_state, by_field, by_format]
    return {
        "page_obj": page_obj,
        "choices": choices,
        "words": words,
        "is_filtered": bool(words or any(choice.chosen for choice in choices)),
    }


def quartier_of_page(page: "cms.QuartierPage") -> Quartier:
    """The Quartier of a page with what the foot of the page names."""
    return Quartier.objects.select_related("programme", "carrier").get(pk=page.quartier_id)


def project_of_page(page: "cms.ProjectPage") -> Project:
    """The project of a page with everything that the page shows of it."""
    return (
        Project.objects.select_related("quartier__programme", "quartier__carrier", "idea__quartier")
        .prefetch_related("fields", "partners", "contacts")  # type: ignore[misc]  # taggit is untyped
        .get(pk=page.project_id)
    )


def project_facts(user: Someone, page: "cms.ProjectPage") -> dict[str, Any]:
    """The project, its box for taking part, and the idea it grew from if everybody may read it."""
    project = page.project
    idea = project.idea
    if idea is not None and not ideas_for(user).filter(pk=idea.pk).exists():
        idea = None
    return {"project": project, "box": box_for(user, project), "idea": idea}


# --- news ------------------------------------------------------------------------------------------------
def news_below(path: str) -> QuerySet["cms.NewsPage"]:
    """The published news below a page of the tree, the newest first."""
    return (
        cms.NewsPage.objects.live()
        .filter(path__startswith=path)
        .select_related("picture")
        .prefetch_related("picture__renditions")
        .order_by("-day", "-pk")
    )


def news_list(path: str, number: str | None) -> PageOfRows["cms.NewsPage"]:
    """One page of the news; a number that does not exist means the nearest one that does."""
    return Paginator(news_below(path), NEWS_ON_A_PAGE).get_page(number)
