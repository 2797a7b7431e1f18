"""The sentences that the phone's scripts say, in the language of the page."""

from collections.abc import Callable
from functools import lru_cache
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from common.contact_data import SENTENCES
from participation.models import Event
from participation.services.ballots import REFUSALS
from participation.views.events import now


@lru_cache(maxsize=16)
def words_in(language: str) -> dict[str, Any]:
    """The sentences in a language, put together once; nobody may change them."""
    with translation.override(language):
        return words()


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
        "counted_secretly": _("geheim drin · Beleg {receipt}"),
        "changeable": _("änderbar"),
        "final": _("gilt"),
        "unsent": _("geändert, noch nicht abgestimmt"),
        "paused": _("Technik-Pause – deine Stimme bleibt"),
        "voided": _("Diese Abstimmung gilt nicht: {reason}"),
        "word": _("Wort {n}"),
        "write": _forms(
            lambda n: ngettext(
                "Schreib ein Wort, höchstens 24 Zeichen", "Schreib bis zu {n} Wörter, jedes höchstens 24 Zeichen", n
            )
        ),
        "more_asked": _("Das Team weiß Bescheid."),
        "more_given": _("Du hast länger Zeit als die anderen. Stimm in Ruhe ab."),
        "parts": _("am Handy {phone} · auf Papier {paper}"),
        "on_paper": _forms(lambda n: ngettext("dazu {n} Zettel auf Papier", "dazu {n} Zettel auf Papier", n)),
        "held": _forms(lambda n: ngettext("{n} Wort nicht freigegeben", "{n} Wörter nicht freigegeben", n)),
        "link": {
            "on": _("verbunden"),
            "waiting": _("verbinde …"),
            "off": _("kein Netz – ich versuche es weiter"),
            "slow": _("langsame Verbindung"),
        },
        "topic_held": _("Danke! Dein Thema wird gleich angeschaut."),
        "help": _("Angekommen: Jemand vom Team kommt."),
        "now": now.words(),
        "proposed": _("Dein Thema hängt an der Wand."),
        "plan": {
            "going": _forms(lambda n: ngettext("{n} will hin", "{n} wollen hin", n)),
            "seats": _forms(lambda n: ngettext("{n} Platz", "{n} Plätze", n)),
            "placed": _("Dein Thema ist eingeplant."),
            "clashes": _forms(
                lambda n: ngettext(
                    "{n} Person will zur gleichen Zeit auch woanders hin.",
                    "{n} wollen zur gleichen Zeit auch woanders hin.",
                    n,
                )
            ),
            "free": _("Frei ist zum Beispiel: {cells}."),
        },
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
            **_placing(),
            **{code: str(sentence) for code, sentence in SENTENCES.items()},
            "rate": _("Das war gerade ziemlich oft. Warte kurz und versuch es dann wieder."),
            "not_open": _("Gerade werden keine Themen gesammelt."),
            "not_running": _("Die Veranstaltung läuft gerade nicht. Sprich jemanden vom Team an."),
            "not_yours": _("Das Thema hat jemand anderes vorgeschlagen."),
            "not_now": _("Das geht mit diesem Thema gerade nicht."),
            "too_late": _("Zurückholen geht nur zehn Sekunden lang. Schlag es einfach noch einmal vor."),
            "empty": _("Schreib in ein paar Worten, worum es gehen soll."),
            "too_long": _("Fass dein Thema kürzer: höchstens 80 Zeichen."),
            "other": _("Das hat nicht geklappt. Versuch es noch einmal."),
        },
    }


def _placing() -> dict[str, str]:
    """Why a topic does not get the cell that its convener wants."""
    return {
        "taken": _("Da war jemand schneller: Dieser Platz im Raster ist vergeben."),
        "steps": _("Dieses Thema braucht einen Raum ohne Stufen."),
        "too_small": _("Dieser Raum ist zu klein für alle, die kommen wollen."),
        "stale_base": _("Das Thema ist gerade verschoben worden. Schau nach, wo es jetzt ist."),
        "placing_closed": _("Gerade plant das Team die Themen ein. Frag vorn nach."),
    }


def _forms(sentence: Callable[[int], str]) -> dict[str, str]:
    """A sentence in the plural forms that `Intl.PluralRules` names, each from a number of that form."""
    samples = {"zero": 0, "one": 1, "two": 2, "few": 3, "many": 11, "other": 100}
    return {name: sentence(number) for name, number in samples.items()}
