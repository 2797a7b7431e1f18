"""What others tell us: a page went live or came down, somebody of the team signed in, a project needs its page."""

from typing import Any

from django.contrib.auth.signals import user_logged_in
from django.utils.html import escape
from wagtail.signals import page_published, page_unpublished

from accounts.models import User
from cms.models import ProjectIndexPage, ProjectPage, QuartierPage
from cms.services.access import settle_language, sync_staff_access
from cms.services.site import draft_page_for, publish_page
from participation.models import Project
from participation.presenting import register
from participation.services.projects import announce_project, conceal_project


def connect() -> None:
    page_published.connect(announce, sender=ProjectPage)
    page_unpublished.connect(conceal, sender=ProjectPage)
    user_logged_in.connect(refresh_access)
    register(show_page)


def announce(*, instance: ProjectPage, **_kwargs: Any) -> None:
    announce_project(project=instance.project)


def conceal(*, instance: ProjectPage, **_kwargs: Any) -> None:
    conceal_project(project=instance.project)


def show_page(project: Project, by: User, text: str) -> None:
    """A project that a hall has decided on gets its page at once; a Quartier without pages has none to give."""
    above = QuartierPage.objects.filter(quartier=project.quartier).first()
    if above is None or not ProjectIndexPage.objects.child_of(above).exists():
        return
    paragraphs = [escape(part.strip()) for part in text.split("\n\n") if part.strip()]
    publish_page(draft_page_for(project=project, by=by, body_html_paragraphs=paragraphs), by)


def refresh_access(*, user: User, **_kwargs: Any) -> None:
    """Roles may have changed by other ways than the admin; at the latest the next log-in sees them."""
    if user.is_staff:
        sync_staff_access(user)
        settle_language(user)
