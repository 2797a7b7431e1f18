"""Who may do what with an idea, and which steps its story can take. Pure questions, no table is read.

The story is data: `STEPS` names for every kind of entry the states it may leave, the state it leads to, and
whether it needs a public reason (domain.md, "From idea to project").
"""

from dataclasses import dataclass

from django.contrib.auth.models import AnonymousUser

from accounts.models import Publish, Quartier, User
from accounts.rules import is_resident, is_staff_of
from ideas.models import Comment, Entry, Idea

Someone = User | AnonymousUser
Kind, State = Entry.Kind, Idea.State


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the story. `to` is None where the state stays; `answers` keeps the promise of an answer."""

    leaves: frozenset[str]
    to: str | None
    needs_reason: bool = True
    answers: bool = True


UNDECIDED = frozenset(Idea.OPEN)
LIVING = UNDECIDED | {State.PARKED}
STEPS: dict[str, Step] = {
    Kind.PUBLISHED: Step(frozenset({State.SUBMITTED}), State.PUBLISHED, needs_reason=False, answers=False),
    Kind.UNDER_REVIEW: Step(
        frozenset({State.PUBLISHED, State.PARKED}), State.UNDER_REVIEW, needs_reason=False, answers=False
    ),
    Kind.ANSWER: Step(LIVING, None),
    Kind.PARKED: Step(UNDECIDED, State.PARKED),
    Kind.NOT_POSSIBLE: Step(LIVING | {State.SUBMITTED}, State.NOT_POSSIBLE),
    Kind.BECOMES_PROJECT: Step(LIVING, State.BECOMES_PROJECT),
    Kind.MERGED: Step(LIVING | {State.SUBMITTED}, State.MERGED),
    Kind.WITHDRAWN: Step(LIVING | {State.SUBMITTED}, State.WITHDRAWN, needs_reason=False, answers=False),
}
# What the team decides; publishing and withdrawing are acts of their own.
DECISIONS = frozenset(STEPS) - {Kind.PUBLISHED, Kind.WITHDRAWN}


def can_step(idea: Idea, kind: str) -> bool:
    """Can an entry of this kind follow in the idea's present state?"""
    return idea.state in STEPS[kind].leaves


def is_public(idea: Idea) -> bool:
    """Everybody may read it."""
    return idea.published_at is not None and idea.hidden_at is None and idea.state != State.WITHDRAWN


def can_see(user: Someone, idea: Idea) -> bool:
    """Public ideas everybody; the others their author and the team."""
    return is_public(idea) or is_author(user, idea) or is_staff_of(user, idea.quartier)


def is_author(user: Someone, idea: Idea) -> bool:
    return user.is_authenticated and user.pk == idea.author_id


def can_submit(user: Someone, quartier: Quartier) -> bool:
    """Residents, wherever they live; the team answers ideas and has none of its own here."""
    return is_resident(user)


def publishes_at_once(author: User, quartier: Quartier) -> bool:
    """The Quartier's own setting; somebody who lives elsewhere is a guest in it."""
    at_home = author.quartier_id == quartier.pk
    return (quartier.publish_residents if at_home else quartier.publish_guests) == Publish.AT_ONCE


def takes_votes(idea: Idea) -> bool:
    """Public and undecided."""
    return is_public(idea) and idea.state in UNDECIDED


def can_vote(user: Someone, idea: Idea) -> bool:
    """Residents of any Quartier, for what is public and undecided; staff do not vote."""
    return is_resident(user) and takes_votes(idea)


def takes_comments(idea: Idea) -> bool:
    """Public, also after the decision; a merged idea is talked about where it went."""
    return is_public(idea) and idea.state != State.MERGED


def can_comment(user: Someone, idea: Idea) -> bool:
    """Residents of any Quartier and the idea's own team, in public only."""
    return takes_comments(idea) and (is_resident(user) or is_staff_of(user, idea.quartier))


def can_read(user: Someone, comment: Comment, idea: Idea) -> bool:
    """A deleted comment is gone for all; a hidden one is seen by its author and the team."""
    if comment.deleted_at is not None:
        return False
    return comment.hidden_at is None or is_writer(user, comment) or is_staff_of(user, idea.quartier)


def is_writer(user: Someone, comment: Comment) -> bool:
    return user.is_authenticated and user.pk == comment.author_id


def can_delete(user: Someone, comment: Comment) -> bool:
    """One's own words; the team hides instead, so that it stays visible that something stood here."""
    return is_writer(user, comment) and user.is_active


def can_withdraw(user: Someone, idea: Idea) -> bool:
    """The author, as long as nothing final is decided."""
    return is_author(user, idea) and user.is_active and can_step(idea, Kind.WITHDRAWN)


def can_decide(user: Someone, idea: Idea) -> bool:
    """The team of the Quartier, its coordinator, administrators."""
    return is_staff_of(user, idea.quartier)
