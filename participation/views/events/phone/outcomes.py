"""Outcomes on the phone: what comes of the day, "Ich bin dabei", and a proposal while they are collected."""

import uuid
from typing import Any

from django.utils.translation import gettext as _

from common.contact_data import SENTENCES
from participation.forms.harvest import OutcomeForm
from participation.models import Event, Outcome
from participation.rules import harvest as rules
from participation.selectors import harvest as selectors


def context(event: Event, you: dict[str, Any], form: OutcomeForm | None = None) -> dict[str, Any]:
    """`form` is a proposal with mistakes."""
    proposing = rules.takes_outcomes(event)
    return {
        "outcomes": outcome_rows(event, you["outcomes"]),
        "may_join": event.state in rules.GOING_ON | {Event.State.CLOSED},
        "may_make_outcome": proposing,
        "outcome_form": form or OutcomeForm(event=event, needs_topic=True, prefix="outcome"),
        "outcome_ops": [uuid.uuid4(), uuid.uuid4()],
        "sample_outcome": {"outcome": Outcome(number=0), "mine": False, "became": ""},
        "outcome_words": words(),
    }


def outcome_rows(event: Event, joined: list[int]) -> list[dict[str, Any]]:
    """Outcomes that everybody sees, with what this seat said to them."""
    return [
        {"outcome": outcome, "mine": outcome.number in joined, "became": rules.has_become(outcome)}
        for outcome in selectors.shown_outcomes(event)
    ]


def words() -> dict[str, Any]:
    """What the script says."""
    return {
        "proposed": _("Danke! Dein Vorschlag steht bei den Ergebnissen."),
        "held": _("Danke! Das Team schaut kurz, dann sehen es alle."),
        "waiting": _("wartet auf Netz"),
        "refused": {
            **{code: str(sentence) for code, sentence in SENTENCES.items()},
            "not_open": _("Ergebnisse sammeln wir, wenn die Runden vorbei sind."),
            "empty": _("Schreib in einem Satz, was passieren soll."),
            "too_long": _("Fass dich kürzer: höchstens 80 Zeichen für den Satz, 500 für den Rest."),
            "absent": _("Das gibt es nicht mehr."),
            "closed": _("Die Veranstaltung ist vorbei."),
            "rate": _("Das war gerade ziemlich oft. Warte kurz und versuch es dann wieder."),
            "other": _("Das hat nicht geklappt. Versuch es noch einmal."),
        },
    }
