"""Forms of tickets: print some, and type the code of one."""

from django import forms
from django.utils.translation import gettext_lazy as _

from participation.selectors.events import clean_code
from participation.services.ballots.tickets import MOST_AT_ONCE


class PrintForm(forms.Form):
    """How many tickets; `client_id` stays the same while the page is open, so a second press prints the same."""

    client_id = forms.UUIDField(widget=forms.HiddenInput)
    count = forms.IntegerField(
        label=_("Wie viele Karten?"),
        min_value=1,
        max_value=MOST_AT_ONCE,
        help_text=_("Acht passen auf ein Blatt. Auf einmal gehen höchstens 500."),
        error_messages={"required": _("Schreib, wie viele Karten du brauchst."), "invalid": _("Schreib eine Zahl.")},
    )


class TicketForm(forms.Form):
    """The code of a printed ticket: spaces, dashes, small letters and O for 0 are fine."""

    code = forms.CharField(
        label=_("Code auf der Karte"),
        max_length=40,
        widget=forms.TextInput(
            attrs={
                "class": "code-input",
                "autocomplete": "off",
                "autocapitalize": "characters",
                "spellcheck": "false",
                "enterkeyhint": "go",
                "placeholder": "ABCDE-FGHJK",
            }
        ),
        error_messages={"required": _("Tipp den Code ein, der auf der Karte steht.")},
    )

    def clean_code(self) -> str:
        return clean_code(self.cleaned_data["code"])
