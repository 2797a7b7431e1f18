"""What becomes of an idea: the team's decisions, withdrawing, hiding, and who looks after it."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.models import ContactPerson, User
from common.errors import Refused
from ideas import rules
from ideas.models import Entry, Idea
from ideas.services.common import fitting, locked, settle_photo, team_only, tell
from moderation.rules import can_moderate


@transaction.atomic
def decide_idea(*, idea: Idea, by: User, kind: str, reason: str = "", into: Idea | None = None) -> Entry:
    """One step of the story by the team, with a public reason in plain words; the same step twice is one.

    `into` names the other idea for `merged`. Every decision but `under_review` keeps the promised answer.
    Raises Refused `invalid`, `forbidden`, `missing`, `too_long`, `wrong_state`, `into`.
    """
    if kind not in rules.DECISIONS:
        raise Refused("invalid", _("Such dir aus, was mit der Idee passiert."), field="kind")
    if into is not None:
        _lock_in_order(idea, into)
    idea = locked(idea)
    if not rules.can_decide(by, idea):
        raise team_only()
    step = rules.STEPS[kind]
    reason = fitting(Entry, "reason", reason)
    if step.needs_reason and not reason:
        raise Refused("missing", _("Schreib dazu, warum: so, dass es alle verstehen."), field="reason")
    last = idea.story.select_related("idea").last()
    if last is not None and (last.kind, last.reason) == (kind, reason):
        return last
    if not rules.can_step(idea, kind):
        raise wrong_state(idea)
    if kind == Entry.Kind.MERGED:
        idea.merged_into = _mergeable(idea, into)
    return _take_step(idea, kind, by=by, reason=reason)


def _lock_in_order(*ideas: Idea) -> None:
    """The smaller number first: two ideas merged into each other at once neither block nor make a ring."""
    rows = Idea.objects.select_for_update(no_key=True).filter(pk__in=[idea.pk for idea in ideas])
    list(rows.order_by("pk").values_list("pk"))


def wrong_state(idea: Idea) -> Refused:
    sentence = gettext("Das passt nicht zum Stand der Idee („%(state)s“). Lade die Seite neu.")
    return Refused("wrong_state", sentence % {"state": idea.get_state_display()})


def _mergeable(idea: Idea, into: Idea | None) -> Idea:
    """The idea to merge into: another public one of the same Quartier that has not gone elsewhere itself."""
    if into is None or into.pk == idea.pk or into.quartier_id != idea.quartier_id:
        raise Refused("into", _("Such dir eine andere Idee aus diesem Quartier aus."), field="into")
    into.refresh_from_db()
    if not rules.is_public(into) or into.state == Idea.State.MERGED:
        raise Refused("into", _("Diese Idee ist nicht mehr da. Such dir eine andere aus."), field="into")
    return into


def _take_step(idea: Idea, kind: str, *, by: User | None, reason: str = "") -> Entry:
    step = rules.STEPS[kind]
    idea.state = step.to or idea.state
    if step.answers:
        idea.answered_at = idea.answered_at or timezone.now()
    idea.save(update_fields=["state", "answered_at", "merged_into"])
    return tell(idea, kind, by=by, reason=reason)


@transaction.atomic
def withdraw_idea(*, idea: Idea, by: User) -> Idea:
    """The author takes the idea back, once or twice. Raises Refused `forbidden`, `wrong_state`."""
    idea = locked(idea)
    if not rules.is_author(by, idea):
        raise Refused("forbidden", _("Du kannst nur deine eigene Idee zurückziehen."))
    if idea.state == Idea.State.WITHDRAWN:
        return idea
    if not rules.can_withdraw(by, idea):
        raise Refused(
            "wrong_state", _("Über diese Idee ist schon entschieden, sie lässt sich nicht mehr zurückziehen.")
        )
    _take_step(idea, Entry.Kind.WITHDRAWN, by=by)
    return _save_with_photo(idea)


@transaction.atomic
def hide_idea(*, idea: Idea, by: User | None) -> Idea:
    """The team, or the platform after reports (`by=None`), hides an idea. Raises Refused `forbidden`."""
    idea = _moderated(idea, by)
    idea.hidden_at = idea.hidden_at or timezone.now()
    return _save_with_photo(idea, "hidden_at")


@transaction.atomic
def unhide_idea(*, idea: Idea, by: User | None) -> Idea:
    """The idea is back in sight. Raises Refused `forbidden`."""
    idea = _moderated(idea, by)
    idea.hidden_at = None
    return _save_with_photo(idea, "hidden_at")


def _save_with_photo(idea: Idea, *changed: str) -> Idea:
    settle_photo(idea)
    idea.save(update_fields=[*changed, "photo"])
    return idea


def _moderated(idea: Idea, by: User | None) -> Idea:
    idea = locked(idea)
    if by is not None and not can_moderate(by, idea.quartier):
        raise team_only()
    return idea


@transaction.atomic
def set_contact(*, idea: Idea, contact: ContactPerson | None, by: User) -> Idea:
    """Who looks after the idea from now on: somebody of its own Quartier, or nobody.

    Raises Refused `forbidden`, `contact`.
    """
    idea = locked(idea)
    if not rules.can_decide(by, idea):
        raise team_only()
    if contact is not None and contact.quartier_id != idea.quartier_id:
        raise Refused("contact", _("Such dir eine Ansprechperson aus diesem Quartier aus."), field="contact")
    idea.contact = contact
    idea.save(update_fields=["contact"])
    return idea
