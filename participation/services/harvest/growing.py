"""An outcome becomes an idea or a project, once, with the people who are in."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.rules import is_resident
from common.errors import Refused
from ideas.models import Idea
from ideas.services import publish_idea, submit_idea
from participation.models import Event, Outcome, Project
from participation.presenting import present
from participation.rules.harvest import has_become
from participation.services.projects import create_project

from .outcomes import locked_outcome, tell
from .people import residents_in, take_along


@transaction.atomic
def grow_idea(*, outcome: Outcome, by: User) -> Idea:
    """ "Daraus wird eine Idee": published, with the votes of all who are in. Asked again, it is the same idea.

    Ideas come from residents: this one from who proposed the outcome, convened its topic, or was in first.
    Raises Refused `forbidden`, `became` (a project already), `nobody` (nobody in it has an account).
    """
    event, locked = locked_outcome(outcome, by)
    if locked.idea is not None:
        return locked.idea
    _check_free(locked)
    residents = residents_in(locked)
    author = _author(locked, residents)
    idea = submit_idea(
        author=author, quartier=event.quartier, client_id=locked.client_id, title=locked.title, text=locked.text
    )
    if idea.state == Idea.State.SUBMITTED:
        idea = publish_idea(idea=idea, by=by)
    locked.idea = idea
    _keep(event, locked, "idea")
    take_along(locked, residents)
    return idea


@transaction.atomic
def grow_project(*, outcome: Outcome, by: User, capacity: int | None = None, guardian_consent: bool = False) -> Project:
    """ "Daraus wird ein Projekt": planned, with everybody who is in and has an account, as far as there are places.

    Guests come along when their seat gets an account. Asked again, it is the same project. Raises Refused
    `forbidden`, `became` (an idea already), `invalid` as `create_project`.
    """
    event, locked = locked_outcome(outcome, by)
    if locked.project is not None:
        return locked.project
    _check_free(locked)
    project = create_project(
        quartier=event.quartier,
        by=by,
        title=locked.title,
        summary=_first(locked.text, 240),
        capacity=capacity,
        guardian_consent=guardian_consent,
        format=Project.Format.OPEN_SPACE,
    )
    present(project=project, by=by, text=locked.text)
    project.refresh_from_db()
    locked.project = project
    _keep(event, locked, "project")
    take_along(locked, residents_in(locked))
    project.refresh_from_db()
    return project


def _check_free(outcome: Outcome) -> None:
    if has_become(outcome):
        raise Refused("became", _("Daraus ist schon etwas geworden. Mach dort weiter."))
    if outcome.hidden:
        raise Refused("hidden", _("Zeig das Ergebnis zuerst, dann kann etwas daraus werden."))


def _author(outcome: Outcome, residents: list[User]) -> User:
    topic = outcome.topic
    seats = [outcome.seat, topic.seat if topic is not None else None]
    first = [seat.user for seat in seats if seat is not None and seat.user is not None and is_resident(seat.user)]
    found = next(iter([*first, *residents]), None)
    if found is None:
        sentence = _(
            "Eine Idee braucht jemanden mit Konto, und bisher sind nur Gäste dabei. Mach ein Projekt daraus, "
            "oder lass jemanden, der dabei ist, auf dem Handy ein Konto anlegen."
        )
        raise Refused("nobody", sentence)
    return found


def _keep(event: Event, outcome: Outcome, name: str) -> None:
    outcome.save(update_fields=[name])
    tell(event, outcome)


def _first(text: str, length: int) -> str:
    """The beginning of a text, cut between words."""
    if len(text) <= length:
        return text
    return text[: length - 1].rsplit(maxsplit=1)[0] + "…"
