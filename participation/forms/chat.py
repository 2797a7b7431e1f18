"""The composer's form. What may stand in a message is the service's question, not the form's."""

import uuid

from django import forms
from django.utils.translation import gettext_lazy as _

STALE = _("Lade die Seite neu und schick es noch einmal.")


class MessageForm(forms.Form):
    """A message and the id that its device gave it: sent twice, it is one message."""

    client_id = forms.UUIDField(
        initial=uuid.uuid4,
        widget=forms.HiddenInput(attrs={"data-op": ""}),
        error_messages={"required": STALE, "invalid": STALE},
    )
    text = forms.CharField(
        label=_("Nachricht"),
        required=False,
        widget=forms.Textarea(
            attrs={
                "rows": 1,
                "placeholder": _("Nachricht …"),
                "dir": "auto",
                "data-grow": "",
                "enterkeyhint": "send",
                "autocomplete": "off",
            }
        ),
    )
