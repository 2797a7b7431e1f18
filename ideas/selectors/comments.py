"""The comments of an idea, from the newest page backwards."""

from dataclasses import dataclass

from django.db.models import Q
from django.http import Http404
from django.shortcuts import get_object_or_404

from ideas import rules
from ideas.models import Comment, Idea
from ideas.selectors.ideas import Someone

PAGE = 50
LONGEST_NUMBER = 18


@dataclass(frozen=True, slots=True)
class CommentPage:
    """Comments in the order they were written; `older` is the number to ask for those before, if any."""

    comments: list[Comment]
    older: int | None


def comments_of(user: Someone, idea: Idea, *, before: int | None = None) -> CommentPage:
    """The newest `PAGE` comments, or the ones before the comment `before`; one query, two with `before`.

    Each carries `readable`, `mine` and `taken_down` for this person; words not to be read are taken out.
    Raises Http404 for a `before` that is no comment of this idea.
    """
    rows = idea.comments.select_related("author").order_by("-written_at", "-pk")
    if before is not None:
        mark = get_object_or_404(idea.comments, pk=before)
        rows = rows.filter(Q(written_at__lt=mark.written_at) | Q(written_at=mark.written_at, pk__lt=mark.pk))
    newest = list(rows[: PAGE + 1])
    page = newest[:PAGE][::-1]
    for comment in page:
        looked_at(user, idea, comment)
    return CommentPage(page, older=page[0].pk if len(newest) > PAGE else None)


def comment_number(text: str | None) -> int | None:
    """The number of a comment as an address brings it. Raises Http404 for what cannot be one."""
    if text is None:
        return None
    if not (text.isascii() and text.isdecimal() and len(text) <= LONGEST_NUMBER):
        raise Http404
    return int(text)


def looked_at(user: Someone, idea: Idea, comment: Comment) -> Comment:
    """The comment with what this person sees of it; words not to be read are taken out."""
    comment.readable = rules.can_read(user, comment, idea)  # type: ignore[attr-defined]
    comment.mine = rules.is_writer(user, comment)  # type: ignore[attr-defined]
    comment.taken_down = comment.hidden_at is not None  # type: ignore[attr-defined]
    if not comment.readable:  # type: ignore[attr-defined]
        comment.text = ""
    return comment


def comment_or_404(user: Someone, idea: Idea, pk: int) -> Comment:
    """One comment that this person can read, or has written: deleting it twice does no harm."""
    comment = get_object_or_404(Comment.objects.select_related("author"), pk=pk, idea=idea)
    if not (rules.can_read(user, comment, idea) or rules.is_writer(user, comment)):
        raise Http404
    comment.idea = idea
    return comment
