"""The day itself: state, phase, what comes next, stopping everything and taking back."""

from typing import Any

from django.utils.translation import gettext as _

from participation.models import Event
from participation.rules.events import MOVES
from participation.selectors import hall as selectors
from participation.services import events as services
from participation.services import hall

from .acts import Act

NAMES = ("next", "phases")
"""The parts of the page that this module fills."""

ACTS: dict[str, Act] = {
    "state": lambda e, by, d: services.change_state(event=e, by=by, state=d.get("state", "")),
    "phase": lambda e, by, d: services.set_phase(event=e, by=by, phase=d.get("phase", "")),
    "freeze": lambda e, by, d: hall.freeze(event=e, by=by, on=d.get("on") == "1"),
    "undo": lambda e, by, d: hall.undo(event=e, by=by, key=d.get("key", "")),
}
Step = dict[str, Any]


def context(event: Event) -> dict[str, Any]:
    forward = _forward(event)
    return {
        "next": forward,
        "moves": [
            {"value": state, "label": _step_words(event, state)}
            for state in _order(MOVES[event.state])
            if forward is None or (forward["act"], forward["value"]) != ("state", state)
        ],
        "phases": _phases(event),
        "undo": _undo(event),
    }


def _forward(event: Event) -> Step | None:
    """The one big button: what comes next, in words."""
    if event.state == Event.State.LIVE and (phase := _next_phase(event)) is not None:
        return {"act": "phase", "value": phase.value, "label": _("Weiter: %(phase)s") % {"phase": phase.label}}
    steps = _order(MOVES[event.state])
    if not steps:
        return None
    return {
        "act": "state",
        "value": steps[0],
        "label": _step_words(event, steps[0]),
        "hold": steps[0] in {Event.State.CLOSED, Event.State.ARCHIVED},
    }


def _step_words(event: Event, state: str) -> str:
    words = {
        ("draft", "announced"): _("Ankündigen"),
        ("announced", "draft"): _("Zurück zum Entwurf"),
        ("announced", "lobby"): _("Einlass öffnen"),
        ("lobby", "announced"): _("Einlass schließen"),
        ("lobby", "live"): _("Los geht’s: live gehen"),
        ("live", "lobby"): _("Zurück in den Einlass"),
        ("live", "wrap_up"): _("Zum Abschluss"),
        ("wrap_up", "live"): _("Doch noch weiter"),
        ("wrap_up", "closed"): _("Veranstaltung beenden"),
        ("closed", "archived"): _("Ablegen"),
    }
    return words[event.state, state]


def _next_phase(event: Event) -> Event.Phase | None:
    order = list(Event.Phase)
    return next(iter(order[order.index(Event.Phase(event.phase)) + 1 :]), None)


def _order(states: frozenset[str]) -> list[str]:
    """Forward steps first."""
    order = list(Event.State.values)
    return sorted(states, key=order.index, reverse=True)


def _phases(event: Event) -> list[dict[str, Any]]:
    values = list(Event.Phase)
    now = values.index(Event.Phase(event.phase))
    return [
        {"value": phase.value, "label": phase.label, "now": index == now, "done": index < now}
        for index, phase in enumerate(values)
    ]


def _undo(event: Event) -> dict[str, Any] | None:
    """What can be taken back, in words, and until when (milliseconds)."""
    offer = selectors.undo_offer(event)
    if offer is None:
        return None
    words = {
        "scene": _("Der Beamer zeigt etwas anderes."),
        "phase": _("Die Phase hat gewechselt."),
        "topic.hidden": _("Das Thema ist ausgeblendet."),
        "topic.parked": _("Das Thema ist geparkt."),
        "topic.on_wall": _("Das Thema hängt wieder."),
        "topic.pitched": _("Das Thema ist vorgestellt."),
        "merge": _("Die Themen sind zusammengelegt."),
        "place": _("Das Thema hat einen anderen Platz."),
        "pitch": _("Das nächste Thema ist dran."),
        "freeze": _("Alles steht."),
        "thaw": _("Es geht weiter."),
    }
    said = words.get(offer.act, _("Das ist erledigt."))
    return {"key": offer.key.hex, "words": said, "until": int(offer.until.timestamp() * 1000)}
