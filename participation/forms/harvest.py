"""Forms of the harvest: a note, a photo, an outcome, and what an outcome becomes."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from common.lengths import longest
from participation.models import Event, Note, NotePhoto, Outcome
from participation.selectors.events import shown_topics


def first_mistake(form: forms.Form) -> str:
    """The first sentence that a form has to say, for a place that shows one sentence."""
    return str(next(iter(form.errors.values()))[0])


class NoteForm(forms.Form):
    """One line for one section; each section of the page has its own."""

    text = forms.CharField(
        label=_("Deine Notiz"),
        max_length=longest(Note, "text"),
        widget=forms.Textarea(attrs={"rows": 1, "data-grow": True, "enterkeyhint": "enter"}),
        error_messages={"required": _("Schreib hier noch etwas.")},
    )


class PhotoForm(forms.Form):
    """A photo of a flipchart; what is in the file decides `common.photos`."""

    photo = forms.FileField(
        label=_("Foto vom Flipchart"),
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp,image/heic,image/heif"}),
        error_messages={
            "required": _("Nimm zuerst ein Foto auf."),
            "empty": _("Dein Foto lässt sich nicht öffnen, vielleicht kam es nicht ganz an. Wähl es noch mal aus."),
        },
    )
    caption = forms.CharField(
        label=_("Was ist zu sehen?"),
        max_length=longest(NotePhoto, "caption"),
        required=False,
        help_text=_("Nur Papier und Wände, keine Gesichter."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )


class OutcomeForm(forms.Form):
    """What shall happen. `needs_topic` for seats; the team may also write one down that has none."""

    topic = forms.TypedChoiceField(label=_("Aus welchem Thema?"), coerce=int, empty_value=None)
    title = forms.CharField(
        label=_("Was kommt dabei raus?"),
        max_length=longest(Outcome, "title"),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": _("Schreib in einem Satz, was passieren soll.")},
    )
    text = forms.CharField(
        label=_("Was soll passieren?"),
        max_length=longest(Outcome, "text"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2, "data-grow": True}),
    )

    def __init__(self, *args: Any, event: Event, needs_topic: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        topics = [(topic.number, topic.title) for topic in shown_topics(event)]
        first = ("", _("Such dir eins aus")) if needs_topic else ("", _("aus keinem"))
        field = self.fields["topic"]
        field.choices = [first, *topics]  # type: ignore[attr-defined]
        field.required = needs_topic
        field.error_messages["required"] = _("Such dir ein Thema von der Wand aus.")

    def facts(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in ("topic", "title", "text")}


class OutcomeWordsForm(forms.Form):
    """Other words for an outcome that is there."""

    title = forms.CharField(label=_("Ergebnis"), max_length=longest(Outcome, "title"))
    text = forms.CharField(
        label=_("Was soll passieren?"),
        max_length=longest(Outcome, "text"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2, "data-grow": True}),
    )


class GrowForm(forms.Form):
    """What a project that grows from an outcome needs to know before people come along."""

    capacity = forms.IntegerField(
        label=_("Plätze"),
        min_value=1,
        max_value=2000,
        required=False,
        help_text=_("leer: so viele wie wollen"),
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
    )
    guardian_consent = forms.BooleanField(label=_("Zettel von den Eltern nötig"), required=False)
