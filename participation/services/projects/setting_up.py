"""Setting a project up, changing it, and bringing it before the public."""

from collections.abc import Iterable, Mapping
from typing import Any, Final

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from accounts.models import Quartier, User
from accounts.rules import is_staff_of
from accounts.selectors import contact_for
from common.errors import Refused
from ideas.models import Entry, Idea
from ideas.services import decide_idea
from participation.models import Project
from participation.rules import projects as rules
from participation.selectors.projects import project_of_idea
from participation.services.chat import open_room
from participation.services.projects.common import first_mistake, forbidden, locked

FACTS: Final = frozenset(
    {
        "slug", "title", "summary", "easy", "results", "format", "state", "capacity", "age_min", "age_max",
        "place", "starts_on", "ends_on", "guardian_consent",
    }
)  # fmt: skip
# Facts that are rows of their own: tags and people.
RELATIONS: Final = frozenset({"fields", "contacts", "partners"})


@transaction.atomic
def create_project(*, quartier: Quartier, by: User, title: str, idea: Idea | None = None, **facts: Any) -> Project:
    """A new project, not public yet. `facts` are columns of `Project`, and `fields`, `contacts`, `partners`.

    Ages default to the Quartier's, the contact person to the one with the fewest open ideas. Raises Refused
    `forbidden`, `invalid` (with the field).
    """
    if not is_staff_of(by, quartier):
        raise forbidden()
    ages = {"age_min": quartier.age_min, "age_max": quartier.age_max}
    plain, relations = _sorted_facts({"title": title} | ages | facts)
    plain["slug"] = plain.get("slug") or _free_slug(quartier, title)
    project = Project(quartier=quartier, idea=idea, **plain)
    _save_checked(project)
    if not relations.get("contacts"):
        default = contact_for(quartier)
        relations.pop("contacts", None)
        relations |= {"contacts": [default]} if default else {}
    _set_relations(project, relations)
    return project


@transaction.atomic
def turn_into_project(*, idea: Idea, by: User, reason: str, title: str = "", **facts: Any) -> Project:
    """An idea becomes a project: the decision stands in the idea's story, the project remembers the idea.

    One idea, one project: asked again, it returns the first. Refuses as `create_project`, `decide_idea` do.
    """
    idea = Idea.objects.select_for_update(of=("self",)).select_related("quartier", "contact").get(pk=idea.pk)
    known = project_of_idea(idea)
    if known is not None:
        return known
    decide_idea(idea=idea, by=by, kind=Entry.Kind.BECOMES_PROJECT, reason=reason)
    grown = {
        "place": idea.place,
        "summary": idea.text[:240],
        "fields": list(idea.fields.all()),
        "contacts": [idea.contact] if idea.contact else [],
    }
    title = title or idea.title
    return create_project(quartier=idea.quartier, by=by, title=title, idea=idea, **(grown | facts))


@transaction.atomic
def update_project(*, project: Project, by: User, **changes: Any) -> Project:
    """Changes facts of a project; the same names as in `create_project`.

    Raises Refused `forbidden`, `no_contact`, and `invalid` with the field: a step that `rules.STEPS` does not
    know, fewer places than members, ages or dates that run backwards.
    """
    current = locked(project)
    if not rules.can_run(by, current):
        raise forbidden()
    plain, relations = _sorted_facts(changes)
    if not rules.may_step(current.state, plain.get("state", current.state)):
        sentence = _("Ein Projekt geht Schritt für Schritt: geplant, läuft, fertig, ausgestellt.")
        raise Refused("invalid", sentence, "state")
    for name, value in plain.items():
        setattr(current, name, value)
    _save_checked(current, update_fields=list(plain))
    _set_relations(current, relations)
    return current


def _sorted_facts(facts: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """Columns and relations apart. Anything else is a mistake in the program."""
    if unknown := set(facts) - FACTS - RELATIONS:
        raise TypeError(f"a project has no {', '.join(sorted(unknown))}")
    return (
        {name: value for name, value in facts.items() if name in FACTS},
        {name: value for name, value in facts.items() if name in RELATIONS},
    )


def _save_checked(project: Project, *, update_fields: list[str] | None = None) -> None:
    """Every constraint is asked before saving, so that the answer is a sentence about a field."""
    try:
        project.full_clean(exclude={"quartier", "idea", "fields"})
    except ValidationError as error:
        raise first_mistake(error) from None
    project.save(update_fields=update_fields)


def _set_relations(project: Project, relations: Mapping[str, Iterable[Any]]) -> None:
    if "contacts" in relations and not list(relations["contacts"]):
        sentence = _("Ein Projekt braucht mindestens eine Ansprechperson. Such zuerst eine aus.")
        raise Refused("no_contact", sentence, "contacts")
    for name, rows in relations.items():
        getattr(project, name).set(list(rows))


def _free_slug(quartier: Quartier, title: str) -> str:
    """A readable address that no other project of the Quartier has: `dach-bau`, `dach-bau-2`."""
    umlauts = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})
    base = slugify(title.lower().translate(umlauts))[:70].strip("-") or "projekt"
    similar = Project.objects.filter(quartier=quartier, slug__startswith=base)
    taken = set(similar.values_list("slug", flat=True))
    number, slug = 1, base
    while slug in taken:
        number += 1
        slug = f"{base}-{number}"
    return slug


@transaction.atomic
def announce_project(*, project: Project) -> Project:
    """Its page was published: from now on people can see it, join it and talk in its room."""
    current = locked(project)
    open_room(project=current)
    if current.announced_at is None:
        current.announced_at = timezone.now()
        current.save(update_fields=["announced_at"])
    return current


@transaction.atomic
def conceal_project(*, project: Project) -> Project:
    """Its page was taken down. Members keep their room."""
    current = locked(project)
    current.announced_at = None
    current.save(update_fields=["announced_at"])
    return current
