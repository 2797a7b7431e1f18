"""The projector, seen by those who lead: what it shows, what is prepared, and what could come."""

import json
from hashlib import sha256
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from participation.models import Event
from participation.rules.ballots import RUNNING
from participation.services import events as services

from .acts import Act, number

MINUTES = (1, 3, 5, 10, 15)
BREAKS = (10, 20, 45)


def _facts(data: QueryDict) -> dict[str, Any]:
    return {
        "kind": data.get("kind", ""),
        "ballot": number(data, "ballot") or None,
        "topic": number(data, "topic") or None,
        "minutes": number(data, "minutes") or None,
        "text": data.get("text", ""),
    }


def _show(event: Event, user: Any, data: QueryDict) -> object:
    """Show it at once or, with the other button of the form, look at it first."""
    act = services.prepare_scene if data.get("first") == "look" else services.set_scene
    return act(event=event, by=user, **_facts(data))


ACTS: dict[str, Act] = {
    "scene": _show,
    "take": lambda e, by, d: services.take_scene(event=e, by=by),
}


def context(event: Event) -> dict[str, Any]:
    return {
        "scene_now": words_of(event.scene),
        "scene_next": words_of(event.next_scene) if event.next_scene else "",
        "usual": _usual(event),
        # A prepared scene that changes is a new picture.
        "next_key": sha256(json.dumps(event.next_scene, sort_keys=True).encode()).hexdigest()[:8],
        "minutes": MINUTES,
        "breaks": BREAKS,
    }


def words_of(scene: dict[str, Any]) -> str:
    """A scene in words, for buttons and for "jetzt zu sehen"."""
    names = {
        "wall": _("die Wand"),
        "pitch": _("ein Thema stellt sich vor"),
        "grid": _("das Raster"),
        "ballot": _("die Abstimmung"),
        "result": _("ein Ergebnis"),
        "outcomes": _("was herauskommt"),
        "timer": _("die Uhr"),
        "news": _("Neuigkeiten"),
        "break": _("Pause"),
        "message": _("eine Ansage"),
    }
    return names.get(scene.get("kind", ""), _("Einlass mit Code"))


def _usual(event: Event) -> list[dict[str, Any]]:
    """Scenes that need nothing but a tap."""
    rows: list[dict[str, Any]] = [
        {"kind": "lobby", "label": _("Code groß"), "icon": "qr"},
        {"kind": "wall", "label": _("Wand"), "icon": "grid"},
        {"kind": "news", "label": _("Neuigkeiten"), "icon": "bolt"},
    ]
    if event.sessions.exists():
        rows.append({"kind": "grid", "label": _("Raster"), "icon": "calendar"})
    running = event.ballots.filter(state__in=RUNNING).first()
    if running is not None:
        rows.append({"kind": "ballot", "ballot": running.number, "label": _("Abstimmung"), "icon": "dot"})
    if event.outcome_list.filter(hidden=False).exists():
        rows.append({"kind": "outcomes", "label": _("Ergebnisse"), "icon": "check"})
    for row in rows:
        row["now"] = event.scene.get("kind") == row["kind"]
    return rows
