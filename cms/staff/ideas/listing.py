"""All ideas of the own Quartiere, what waits longest on top."""

import django_filters
from django import forms
from django.db.models import Case, F, Q, QuerySet, Value, When
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cms.staff.base import OwnIndexView, TeamFilterSet
from ideas.models import Field, Idea
from ideas.selectors import staff_ideas, waiting_ideas


class IdeaFilterSet(TeamFilterSet):
    waiting = django_filters.ChoiceFilter(
        label=_("Was wartet"),
        method="filter_waiting",
        empty_label=_("alles"),
        choices=[
            ("late", _("Antwort überfällig")),
            ("open", _("wartet auf Antwort")),
            ("held", _("wartet auf einen Blick")),
        ],
        widget=forms.RadioSelect,
    )
    state = django_filters.MultipleChoiceFilter(
        label=_("Stand"), choices=Idea.State.choices, widget=forms.CheckboxSelectMultiple
    )
    fields = django_filters.ModelChoiceFilter(label=_("Feld"), queryset=Field.objects.all(), empty_label=_("alle"))

    class Meta:
        model = Idea
        fields: list[str] = []

    def filter_waiting(self, ideas: QuerySet[Idea], _name: str, value: str) -> QuerySet[Idea]:
        if value == "held":
            return ideas.filter(state=Idea.State.SUBMITTED, hidden_at__isnull=True)
        # As a subquery, so that the listing keeps its own order and columns.
        open_ = ideas.filter(pk__in=waiting_ideas(self.request.user).order_by().values("pk"))
        return open_.filter(answer_by__lt=timezone.localdate()) if value == "late" else open_


class IdeaIndexView(OwnIndexView):
    """What waits stands first, the oldest promise on top; then what waits for a look; then the rest, newest first."""

    default_ordering = ("urgency", "promise", "waits_since", "-submitted_at", "-pk")

    def get_base_queryset(self) -> QuerySet[Idea]:
        waiting = Q(pk__in=waiting_ideas(self.request.user).order_by().values("pk"))
        held = Q(state=Idea.State.SUBMITTED, hidden_at__isnull=True)
        urgency = Case(When(waiting, then=Value(0)), When(held, then=Value(1)), default=Value(2))
        return staff_ideas(self.request.user).annotate(
            urgency=urgency,
            promise=Case(When(waiting, then=F("answer_by"))),
            waits_since=Case(When(waiting | held, then=F("submitted_at"))),
        )
