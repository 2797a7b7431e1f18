"""What we ask at the door: nickname, age band, Quartier, and nothing else (guard.md, Minors)."""

import uuid
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import AgeBand, Quartier
from accounts.selectors import all_quartiere, free_nickname


class QuartierChoice(forms.ModelChoiceField):
    def label_from_instance(self, quartier: Quartier) -> str:
        return f"{quartier.name}, {quartier.city}" if quartier.city not in quartier.name else quartier.name


class PersonForm(forms.Form):
    """The three facts a resident tells."""

    nickname = forms.CharField(
        label=_("Spitzname"),
        max_length=24,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "words", "spellcheck": "false"}),
        help_text=_("Nicht dein echter Name. Du kannst ihn ändern."),
        error_messages={
            "required": _("Such dir einen Spitznamen aus."),
            "max_length": _("Nimm einen Spitznamen mit 2 bis 24 Zeichen."),
        },
    )
    age_band = forms.ChoiceField(
        label=_("Wie alt bist du?"),
        choices=AgeBand.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Such dir aus, wie alt du ungefähr bist.")},
    )
    quartier = QuartierChoice(
        label=_("Dein Quartier"),
        queryset=Quartier.objects.none(),
        empty_label=None,
        error_messages={
            "required": _("Such dir dein Quartier aus."),
            "invalid_choice": _("Dieses Quartier gibt es nicht. Such dir eins aus der Liste aus."),
        },
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["quartier"]
        field.queryset = all_quartiere()  # type: ignore[attr-defined]


class EntryForm(PersonForm):
    """Entering: a nickname is offered ready-made; `entry_id` makes a double tap harmless."""

    prefix = "entry"
    entry_id = forms.UUIDField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, quartier: Quartier | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["entry_id"].initial = uuid.uuid4
        self.fields["nickname"].initial = free_nickname
        if quartier is not None:
            self.fields["quartier"].initial = quartier


class CardForm(forms.Form):
    """Coming back with a card."""

    code = forms.CharField(
        label=_("Code von deiner Rückkehr-Karte"),
        max_length=24,
        widget=forms.TextInput(
            attrs={"autocomplete": "one-time-code", "autocapitalize": "characters", "spellcheck": "false"}
        ),
        error_messages={"required": _("Tipp den Code von deiner Karte ein.")},
    )
