"""What is going on while nothing is asked of anybody: one sentence for each phase, or what the projector shows."""

from typing import Any

from django.utils.translation import gettext as _

from participation.models import Event
from participation.selectors.hall import pitched_now


def context(event: Event, *, busy: bool) -> dict[str, Any]:
    """`busy`: a ballot is asked or about to be shown."""
    return {"now_words": now_words(event, busy=busy)}


def now_words(event: Event, *, busy: bool) -> dict[str, str] | None:
    """Title and sentence; None while there is nothing to say (static/js/live/now.js does the same)."""
    said, scene = words(), event.scene
    about = said["scenes"].get(scene.get("kind"))
    if event.state != Event.State.LIVE or (busy and about is None):
        return None
    found = dict(about or said["phases"][event.phase])
    found["text"] = scene.get("text") or _pitched(event) or found["text"]
    return found


def _pitched(event: Event) -> str:
    topic = pitched_now(event)
    return "" if topic is None else topic.title


def words() -> dict[str, Any]:
    """By phase, and by scene for those that all should look at."""
    return {
        "phases": {
            "circle": _pair(_("Anfangskreis"), _("Schau nach vorn: Gleich hörst du, wie der Tag läuft.")),
            "collect": _pair(_("Themen sammeln"), _("Worüber willst du heute reden? Häng dein Thema an die Wand.")),
            "pitch": _pair(_("Vorstellen"), _("Hör zu und tipp auf das Herz, wenn dich etwas interessiert.")),
            "market": _pair(_("Marktplatz"), _("Die Themen bekommen Raum und Zeit. Such dir aus, wohin du gehst.")),
            "rounds": _pair(_("Runden"), _("Geh hin, wo es dich hinzieht. Weiterziehen ist erlaubt.")),
            "news": _pair(_("Neuigkeiten"), _("Kurz zusammenkommen: Was ist passiert?")),
            "convergence": _pair(_("Entscheiden"), _("Gleich wird abgestimmt. Lass diese Seite offen.")),
            "action": _pair(_("Anpacken"), _("Was soll nach heute passieren, und wer ist dabei?")),
            "closing": _pair(_("Schlusskreis"), _("Danke, dass du da bist. Schau noch einmal nach vorn.")),
        },
        "scenes": {
            "pitch": _pair(_("Stellt sich gerade vor"), ""),
            "timer": _pair(_("Die Uhr läuft"), ""),
            "break": _pair(_("Pause"), _("Gleich geht es weiter.")),
            "message": _pair(_("Ansage"), ""),
        },
    }


def _pair(title: str, text: str) -> dict[str, str]:
    return {"title": title, "text": text}
