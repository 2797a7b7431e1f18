"""Does a text carry contact data: a link, an e-mail address, a phone number, a name in a messenger?

Young people must not be drawn into channels that nobody else sees, nor tell the world how to reach them
(guard.md, Minors). Every question here is one pass over the text, without regular expressions: a pattern can be
made to take seconds (finding 9).
"""

from typing import Final

from django.utils.translation import gettext_lazy as _

from common.errors import Refused

# Endings that make a word with a dot an address. A closed list, so that "hier.Dann" stays a typing slip.
_ENDINGS = """
app at be biz ch chat club com de dev edu eu fr gg gl info io it link live ly me net nl online org page pl ru
shop site social store to tr tv ua uk us wiki xyz zone
"""
ENDINGS: Final = frozenset(_ENDINGS.split())
SCHEMES: Final = ("http://", "https://", "www.", "mailto:", "tel:", "tg://")
# Help lines may be passed on: Telefonseelsorge, Kummer- and Elterntelefon, Hilfetelefon.
HELP_LINES: Final = frozenset({"08001110111", "08001110222", "08001110333", "08001110550", "08000116016"})
# Naming them is fine; a name in them, told in the words next to it, is not.
_MESSENGERS = """
discord facebook ig insta instagram messenger psn signal skype snap snapchat steam telegram threema tiktok twitch
viber whatsapp
"""
MESSENGERS: Final = frozenset(_MESSENGERS.split())
# How many words away from the messenger somebody's name in it is looked for: "mein Insta ist luchs_17".
NEAR: Final = 3
# Shorter ones are "MP3" and "A4" far more often than somebody.
SHORTEST_HANDLE: Final = 5
# Shortest run of digits that is taken for a phone number.
PHONE_DIGITS: Final = 7
_AROUND_WORDS: Final = ".,;:!?()[]{}<>\"'„“”‚‘’«»…*_~`|="
_IN_NUMBERS: Final = frozenset("0123456789 +-/()–.\u00a0")
_DASHES: Final = str.maketrans("–\u00a0/", "- -")
_DIGITS: Final = str.maketrans("", "", " +-/().")

SENTENCES: Final = {
    "link": _("Links gehen hier nicht. Sag in eigenen Worten, worum es geht, oder frag das Team."),
    "email": _("Lass deine E-Mail-Adresse lieber weg: Hier lesen viele mit. Das Team hilft dir weiter."),
    "phone": _("Lass die Telefonnummer lieber weg: Hier lesen viele mit. Das Team hilft dir weiter."),
    "handle": _("Lass deinen Namen aus anderen Apps lieber weg: Hier lesen viele mit. Das Team hilft dir weiter."),
}


def refuse_contact_data(text: str, field: str) -> None:
    """Raises Refused with a key of `SENTENCES`, naming the field, when the text carries contact data."""
    found = contact_data_in(text)
    if found:
        raise Refused(found, SENTENCES[found], field)


def contact_data_in(text: str) -> str:
    """`link`, `email`, `phone`, `handle`, or nothing."""
    plain = _ascii_digits(text)
    words = plain.lower().split()
    for word in words:
        bare = word.strip(_AROUND_WORDS)
        if _is_email(bare):
            return "email"
        if _is_link(bare):
            return "link"
    if any(map(_is_phone, _number_runs(plain))):
        return "phone"
    return "handle" if _tells_a_handle(words) else ""


def _ascii_digits(text: str) -> str:
    """Arabic and other digits as 0–9, so that a number is one in every script."""
    return "".join(str(int(char)) if char.isdecimal() else char for char in text)


def _is_email(word: str) -> bool:
    name, at, host = word.partition("@")
    return bool(at and name and "." in host.strip("."))


def _is_link(word: str) -> bool:
    if any(scheme in word for scheme in SCHEMES):
        return True
    host = word.partition("/")[0].partition("?")[0].partition(":")[0]
    name, dot, ending = host.rpartition(".")
    return bool(dot and name and not name[-1].isspace() and ending in ENDINGS)


