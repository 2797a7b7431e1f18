"""Forms of a ballot: a new one for the stage, and what a plain HTML form says on a paper."""

from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from participation.models import Ballot, Event
from participation.rules.ballots import NO, YES
from participation.selectors.events import shown_topics


class BallotForm(forms.Form):
    """A ballot from lines of text and topics of the wall."""

    client_id = forms.UUIDField(widget=forms.HiddenInput)
    question = forms.CharField(
        label=_("Frage"),
        max_length=140,
        error_messages={"required": _("Schreib eine Frage.")},
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    kind = forms.ChoiceField(
        label=_("Art"), choices=Ballot.Kind.choices, initial=Ballot.Kind.DOTS, widget=forms.RadioSelect
    )
    options = forms.CharField(
        label=_("Vorschläge, jeder in einer eigenen Zeile"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4, "data-grow": True}),
    )
    topics = forms.TypedMultipleChoiceField(
        label=_("Themen von der Wand"), coerce=int, required=False, widget=forms.CheckboxSelectMultiple
    )
    tier = forms.ChoiceField(
        label=_("Wer stimmt ab?"),
        choices=Ballot.Tier.choices,
        initial=Ballot.Tier.SIGNAL,
        widget=forms.RadioSelect,
    )
    budget = forms.IntegerField(label=_("Punkte für jede Person"), min_value=1, max_value=20, initial=5)
    max_per_option = forms.IntegerField(label=_("höchstens für einen Vorschlag"), min_value=1, max_value=20, initial=3)
    max_choices = forms.IntegerField(
        label=_("Bei Auswahl: so viele darf man wählen"), min_value=1, max_value=20, initial=1
    )

    def __init__(self, *args: Any, event: Event, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        topics = [(topic.number, topic.title) for topic in shown_topics(event)]
        self.fields["topics"].choices = topics  # type: ignore[attr-defined]
        if not topics:
            del self.fields["topics"]

    def facts(self) -> dict[str, Any]:
        """What `create_ballot` asks for."""
        facts = dict(self.cleaned_data)
        facts["options"] = facts["options"].splitlines()
        return facts


def choice_of(ballot: Ballot, data: QueryDict) -> dict[str, int]:
    """A paper from a plain form: `o<number>` for dots, `wahl` for everything else; oddities stay odd.

    What is no number becomes 0 points, which no rule accepts, so that a mistake is refused and not bent.
    """
    if ballot.kind == Ballot.Kind.DOTS:
        points = {key[1:]: _number(value) for key, value in data.items() if key[:1] == "o" and key[1:].isdigit()}
        return {option: value for option, value in points.items() if value != 0}
    chosen = data.getlist("wahl")
    if ballot.kind == Ballot.Kind.CONSENT:
        words = {"yes": {str(YES): 1}, "no": {str(NO): 1}, "abstain": {}}
        return words.get(chosen[0] if chosen else "abstain", {"0": 1})
    return dict.fromkeys((option for option in chosen if option != "abstain"), 1)


def _number(value: Any) -> int:
    try:
        return int(value)
    except (TypeError, ValueError):
        return -1
