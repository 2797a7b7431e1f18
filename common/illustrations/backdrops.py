"""Grounds and skies behind the motifs, and the small things that several scenes share."""

from random import Random

from .pen import (
    AIR,
    BLUSH,
    BUTTER,
    CLAY,
    CORAL,
    GRASS,
    INK,
    LEAF,
    LILAC,
    MINT,
    MIST,
    NIGHT,
    PAPER,
    SAND,
    SKY,
    STRONG,
    SUN,
    WHITE,
    box,
    circle,
    ellipse,
    path,
    rect,
)

WALLS = (BLUSH, AIR, LEAF, BUTTER, MIST, LILAC)
GROUNDS = (SAND, "#e6d9f7", "#f6dfc2", "#d8d2cb", GRASS)
FLOOR = 104.0


def street(random: Random, ground: str = "") -> str:
    """A plain wall of one colour and a strip of ground, the calm stage of most motifs."""
    floor = ground or random.choice(GROUNDS)
    return _all(random.choice(WALLS)) + rect(-4, FLOOR, 364, 40, floor)


def town(random: Random, ground: str = "") -> str:
    """A row of houses along the street, quiet enough to stay behind."""
    sky = random.choice((AIR, BLUSH, BUTTER, MIST))
    tone = random.choice([wall for wall in (WHITE, LILAC, LEAF, BUTTER, BLUSH) if wall != sky])
    houses, windows, x = "", "", random.randint(-30, -6)
    while x < 356:
        width, height = random.randint(38, 60), random.randint(34, 68)
        houses += box(x, FLOOR - height, width, height)
        windows += "".join(f"M{x + 10} {y:g}h{width - 18}" for y in range(117 - height, 98, 16))
        x += width + random.choice((0, 0, 14, 22))
    row = path(houses, tone, width=2) + path(windows, width=6, dash="5 8", cap="butt", opacity=".16")
    return _all(sky) + _heaven(random) + row + rect(-4, FLOOR, 364, 40, ground or random.choice(GROUNDS))


def hills(random: Random, sky: str = "") -> str:
    """Rolling green under the open sky."""
    crest, dip = random.randint(70, 84), random.randint(92, 106)
    back = random.choice(("#b4ebd0", BUTTER, LILAC))
    left, right = random.randint(40, 130), random.randint(220, 320)
    return (
        _all(sky or random.choice((AIR, BLUSH, BUTTER, MIST)))
        + _heaven(random)
        + path(f"M-4 {dip - 14}Q{right} {crest - 36} 360 {dip - 20}V140H-4z", back)
        + path(f"M-4 {crest + 14}Q{left} {crest - 10} 178 {crest + 18}T360 {dip - 10}V140H-4z", GRASS)
    )


def evening(random: Random, ground: str = "") -> str:
    """Dark blue, a moon and stars: for what happens after sunset."""
    x = random.choice((44, 60, 300, 318))
    stars = "".join(f"M{random.randint(8, 348)} {random.randint(6, 60)}h.1" for _ in range(random.randint(9, 15)))
    moon = path(f"M{x} 14a17 17 0 1 0 16 24a14 14 0 0 1-16-24z", SUN)
    return (
        _all(NIGHT)
        + path(stars, line=PAPER, width=2.6)
        + moon
        + rect(-4, FLOOR, 364, 40, ground or random.choice(("#5b57a6", CLAY, MINT)))
    )


def rays(random: Random) -> str:
    """Beams from the middle of the ground, as on an old poster."""
    dark, light = random.choice(((SUN, BUTTER), (CORAL, BLUSH), (LILAC, MIST), (MINT, LEAF), ("#8fd0ff", AIR)))
    beams = "M178 112" + "M178 112".join(
        f"L{x} {y} {x2} {y2}z"
        for x, y, x2, y2 in (
            (-60, 112, -60, 50),
            (-60, -20, 20, -60),
            (90, -60, 140, -60),
            (216, -60, 266, -60),
            (336, -60, 416, -20),
            (416, 50, 416, 112),
        )
    )
    return _all(light) + path(beams, dark, stroke="none") + rect(-4, FLOOR, 364, 40, random.choice((SAND, WHITE)))


