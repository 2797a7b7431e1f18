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
    "rounds": ("next", "scenes", "grid"),
    "news": ("next", "scenes"),
    "convergence": ("ballots", "next"),
    "action": ("next", "harvest"),
    "closing": ("next", "scenes", "harvest"),
    "wrap_up": ("next", "harvest"),
    "closed": ("next", "harvest"),
    "archived": ("harvest",),
}
"""By state or, while the event is live, by phase: what is needed now."""


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

    A ballot that runs or waits for its reveal (`voting`) is always first.
    """
    there = set(known)
    wanted = [*(["ballots"] if voting else []), *FIRST[moment_of(event)]]
    first = [name for name in dict.fromkeys(wanted) if name in there]
    rest = [name for name in TITLES if name in there and name not in first]
    return {
        "first": [Section(name, TITLES[name]) for name in first],
        "folded": [Section(name, TITLES[name]) for name in rest],
    }
