"""What Wagtail and Django tell us: a page went live or came down, somebody of the team signed in."""

from typing import Any

from django.contrib.auth.signals import user_logged_in
from wagtail.signals import page_published, page_unpublished

from accounts.models import User
from cms.models import ProjectPage
from cms.services.access import settle_language, sync_staff_access
from participation.services.projects import announce_project, conceal_project


def connect() -> None:
    page_published.connect(announce, sender=ProjectPage)
    page_unpublished.connect(conceal, sender=ProjectPage)
    user_logged_in.connect(refresh_access)


def announce(*, instance: ProjectPage, **_kwargs: Any) -> None:
    announce_project(project=instance.project)


def conceal(*, instance: ProjectPage, **_kwargs: Any) -> None:
    conceal_project(project=instance.project)


def refresh_access(*, user: User, **_kwargs: Any) -> None:
    """Roles may have changed by other ways than the admin; at the latest the next log-in sees them."""
    if user.is_staff:
        sync_staff_access(user)
        settle_language(user)
