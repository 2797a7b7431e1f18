"""Templates and styles: nothing inline, nothing physical, nothing from elsewhere."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from . import BASE

INLINE = {
    "a style element": re.compile(r"<style[\s>]", re.IGNORECASE),
    "a style attribute": re.compile(r"\sstyle\s*=", re.IGNORECASE),
    "an event handler": re.compile(r"<[^>]*\son[a-z]+\s*=", re.IGNORECASE),
    "an inline script": re.compile(r"<script(?![^>]*\ssrc=)(?![^>]*application/json)[^>]*>", re.IGNORECASE),
    "a file from another host": re.compile(
        r"""\s(?:src|srcset|action|data)\s*=\s*["']?(?:https?:)?//""", re.IGNORECASE
    ),
    "a safe filter": re.compile(r"\|\s*safe\b|autoescape off"),
}
PHYSICAL = re.compile(
    r"(?<![\w-])(?:(?:margin|padding|border|inset|scroll-margin|scroll-padding)-(?:left|right|top|bottom)[\w-]*"
    r"|border-(?:top|bottom)-(?:left|right)-radius|left|right|top|bottom|(?:min-|max-)?(?:width|height))\s*:"
    r"|(?:text-align|float|clear)\s*:\s*(?:left|right)\b"
)
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_QUERY = re.compile(r"@(?:media|container|supports)[^{]*")


def _templates() -> list[Path]:
    """The public ones: pages inside Wagtail's admin follow Wagtail's rules."""
    found = (BASE / "templates").rglob("*.html")
    return sorted(p for p in found if not any("admin" in part for part in p.relative_to(BASE).parts))


def _styles() -> Iterator[Path]:
    return (path for path in sorted((BASE / "static").rglob("*.css")) if "admin" not in path.as_posix())


@pytest.mark.parametrize("what", INLINE)
def test_templates_hold_nothing_that_the_policy_forbids(what: str) -> None:
    found = [
        f"{path.relative_to(BASE)}: {match[0]}"
        for path in _templates()
        for match in INLINE[what].finditer(path.read_text())
    ]
    assert found == []


def test_styles_are_logical_so_that_right_to_left_works() -> None:
    found = [
        f"{path.relative_to(BASE)}: {match[0]}"
        for path in _styles()
        for match in PHYSICAL.finditer(_QUERY.sub("", _COMMENT.sub("", path.read_text())))
    ]
    assert found == []


def test_styles_and_scripts_load_nothing_from_elsewhere() -> None:
    sources = [*_styles(), *sorted((BASE / "static").rglob("*.js"))]
    elsewhere = re.compile(r"""(?:url\(|import\s*\(?|from\s|fetch\(|@import\s)\s*["']?(?:https?:)?//""")
    assert [str(path.relative_to(BASE)) for path in sources if elsewhere.search(path.read_text())] == []


def test_scripts_hold_no_sentence_of_their_own() -> None:
    """What a script says stands in the page, where it is translated."""
    spoken = re.compile(r"""(["'`])[A-ZÄÖÜ][^"'`\n]*\s[^"'`\n]*\1""")
    found = [
        f"{path.relative_to(BASE)}: {match[0]}"
        for path in sorted((BASE / "static").rglob("*.js"))
        for match in spoken.finditer(re.sub(r"/\*.*?\*/|//[^\n]*", "", path.read_text(), flags=re.DOTALL))
    ]
    assert found == []
