"""Moving photos out of the public folder and back."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.storage import default_storage, storages
from django.db import transaction
from django.http import Http404

from common import photos, withheld
from common.photo_keys import names
from tests.cast import make_photo

Committing = Callable[..., Any]
HEX = "0123456789abcdef" * 2


@pytest.fixture
def key() -> str:
    return photos.store(photos.take_in(make_photo()), "ideas")


def where(key: str) -> tuple[int, int]:
    """How many of the photo's three files are public, and how many are withheld."""
    found = names(key).values()
    return sum(map(default_storage.exists, found)), sum(map(storages["withheld"].exists, found))


def contents(key: str) -> list[bytes]:
    found = []
    for name in names(key).values():
        with default_storage.open(name) as file:
            found.append(file.read())
    return found


@pytest.fixture
def commit(db: None, django_capture_on_commit_callbacks: Committing) -> Callable[[Callable[[str], str], str], str]:
    def act(move: Callable[[str], str], key: str) -> str:
        with django_capture_on_commit_callbacks(execute=True):
            return move(key)

    return act


def test_a_withheld_photo_leaves_the_public_folder_and_comes_back(key: str, commit: Any) -> None:
    first = contents(key)
    hidden = commit(withheld.withhold, key)
    assert (hidden, where(key), photos.size(hidden)) == (f"withheld/{key}", (0, 3), photos.size(key))
    assert photos.urls(hidden)[640] == f"/zurueckgehalten/{key}-640.webp"
    assert (commit(withheld.restore, hidden), where(key)) == (key, (3, 0))
    assert contents(key) == first


def test_both_ways_may_be_gone_twice(key: str, commit: Any) -> None:
    hidden = commit(withheld.withhold, key)
    assert (commit(withheld.withhold, hidden), where(key)) == (hidden, (0, 3))
    shown = commit(withheld.restore, hidden)
    assert (commit(withheld.restore, shown), where(key)) == (key, (3, 0))


def test_there_and_back_in_one_act_loses_nothing(key: str, commit: Any) -> None:
    assert commit(lambda one: withheld.restore(withheld.withhold(one)), key) == key
    assert where(key) == (3, 0)


@pytest.mark.django_db(transaction=True)
def test_an_act_that_fails_moves_nothing(key: str) -> None:
    with transaction.atomic():
        withheld.withhold(key)
        transaction.set_rollback(True)
    assert where(key) == (3, 0)


def test_files_that_are_gone_are_no_fault(key: str, commit: Any) -> None:
    photos.discard(key)
    assert (commit(withheld.withhold, key), where(key)) == (f"withheld/{key}", (0, 0))


def test_a_withheld_photo_can_be_discarded(key: str, commit: Any) -> None:
    photos.discard(commit(withheld.withhold, key))
    assert where(key) == (0, 0)


@pytest.mark.parametrize(
    "name", ["", "x", f"{HEX}-1x1-320.jpg", f"{HEX}-1x1-7.webp", "../../secret-320.png", "x-320.webp"]
)
def test_other_names_belong_to_no_photo(name: str) -> None:
    with pytest.raises(Http404):
        withheld.key_of("ideas", name)


def test_a_file_name_tells_its_key() -> None:
    assert withheld.key_of("ideas", f"{HEX}-1280x960-640.webp") == f"withheld/ideas/{HEX}-1280x960"


def test_a_photo_that_was_let_go_meanwhile_is_told_by_its_old_address(key: str, commit: Any) -> None:
    hidden = commit(withheld.withhold, key)
    name = photos.urls(hidden)[640].rpartition("/")[2]
    assert withheld.answer(hidden, name).status_code == 200
    assert withheld.free(commit(withheld.restore, hidden)) == key
    assert withheld.answer(hidden, name)["Location"] == photos.urls(key)[640]
    photos.discard(key)
    with pytest.raises(Http404):
        withheld.answer(hidden, name)
