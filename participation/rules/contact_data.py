"""Does a text carry contact data: a link, an e-mail address, a phone number?

Young people must not be drawn into channels that nobody else sees (guard.md, Minors). Every question here is
one pass over the text, without regular expressions: a pattern can be made to take seconds (finding 9).
"""

from typing import Final

# Endings that make a word with a dot an address. A closed list, so that "hier.Dann" stays a typing slip.
_ENDINGS = """
app at be biz ch chat club com de dev edu eu fr gg gl info io it link live ly me net nl online org page pl ru
shop site social store to tr tv ua uk us wiki xyz zone
"""
ENDINGS: Final = frozenset(_ENDINGS.split())
SCHEMES: Final = ("http://", "https://", "www.", "mailto:", "tel:", "tg://")
# Help lines may be passed on: Telefonseelsorge, Kummer- and Elterntelefon, Hilfetelefon.
HELP_LINES: Final = frozenset({"08001110111", "08001110222", "08001110333", "08001110550", "08000116016"})
# Shortest run of digits that is taken for a phone number.
PHONE_DIGITS: Final = 7
_AROUND_WORDS: Final = ".,;:!?()[]{}<>\"'„“”‚‘’«»…*_~`|"
_IN_NUMBERS: Final = frozenset("0123456789 +-/()–.\u00a0")
_DASHES: Final = str.maketrans("–\u00a0/", "- -")
_DIGITS: Final = str.maketrans("", "", " +-/().")


def contact_data_in(text: str) -> str:
    """`link`, `email`, `phone`, or nothing."""
    plain = _ascii_digits(text)
    for word in plain.lower().split():
        bare = word.strip(_AROUND_WORDS)
        if _is_email(bare):
            return "email"
        if _is_link(bare):
            return "link"
    return "phone" if any(map(_is_phone, _number_runs(plain))) else ""


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


def _number_runs(text: str) -> list[str]:
    """The stretches of the text that consist of digits and what people put between them."""
    runs = "".join(char if char in _IN_NUMBERS else "\n" for char in text).split("\n")
    return [run for run in runs if len(run) >= PHONE_DIGITS]


def _is_phone(run: str) -> bool:
    """Seven digits or more: in one piece, or beginning like a dialled number. Dates and times are neither."""
    pieces = [piece for piece in run.translate(_DASHES).replace("-", " ").split() if not _is_time(piece)]
    if any(_is_number(piece) for piece in pieces):
        return True
    digits = "".join(pieces).translate(_DIGITS)
    dialled = bool(pieces) and pieces[0].lstrip("(").startswith(("0", "+"))
    return dialled and len(digits) >= PHONE_DIGITS and digits not in HELP_LINES


def _is_number(piece: str) -> bool:
    digits = piece.translate(_DIGITS)
    return len(digits) >= PHONE_DIGITS and "." not in piece and digits not in HELP_LINES


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
