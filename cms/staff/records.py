"""What a team keeps about itself (people to turn to, partners, money), and the lists of administrators."""

from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column
from wagtail.admin.views import generic
from wagtail.admin.viewsets.base import ViewSetGroup

from accounts.models import Carrier, ContactPerson, Partner, Programme, Quartier, User
from accounts.selectors import quartiere_of
from cms import services
from cms.forms.choices import choose_from
from cms.staff.base import (
    AdministratorMenuItem,
    ListingViewSet,
    OwnCreateView,
    OwnDeleteView,
    OwnEditView,
    OwnForm,
    OwnIndexView,
    ServiceForm,
    StaffMenuItem,
    TeamFilterSet,
    filters_of,
)
from cms.staff.columns import DayColumn
from ideas.models import Field
from participation.models import FundingYear
from participation.services.projects import set_envelope


# --- of a team -------------------------------------------------------------------------------------------
class RecordCreateView(OwnCreateView):
    def save_through(self, form: OwnForm) -> Any:
        return services.save_record(record=form.instance, by=self.user)


class RecordEditView(OwnEditView):
    def save_through(self, form: OwnForm) -> Any:
        return services.save_record(record=form.instance, by=self.user)


class RecordDeleteView(OwnDeleteView):
    def delete_through(self) -> None:
        services.delete_record(record=self.object, by=self.user)


class RecordIndexView(OwnIndexView):
    def get_base_queryset(self) -> QuerySet[Any]:
        return self.own_rows().select_related("quartier")


class RecordViewSet(ListingViewSet):
    """Records of a Quartier."""

    index_view_class = RecordIndexView
    add_view_class = RecordCreateView
    edit_view_class = RecordEditView
    delete_view_class = RecordDeleteView
    menu_item_class = StaffMenuItem
    list_per_page = 50
    form: type[OwnForm]

    @cached_property
    def filterset_class(self) -> type[TeamFilterSet]:
        return filters_of(self.model)

    def get_form_class(self, for_update: bool = False) -> type[OwnForm]:
        return self.form


class AccountChoice(forms.ModelChoiceField):
    def label_from_instance(self, user: User) -> str:
        return user.get_full_name()


