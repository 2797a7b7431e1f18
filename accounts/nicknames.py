"""Nicknames: animals for ready-made ones, and what a chosen one may look like."""

import unicodedata

from django.utils.translation import gettext_lazy as _

from common.contact_data import refuse_contact_data
from common.errors import Refused

# Short, known, nobody's insult.
ANIMALS = [
    "Adler", "Amsel", "Biber", "Dachs", "Delfin", "Dohle", "Eisbär", "Elch", "Falke", "Flamingo", "Frosch",
    "Fuchs", "Gecko", "Gepard", "Hase", "Hirsch", "Hummel", "Igel", "Iltis", "Jaguar", "Kauz", "Kiwi",
    "Koala", "Kolibri", "Kranich", "Krebs", "Lama", "Libelle", "Luchs", "Marder", "Maus", "Meise", "Möwe",
    "Nandu",
    "Orca", "Otter", "Panda", "Pfau", "Pinguin", "Puma", "Qualle", "Rabe", "Reh", "Robbe",
    "Salamander", "Schwalbe", "Seestern", "Specht", "Star", "Storch", "Tiger", "Tukan", "Uhu", "Vielfraß", "Waschbär",
    "Wiesel", "Wolf", "Yak", "Zander", "Zebra",
]  # fmt: skip

# Names that would pass for the house itself.
RESERVED = frozenset({"admin", "anstoss", "anstoß", "moderation", "support", "system", "team", "leitung"})
SHORTEST, LONGEST = 2, 24
MARKS = frozenset("-_. ")


def clean_nickname(raw: str) -> str:
    """The nickname with single spaces, or Refused `nickname_odd`: letters, digits, space, - _ . only.

    Contact data is refused too (`common.contact_data`), because a nickname stands beside everything one writes.

    Signs that look the same are made the same (NFKC), so that nobody passes for somebody else with them.
    """
    nickname = " ".join(unicodedata.normalize("NFKC", raw).split())
    if not SHORTEST <= len(nickname) <= LONGEST:
        raise Refused("nickname_odd", _("Nimm einen Spitznamen mit 2 bis 24 Zeichen."), field="nickname")
    if not all(character.isalnum() or character in MARKS for character in nickname):
        raise Refused(
            "nickname_odd",
            _("Im Spitznamen gehen Buchstaben, Zahlen, Leerzeichen und - _ ."),
            field="nickname",
        )
    letters = "".join(filter(str.isalnum, nickname)).casefold()
    if letters in RESERVED or not letters:
        raise Refused("nickname_odd", _("Diesen Spitznamen können wir nicht nehmen."), field="nickname")
    refuse_contact_data(nickname, "nickname")
    return nickname
