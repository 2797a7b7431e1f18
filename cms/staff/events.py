"""Open spaces in the admin: made and moved on here, led on the facilitator's own phone page."""

import uuid
from typing import Any, cast

import django_filters
from django import forms
from django.db.models import Case, IntegerField, QuerySet, Value, When
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import path, reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.generic import View
from wagtail.admin import messages
from wagtail.admin.ui.tables import Column
from wagtail.admin.widgets import AdminAutoHeightTextInput, AdminDateTimeInput

from accounts.models import User
from accounts.selectors import quartiere_of
from cms.staff.base import (
    ListingViewSet,
    OwnCreateView,
    OwnEditView,
    OwnForm,
    OwnIndexView,
    StaffMenuItem,
    TeamFilterSet,
)
from cms.staff.columns import DayColumn, LinksColumn, MarkColumn
from common.errors import Refused
from participation.models import Event
from participation.rules.events import OPEN_DOORS, can_move
from participation.selectors.events import spaced_code
from participation.services.events import change_state, create_event, update_event

INDEX = "staff_events:index"


class EventForm(OwnForm):
    client_id = forms.UUIDField(widget=forms.HiddenInput, required=False)

    class Meta:
        model = Event
        fields = ["quartier", "title", "subtitle", "intro", "place", "starts_at", "ends_at", "outcomes"]
        widgets = {
            "intro": AdminAutoHeightTextInput,
            "outcomes": AdminAutoHeightTextInput,
            "starts_at": AdminDateTimeInput,
            "ends_at": AdminDateTimeInput,
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["client_id"].initial = uuid.uuid4
        if self.instance.pk is None:
            del self.fields["outcomes"]

    def facts(self) -> dict[str, Any]:
        return {name: value for name, value in self.cleaned_data.items() if name not in {"quartier", "client_id"}}


class EventFilterSet(TeamFilterSet):
    state = django_filters.ChoiceFilter(
        label=_("Stand"), choices=Event.State.choices, empty_label=_("alle"), widget=forms.RadioSelect
    )

    class Meta:
        model = Event
        fields: list[str] = []


class EventIndexView(OwnIndexView):
    """What is open now stands first."""

    default_ordering = ("urgency", "-starts_at", "-pk")

    def get_base_queryset(self) -> QuerySet[Event]:
        urgency = Case(When(state__in=OPEN_DOORS, then=Value(0)), default=Value(1), output_field=IntegerField())
        return self.own_rows().select_related("quartier").annotate(urgency=urgency)


class EventCreateView(OwnCreateView):
    def save_through(self, form: EventForm) -> Event:
        return create_event(
            quartier=form.cleaned_data["quartier"],
            by=self.user,
            client_id=form.cleaned_data["client_id"],
            **form.facts(),
        )

    def get_success_url(self) -> str:
        return reverse("staff_events:edit", args=[self.object.pk])


class EventEditView(OwnEditView):
    """The form, and beside it the way on: the next states, and the links for the hall."""

    template_name = "cms/staff/event.html"

    def save_through(self, form: EventForm) -> Event:
        return update_event(event=form.instance, by=self.user, **form.facts())

    def get_success_url(self) -> str:
        return reverse("staff_events:edit", args=[self.object.pk])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        event = self.object
        return super().get_context_data(**kwargs) | {
            "event": event,
            "code": spaced_code(event.join_code),
            "links": links_of(event),
            "steps": [(value, label) for value, label in Event.State.choices if can_move(event, value)],
        }


class StateView(View):
    """Moves an event to another state; by POST."""

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        mine = Event.objects.filter(quartier__in=quartiere_of(request.user).values("pk"))
        event = get_object_or_404(mine, pk=pk)
        try:
            change_state(event=event, by=cast(User, request.user), state=request.POST.get("state", ""))
        except Refused as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, gettext("Gespeichert."))
        return redirect("staff_events:edit", pk)


def links_of(event: Event) -> list[tuple[str, str]]:
    """The screens of an event, as pairs of label and address."""
    return [
        (gettext("Leitung"), reverse("events:stage", args=[event.join_code])),
        (gettext("Beamer"), reverse("events:screen", args=[event.join_code])),
        (gettext("Handy"), reverse("events:phone", args=[event.join_code])),
    ]


class EventViewSet(ListingViewSet):
    """`/verwaltung/open-space/`."""

    model = Event
    name = "staff_events"
    url_prefix = "open-space"
    icon = "group"
    menu_label = _("Open Space")
    menu_order = 140
    add_to_admin_menu = True
    menu_item_class = StaffMenuItem
    delete_view_enabled = False
    index_view_class = EventIndexView
    add_view_class = EventCreateView
    edit_view_class = EventEditView
    filterset_class = EventFilterSet
    search_fields = ["title", "place", "join_code"]
    list_per_page = 50
    list_display = [
        "title",
        Column("quartier", label=_("Quartier"), sort_key="quartier__name"),
        MarkColumn("get_state_display", label=_("Stand"), urgent=lambda event: event.state in OPEN_DOORS),
        DayColumn("starts_at", label=_("Beginn"), sort_key="starts_at"),
        Column("join_code", label=_("Code"), accessor=lambda event: spaced_code(event.join_code)),
        LinksColumn("links", label=_("Öffnen"), accessor=links_of),
    ]

    def get_form_class(self, for_update: bool = False) -> type[EventForm]:
        return EventForm

    def get_urlpatterns(self) -> list[Any]:
        return [*super().get_urlpatterns(), path("<int:pk>/stand/", StateView.as_view(), name="state")]
