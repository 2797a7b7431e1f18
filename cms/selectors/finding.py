"""Searching what is public."""

from dataclasses import dataclass

from django.contrib.auth.models import AnonymousUser

from accounts.models import Quartier, User
from accounts.selectors import all_quartiere
from cms.search import MOST_LETTERS, matching
from cms.selectors.pages import public_projects, with_covers
from ideas.models import Idea
from ideas.selectors import ideas_for
from participation.models import Project

MOST_SHOWN = 30


@dataclass(frozen=True)
class Found:
    """What a search brought, the best known first; `more` says that there is more than is shown."""

    words: str
    quartier: Quartier | None
    quartiere: list[Quartier]
    projects: list[Project]
    ideas: list[Idea]
    more: bool

    @property
    def count(self) -> int:
        return len(self.projects) + len(self.ideas)


def find(user: User | AnonymousUser, words: str, slug: str) -> Found:
    """Public projects and ideas with all the words, in one Quartier or in all; an unknown one means all."""
    words = words.replace("\x00", "").strip()[:MOST_LETTERS]
    quartiere = list(all_quartiere())
    quartier = next((row for row in quartiere if row.slug == slug), None)
    if not words:
        return Found(words, quartier, quartiere, [], [], more=False)
    projects = public_projects().filter(matching(Project, words))
    ideas = ideas_for(user, quartier).filter(matching(Idea, words)).order_by("-vote_count", "-pk")
    if quartier is not None:
        projects = projects.filter(quartier=quartier)
    shown_projects, shown_ideas = with_covers(projects[: MOST_SHOWN + 1]), list(ideas[: MOST_SHOWN + 1])
    return Found(
        words,
        quartier,
        quartiere,
        shown_projects[:MOST_SHOWN],
        shown_ideas[:MOST_SHOWN],
        more=max(len(shown_projects), len(shown_ideas)) > MOST_SHOWN,
    )
