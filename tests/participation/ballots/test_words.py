"""Words as they are kept, and how spellings become one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from participation.rules.words import LONGEST_WORD, clean_word, clean_words, merge_words, word_fault


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  Kino   im Hof ", "Kino im Hof"),
        ("#Kino!", "Kino"),
        ("C++", "C++"),
        ("Bu\u0308cher", "B\u00fccher"),
        ("Ki\u200bno", "Kino"),
        ("\u202eoniK", "oniK"),
        ("Kino\nHof\t", "Kino Hof"),
        ("…", ""),
        ("👩‍🔧", "👩‍🔧"),
    ],
)
def test_clean_word(typed: str, kept: str) -> None:
    assert clean_word(typed) == kept


@given(st.text(max_size=40))
def test_a_clean_word_stays_as_it_is(typed: str) -> None:
    assert clean_word(clean_word(typed)) == clean_word(typed)


@given(st.text(max_size=40))
def test_a_word_without_fault_is_short_and_shown_as_it_was_typed(typed: str) -> None:
    if word_fault(typed) == "":
        assert 0 < len(typed) <= LONGEST_WORD
        assert {"\n", "\u202e", "\u200b", "\0"} & set(typed) == set()
        assert typed == " ".join(typed.split())


def test_clean_words_takes_a_word_once_in_whatever_case() -> None:
    assert clean_words({"Kino": 1, " KINO": 1, "Straße": 1, "STRASSE": 1, " ": 1}) == {"Kino": 1, "Straße": 1}


def test_clean_words_leaves_a_mistake_a_mistake() -> None:
    assert clean_words({"Kino": 3, "Rad": True}) == {"Kino": 0, "Rad": 0}


def test_merge_words_lets_the_most_frequent_spelling_speak() -> None:
    said = [("kino", 2), ("Kino", 3), ("Rad", 5), ("KINO", 1), ("ampel", 1), ("Zoo", 1)]
    assert merge_words(said) == [("Kino", 6), ("Rad", 5), ("ampel", 1), ("Zoo", 1)]
