"""What the key of a photo tells without opening a file: its size, its files, and where they lie."""

import re

from django.core.files.storage import Storage, default_storage, storages

WIDTHS = (320, 640, 1280)
# How the key of a photo begins that is withheld from the public (common/withheld.py).
WITHHELD = "withheld/"
_KEY = re.compile(r"(?:[a-z0-9_]+/)+[0-9a-f]{32}-(?P<width>\d{1,4})x(?P<height>\d{1,4})", re.ASCII)


def size(key: str) -> tuple[int, int]:
    """Width and height in pixels of the largest rendition, for the attributes that keep a layout still."""
    match = _parse(key)
    return int(match["width"]), int(match["height"])


def names(key: str) -> dict[int, str]:
    """The names of a photo's files in its storage, by meant width. Raises `ValueError` for what is no key."""
    _parse(key)
    return {width: f"{key.removeprefix(WITHHELD)}-{width}.webp" for width in WIDTHS}


def storage_of(key: str) -> Storage:
    """Where the files of this photo lie: in the public storage, or in the one that nobody serves unasked."""
    return storages["withheld"] if key.startswith(WITHHELD) else default_storage


def _parse(key: str) -> re.Match[str]:
    match = _KEY.fullmatch(key)
    if match is None:
        raise ValueError(f"not the key of a photo: {key!r}")
    return match
