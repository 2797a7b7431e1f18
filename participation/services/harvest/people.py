"""Those who said "ich bin dabei" at an open space come along into the idea or the project that grew from it."""

from collections.abc import Iterable

from django.db import transaction

from accounts.models import User
from accounts.rules import is_resident
from common.errors import Refused
from ideas.models import Idea
from ideas.services import cast_vote
from participation.models import Outcome, Project, Seat
from participation.services.projects import bring_in


def residents_in(outcome: Outcome) -> list[User]:
    """Who is in and has an account, in the order in which they said so."""
    joins = outcome.joins.filter(seat__user__isnull=False).select_related("seat__user").order_by("pk")
    users = [join.seat.user for join in joins]
    return [user for user in users if user is not None and is_resident(user)]


def take_along(outcome: Outcome, residents: Iterable[User]) -> int:
    """Give the idea their votes, or the project their hands; returns how many came along.

    Who finds no place any more (full, over, decided) stays with the outcome: being in is a wish, not a claim.
    """
    return sum(_came_along(outcome, resident) for resident in residents)


def _came_along(outcome: Outcome, resident: User) -> bool:
    try:
        with transaction.atomic():
            if outcome.project is not None:
                _into_project(resident, outcome.project)
            elif outcome.idea is not None:
                _behind_idea(resident, outcome.idea)
    except Refused:
        return False
    return True


def _into_project(resident: User, project: Project) -> None:
    bring_in(resident=resident, project=project)


def _behind_idea(resident: User, idea: Idea) -> None:
    cast_vote(voter=resident, idea=idea)


def take_seat_along(seat: Seat) -> None:
    """A guest has got an account: what the seat is in, the account is in."""
    if seat.user is None or not is_resident(seat.user):
        return
    grown = Outcome.objects.filter(joins__seat=seat).select_related("idea", "project")
    for outcome in grown.exclude(idea=None, project=None).order_by("pk"):
        take_along(outcome, [seat.user])
