"""The forms of ideas and comments."""

import uuid
from typing import Any

from django import forms
from django.db import models
from django.utils.translation import gettext_lazy as _

from common.lengths import longest
from ideas.models import Comment, Idea
from ideas.selectors import fields

STALE = _("Lade die Seite neu und schick es noch einmal.")


class PlainText(forms.CharField):
    """Text of several lines, counted as the phone counts it: a line break is one character, not two."""

    widget = forms.Textarea

    def to_python(self, value: Any) -> str:
        return str(super().to_python(value.replace("\r\n", "\n") if isinstance(value, str) else value) or "")


class ClientId(forms.UUIDField):
    """The id of the act, offered by the page and kept by the device: sent twice, it is one act."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs = {"widget": forms.HiddenInput, "initial": uuid.uuid4, **kwargs}
        super().__init__(error_messages={"required": STALE, "invalid": STALE}, **kwargs)


class FieldChoice(forms.ModelMultipleChoiceField):
    """Fields of action by their slug."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(queryset=fields(), to_field_name="slug", **kwargs)

    def label_from_instance(self, obj: models.Model) -> str:
        return str(obj)


class IdeaForm(forms.Form):
    """One form for everything; the page cuts it into steps where scripts run."""

    client_id = ClientId()
    photo = forms.FileField(
        label=_("Foto"),
        required=False,
        widget=forms.FileInput(attrs={"accept": "image/*"}),
        error_messages={"empty": _("Dein Foto ist leer angekommen. Wähl es noch mal aus.")},
    )
    title = forms.CharField(
        label=_("In einem Satz"),
        max_length=longest(Idea, "title"),
        widget=forms.TextInput(attrs={"dir": "auto", "autocomplete": "off", "enterkeyhint": "next"}),
        error_messages={
            "required": _("Schreib deine Idee in einem Satz."),
            "max_length": _("Das ist zu lang für einen Satz. Nimm höchstens %(limit_value)d Zeichen."),
        },
    )
    fields_of_action = FieldChoice(
        label=_("Passt zu"),
        required=False,
        error_messages={
            "invalid_choice": _("Dieses Feld gibt es nicht mehr. Such dir eins aus der Liste aus."),
            "invalid_list": _("Such dir die Felder noch einmal aus."),
        },
    )
    place = forms.CharField(
        label=_("Wo ist das?"),
        required=False,
        max_length=longest(Idea, "place"),
        help_text=_("Straße, Platz oder „am Bahnhof hinten“. Bitte keine Adresse von dir oder anderen."),
        widget=forms.TextInput(attrs={"dir": "auto", "autocomplete": "off", "enterkeyhint": "next"}),
        error_messages={"max_length": _("Das ist zu lang. Nimm höchstens %(limit_value)d Zeichen.")},
    )
    text = PlainText(
        label=_("Mehr dazu"),
        required=False,
        max_length=longest(Idea, "text"),
        widget=forms.Textarea(attrs={"rows": 4, "dir": "auto", "data-grow": ""}),
        error_messages={"max_length": _("Das ist zu lang. Nimm höchstens %(limit_value)d Zeichen.")},
    )


class CommentForm(forms.Form):
    client_id = ClientId(widget=forms.HiddenInput(attrs={"data-op": ""}))
    text = PlainText(
        label=_("Dein Kommentar"),
        max_length=longest(Comment, "text"),
        widget=forms.Textarea(attrs={"rows": 2, "dir": "auto", "data-grow": ""}),
        error_messages={
            "required": _("Schreib erst etwas, dann schick es ab."),
            "max_length": _("Das ist zu lang. Nimm höchstens %(limit_value)d Zeichen."),
        },
    )
