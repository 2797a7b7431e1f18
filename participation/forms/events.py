"""Forms of an open space: the code, the seat, a topic, and the event itself."""

import uuid
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import Quartier, User
from accounts.selectors import quartiere_of
from participation.models import Event
from participation.selectors.events import clean_code, former_event


class CodeForm(forms.Form):
    """The join code, typed from a poster or a projector: spaces, small letters and O for 0 are fine."""

    code = forms.CharField(
        label=_("Dein Code"),
        max_length=20,
        help_text=_("Sechs Zeichen. Er steht auf dem Beamer oder dem Plakat."),
        widget=forms.TextInput(
            attrs={
                "class": "code-input",
                "autocomplete": "off",
                "autocapitalize": "characters",
                "spellcheck": "false",
                "enterkeyhint": "go",
                "placeholder": "AB3 K7Q",
            }
        ),
        error_messages={"required": _("Tipp den Code ein, der auf dem Beamer steht.")},
    )

    UNKNOWN = _("Diesen Code kennen wir nicht. Schau noch einmal auf den Beamer oder das Plakat.")

    def clean_code(self) -> str:
        code = clean_code(self.cleaned_data["code"])
        known = Event.objects.filter(join_code=code).exclude(state=Event.State.DRAFT).exists()
        if not known and former_event(code) is None:
            raise forms.ValidationError(self.UNKNOWN)
        return code


class SeatForm(forms.Form):
    """A guest's nickname, offered ready-made. `device` is the token that the seat will belong to."""

    nickname = forms.CharField(
        label=_("Spitzname"),
        max_length=24,
        help_text=_("Nicht dein echter Name. So steht er an deinen Themen."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "words", "spellcheck": "false"}),
        error_messages={
            "required": _("Such dir einen Spitznamen aus."),
            "max_length": _("Nimm einen Spitznamen mit 2 bis 24 Zeichen."),
        },
    )
    device = forms.CharField(max_length=64, min_length=20, widget=forms.HiddenInput)


class TopicForm(forms.Form):
    """A topic for the wall."""

    title = forms.CharField(
        label=_("Dein Thema"),
        max_length=80,
        # Whoever would rather speak uses the keyboard's own microphone: both fields are plain text.
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "sentences", "enterkeyhint": "next"}),
        error_messages={
            "required": _("Schreib in ein paar Worten, worum es gehen soll."),
            "max_length": _("Fass dein Thema kürzer: höchstens 80 Zeichen."),
        },
    )
    text = forms.CharField(
        label=_("Ein Satz dazu"),
        max_length=300,
        required=False,
        widget=forms.Textarea(
            attrs={
                "rows": 2,
                "data-grow": True,
                "inputmode": "text",
                "autocapitalize": "sentences",
                "enterkeyhint": "send",
            }
        ),
        error_messages={"max_length": _("Fass dich hier kürzer: höchstens 300 Zeichen.")},
    )


class CapacityForm(forms.Form):
    """How many the hall holds; empty means that nobody counts."""

    capacity = forms.IntegerField(
        label=_("Plätze im Saal"),
        min_value=1,
        max_value=100_000,
        required=False,
        help_text=_("Leer lassen, wenn alle reinpassen. Sind alle Plätze weg, stell hier welche dazu."),
        widget=forms.NumberInput(attrs={"inputmode": "numeric", "enterkeyhint": "done"}),
        error_messages={
            "invalid": _("Schreib eine Zahl."),
            "min_value": _("Schreib eine Zahl ab 1."),
            "max_value": _("So viele passen nicht ins Haus. Schreib eine kleinere Zahl."),
        },
    )


def _moment_input() -> forms.DateTimeInput:
    return forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")


class FactsForm(forms.Form):
    """What the team writes about its event."""

    title = forms.CharField(
        label=_("Titel"), max_length=80, error_messages={"required": _("Gib der Veranstaltung einen Titel.")}
    )
    subtitle = forms.CharField(label=_("Untertitel"), max_length=120, required=False)
    place = forms.CharField(label=_("Ort"), max_length=120, required=False)
    starts_at = forms.DateTimeField(
        label=_("Beginn"),
        widget=_moment_input(),
        error_messages={"required": _("Wann geht es los?"), "invalid": _("Wähl Tag und Uhrzeit aus.")},
    )
    ends_at = forms.DateTimeField(
        label=_("Ende"),
        required=False,
        widget=_moment_input(),
        error_messages={"invalid": _("Wähl Tag und Uhrzeit aus.")},
    )
    intro = forms.CharField(
        label=_("Worum geht es?"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4, "data-grow": True}),
    )


class ScribeForm(forms.Form):
    """A topic that somebody wrote on paper. `op` is made by the client."""

    op = forms.UUIDField(required=False, widget=forms.HiddenInput(attrs={"data-op": True}))
    title = forms.CharField(
        label=_("Was steht auf dem Zettel?"),
        max_length=80,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autofocus": True, "enterkeyhint": "next"}),
        error_messages={
            "required": _("Schreib das Thema ab."),
            "max_length": _("Fass das Thema kürzer: höchstens 80 Zeichen."),
        },
    )
    name = forms.CharField(
        label=_("Von wem?"),
        max_length=80,
        required=False,
        help_text=_("Nur der Spitzname. Leer geht auch."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "enterkeyhint": "send"}),
    )
    step_free = forms.BooleanField(label=_("Braucht einen Raum ohne Stufen"), required=False)

    def facts(self) -> dict[str, Any]:
        """Arguments of `scribe_topic`."""
        return {**self.cleaned_data, "op": self.cleaned_data["op"] or uuid.uuid4()}


class EventForm(forms.Form):
    """A new open space, for the team."""

    client_id = forms.UUIDField(widget=forms.HiddenInput)
    quartier = forms.ModelChoiceField(label=_("Quartier"), queryset=Quartier.objects.none(), empty_label=None)
    title = forms.CharField(
        label=_("Titel"), max_length=80, error_messages={"required": _("Gib der Veranstaltung einen Titel.")}
    )
    subtitle = forms.CharField(label=_("Untertitel"), max_length=120, required=False)
    starts_at = forms.DateTimeField(
        label=_("Beginn"),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        error_messages={
            "required": _("Wann geht es los?"),
            "invalid": _("Wähl Tag und Uhrzeit aus."),
        },
    )
    place = forms.CharField(label=_("Ort"), max_length=120, required=False)
    intro = forms.CharField(
        label=_("Worum geht es?"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4, "data-grow": True}),
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["quartier"].queryset = quartiere_of(user)  # type: ignore[attr-defined]
