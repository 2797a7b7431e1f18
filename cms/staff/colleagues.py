"""Accounts of the team and their responsibilities; for administrators."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column
from wagtail.admin.views import generic
from wagtail.admin.viewsets.base import ViewSetGroup

from accounts.models import Programme, Quartier, User
from cms import services
from cms.staff.base import AdministratorMenuItem, ListingViewSet, ServiceForm
from cms.staff.columns import MarkColumn
from cms.staff.records import CarrierViewSet, FieldViewSet, ProgrammeViewSet, QuartierViewSet


class ColleagueForm(forms.ModelForm):
    password = forms.CharField(
        label=_("Passwort"),
        required=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=_("mindestens 12 Zeichen; leer: bleibt, wie es ist"),
    )
    quartiere = forms.ModelMultipleChoiceField(
        Quartier.objects.all(), label=_("Im Team von"), required=False, widget=forms.CheckboxSelectMultiple
    )
    programmes = forms.ModelMultipleChoiceField(
        Programme.objects.all(), label=_("Koordiniert"), required=False, widget=forms.CheckboxSelectMultiple
    )

    class Meta:
        model = User
        fields = ["full_name", "nickname", "email", "is_active", "is_superuser"]
        labels = {"is_superuser": _("darf alles (Administration)"), "full_name": _("Name")}
        help_texts = {"is_superuser": "", "email": _("damit meldet sich die Person an")}

    field_order = ["full_name", "nickname", "email", "password", "quartiere", "programmes"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.instance.is_staff = True
        self.fields["email"].required = True
        if self.instance.pk is None:
            self.fields["password"].required = True
            self.fields["password"].help_text = gettext("mindestens 12 Zeichen; gib es persönlich weiter")
            return
        self.initial["quartiere"] = Quartier.objects.filter(roles__user=self.instance)
        self.initial["programmes"] = Programme.objects.filter(roles__user=self.instance)


class ColleagueIndexView(generic.IndexView):
    def get_base_queryset(self) -> QuerySet[User]:
        team = User.objects.filter(is_staff=True)
        return team.prefetch_related("roles__quartier", "roles__programme").order_by("full_name", "nickname")


class ColleagueCreateView(ServiceForm, generic.CreateView):
    def save_through(self, form: ColleagueForm) -> User:
        return services.save_colleague(by=self.user, **form.cleaned_data)


class ColleagueEditView(ServiceForm, generic.EditView):
    def get_queryset(self) -> QuerySet[User]:
        return User.objects.filter(is_staff=True)

    def save_through(self, form: ColleagueForm) -> User:
        return services.save_colleague(by=self.user, user=form.instance, **form.cleaned_data)


def _responsibilities(user: User) -> str:
    if user.is_superuser:
        return gettext("alles")
    return ", ".join(str(role.quartier or role.programme) for role in user.roles.all())


class ColleagueViewSet(ListingViewSet):
    """`/verwaltung/team/`."""

    model = User
    name = "staff_team"
    url_prefix = "team"
    icon = "user"
    menu_label = _("Team-Konten")
    delete_view_enabled = False
    menu_item_class = AdministratorMenuItem
    index_view_class = ColleagueIndexView
    add_view_class = ColleagueCreateView
    edit_view_class = ColleagueEditView
    search_fields = ["full_name", "nickname", "email"]
    list_per_page = 50
    list_display = [
        Column("full_name", label=_("Name"), sort_key="full_name"),
        "email",
        Column("roles", label=_("Zuständig für"), accessor=_responsibilities),
        MarkColumn("active", label=_("Konto"), accessor=lambda user: _("aktiv") if user.is_active else _("gesperrt")),
    ]

    def get_form_class(self, for_update: bool = False) -> type[ColleagueForm]:
        return ColleagueForm


class AdministrationGroup(ViewSetGroup):
    """ "Alle Quartiere" in the menu."""

    menu_label = _("Alle Quartiere")
    menu_icon = "cogs"
    menu_order = 160
    items = (QuartierViewSet, ColleagueViewSet, ProgrammeViewSet, CarrierViewSet, FieldViewSet)
