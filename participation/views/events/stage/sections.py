"""Which parts of the stage stand first: a table of moments. What is not named waits, folded, below."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from participation.models import Event

TITLES: Final[Mapping[str, Promise]] = {
    "next": _("Als Nächstes"),
    "pitch": _("Vorstellen"),
    "ballots": _("Abstimmung"),
    "grid": _("Raster"),
    "topics": _("Themen"),
    "scenes": _("Beamer"),
    "harvest": _("Ergebnisse"),
    "phases": _("Phasen"),
    "doors": _("Einlass und Code"),
    "papers": _("Zum Drucken"),
    "settings": _("Angaben zur Veranstaltung"),
}
"""Every part in the order in which it stands when nothing else is said; its template is `events/stage/<name>.html`."""

FIRST: Final[Mapping[str, tuple[str, ...]]] = {
    "draft": ("next", "settings"),
    "announced": ("next", "doors", "papers"),
    "lobby": ("next", "doors", "scenes"),
    "circle": ("next", "scenes"),
    "collect": ("next", "topics", "scenes"),
    "pitch": ("pitch", "next"),
    "market": ("next", "grid"),
    "rounds": ("next", "grid", "scenes"),
    "news": ("next", "scenes"),
    "convergence": ("ballots", "next"),
    "action": ("next", "harvest"),
    "closing": ("next", "scenes", "harvest"),
    "wrap_up": ("next", "harvest"),
    "closed": ("next", "harvest"),
    "archived": ("harvest",),
}
"""By state or, while the event is live, by phase: what is needed now."""

STAYS: Final = {"next", "scenes"}
"""What of a moment stays open beside a ballot: the way on and the projector."""


@dataclass(frozen=True, slots=True)
class Section:
    name: str
    title: Promise

    @property
    def template(self) -> str:
        return f"events/stage/{self.name}.html"


def moment_of(event: Event) -> str:
    return event.phase if event.state == Event.State.LIVE else event.state


def sections(event: Event, known: Iterable[str], *, voting: bool) -> dict[str, Any]:
    """What stands first and what is folded, of the parts that are known.

    A ballot that runs or waits for its reveal (`voting`) is always first, and then little else is open.
    """
    there = set(known)
    usual = FIRST[moment_of(event)]
    wanted = ["ballots", *(name for name in usual if name in STAYS)] if voting else usual
    first = [name for name in dict.fromkeys(wanted) if name in there]
    rest = [name for name in dict.fromkeys((*usual, *TITLES)) if name in there and name not in first]
    return {
        "first": [Section(name, TITLES[name]) for name in first],
        "folded": [Section(name, TITLES[name]) for name in rest],
    }


def main_act(event: Event, context: Mapping[str, Any]) -> dict[str, Any]:
    """The one main button of this moment (`main`), and the ballot that it is about (`main_row`)."""
    rows = context["ballots"]
    if event.frozen:
        return {"main": "thaw", "main_row": None}
    if context["voting"]:
        return {"main": "ballot", "main_row": rows[0]}
    moment = moment_of(event)
    if moment == Event.Phase.PITCH and (context["pitch_now"] or context["pitch_queue"]):
        return {"main": "pitch", "main_row": None}
    if moment == Event.Phase.CONVERGENCE and rows and rows[0]["now"]:
        return {"main": "open", "main_row": rows[0]}
    return {"main": "next" if context["next"] else "", "main_row": None}
