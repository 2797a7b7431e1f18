"""How moderation finds, hides and shows again what stands on this floor."""

from django.contrib.auth.models import AnonymousUser

from accounts.models import User
from ideas import rules, services
from ideas.models import Comment, Idea
from moderation.models import Report
from moderation.registry import Reportable, Seen, register


def _load_idea(user: User | AnonymousUser, pk: int) -> Seen | None:
    idea = Idea.objects.select_related("quartier").filter(pk=pk).first()
    if idea is None or not rules.can_see(user, idea):
        return None
    words = "\n\n".join(filter(None, [idea.title, idea.text, idea.place]))
    return Seen(idea.quartier, idea.get_absolute_url(), words)


def _load_comment(user: User | AnonymousUser, pk: int) -> Seen | None:
    comment = _comment(pk)
    if comment is None or not rules.can_see(user, comment.idea) or not rules.can_read(user, comment, comment.idea):
        return None
    url = f"{comment.idea.get_absolute_url()}#kommentar-{comment.pk}"
    return Seen(comment.idea.quartier, url, comment.text)


def _comment(pk: int) -> Comment | None:
    return Comment.objects.select_related("idea__quartier").filter(pk=pk).first()


def _hide_idea(pk: int) -> None:
    for idea in Idea.objects.filter(pk=pk):
        services.hide_idea(idea=idea, by=None)


def _unhide_idea(pk: int) -> None:
    for idea in Idea.objects.filter(pk=pk):
        services.unhide_idea(idea=idea, by=None)


def _hide_comment(pk: int) -> None:
    if comment := _comment(pk):
        services.hide_comment(comment=comment, by=None)


def _unhide_comment(pk: int) -> None:
    if comment := _comment(pk):
        services.unhide_comment(comment=comment, by=None)


def register_all() -> None:
    register(Reportable(Report.Thing.IDEA, _load_idea, _hide_idea, _unhide_idea))
    register(Reportable(Report.Thing.COMMENT, _load_comment, _hide_comment, _unhide_comment))
