"""Votes: one for each resident and idea, taken back at any time."""

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.rules import is_resident
from common.errors import Refused
from ideas import rules
from ideas.models import Idea, Vote
from ideas.services.common import locked


@transaction.atomic
def cast_vote(*, voter: User, idea: Idea) -> int:
    """One vote for the idea, however often it is asked. Returns the new count.

    Raises Refused `forbidden` (staff), `closed`, `absent`.
    """
    idea = _open_to(voter, idea)
    if Vote.objects.filter(idea=idea, voter=voter).exists():
        return idea.vote_count
    Vote.objects.create(idea=idea, voter=voter)
    return _counted(idea, 1)


@transaction.atomic
def take_back_vote(*, voter: User, idea: Idea) -> int:
    """The vote is gone, also if there was none. Returns the new count. Raises Refused as `cast_vote`."""
    idea = _open_to(voter, idea)
    deleted, _by_model = Vote.objects.filter(idea=idea, voter=voter).delete()
    return _counted(idea, -1) if deleted else idea.vote_count


def _open_to(voter: User, idea: Idea) -> Idea:
    idea = locked(idea)
    if rules.can_vote(voter, idea):
        return idea
    if not is_resident(voter):
        raise Refused("forbidden", _("Hier stimmen die Leute aus dem Quartier ab, nicht das Team."))
    if not rules.is_public(idea):
        raise Refused("absent", _("Diese Idee gibt es nicht mehr."))
    raise Refused("closed", _("Über diese Idee ist schon entschieden. Schau nach, was daraus wird."))


def _counted(idea: Idea, change: int) -> int:
    """The count under the row's lock; by an update statement, so that a vote writes no search entry."""
    Idea.objects.filter(pk=idea.pk).update(vote_count=F("vote_count") + change)
    return idea.vote_count + change
