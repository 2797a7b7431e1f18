"""Ideas: lists for the public, for their author, for the team; one idea by its address."""

import re
import uuid

from django.contrib.auth.models import AnonymousUser
from django.db.models import Exists, F, OuterRef, Q, QuerySet, Value
from django.http import Http404
from django.shortcuts import get_object_or_404
from modelsearch.backends import get_search_backend
from modelsearch.query import And, PlainText

from accounts.models import Quartier, User
from accounts.selectors import quartiere_of
from ideas import rules
from ideas.models import Field, Idea, Vote

Someone = User | AnonymousUser
State = Idea.State

MOST_WORDS = 5
# A search that finds more than this says too little to go through it by hand.
MOST_FOUND = 500


def fields() -> QuerySet[Field]:
    """The fields of action in their order."""
    return Field.objects.order_by("order", "name")


def ideas_for(user: Someone, quartier: Quartier | None = None) -> QuerySet[Idea]:
    """What everybody may read, with `voted` for this person; without a Quartier those of all."""
    ideas = cards(user, Idea.objects.filter(_public()))
    return ideas if quartier is None else ideas.filter(quartier=quartier)


def own_ideas(user: Someone, quartier: Quartier) -> QuerySet[Idea]:
    """The person's own ideas in any state, also those that wait, are hidden or were withdrawn."""
    if not user.is_authenticated:
        return cards(user, Idea.objects.none())
    return cards(user, Idea.objects.filter(author=user, quartier=quartier))


def _public() -> Q:
    """The same as `rules.is_public`, for the database."""
    return Q(published_at__isnull=False, hidden_at__isnull=True) & ~Q(state=State.WITHDRAWN)


def cards(user: Someone, ideas: QuerySet[Idea]) -> QuerySet[Idea]:
    """Everything that a card shows, in two queries however many ideas there are."""
    mine = Vote.objects.filter(idea=OuterRef("pk"), voter=user.pk)
    voted = Exists(mine) if user.is_authenticated else Value(False)
    shown = ideas.select_related("author", "quartier").annotate(voted=voted)
    return shown.prefetch_related("fields")  # type: ignore[misc]  # taggit's manager


SORTS = {
    "hot": (Q(state__in=Idea.OPEN), ("-vote_count", "-published_at", "-pk")),
    "new": (Q(), (F("published_at").desc(nulls_last=True), "-pk")),
    "waiting": (
        Q(state__in=Idea.OPEN, answered_at__isnull=True),
        (F("answer_by").asc(nulls_last=True), "-vote_count", "pk"),
    ),
    "answered": (Q(answered_at__isnull=False), ("-answered_at", "-pk")),
}


def sorted_ideas(ideas: QuerySet[Idea], sort: str) -> QuerySet[Idea]:
    """One of `SORTS`: hot (undecided, most votes), new, waiting (oldest promise), answered (latest first)."""
    which, order = SORTS[sort]
    return ideas.filter(which).order_by(*order)


def searched(ideas: QuerySet[Idea], quartier: Quartier, text: str) -> QuerySet[Idea]:
    """Those of the Quartier where every word, or one that begins with it, stands in title, text or place.

    A text without any word changes nothing. One query of its own, which keeps the `MOST_FOUND` best matches.
    """
    words = [PlainText(word) for word in re.findall(r"\w+", text)[:MOST_WORDS]]
    if not words:
        return ideas
    # The index knows neither authors nor fields: it is asked first, and its answer narrows the list.
    found = get_search_backend().autocomplete(And(words), Idea.objects.filter(quartier_id=quartier.pk))
    best = found[:MOST_FOUND].get_queryset().values_list("pk", flat=True)
    return ideas.filter(pk__in=list(best))


def hot_ideas(user: Someone, quartier: Quartier, n: int) -> list[Idea]:
    """The `n` undecided ideas with most votes, ready for cards."""
    return list(sorted_ideas(ideas_for(user, quartier), "hot")[:n])


def idea_or_404(user: Someone, quartier: Quartier, pk: int) -> Idea:
    """One idea of the Quartier with all that its page shows."""
    idea = get_object_or_404(_whole(user), pk=pk, quartier=quartier)
    if not rules.can_see(user, idea):
        raise Http404
    return idea


def any_idea_or_404(user: Someone, pk: int) -> Idea:
    """One idea by its number alone."""
    idea = get_object_or_404(_whole(user), pk=pk)
    if not rules.can_see(user, idea):
        raise Http404
    return idea


def idea_of_photo_or_404(user: Someone, key: str) -> Idea:
    """The idea that a photo belongs to, if this person may see it."""
    idea = get_object_or_404(Idea.objects.select_related("quartier"), photo=key)
    if not rules.can_see(user, idea):
        raise Http404
    return idea


def arrived_before(quartier: Quartier, client_id: str) -> Idea | None:
    """The idea that a request with this id has made already; the id is known to one device only."""
    try:
        known = uuid.UUID(client_id)
    except ValueError:
        return None
    return Idea.objects.select_related("quartier", "author").filter(quartier=quartier, client_id=known).first()


def _whole(user: Someone) -> QuerySet[Idea]:
    return cards(user, Idea.objects.all()).select_related("contact", "merged_into__quartier")


def staff_ideas(user: Someone) -> QuerySet[Idea]:
    """Every idea of the Quartiere in the hands of this member of staff, in any state."""
    own = quartiere_of(user).values("pk")
    return Idea.objects.filter(quartier__in=own).select_related("quartier", "author", "contact")


def staff_idea_or_404(user: Someone, pk: int) -> Idea:
    """One idea of an own Quartier; a foreign one is as absent as none."""
    return get_object_or_404(staff_ideas(user), pk=pk)


def waiting_ideas(user: Someone) -> QuerySet[Idea]:
    """Ideas without an answer in the Quartiere of this member of staff, the oldest promise first."""
    return (
        staff_ideas(user)
        .filter(_public(), state__in=Idea.OPEN, answered_at__isnull=True)
        .order_by(F("answer_by").asc(nulls_last=True), "pk")
    )


def held_ideas(user: Someone) -> QuerySet[Idea]:
    """Ideas that wait for a look before they appear, the oldest first."""
    return staff_ideas(user).filter(state=State.SUBMITTED, hidden_at__isnull=True).order_by("submitted_at", "pk")
