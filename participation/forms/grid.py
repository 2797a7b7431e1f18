"""Forms of the grid, for the team: a room, several slots at once, one slot."""

from datetime import timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

NUMBER = {"inputmode": "numeric"}


def _number(label: Any, initial: int | None, most: int, *, least: int = 1, required: bool = True) -> forms.IntegerField:
    return forms.IntegerField(
        label=label,
        initial=initial,
        min_value=least,
        max_value=most,
        required=required,
        widget=forms.NumberInput(attrs=NUMBER),
        error_messages={
            "required": _("Gib eine Zahl an."),
            "invalid": _("Gib eine Zahl an."),
            "min_value": _("Nimm eine Zahl ab %(limit_value)s."),
            "max_value": _("Nimm eine Zahl bis %(limit_value)s."),
        },
    )


def _time(label: Any) -> forms.DateTimeField:
    return forms.DateTimeField(
        label=label,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        error_messages={"required": _("Wähl Tag und Uhrzeit aus."), "invalid": _("Wähl Tag und Uhrzeit aus.")},
    )


class RoomForm(forms.Form):
    """A column of the grid."""

    name = forms.CharField(
        label=_("Raum"),
        max_length=40,
        error_messages={
            "required": _("Gib dem Raum einen Namen."),
            "max_length": _("Fass dich hier kürzer: höchstens 40 Zeichen."),
        },
    )
    where = forms.CharField(
        label=_("Wo ist das?"),
        max_length=80,
        required=False,
        error_messages={"max_length": _("Fass dich hier kürzer: höchstens 80 Zeichen.")},
    )
    capacity = _number(_("Plätze"), None, 5000, required=False)
    step_free = forms.BooleanField(label=_("ohne Stufen erreichbar"), required=False, initial=True)


class SlotsForm(forms.Form):
    """Rows of the grid, one after the other."""

    starts_at = _time(_("Die erste Runde beginnt"))
    minutes = _number(_("Minuten je Runde"), 45, 480, least=5)
    count = _number(_("Wie viele Runden?"), 3, 30)
    pause = _number(_("Minuten Pause dazwischen"), 15, 480, least=0)


class SlotForm(forms.Form):
    """One row of the grid."""

    starts_at = _time(_("Beginn"))
    minutes = _number(_("Minuten"), 45, 480, least=5)

    def times(self) -> dict[str, Any]:
        begin = self.cleaned_data["starts_at"]
        return {"starts_at": begin, "ends_at": begin + timedelta(minutes=self.cleaned_data["minutes"])}
