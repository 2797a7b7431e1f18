"""Pages live on a higher floor: it introduces itself here, so that a project made in a hall gets its page at once."""

from collections.abc import Callable

from accounts.models import User
from participation.models import Project

Presenter = Callable[[Project, User, str], None]

_presenters: list[Presenter] = []


def register(presenter: Presenter) -> None:
    """`presenter(project, by, text)` makes the page of a project and publishes it, once, however often it is asked."""
    if presenter not in _presenters:
        _presenters.append(presenter)


def present(*, project: Project, by: User, text: str) -> None:
    """Bring a project before the public; without a page it waits for the team."""
    for presenter in _presenters:
        presenter(project, by, text)
