"""Comments: writing, deleting one's own, hiding and showing again by the team or after reports."""

import uuid

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.rules import is_resident, is_staff_of
from common.contact_data import refuse_contact_data
from common.errors import Refused
from ideas import rules
from ideas.models import Comment, Idea
from ideas.services.common import fitting, locked, team_only
from moderation.rules import can_moderate


@transaction.atomic
def write_comment(*, author: User, idea: Idea, client_id: uuid.UUID, text: str) -> Comment:
    """A comment under a public idea; the same `client_id` of the same author again returns the first one.

    The team may pass on addresses and numbers, residents may not. Raises Refused `closed`, `forbidden`, `missing`,
    `too_long`, `repeated` and the codes of `common.contact_data`.
    """
    idea = locked(idea)
    text = fitting(Comment, "text", text, needed=True)
    if not rules.can_comment(author, idea):
        raise _why_no_comment(author, idea)
    by_staff = is_staff_of(author, idea.quartier)
    if not by_staff:
        refuse_contact_data(text, "text")
    comment, created = Comment.objects.get_or_create(
        author=author,
        client_id=client_id,
        defaults={"idea": idea, "text": text, "by_staff": by_staff},
    )
    if comment.idea_id != idea.pk:
        raise Refused("repeated", _("Das ging schon bei einer anderen Idee raus. Lade die Seite neu."))
    if created:
        _recount(idea)
    return comment


def _why_no_comment(author: User, idea: Idea) -> Refused:
    if not rules.is_public(idea):
        return Refused("absent", _("Diese Idee gibt es nicht mehr."))
    if not rules.takes_comments(idea):
        return Refused("closed", _("Hier geht es nicht weiter. Schreib bei der Idee, zu der diese jetzt gehört."))
    if not is_resident(author):
        return Refused("forbidden", _("Hier schreibt das Team dieses Quartiers, nicht das eines anderen."))
    return Refused("forbidden", _("Das darfst du hier nicht."))


@transaction.atomic
def delete_comment(*, comment: Comment, by: User) -> Comment:
    """The author takes the words back; only the place where they stood stays. Raises Refused `forbidden`."""
    idea, comment = _locked(comment)
    if not rules.can_delete(by, comment):
        raise Refused("forbidden", _("Du kannst nur löschen, was du selbst geschrieben hast."))
    return _mark(idea, comment, deleted_at=comment.deleted_at or timezone.now())


@transaction.atomic
def hide_comment(*, comment: Comment, by: User | None) -> Comment:
    """The team, or the platform after reports (`by=None`), hides a comment. Raises Refused `forbidden`."""
    idea, comment = _moderated(comment, by)
    return _mark(idea, comment, hidden_at=comment.hidden_at or timezone.now())


@transaction.atomic
def unhide_comment(*, comment: Comment, by: User | None) -> Comment:
    """The comment is back in sight. Raises Refused `forbidden`."""
    idea, comment = _moderated(comment, by)
    return _mark(idea, comment, hidden_at=None)


def _moderated(comment: Comment, by: User | None) -> tuple[Idea, Comment]:
    idea, comment = _locked(comment)
    if by is not None and not can_moderate(by, idea.quartier):
        raise team_only()
    return idea, comment


def _locked(comment: Comment) -> tuple[Idea, Comment]:
    idea = locked(comment.idea)
    return idea, Comment.objects.get(pk=comment.pk)


def _mark(idea: Idea, comment: Comment, **marks: object) -> Comment:
    for name, value in marks.items():
        setattr(comment, name, value)
    comment.save(update_fields=list(marks))
    _recount(idea)
    return comment


def _recount(idea: Idea) -> None:
    """As many as everybody can read; counted from the table under the lock of the idea's row."""
    number = idea.comments.filter(deleted_at__isnull=True, hidden_at__isnull=True).count()
    Idea.objects.filter(pk=idea.pk).update(comment_count=number)