def _tells_a_handle(words: list[str]) -> bool:
    """A messenger is named and near it stands what looks like somebody's name there."""
    pieces = [piece for word in words for piece in word.replace(":", " ").replace("=", " ").split()]
    for place, piece in enumerate(pieces):
        if piece.strip(_AROUND_WORDS) in MESSENGERS:
            around = pieces[max(0, place - NEAR) : place] + pieces[place + 1 : place + 1 + NEAR]
            if any(map(_is_handle, around)):
                return True
    return False


def _is_handle(word: str) -> bool:
    """`@luchs`, `luchs_x`, `luchs17`: letters with a sign or a digit that ordinary words do not have."""
    bare = word.strip(_AROUND_WORDS)
    if bare.startswith("@"):
        return len(bare) > 1
    if len(bare) < SHORTEST_HANDLE or not bare[0].isalpha() or not bare.replace("_", "").replace(".", "").isalnum():
        return False
    return sum(map(str.isalpha, bare)) >= 2 and ("_" in bare or any(map(str.isdigit, bare)))


def _number_runs(text: str) -> list[str]:
    """The stretches of the text that consist of digits and what people put between them."""
    runs = "".join(char if char in _IN_NUMBERS else "\n" for char in text).split("\n")
    return [run for run in runs if len(run) >= PHONE_DIGITS]


def _is_phone(run: str) -> bool:
    """Seven digits or more: in one piece, or beginning like a dialled number. Dates, times, postcodes are neither."""
    whole = [piece for piece in run.split() if not _is_day(piece)]
    pieces = [piece for part in whole for piece in _pieces(part) if not _is_time(piece)]
    if any(_is_number(piece) for piece in pieces):
        return True
    digits = "".join(pieces).translate(_DIGITS)
    dialled = bool(pieces) and pieces[0].lstrip("(").startswith(("0", "+")) and not all(map(_is_postcode, pieces))
    return dialled and len(digits) >= PHONE_DIGITS and digits not in HELP_LINES


def _pieces(part: str) -> list[str]:
    return part.translate(_DASHES).replace("-", " ").split()


def _is_number(piece: str) -> bool:
    digits = piece.translate(_DIGITS)
    round_sum = digits.endswith("00000") and not digits.startswith("0")
    return len(digits) >= PHONE_DIGITS and "." not in piece and digits not in HELP_LINES and not round_sum


def _is_postcode(piece: str) -> bool:
    """As postcodes of the east begin, `06844`; no number goes on with a second 0 like that."""
    return len(piece) == 5 and piece.startswith("0") and piece.isdigit()


def _is_day(piece: str) -> bool:
    """`01/12/2026`, `1-12-2026`, `2026-12-01`: a day in one piece, as forms and computers write it."""
    parts = piece.strip("().").replace("/", "-").split("-")
    if len(parts) != 3 or not all(part.isdigit() and len(part) <= 4 for part in parts):
        return False
    first, month, last = (int(part) for part in parts)
    day, year = (last, first) if first > 31 else (first, last)
    return 1 <= day <= 31 and 1 <= month <= 12 and (1900 <= year <= 2100 or year <= 99)


def _is_time(piece: str) -> bool:
    """`16.30`, `26.11.`, `26.11.2026`, `2026`: hours, days, years."""
    parts = piece.strip("()").rstrip(".").split(".")
    if not all(part.isdigit() and len(part) <= 4 for part in parts):
        return False
    numbers = [int(part) for part in parts]
    match numbers:
        case [year]:
            return 1900 <= year <= 2100
        case [first, second]:
            return (first <= 24 and second <= 59) or (1 <= first <= 31 and 1 <= second <= 12)
        case [day, month, _year]:
            return 1 <= day <= 31 and 1 <= month <= 12
    return False
