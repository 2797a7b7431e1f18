"""What the listings and forms of the admin share."""

from typing import Any, cast

import django_filters
from django import forms
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import path, reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin import messages
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.menu import MenuItem
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet

from accounts.models import Quartier, User
from accounts.rules import is_administrator, is_any_staff
from accounts.selectors import quartiere_of
from cms.forms.choices import choose_from
from common.errors import Refused


class StaffMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return is_any_staff(request.user)


class AdministratorMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return is_administrator(request.user)


def own_quartiere(request: HttpRequest | None) -> QuerySet[Quartier]:
    """The choices of a filter by Quartier."""
    return quartiere_of(request.user) if request is not None else Quartier.objects.none()


class TeamFilterSet(WagtailFilterSet):
    """A filter by Quartier, for those who have more than one."""

    quartier = django_filters.ModelChoiceFilter(queryset=own_quartiere, label=_("Quartier"), empty_label=_("alle"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if own_quartiere(self.request).count() < 2:
            del self.filters["quartier"]


def filters_of(listed: type[Model]) -> type[TeamFilterSet]:
    """A filter by Quartier alone, for a listing of this model."""

    class Filters(TeamFilterSet):
        class Meta:
            model = listed
            fields: list[str] = []

    return Filters


class OwnRows:
    """A view that knows the rows of the user's own Quartiere only: a foreign one is as absent as none (404)."""

    # Where the Quartier stands in the view's model.
    quartier_path = "quartier"
    model: type[Model]
    request: HttpRequest

    def get_queryset(self) -> QuerySet[Any]:
        return self.own_rows()

    def own_rows(self) -> QuerySet[Any]:
        mine = {f"{self.quartier_path}__in": quartiere_of(self.request.user).values("pk")}
        return self.model._default_manager.filter(**mine)


class OwnIndexView(OwnRows, generic.IndexView):
    """A listing of own rows; search looks for parts of words, as the team types them."""

    search_backend_name = None
    show_export_buttons = False
    get_queryset = generic.IndexView.get_queryset

    def get_base_queryset(self) -> QuerySet[Any]:
        return self.own_rows()


class ServiceForm:
    """A form view that saves through a service; a refusal stands beside its field, and nothing typed is lost."""

    request: HttpRequest

    @property
    def user(self) -> User:
        return cast(User, self.request.user)

    def form_valid(self, form: forms.BaseForm) -> HttpResponse:
        try:
            return super().form_valid(form)  # type: ignore[misc]
        except Refused as refusal:
            known = refusal.field if refusal.field in form.fields else None
            form.add_error(known, str(refusal))
            self.produced_error_message = str(refusal)
            return self.form_invalid(form)  # type: ignore[attr-defined]

    def save_instance(self) -> Any:
        return self.save_through(self.form)  # type: ignore[attr-defined]

    def save_through(self, form: Any) -> Any:
        raise NotImplementedError


class OwnCreateView(ServiceForm, generic.CreateView):
    """A new row, in an own Quartier."""

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"by": self.request.user}


class OwnEditView(OwnRows, ServiceForm, generic.EditView):
    """An own row, changed."""

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"by": self.request.user}


class OwnDeleteView(OwnRows, generic.DeleteView):
    """An own row, removed after a question."""

    @property
    def user(self) -> User:
        return cast(User, self.request.user)

    def form_valid(self, form: forms.Form) -> HttpResponse:
        try:
            return super().form_valid(form)
        except Refused as refusal:
            messages.error(self.request, str(refusal))
            return self.render_to_response(self.get_context_data(form=form))

    def delete_action(self) -> None:
        self.delete_through()

    def delete_through(self) -> None:
        raise NotImplementedError


class OwnForm(forms.ModelForm):
    """A form of something that belongs to a Quartier: only own ones can be chosen, a single one is set."""

    def __init__(self, *args: Any, by: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.by = by
        mine = quartiere_of(by)
        field = choose_from(self, "quartier", mine)
        if self.instance.pk is not None:
            field.disabled = True
        elif mine.count() == 1:
            field.initial, field.empty_label = mine.get(), None


class ListingViewSet(ModelViewSet):
    """A listing with forms, without what the team does not need: no copies, no history, no usage."""

    copy_view_enabled = False
    add_to_reference_index = False
    delete_view_enabled = True

    def get_common_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        gone = {"history_url_name": None, "usage_url_name": None}
        if not self.delete_view_enabled:
            gone["delete_url_name"] = None
        return super().get_common_view_kwargs(**gone, **kwargs)

    def get_urlpatterns(self) -> list[Any]:
        urls = [
            path("", self.index_view, name="index"),
            path("results/", self.index_results_view, name="index_results"),
            path("neu/", self.add_view, name="add"),
            path("<int:pk>/", self.edit_view, name="edit"),
        ]
        if self.delete_view_enabled:
            urls.append(path("<int:pk>/entfernen/", self.delete_view, name="delete"))
        return urls

    @cached_property
    def menu_url(self) -> str:
        return reverse(self.get_url_name("index"))
