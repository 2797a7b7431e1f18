"""The report form: one tap on a reason sends it."""

import uuid
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from moderation.models import Report


class ReportForm(forms.Form):
    """`reason` comes from the button that was pressed, `client_id` makes a double tap one report."""

    client_id = forms.UUIDField(
        widget=forms.HiddenInput(attrs={"data-op": ""}),
        error_messages={
            "required": _("Lade die Seite neu und tipp noch einmal."),
            "invalid": _("Lade die Seite neu und tipp noch einmal."),
        },
    )
    reason = forms.ChoiceField(
        label=_("Was ist los?"),
        choices=Report.Reason.choices,
        error_messages={
            "required": _("Such dir aus, was los ist."),
            "invalid_choice": _("Such dir aus, was los ist."),
        },
    )
    note = forms.CharField(
        label=_("Willst du noch etwas dazu sagen?"),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto", "data-grow": ""}),
        error_messages={"max_length": _("Das ist zu lang. Nimm höchstens 500 Zeichen.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["client_id"].initial = uuid.uuid4
