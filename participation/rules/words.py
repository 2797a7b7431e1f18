"""Words that people write on a paper: tidied, held to a length, and free of contact data."""

import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from typing import Final

from common.contact_data import contact_data_in

LONGEST_WORD: Final = 24
_EDGES: Final = " .,;:!?…\"'„“”‚‘’«»()[]{}<>*_~`|-–#"
_UNSEEN: Final = frozenset({"Cc", "Cs", "Co", "Cn", "Zl", "Zp"})
# Marks that turn the direction of a line around; they would reach beyond the word.
_TURNING: Final = frozenset("\u200b\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff")


def clean_word(typed: str) -> str:
    """As it is kept: one space between words, no signs around it, nothing unseen in it."""
    plain = unicodedata.normalize("NFC", typed)
    seen = "".join(" " if _is_unseen(char) else char for char in plain if char not in _TURNING)
    return " ".join(seen.split()).strip(_EDGES)


def _is_unseen(char: str) -> bool:
    return unicodedata.category(char) in _UNSEEN


def clean_words(choice: Mapping[str, object]) -> dict[str, int]:
    """The words of a paper, each once in whatever case; what is no 1 stays a 0, which no rule accepts."""
    kept: dict[str, int] = {}
    keys: set[str] = set()
    for typed, points in choice.items():
        word = clean_word(typed)
        if word and key_of(word) not in keys:
            keys.add(key_of(word))
            kept[word] = 1 if type(points) is int and points == 1 else 0
    return kept


def key_of(word: str) -> str:
    """What "Kino", "KINO" and "kino" have in common."""
    return word.casefold()


def word_fault(word: str) -> str:
    """Why this word cannot be taken (`bad_paper`, `word_too_long`, `contact`), or ""."""
    if not word or word != clean_word(word):
        return "bad_paper"
    if len(word) > LONGEST_WORD:
        return "word_too_long"
    return "contact" if contact_data_in(word) else ""


def merge_words(words: Iterable[tuple[str, int]]) -> list[tuple[str, int]]:
    """Word and count, most often first; of several spellings the most frequent one speaks for all."""
    spellings: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for word, count in words:
        spellings[key_of(word)][word] += count
    merged = [(_speaker(counts), counts.total()) for counts in spellings.values()]
    return sorted(merged, key=lambda found: (-found[1], key_of(found[0])))


def _speaker(counts: Counter[str]) -> str:
    return min(counts, key=lambda word: (-counts[word], word))
