"""An idea becomes a project, in one sitting: decision, project and draft page, all of it or nothing."""

from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from cms.models import ProjectPage
from cms.services.site import draft_page_for
from ideas.models import Idea
from participation.selectors.projects import project_of_idea
from participation.services.projects import set_budget, turn_into_project


@transaction.atomic
def turn_idea_into_project(
    *, idea: Idea, by: User, reason: str, title: str, cost: Decimal | None = None, **facts: Any
) -> ProjectPage:
    """The draft page of the project that the idea has become; asked again, it returns the same page.

    `cost` in euro becomes the first line of the budget. Raises Refused as `turn_into_project`.
    """
    known = project_of_idea(idea)
    project = turn_into_project(idea=idea, by=by, reason=reason, title=title, **facts)
    if cost and known is None:
        set_budget(project=project, by=by, lines=[{"title": _("Geplante Kosten"), "planned": cost}])
    paragraphs = [part.strip() for part in idea.text.split("\n\n") if part.strip()]
    return draft_page_for(project=project, by=by, body_html_paragraphs=paragraphs)