def dots(random: Random) -> str:
    """A wall with a pattern of dots."""
    wall = random.choice(WALLS)
    rows = "".join(f"M{-8 + (row % 2) * 14} {8 + row * 16}h380" for row in range(6))
    return (
        _all(wall)
        + path(rows, line=WHITE, width=6, dash=".1 28", opacity=".75")
        + rect(-4, FLOOR, 364, 40, random.choice(GROUNDS))
    )


def _all(colour: str) -> str:
    return f'<path d="M-4-4h364v140H-4z" fill="{colour}" stroke="none"/>'


def _heaven(random: Random) -> str:
    side = random.choice((46, 62, 296, 314))
    sun = circle(side, random.randint(18, 30), random.randint(15, 20), random.choice((SUN, SUN, CORAL, WHITE)))
    return sun + cloud(356 - side + random.randint(-16, 16), random.randint(24, 36)) * random.randint(0, 1)


def cloud(x: float, y: float) -> str:
    """A white cloud, 52 wide, its left end at (x - 26, y)."""
    return path(f"M{x - 20} {y}a8 8 0 0 1 2-16a13 13 0 0 1 24-3a10 10 0 0 1 14 19z", WHITE)


def tree(x: float, floor: float, height: float, crown: str = MINT) -> str:
    """A round tree that stands on `floor`."""
    r = height * 0.36
    start = f"M{x - r * 0.45:.0f} {floor - height + r * 0.8:.0f}"
    shine = f"{start}q{r * 0.2:.0f}{-r * 0.4:.0f} {r * 0.5:.0f}{-r * 0.4:.0f}"
    return (
        path(f"M{x:g} {floor:g}V{floor - height * 0.5:g}", width=5)
        + circle(x, floor - height + r, r, crown)
        + path(shine, width=2)
    )


def bush(x: float, floor: float, size: float, colour: str = MINT) -> str:
    """A low bush of three bumps, its middle at x."""
    side, top = f"{size * 0.5:g} {size * 0.5:g} 0 0 1", f"{size * 0.6:g} {size * 0.6:g} 0 0 1"
    return path(
        f"M{x - size:g} {floor:g}a{side} {size * 0.4:g}-{size * 0.7:g}a{top} {size * 1.1:g} 0"
        f"a{side} {size * 0.5:g} {size * 0.7:g}z",
        colour,
    )


def bunting(random: Random, y: float = 8) -> str:
    """Flags on a line across the whole picture."""
    sag = random.randint(10, 20)
    colours = random.sample(STRONG, 3)
    flags = ["", "", ""]
    for number in range(9):
        x = 18 + number * 40
        flags[number % 3] += f"M{x - 10} {_hanging(y, sag, x):.0f}h20l-10 18z"
    line = path(f"M-4 {y:g}Q178 {y + sag * 2:g} 360 {y:g}", width=2.2)
    return line + "".join(path(d, colour, width=2.2) for d, colour in zip(flags, colours, strict=True))


def _hanging(y: float, sag: float, x: float) -> float:
    """The height at x of a line that hangs `sag` deep between the picture's sides."""
    return y + sag * 4 * (x / 356) * (1 - x / 356)


def lights(y: float = 10, sag: float = 22) -> str:
    """Bulbs on a line across the whole picture."""
    bulbs = "".join(f"M{x} {_hanging(y, sag, x) + 5:.0f}h.1" for x in range(18, 356, 40))
    line = path(f"M-4 {y:g}Q178 {y + sag * 2:g} 360 {y:g}", width=2.2)
    return line + path(bulbs, width=13) + path(bulbs, line=SUN, width=8)


def confetti(random: Random, number: int = 14, top: int = 8, bottom: int = 80) -> str:
    """Short strokes of colour thrown over the sky."""
    by_colour = dict.fromkeys(random.sample((SUN, CORAL, SKY, MINT, WHITE), 3), "")
    for index in range(number):
        colour = list(by_colour)[index % 3]
        x, y = random.randint(10, 346), random.randint(top, bottom)
        by_colour[colour] += f"M{x} {y}l{random.randint(-5, 5)} {random.randint(3, 7)}"
    return "".join(path(d, line=colour, width=4.5) for colour, d in by_colour.items())