class ContactPersonForm(OwnForm):
    user = AccountChoice(
        User.objects.none(),
        label=_("Konto"),
        required=False,
        empty_label=_("ohne Konto"),
        help_text=_("Damit landen neue Ideen bei dieser Person."),
    )

    class Meta:
        model = ContactPerson
        fields = ["quartier", "name", "role", "hours", "bound_until", "about", "user"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose_from(self, "user", self._colleagues())

    def _colleagues(self) -> QuerySet[User]:
        """Accounts that are responsible for the same Quartiere as this user, and are nobody's contact yet."""
        mine = quartiere_of(self.by).values("pk")
        free = Q(contact__isnull=True) | Q(contact=self.instance.pk)
        near = Q(roles__quartier__in=mine) | Q(roles__programme__quartiere__in=mine) | Q(pk=self.instance.user_id)
        return User.objects.filter(free & near, is_staff=True).distinct().order_by("full_name")


class ContactPersonViewSet(RecordViewSet):
    model = ContactPerson
    name = "staff_contacts"
    url_prefix = "ansprechpersonen"
    icon = "user"
    form = ContactPersonForm
    search_fields = ["name", "role"]
    list_display = [
        "name",
        Column("quartier", label=_("Quartier"), sort_key="quartier__name"),
        "role",
        "hours",
        DayColumn("bound_until", label=_("fest dabei bis"), sort_key="bound_until"),
    ]


class PartnerForm(OwnForm):
    class Meta:
        model = Partner
        fields = ["quartier", "name", "about"]


class PartnerViewSet(RecordViewSet):
    model = Partner
    name = "staff_partners"
    url_prefix = "partner"
    icon = "group"
    form = PartnerForm
    search_fields = ["name", "about"]
    list_display = ["name", Column("quartier", label=_("Quartier"), sort_key="quartier__name"), "about"]


class FundingYearForm(OwnForm):
    class Meta:
        model = FundingYear
        fields = ["quartier", "year", "envelope"]
        help_texts = {"envelope": _("in Euro; soll zwischen 5.000 und 50.000 liegen")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["year"].disabled = self.instance.pk is not None


class FundingCreateView(OwnCreateView):
    def save_through(self, form: FundingYearForm) -> FundingYear:
        return set_envelope(by=self.user, **form.cleaned_data)


class FundingEditView(OwnEditView):
    def save_through(self, form: FundingYearForm) -> FundingYear:
        return set_envelope(by=self.user, **form.cleaned_data)


class FundingYearViewSet(RecordViewSet):
    model = FundingYear
    name = "staff_funding"
    url_prefix = "foerderjahre"
    icon = "decimal"
    form = FundingYearForm
    delete_view_enabled = False
    add_view_class = FundingCreateView
    edit_view_class = FundingEditView
    ordering = "-year"
    list_display = ["year", Column("quartier", label=_("Quartier"), sort_key="quartier__name"), "envelope"]


class TeamGroup(ViewSetGroup):
    """ "Unser Quartier" in the menu."""

    menu_label = _("Unser Quartier")
    menu_icon = "home"
    menu_order = 150
    items = (ContactPersonViewSet, PartnerViewSet, FundingYearViewSet)


# --- of administrators -----------------------------------------------------------------------------------
class ListCreateView(ServiceForm, generic.CreateView):
    def save_through(self, form: forms.ModelForm) -> Any:
        return services.save_record(record=form.instance, by=self.user)


class ListEditView(ServiceForm, generic.EditView):
    def save_through(self, form: forms.ModelForm) -> Any:
        return services.save_record(record=form.instance, by=self.user)


class ListDeleteView(OwnDeleteView):
    def own_rows(self) -> QuerySet[Any]:
        return self.model._default_manager.all()

    def delete_through(self) -> None:
        services.delete_record(record=self.object, by=self.user)


class ListViewSet(ListingViewSet):
    """A list that holds everywhere."""

    add_view_class = ListCreateView
    edit_view_class = ListEditView
    delete_view_class = ListDeleteView
    menu_item_class = AdministratorMenuItem
    list_per_page = 50
    search_backend_name = None


class ProgrammeViewSet(ListViewSet):
    model = Programme
    name = "staff_programmes"
    url_prefix = "programme"
    icon = "folder-open-inverse"
    form_fields = ["name", "term", "funder_line"]
    list_display = ["name", "term"]


class CarrierViewSet(ListViewSet):
    model = Carrier
    name = "staff_carriers"
    url_prefix = "traeger"
    icon = "group"
    form_fields = ["name"]
    list_display = ["name"]


class FieldViewSet(ListViewSet):
    model = Field
    name = "staff_fields"
    url_prefix = "felder"
    icon = "tag"
    form_fields = ["name", "slug", "order"]
    list_display = ["name", "slug", "order"]
    ordering = ["order", "name"]


class QuartierForm(forms.ModelForm):
    intro = forms.CharField(
        label=_("Worum geht es hier?"), required=False, max_length=600, widget=forms.Textarea(attrs={"rows": 4})
    )

    class Meta:
        model = Quartier
        fields = [
            "name", "city", "slug", "programme", "carrier", "age_min", "age_max",
            "publish_residents", "publish_guests", "answer_days",
        ]  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk is not None:
            del self.fields["intro"]


class QuartierCreateView(ServiceForm, generic.CreateView):
    def save_through(self, form: QuartierForm) -> Quartier:
        return services.open_quartier(by=self.user, **form.cleaned_data)


class QuartierEditView(ServiceForm, generic.EditView):
    def save_through(self, form: QuartierForm) -> Quartier:
        # The form has written into its own copy already; the service starts from what is stored.
        stored = Quartier.objects.get(pk=form.instance.pk)
        return services.rename_quartier(quartier=stored, by=self.user, **form.cleaned_data)


class QuartierViewSet(ListingViewSet):
    """Quartiere with their addresses; their team edits the settings beside the page."""

    model = Quartier
    name = "staff_quartiere"
    url_prefix = "quartiere"
    icon = "home"
    delete_view_enabled = False
    add_view_class = QuartierCreateView
    edit_view_class = QuartierEditView
    menu_item_class = AdministratorMenuItem
    list_display = ["name", "city", "programme", "slug"]
    search_fields = ["name", "city"]

    def get_form_class(self, for_update: bool = False) -> type[QuartierForm]:
        return QuartierForm
