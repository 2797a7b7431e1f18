"""QR codes: what a reader would see, and markup that a strict page may carry."""

import re

import segno
from defusedxml import ElementTree

from common import qr

ADDRESS = "https://anstoss.example/j/AB3K7Q"
SVG = "{http://www.w3.org/2000/svg}"


def dark_squares(drawing: str, border: int) -> list[list[int]]:
    """The squares that the one path of an SVG draws, row by row, without the quiet zone."""
    root = ElementTree.fromstring(drawing)
    width = int(root.attrib["viewBox"].split()[2])
    path = next(path for path in root.iter(f"{SVG}path") if "stroke" in path.attrib)
    scale = next((int(found[1]) for found in [re.search(r"scale\((\d+)\)", drawing)] if found), 1)
    side = width // scale
    rows = [[0] * side for _ in range(side)]
    x, y = 0.0, 0.0
    for kind, first, second in re.findall(r"([Mmh])(-?[\d.]+)(?:[ ,](-?[\d.]+))?", path.attrib["d"]):
        if kind == "h":
            rows[int(y)][int(x) : int(x + float(first))] = [1] * int(float(first))
            x += float(first)
        elif kind == "M":
            x, y = float(first), float(second)
        else:
            x, y = x + float(first), y + float(second or 0)
    return [row[border : side - border] for row in rows[border : side - border]]


def test_svg_draws_the_code_of_the_text() -> None:
    expected = [list(row) for row in segno.make(ADDRESS, error="m", micro=False).matrix]

    assert dark_squares(str(qr.svg(ADDRESS)), 4) == expected
    assert dark_squares(str(qr.svg(ADDRESS, scale=7, border=2)), 2) == expected


def test_svg_has_its_size_in_attributes_and_no_style() -> None:
    drawing = str(qr.svg(ADDRESS, scale=3, border=4))
    squares = len(segno.make(ADDRESS, error="m", micro=False).matrix) + 8

    root = ElementTree.fromstring(drawing)
    assert root.attrib == {
        "aria-hidden": "true",
        "width": str(3 * squares),
        "height": str(3 * squares),
        "viewBox": f"0 0 {3 * squares} {3 * squares}",
        "class": "qr",
    }
    assert "style" not in drawing
    assert {path.attrib.get("fill") or path.attrib["stroke"] for path in root.iter(f"{SVG}path")} == {
        "#fff",
        "#000",
    }


def test_svg_with_a_title_is_announced_by_it() -> None:
    root = ElementTree.fromstring(str(qr.svg(ADDRESS, title='Hier geht’s <rein> & "los"')))

    assert root.attrib["role"] == "img"
    assert "aria-hidden" not in root.attrib
    assert [title.text for title in root.iter(f"{SVG}title")] == ['Hier geht’s <rein> & "los"']


def test_terminal_draws_the_code_white_on_black() -> None:
    lines = qr.terminal(ADDRESS).split("\n")
    plain = [line.removeprefix("\x1b[97;40m").removesuffix("\x1b[0m") for line in lines]
    light = {" ": (0, 0), "\u2580": (1, 0), "\u2584": (0, 1), "\u2588": (1, 1)}
    rows = [[light[sign][half] for sign in line] for line in plain for half in (0, 1)]

    expected = [[1 - square for square in row] for row in segno.make(ADDRESS, error="l", micro=False).matrix]
    side = len(expected)
    assert [row[2 : 2 + side] for row in rows[2 : 2 + side]] == expected
    assert rows[0] == rows[1] == [1] * (side + 4)
