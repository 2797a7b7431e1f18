"""What people write: tidied before it is kept, and asked whether anything stands there at all."""

import unicodedata
from typing import Final

# Signs that turn the direction of what follows: they could disguise a text.
_TURNING: Final = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def tidied(text: str) -> str:
    """The text without control signs, blanks at the ends of lines and more than one empty line in a row."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    kept = ["".join(filter(_is_kept, line)).rstrip() for line in lines]
    tidy = "\n".join(kept).strip()
    while "\n\n\n" in tidy:
        tidy = tidy.replace("\n\n\n", "\n\n")
    return tidy


def says_something(text: str) -> bool:
    """Is there anything to see? Blanks and invisible signs alone are nothing."""
    return any(unicodedata.category(char)[0] not in "CZ" for char in text)


def _is_kept(char: str) -> bool:
    return char not in _TURNING and (char == "\t" or unicodedata.category(char) not in {"Cc", "Cs"})
