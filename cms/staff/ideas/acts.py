"""The steps of an idea's story as buttons, and the addresses that everything here shares."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from ideas import rules
from ideas.models import Entry, Idea

INDEX = "staff_ideas:index"
ONE = "staff_ideas:one"


class Act:
    """A step of the story as a button on an idea's screen."""

    def __init__(self, slug: str, kind: str, label: Any, help_text: Any, icon: str) -> None:
        self.slug, self.kind, self.label, self.help_text, self.icon = slug, kind, label, help_text, icon

    def fits(self, idea: Idea) -> bool:
        return rules.can_step(idea, self.kind)


Kind = Entry.Kind
ACTS = [
    Act("freischalten", Kind.PUBLISHED, _("Freischalten"), _("Alle können die Idee sehen und dafür stimmen."), "view"),
    Act("antworten", Kind.ANSWER, _("Antworten"), _("Du sagst allen, wie es steht. Die Idee bleibt offen."), "comment"),
    Act("pruefen", Kind.UNDER_REVIEW, _("Prüfen"), _("Du zeigst, dass ihr dran seid."), "search"),
    Act(
        "projekt",
        Kind.BECOMES_PROJECT,
        _("Wird ein Projekt"),
        _("Projekt und Seite entstehen in einem Zug."),
        "success",
    ),
    Act("zusammenlegen", Kind.MERGED, _("Zusammenlegen"), _("Die Idee gehört zu einer anderen."), "folder-inverse"),
    Act("parken", Kind.PARKED, _("Parken"), _("Gerade geht es nicht, später vielleicht."), "history"),
    Act("geht-nicht", Kind.NOT_POSSIBLE, _("Geht nicht"), _("Du erklärst, warum."), "cross"),
]
ACT_OF = {act.slug: act for act in ACTS}


def crumb(name: str, label: str, *args: Any) -> dict[str, Any]:
    """One step of the path above a screen."""
    return {"url": reverse(name, args=args), "label": label}
