"""The pen that all illustrations are drawn with: flat colour, near-black outline, short SVG.

Every function returns SVG text. The outline's colour and width stand once at the root (`sheet`), so a shape
names only its fill and what differs. Lengths are in units of the picture, which is 356 × 132.
"""

from math import cos, pi, sin
from random import Random
from typing import Final

WIDTH: Final = 356
HEIGHT: Final = 132

# The tokens of the design, and the few tones between them that pictures need.
INK, WHITE, PAPER = "#17130f", "#fff", "#fff7ea"
SUN, CORAL, SKY, MINT, LILAC = "#ffd23f", "#ff6b4a", "#3d5afe", "#18a874", "#c9b6ff"
LEAF, BLUSH, MIST = "#cff3e2", "#ffd9cf", "#dfe6ff"
GRASS, AIR, CLAY, SAND, STONE, BUTTER, NIGHT = (
    "#8fdcb4",
    "#bfe6ff",
    "#d98a5f",
    "#efe3d0",
    "#c9c2bb",
    "#ffe9a3",
    "#2b2a5e",
)
STRONG: Final = (SUN, CORAL, SKY, MINT, LILAC)
SKIN: Final = ("#8d5524", "#c68642", "#e0ac69", "#f1c9a5", "#5c3a21")

Points = list[tuple[float, float]]


def _number(value: float) -> str:
    text = f"{value:.1f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def _attributes(fill: str, extra: dict[str, str | float]) -> str:
    """`stroke="none"` takes the outline away, `width`, `line` (its colour), `dash` and `cap` change it."""
    names = {"width": "stroke-width", "line": "stroke", "dash": "stroke-dasharray", "cap": "stroke-linecap"}
    values = {"fill": fill} if fill else {}
    for key, value in extra.items():
        values[names.get(key, key)] = value if isinstance(value, str) else _number(value)
    return "".join(f' {key}="{value}"' for key, value in values.items())


def rect(  # noqa: PLR0917 - the order is SVG's own
    x: float, y: float, w: float, h: float, fill: str = "", r: float = 0, **extra: str | float
) -> str:
    """A rectangle, with round corners of radius `r`."""
    corner = f' rx="{_number(r)}"' if r else ""
    place = f'x="{_number(x)}" y="{_number(y)}" width="{_number(w)}" height="{_number(h)}"'
    return f"<rect {place}{corner}{_attributes(fill, extra)}/>"


def circle(x: float, y: float, r: float, fill: str = "", **extra: str | float) -> str:
    """A circle around (x, y)."""
    return f'<circle cx="{_number(x)}" cy="{_number(y)}" r="{_number(r)}"{_attributes(fill, extra)}/>'


def ellipse(x: float, y: float, rx: float, ry: float, fill: str = "", **extra: str | float) -> str:
    """An ellipse around (x, y)."""
    place = f'cx="{_number(x)}" cy="{_number(y)}" rx="{_number(rx)}" ry="{_number(ry)}"'
    return f"<ellipse {place}{_attributes(fill, extra)}/>"


def path(d: str, fill: str = "", **extra: str | float) -> str:
    """A path in SVG's own notation."""
    return f'<path d="{d}"{_attributes(fill, extra)}/>'


def poly(points: Points, fill: str = "", *, closed: bool = True, **extra: str | float) -> str:
    """Straight lines through the points."""
    steps = " ".join(f"{_number(x)} {_number(y)}" for x, y in points)
    return path(f"M{steps}{'z' if closed else ''}", fill, **extra)


def box(x: float, y: float, w: float, h: float) -> str:
    """The notation of a plain rectangle, for many of one colour in one path."""
    return f"M{_number(x)} {_number(y)}h{_number(w)}v{_number(h)}h{_number(-w)}z"


def bumps(x: float, y: float, r: float, number: int, fill: str) -> str:
    """A flower's or cloud's outline: `number` round bumps on a circle of radius `r` around (x, y)."""
    corners = [(x + r * cos(2 * pi * index / number), y + r * sin(2 * pi * index / number)) for index in range(number)]
    half = r * sin(pi / number) * 1.1
    arcs = "".join(
        f"A{_number(half)} {_number(half)} 0 0 1 {_number(px)} {_number(py)}" for px, py in [*corners[1:], corners[0]]
    )
    return path(f"M{_number(corners[0][0])} {_number(corners[0][1])}{arcs}z", fill)


def move(content: str, x: float, y: float, *, scale: float = 1, flip: bool = False, turn: float = 0) -> str:
    """The content with its origin at (x, y), made larger, mirrored or turned by degrees."""
    steps = f"translate({_number(x)} {_number(y)})"
    if turn:
        steps += f" rotate({_number(turn)})"
    if flip or scale != 1:
        steps += f" scale({-scale if flip else scale:g} {scale:g})"
    return f'<g transform="{steps}">{content}</g>'


def sheet(content: str) -> str:
    """The whole picture."""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}"'
        f' width="{WIDTH}" height="{HEIGHT}" preserveAspectRatio="xMidYMid slice">'
        f'<g fill="none" stroke="{INK}" stroke-width="2.8"'
        f' stroke-linecap="round" stroke-linejoin="round">{content}</g></svg>'
    )


def two(random: Random, colours: tuple[str, ...] = STRONG) -> tuple[str, str]:
    """Two different colours."""
    first, second = random.sample(colours, 2)
    return first, second


def three(random: Random, colours: tuple[str, ...] = STRONG) -> tuple[str, str, str]:
    """Three different colours."""
    first, second, third = random.sample(colours, 3)
    return first, second, third
