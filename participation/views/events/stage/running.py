"""The day itself: state, phase, switches, and what the projector shows."""

from typing import Any

from participation.models import Event
from participation.rules.events import MOVES
from participation.services import events as services

from .acts import Act, number

ACTS: dict[str, Act] = {
    "state": lambda e, by, d: services.change_state(event=e, by=by, state=d.get("state", "")),
    "phase": lambda e, by, d: services.set_phase(event=e, by=by, phase=d.get("phase", "")),
    "proposals": lambda e, by, d: services.set_switches(event=e, by=by, proposals_open=d.get("on") == "1"),
    "interest": lambda e, by, d: services.set_switches(event=e, by=by, interest_visible=d.get("on") == "1"),
    "scene": lambda e, by, d: services.set_scene(
        event=e, by=by, kind=d.get("kind", ""), ballot=number(d, "ballot") or None, text=d.get("text", "")
    ),
}


def context(event: Event) -> dict[str, Any]:
    return {
        "moves": [(state, Event.State(state).label) for state in _order(MOVES[event.state])],
        "phases": _phases(event),
    }


def _order(states: frozenset[str]) -> list[str]:
    """Forward steps first."""
    order = list(Event.State.values)
    return sorted(states, key=order.index, reverse=True)


def _phases(event: Event) -> list[dict[str, Any]]:
    values = list(Event.Phase)
    now = values.index(Event.Phase(event.phase))
    return [
        {"value": phase.value, "label": phase.label, "now": index == now, "next": index == now + 1}
        for index, phase in enumerate(values)
    ]