def person(random: Random, x: float, floor: float, *, height: float, skin: str, shirt: str) -> str:
    """A friendly bust without a face: head, hair, shoulders, `height` high above `floor`."""
    head, hair = round(height * 0.2), random.choice((INK, "#5c3a21", "#8a4b2a", CORAL, "#3b3a6b"))
    top, w = floor - height + head, height * 0.3
    body = path(f"M{x - w:.0f} {floor:g}v{-w:.0f}a{w:.0f} {w * 0.9:.0f} 0 0 1 {w * 2:.0f} 0v{w:.0f}z", shirt)
    return body + circle(x, top, head, skin) + _hair(random, x, top, head, hair)


def _hair(random: Random, x: float, y: float, r: float, colour: str) -> str:
    cap = f"M{x - r:g} {y:g}a{r:g} {r:g} 0 0 1 {2 * r:g} 0q{-r:g}{-r * 0.7:.0f}{-2 * r:g} 0z"
    match random.randint(0, 4):
        case 0:
            return path(cap, colour)
        case 1:  # a bun
            return circle(x, y - r - 3, r * 0.45, colour) + path(cap, colour)
        case 2:  # a headscarf
            return path(
                f"M{x - r * 1.1:.0f} {y + r:.0f}a{r * 1.15:.0f} {r * 1.35:.0f} 0 1 1 {r * 2.2:.0f} 0"
                f"q{-r * 0.3:.0f}{-r * 1.5:.0f}{-r * 1.1:.0f}{-r * 1.5:.0f}t{-r * 1.1:.0f} {r * 1.5:.0f}z",
                random.choice((SKY, MINT, SUN, LILAC)),
            )
        case 3:  # curls
            curls = "".join(
                f"M{x + dx * r:.0f} {y - r * dy:.0f}h.1"
                for dx, dy in ((-0.9, 0.2), (-0.5, 0.8), (0.5, 0.8), (0.9, 0.2), (0, 1))
            )
            return path(curls, width=round(r * 0.95)) + path(curls, line=colour, width=round(r * 0.95) - 5)
        case _:  # a cap
            return path(cap, random.choice(STRONG)) + path(f"M{x:g} {y - r * 0.25:.0f}h{r * 1.5:.0f}", width=4)


def bicycle(x: float, floor: float, colour: str, *, basket: str = "") -> str:
    """A bicycle, 170 wide, its wheels on `floor`, its left wheel's hub at x + 32."""
    hub = floor - 32
    wheels = circle(x + 32, hub, 31, WHITE, width=5) + circle(x + 142, hub, 31, WHITE, width=5)
    frame = path(
        f"M{x + 32} {hub}L{x + 62} {hub - 44}H{x + 118}L{x + 90} {hub}zM{x + 62} {hub - 44}L{x + 90} {hub}"
        f"M{x + 142} {hub}L{x + 114} {hub - 56}",
        line=colour,
        width=6,
    )
    saddle = path(f"M{x + 54} {hub - 53}h20M{x + 112} {hub - 56}h18", width=6)
    load = rect(x + 122, hub - 50, 30, 20, basket, 4) if basket else ""
    return wheels + frame + saddle + load + circle(x + 90, hub, 5, INK)


def ball(x: float, y: float, r: float, colour: str) -> str:
    """A basketball."""
    bow, top = f"{r * 0.8:.1f} {r * 0.7:.1f} 0 {r * 1.4:.1f}", f"{y - r * 0.7:.1f}"
    return circle(x, y, r, colour) + path(
        f"M{x - r} {y}h{2 * r}M{x} {y - r}v{2 * r}M{x - r * 0.7:.1f} {top}q{bow}M{x + r * 0.7:.1f} {top}q-{bow}",
        width=2,
    )


def puddle(x: float, y: float, rx: float) -> str:
    """The flat shadow that keeps a thing on the ground."""
    return ellipse(x, y, rx, 5, INK, stroke="none", opacity=".14")
