"""Reports in the admin: what is open first, the oldest on top; deciding takes one sentence."""

from typing import Any, cast

import django_filters
from django import forms
from django.db.models import Case, IntegerField, QuerySet, Value, When
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.generic import FormView
from wagtail.admin import messages
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.views.generic import WagtailAdminTemplateMixin
from wagtail.admin.viewsets.base import ViewSet
from wagtail.admin.widgets import AdminAutoHeightTextInput

from accounts.models import User
from cms.staff.base import OwnIndexView, StaffMenuItem, TeamFilterSet
from cms.staff.columns import DayColumn, MarkColumn
from common.errors import Refused
from moderation.models import Report
from moderation.selectors import report_or_404, reports_for
from moderation.services import decide_report

INDEX = "staff_reports:index"


class ReportFilterSet(TeamFilterSet):
    state = django_filters.ChoiceFilter(
        label=_("Stand"), choices=Report.State.choices, empty_label=_("alle"), widget=forms.RadioSelect
    )
    thing = django_filters.ChoiceFilter(label=_("Was"), choices=Report.Thing.choices, empty_label=_("alles"))

    class Meta:
        model = Report
        fields: list[str] = []


class ReportIndexView(OwnIndexView):
    default_ordering = ("urgency", "reported_at", "pk")

    def get_base_queryset(self) -> QuerySet[Report]:
        urgency = Case(When(state=Report.State.OPEN, then=Value(0)), default=Value(1), output_field=IntegerField())
        return reports_for(self.request.user).annotate(urgency=urgency)


class ReportForm(forms.Form):
    """Remove it or let it stand, with a sentence for the person who reported it."""

    state = forms.ChoiceField(
        label=_("Deine Entscheidung"),
        choices=[(Report.State.UPHELD, _("Entfernen")), (Report.State.DISMISSED, _("Stehen lassen"))],
        widget=forms.RadioSelect,
        error_messages={"required": _("Entscheide: entfernen oder stehen lassen.")},
    )
    answer = forms.CharField(
        label=_("Deine Antwort"),
        help_text=_("Das liest, wer gemeldet hat, auf dem Beleg."),
        max_length=500,
        widget=AdminAutoHeightTextInput(attrs={"rows": 3, "dir": "auto"}),
        error_messages={"required": _("Schreib einen Satz dazu, damit die Meldung eine Antwort hat.")},
    )


class ReportView(WagtailAdminTemplateMixin, FormView):
    """One report: what was seen, why it was reported, and the decision."""

    template_name = "cms/staff/report.html"
    header_icon = "warning"
    form_class = ReportForm

    @cached_property
    def report(self) -> Report:
        return report_or_404(self.request.user, self.kwargs["pk"])

    def get_page_title(self) -> str:
        return str(self.report)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        index = {"url": reverse(INDEX), "label": gettext("Meldungen")}
        return [*self.breadcrumbs_items, index, {"url": "", "label": self.get_page_title()}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"report": self.report}

    def form_valid(self, form: ReportForm) -> HttpResponse:
        try:
            decide_report(report=self.report, by=cast(User, self.request.user), **form.cleaned_data)
        except Refused as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
            return self.form_invalid(form)
        messages.success(self.request, gettext("Entschieden. Wer gemeldet hat, sieht deine Antwort auf dem Beleg."))
        return redirect(INDEX)


class ReportViewSet(ViewSet):
    """`/verwaltung/meldungen/`."""

    name = "staff_reports"
    url_prefix = "meldungen"
    icon = "warning"
    menu_label = _("Meldungen")
    menu_order = 120
    add_to_admin_menu = True
    menu_item_class = StaffMenuItem

    def _index(self, **kwargs: Any) -> Any:
        return self.construct_view(
            ReportIndexView,
            model=Report,
            header_icon=self.icon,
            page_title=_("Meldungen"),
            index_url_name=INDEX,
            index_results_url_name="staff_reports:index_results",
            filterset_class=ReportFilterSet,
            search_fields=["copy", "note", "receipt"],
            paginate_by=50,
            columns=[
                TitleColumn("copy", label=_("Was gemeldet wurde"), accessor=_beginning, url_name="staff_reports:one"),
                Column("get_thing_display", label=_("Was")),
                Column("get_reason_display", label=_("Grund")),
                Column("quartier", label=_("Quartier"), sort_key="quartier__name"),
                DayColumn("reported_at", label=_("gemeldet"), sort_key="reported_at"),
                MarkColumn("get_state_display", label=_("Stand"), urgent=lambda report: report.state == "open"),
            ],
            **kwargs,
        )

    def get_urlpatterns(self) -> list[Any]:
        return [
            path("", self._index(), name="index"),
            path("results/", self._index(results_only=True), name="index_results"),
            path("<int:pk>/", ReportView.as_view(), name="one"),
        ]


def _beginning(report: Report) -> str:
    return report.copy if len(report.copy) <= 80 else f"{report.copy[:79]}…"
