"""Whom to call in need: numbers that are free of charge and known in all of Germany."""

from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class HelpLine:
    """`number` is for the eye, `dial` for the telephone."""

    name: str | Promise
    number: str
    about: str | Promise

    @property
    def dial(self) -> str:
        return self.number.replace(" ", "")


HELP_LINES: Final = (
    HelpLine(_("Notruf"), "112", _("Feuer, Unfall, jemand ist schwer verletzt. Immer.")),
    HelpLine(_("Polizei"), "110", _("Jemand bedroht dich oder andere. Immer.")),
    HelpLine(_("Nummer gegen Kummer"), "116 111", _("Reden, ohne deinen Namen zu sagen. Mo–Sa 14–20 Uhr.")),
    HelpLine(_("Telefonseelsorge"), "0800 111 0 111", _("Auch nachts und sonntags, ohne Namen.")),
)
