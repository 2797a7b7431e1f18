"""The tree of pages: home, Quartiere, projects, news, pages of text."""

import datetime
from collections.abc import Iterable

from django.db import transaction
from django.utils.html import escape
from django.utils.text import slugify
from django.utils.translation import gettext as _
from wagtail.models import Locale, Page, Site
from wagtail.whitelist import Whitelister

from accounts.models import Quartier, User
from accounts.rules import is_administrator, is_staff_of
from cms.models import (
    HomePage,
    NewsIndexPage,
    NewsPage,
    ProjectIndexPage,
    ProjectPage,
    QuartierPage,
    StandardPage,
)
from cms.services.access import sync_team_access
from common.errors import Refused
from participation.models import Project

PROJECTS_SLUG = "projekte"
NEWS_SLUG = "neues"
_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})


@transaction.atomic
def ensure_home(*, title: str, intro: str = "", steps: Iterable[tuple[str, str]] = ()) -> HomePage:
    """The front page, made once: `steps` are pairs of title and text. Wagtail's welcome page makes room for it."""
    home = HomePage.objects.first()
    if home is not None:
        return home
    home = HomePage(
        title=title,
        slug="anstoss",
        intro=intro,
        steps=[("step", {"title": step, "text": text}) for step, text in steps],
    )
    _root().add_child(instance=home)
    site = Site.objects.filter(is_default_site=True).first() or Site(hostname="localhost", is_default_site=True)
    site.root_page, site.site_name = home, "Anstoß"
    site.save()
    # What `wagtailcore` puts into a new database; nobody has touched it while it is a bare `Page`.
    for welcome in Page.objects.filter(depth=2).exclude(pk=home.pk):
        if welcome.specific_class is Page:
            welcome.delete()
    home.refresh_from_db()
    return home


@transaction.atomic
def ensure_quartier_page(*, quartier: Quartier, intro: str = "") -> QuartierPage:
    """The page of a Quartier with its list of projects and its news, published; its team gets its rights there.

    Raises LookupError without a front page (`ensure_home`).
    """
    page = QuartierPage.objects.filter(quartier=quartier).first()
    if page is None:
        home = HomePage.objects.first()
        if home is None:
            raise LookupError("no front page yet: call ensure_home first")
        page = QuartierPage(title=quartier.name, slug=quartier.slug, quartier=quartier, intro=intro)
        home.add_child(instance=page)
        page.add_child(instance=ProjectIndexPage(title=_("Projekte"), slug=PROJECTS_SLUG))
        page.add_child(instance=NewsIndexPage(title=_("Neues"), slug=NEWS_SLUG))
    sync_team_access(quartier)
    return page


@transaction.atomic
def draft_page_for(*, project: Project, by: User | None, body_html_paragraphs: Iterable[str] = ()) -> ProjectPage:
    """The draft of a project's page; one project, one page: asked again, it returns the first.

    `body_html_paragraphs` may contain links and emphasis; everything else is taken out.
    """
    page = ProjectPage.objects.filter(project=project).first()
    if page is not None:
        return page
    text = "".join(f"<p>{Whitelister().clean(paragraph)}</p>" for paragraph in body_html_paragraphs)
    page = ProjectPage(
        title=project.title,
        slug=project.slug,
        project=project,
        owner=by,
        live=False,
        body=[("text", text)] if text else [],
    )
    _index(ProjectIndexPage, project.quartier).add_child(instance=page)
    page.save_revision(user=by, log_action=True)
    return page


@transaction.atomic
def publish_page(page: Page, by: User | None) -> Page:
    """Publishes the latest draft; `by=None` stands for the platform. Raises Refused `forbidden`."""
    if by is not None and not _may_publish(by, page):
        raise Refused("forbidden", _("Das darf nur das Team dieses Quartiers."))
    revision = page.get_latest_revision() or page.specific.save_revision(user=by)
    # Our own rule has been asked; Wagtail's groups may lag behind it until the next log-in.
    revision.publish(user=by, skip_permission_checks=True)
    page.refresh_from_db()
    return page


def _may_publish(user: User, page: Page) -> bool:
    """The team of the Quartier that the page stands below; elsewhere administrators."""
    above = QuartierPage.objects.ancestor_of(page, inclusive=True).select_related("quartier").first()
    return is_staff_of(user, above.quartier) if above is not None else is_administrator(user)


@transaction.atomic
def add_news(
    *,
    quartier: Quartier,
    title: str,
    paragraphs: Iterable[str],
    at: datetime.date | datetime.datetime,
    summary: str = "",
) -> NewsPage:
    """One piece of news, published; the same title on the same day is the same news."""
    index = _index(NewsIndexPage, quartier)
    day = at.date() if isinstance(at, datetime.datetime) else at
    known = NewsPage.objects.child_of(index).filter(title=title, day=day).first()
    if known is not None:
        return known
    page = NewsPage(title=title, slug=_free_slug(index, title), day=day, summary=summary, body=_body(paragraphs))
    index.add_child(instance=page)
    page.save_revision().publish()
    return page


@transaction.atomic
def ensure_standard_page(*, slug: str, title: str, paragraphs: Iterable[str], intro: str = "") -> StandardPage:
    """A page of text below the front page, published; an existing one stays as staff have written it.

    A paragraph that begins with "## " is a heading.
    """
    home = HomePage.objects.get()
    known = StandardPage.objects.child_of(home).filter(slug=slug).first()
    if known is not None:
        return known
    page = StandardPage(title=title, slug=slug, intro=intro, body=_body(paragraphs))
    home.add_child(instance=page)
    page.save_revision().publish()
    return page


def _body(paragraphs: Iterable[str]) -> list[tuple[str, object]]:
    """Plain paragraphs as blocks: neighbours in one text block, headings on their own."""
    blocks: list[tuple[str, object]] = []
    for paragraph in paragraphs:
        if paragraph.startswith("## "):
            blocks.append(("heading", {"text": paragraph.removeprefix("## ").strip(), "small": False}))
            continue
        text = f"<p>{escape(paragraph.strip())}</p>"
        if blocks and blocks[-1][0] == "text":
            blocks[-1] = ("text", f"{blocks[-1][1]}{text}")
        else:
            blocks.append(("text", text))
    return blocks


def _index(model: type[Page], quartier: Quartier) -> Page:
    """The list page of a Quartier. Raises LookupError when its pages do not exist yet."""
    above = QuartierPage.objects.filter(quartier=quartier).first()
    found = model.objects.child_of(above).first() if above is not None else None
    if found is None:
        raise LookupError(f"{quartier.slug} has no pages yet: call ensure_quartier_page first")
    return found


def _free_slug(parent: Page, title: str) -> str:
    """A readable address that no sibling has: `sommerfest`, `sommerfest-2`."""
    base = slugify(title.lower().translate(_UMLAUTS))[:60].strip("-") or "neues"
    taken = set(parent.get_children().values_list("slug", flat=True))
    number, slug = 1, base
    while slug in taken:
        number += 1
        slug = f"{base}-{number}"
    return slug


def _root() -> Page:
    """Wagtail's root, which its migrations make; a database built without them gets it here."""
    root = Page.get_first_root_node()
    if root is None:
        Locale.objects.get_or_create(language_code="de")
        root = Page.add_root(instance=Page(title="Root", slug="root"))
    return root
