"""The sentences that the phone's scripts say, in the language of the page."""

from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from participation.models import Event
from participation.services.ballots import REFUSALS


def words() -> dict[str, Any]:
    """By name; `{n}` and the like are filled in by the script."""
    return {
        "states": {value: str(label) for value, label in Event.State.choices},
        "spread": _forms(lambda n: ngettext("Verteile {n} Punkt", "Verteile {n} Punkte", n)),
        "left": _("noch {n}"),
        "choose_one": _("Wähl eins aus"),
        "choose_up_to": _("Wähl bis zu {n} aus"),
        "choose_between": _("Wähl {min} bis {max} aus"),
        "progress": _("{n} von {of} haben abgestimmt"),
        "later": _("Ergebnis kommt nach dem Schluss"),
        "vote": _("Abstimmen"),
        "abstain": _("Enthalten"),
        "waiting": _("wartet auf Netz"),
        "sent": _("gesendet …"),
        "counted": _("gezählt {time} · Beleg {receipt}"),
        "changeable": _("änderbar"),
        "final": _("gilt"),
        "unsent": _("geändert, noch nicht abgestimmt"),
        "paused": _("Technik-Pause – deine Stimme bleibt"),
        "link": {
            "on": _("verbunden"),
            "waiting": _("verbinde …"),
            "off": _("kein Netz – ich versuche es weiter"),
            "slow": _("langsame Verbindung"),
        },
        "proposed": _("Dein Thema hängt an der Wand."),
        "interested": _("Interessiert mich"),
        "not_interested": _("Doch nicht"),
        "more": _("Mehr für {label}"),
        "less": _("Weniger für {label}"),
        "no_points": _("kein Punkt für {label}"),
        "points": _("{n} von {of} Punkten für {label}"),
        "papers": _forms(lambda n: ngettext("{n} Stimmzettel", "{n} Stimmzettel", n)),
        "abstentions": _forms(lambda n: ngettext("{n} Enthaltung", "{n} Enthaltungen", n)),
        "sum": _forms(lambda n: ngettext("{n} Punkt", "{n} Punkte", n)),
        "refused": {code: str(sentence) for code, sentence in REFUSALS.items()}
        | {
            "rate": _("Das war gerade ziemlich oft. Warte kurz und versuch es dann wieder."),
            "not_open": _("Gerade werden keine Themen gesammelt."),
            "empty": _("Schreib in ein paar Worten, worum es gehen soll."),
            "too_long": _("Fass dein Thema kürzer: höchstens 80 Zeichen."),
            "other": _("Das hat nicht geklappt. Versuch es noch einmal."),
        },
    }


def _forms(sentence: Callable[[int], str]) -> dict[str, str]:
    """A sentence in the plural forms that `Intl.PluralRules` names, each from a number of that form."""
    samples = {"zero": 0, "one": 1, "two": 2, "few": 3, "many": 11, "other": 100}
    return {name: sentence(number) for name, number in samples.items()}
