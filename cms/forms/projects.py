"""Two small tables beside a project: what there is to do, and what it costs."""

from decimal import Decimal
from typing import Any

from django import forms
from django.core.validators import MinValueValidator
from django.utils.translation import gettext_lazy as _
from wagtail.admin.widgets import AdminDateInput


class Rows(forms.BaseFormSet):
    """Rows that are there plus a few empty ones; a row without a title is gone."""

    @property
    def rows(self) -> list[dict[str, Any]]:
        """Every row that is filled in or was there before."""
        return [form.cleaned_data for form in self.forms if form.cleaned_data]

    @property
    def wanted(self) -> list[dict[str, Any]]:
        return [form.cleaned_data for form in self.forms if form.cleaned_data.get("title")]


class TaskRow(forms.Form):
    """One task; `pk` says which one it was when the page was opened, so that a new title loses nobody."""

    pk = forms.IntegerField(required=False, widget=forms.HiddenInput)
    title = forms.CharField(label=_("Aufgabe"), required=False, max_length=80)
    due_on = forms.DateField(label=_("bis"), required=False, widget=AdminDateInput)


def _euro(label: Any) -> forms.DecimalField:
    return forms.DecimalField(
        label=label,
        required=False,
        max_digits=9,
        decimal_places=2,
        validators=[MinValueValidator(Decimal(0))],
        localize=True,
    )


class BudgetRow(forms.Form):
    title = forms.CharField(label=_("Wofür"), required=False, max_length=80)
    planned = _euro(_("geplant"))
    committed = _euro(_("zugesagt"))
    spent = _euro(_("ausgegeben"))

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        sums = {name: data.get(name) or Decimal(0) for name in ("planned", "committed", "spent")}
        if any(sums.values()) and not data.get("title"):
            self.add_error("title", _("Sag dazu, wofür das Geld ist."))
        return data | sums


TaskFormSet = forms.formset_factory(TaskRow, formset=Rows, extra=3, max_num=50)
BudgetFormSet = forms.formset_factory(BudgetRow, formset=Rows, extra=3, max_num=50)
