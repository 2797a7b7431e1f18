"""Forms of a ballot: a new one and sums from paper for the stage, and what a plain HTML form says on a paper."""

from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from participation.models import Ballot, Event
from participation.rules.ballots import MOST_WORDS, NO, YES
from participation.selectors.events import shown_topics

Kind = Ballot.Kind
ABSTAIN = "enthalten"
"""The button beside the paper's own: an abstention, whatever else is filled in."""
LIMITS_OF = {
    Kind.CHOICE: {"max_choices": "max_choices"},
    Kind.DOTS: {"budget": "budget", "max_per_option": "max_per_option"},
    Kind.WORDS: {"max_choices": "max_words"},
}
"""Which fields say which limits of a kind."""


PLAIN_FACTS = ("client_id", "question", "kind", "tier", "topics")


def _count(label: Any, initial: int, most: int = 20) -> forms.IntegerField:
    return forms.IntegerField(label=label, required=False, min_value=1, max_value=most, initial=initial)


class BallotForm(forms.Form):
    """A ballot from lines of text and topics of the wall. Only the limits of the chosen kind count."""

    client_id = forms.UUIDField(widget=forms.HiddenInput)
    question = forms.CharField(
        label=_("Frage"),
        max_length=140,
        error_messages={"required": _("Schreib eine Frage.")},
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    kind = forms.ChoiceField(label=_("Art"), choices=Kind.choices, initial=Kind.DOTS, widget=forms.RadioSelect)
    options = forms.CharField(
        label=_("Vorschläge, jeder in einer eigenen Zeile"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4, "data-grow": True}),
    )
    topics = forms.TypedMultipleChoiceField(
        label=_("Themen von der Wand"), coerce=int, required=False, widget=forms.CheckboxSelectMultiple
    )
    budget = _count(_("Punkte für jede Person"), 5)
    max_per_option = _count(_("höchstens für einen Vorschlag"), 3)
    max_choices = _count(_("So viele darf man wählen"), 1)
    max_words = _count(_("So viele Wörter darf man schreiben"), 3, MOST_WORDS)
    tier = forms.ChoiceField(
        label=_("Wer stimmt ab?"),
        choices=Ballot.Tier.choices,
        initial=Ballot.Tier.SIGNAL,
        widget=forms.RadioSelect,
    )
    secrecy = forms.ChoiceField(
        label=_("Wie geheim?"),
        choices=Ballot.Secrecy.choices,
        initial=Ballot.Secrecy.COUNTED,
        required=False,
        widget=forms.RadioSelect,
        help_text=_(
            "Gezählt: änderbar bis zum Schluss, danach weiß niemand mehr, wer was gesagt hat. "
            "Geheim: von Anfang an getrennt, dafür endgültig."
        ),
    )

    def __init__(self, *args: Any, event: Event, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        topics = [(topic.number, topic.title) for topic in shown_topics(event)]
        self.fields["topics"].choices = topics  # type: ignore[attr-defined]
        if not topics:
            del self.fields["topics"]

    def facts(self) -> dict[str, Any]:
        """What `create_ballot` asks for."""
        told = self.cleaned_data
        facts: dict[str, Any] = {name: told[name] for name in PLAIN_FACTS if name in told}
        limits = {limit: told[field] for limit, field in LIMITS_OF.get(told["kind"], {}).items() if told[field]}
        secrecy = {"secrecy": told["secrecy"]} if told["secrecy"] else {}
        return {**facts, **secrecy, **limits, "options": told["options"].splitlines()}

    def field_of(self, name: str | None) -> str | None:
        """The field that a refusal about `name` belongs to."""
        return LIMITS_OF.get(self.cleaned_data["kind"], {}).get(name or "", name if name in self.fields else None)


class TotalsForm(forms.Form):
    """Sums from a box of paper."""

    papers = forms.IntegerField(label=_("Zettel in der Kiste"), min_value=0, max_value=100_000, initial=0)
    abstentions = forms.IntegerField(label=_("davon Enthaltungen"), min_value=0, required=False, initial=0)

    def __init__(self, data: QueryDict | None = None, *, ballot: Ballot) -> None:
        totals = ballot.paper_totals or {}
        initial = {"papers": totals.get("papers", 0), "abstentions": totals.get("abstentions", 0)}
        super().__init__(data, auto_id=f"zettel-{ballot.number}-%s", initial=initial)
        self.ballot = ballot
        said = totals.get("options", {})
        if ballot.kind == Kind.WORDS:
            self.fields["words"] = forms.CharField(
                label=_("Wörter mit Anzahl, jedes in einer eigenen Zeile: Kino 3"),
                required=False,
                max_length=4000,
                initial="\n".join(f"{word} {count}" for word, count in said.items()),
                widget=forms.Textarea(attrs={"rows": 4}),
            )
            return
        for option in ballot.options.all():
            self.fields[f"o{option.number}"] = forms.IntegerField(
                label=option.label, min_value=0, required=False, initial=said.get(str(option.number), 0)
            )

    def clean_words(self) -> dict[str, int]:
        """Lines "Kino 3"; a word alone counts once."""
        counts: dict[str, int] = {}
        for line in filter(None, map(str.strip, self.cleaned_data["words"].splitlines())):
            word, _space, count = line.rpartition(" ")
            if not (word and count.isascii() and count.isdigit()):
                word, count = line, "1"
            counts[word] = counts.get(word, 0) + int(count[:6])
        return counts

    def facts(self) -> dict[str, Any]:
        """What `enter_totals` asks for."""
        told = self.cleaned_data
        options = told.get("words")
        if options is None:
            options = {name[1:]: points or 0 for name, points in told.items() if name[0] == "o" and name[1:].isdigit()}
        return {"papers": told["papers"], "abstentions": told["abstentions"] or 0, "options": options}


def choice_of(ballot: Ballot, data: QueryDict) -> dict[str, int]:
    """A paper from a plain form: `o<number>` for dots, `wort` for words, `wahl` for everything else.

    What is no number becomes -1 points, which no rule accepts, so that a mistake is refused and not bent.
    """
    if ABSTAIN in data:
        return {}
    if ballot.kind == Kind.DOTS:
        points = {key[1:]: _number(value) for key, value in data.items() if key[:1] == "o" and key[1:].isdigit()}
        return {option: value for option, value in points.items() if value != 0}
    if ballot.kind == Kind.WORDS:
        return dict.fromkeys(filter(None, map(str.strip, data.getlist("wort"))), 1)
    chosen = data.getlist("wahl")
    if ballot.kind == Kind.CONSENT:
        words = {"yes": {str(YES): 1}, "no": {str(NO): 1}, "abstain": {}}
        return words.get(chosen[0] if chosen else "abstain", {"0": 1})
    return dict.fromkeys((option for option in chosen if option != "abstain"), 1)


def _number(value: Any) -> int:
    try:
        return int(value)
    except (TypeError, ValueError):
        return -1
