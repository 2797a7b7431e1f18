"""Lernen: books, workbench, laptop, globe, a board full of ideas."""

from random import Random

from common.illustrations.backdrops import dots, puddle, rays, street
from common.illustrations.pen import (
    AIR,
    CLAY,
    CORAL,
    GRASS,
    INK,
    LILAC,
    MINT,
    SKY,
    STONE,
    STRONG,
    SUN,
    WHITE,
    circle,
    move,
    path,
    rect,
    three,
    two,
)

WOOD = "#e0b07a"


def _desk(random: Random) -> str:
    return rect(-4, 108, 364, 34, random.choice((CLAY, WOOD, LILAC, "#b9e3c9")))


def books(random: Random) -> str:
    content = random.choice((street, dots, rays))(random) + _desk(random)
    x = random.randint(92, 124)
    colours = random.sample((*STRONG, WHITE, CLAY), 4)
    y = 108
    for colour in colours[:3]:
        shift, wide, thick = random.randint(-12, 12), random.randint(98, 124), random.randint(17, 23)
        y -= thick
        content += rect(x + shift, y, wide, thick, colour, 4) + path(
            f"M{x + shift + 14} {y}v{thick}M{x + shift + wide - 22} {y}v{thick}", width=2.2
        )
    top = random.choice(
        (
            circle(x + 56, y - 14, 14, CORAL) + path(f"M{x + 56} {y - 27}q2-8 10-9", width=3),
            path(f"M{x + 34} {y}v-20h34v20zM{x + 68} {y - 16}q12 0 10 8t-10 6", WHITE)
            + path(f"M{x + 44} {y - 26}q-5-6 0-12M{x + 58} {y - 26}q-5-6 0-12", width=2.4),
            path(f"M{x + 14} {y - 4}q20-14 40-2q20-12 40 2v-24q-20-12-40 2q-20-14-40-2z", WHITE)
            + path(f"M{x + 54} {y - 6}v-24", width=2.4),
        )
    )
    lamp_x = x + 176
    lamp = (
        path(f"M{lamp_x - 24} 106h40M{lamp_x - 4} 106l20-44-34-28", width=6)
        + move(path("M-20 14h40q-4-30-20-30t-20 30z", colours[3]), lamp_x - 26, 36, turn=34)
        + circle(lamp_x + 16, 62, 4, WHITE)
    )
    stand = "".join(
        rect(26 + n * 17, 108 - tall, 15, tall, colour, 3)
        for n, (tall, colour) in enumerate(zip((54, 64, 48), random.sample(STRONG, 3), strict=True))
    )
    return content + stand + top + lamp


def workbench(random: Random) -> str:
    wall, handle = two(random, (CORAL, SKY, SUN, MINT, LILAC))
    holes = "".join(f"M36 {y}h290" for y in (18, 34, 50, 66))
    hammer = rect(-4, -6, 8, 52, WOOD, 3) + path("M-18-18h30q8 0 10 10h-40z", STONE)
    saw = (
        path("M-52 0l70-10v24l-58 2z", WHITE)
        + path("M18-12h22q8 0 8 8v16q0 8-8 8h-22z", handle)
        + path("M28-2h8v8h-8z", wall, width=2.2)
    )
    wrench = path("M-6-22a14 14 0 1 0 12 0v12h-12zM-5 4v40h10V4", STONE)
    driver = rect(-6, -24, 12, 28, handle, 5) + path("M0 4v28", width=4)
    brush = rect(-5, -30, 10, 26, WOOD, 4) + path("M-12-4h24v10h-24zM-12 6h24l-3 20h-18z", CORAL)
    tools = [hammer, wrench, driver, brush]
    random.shuffle(tools)
    hung = "".join(
        move(tool, x, 42, turn=random.randint(-6, 6)) for tool, x in zip(tools[:3], (72, 112, 286), strict=True)
    )
    bench = (
        rect(20, 94, 316, 14, WOOD, 3)
        + path("M44 108v28M312 108v28", width=10)
        + rect(120, 108, 118, 20, CLAY, 3)
        + path("M170 118h18", width=4)
    )
    box = rect(150, 66, 66, 28, handle, 4) + path("M168 66v-10h30v10M150 78h66", width=3)
    return (
        rect(-4, -4, 364, 140, wall)
        + path(holes, line=INK, width=3, dash=".1 16", opacity=".22")
        + hung
        + move(saw, 186, 34, turn=random.randint(-10, 6))
        + box
        + bench
    )


def laptop(random: Random) -> str:
    shell, one, two_ = three(random)
    x = random.randint(98, 124)
    screen = random.choice(
        (
            path(f"M{x + 18} 36h36M{x + 30} 49h44M{x + 30} 62h28M{x + 18} 75h50", width=5, line=one)
            + path(f"M{x + 66} 36h22M{x + 86} 49h18", width=5, line=SUN),
            circle(x + 66, 54, 20, one) + path(f"M{x + 60} 45l16 9-16 9z", WHITE),
            path(f"M{x + 22} 82v-22h18v22zM{x + 56} 82v-42h18v42zM{x + 90} 82v-32h18v32z", one),
            circle(x + 66, 46, 12, "#e0ac69") + path(f"M{x + 42} 84q0-22 24-22t24 22z", one),
        )
    )
    machine = (
        rect(x, 20, 132, 72, INK, 8)
        + rect(x + 8, 27, 116, 58, "#fffdf8" if one != WHITE else SUN, 3, width=0)
        + screen
        + path(f"M{x - 18} 96h168l8 12q2 4-4 4h-176q-6 0-4-4z", shell)
        + path(f"M{x + 50} 103h32", width=4)
    )
    mug_x = x + 184
    mug = rect(mug_x, 78, 32, 34, two_, 5) + path(
        f"M{mug_x + 32} 86q14 0 12 10t-13 8M{mug_x + 9} 68q-6-7 0-14M{mug_x + 22} 68q-6-7 0-14", width=3
    )
    pen_x = random.randint(28, 40)
    cup = (
        path(f"M{pen_x + 8} 84l-6-30M{pen_x + 18} 84v-36M{pen_x + 27} 84l8-28", width=8)
        + path(f"M{pen_x + 8} 84l-6-30", line=SUN, width=3.4)
        + path(f"M{pen_x + 18} 84v-36", line=CORAL, width=3.4)
        + path(f"M{pen_x + 27} 84l8-28", line=MINT, width=3.4)
        + rect(pen_x, 80, 36, 32, two_ if two_ != shell else WHITE, 4)
    )
    return random.choice((street, dots, rays))(random) + _desk(random) + cup + puddle(x + 66, 113, 92) + machine + mug


def globe(random: Random) -> str:
    water, land, foot = random.choice(
        ((SKY, GRASS, CORAL), (AIR, MINT, SUN), (LILAC, SUN, CORAL), ("#8fd0ff", CORAL, MINT))
    )
    x = random.randint(150, 206)
    ball = (
        path(f"M{x} 100v14M{x - 30} 116h60", width=7)
        + path(f"M{x + 21} 13a46 46 0 0 1-42 82", width=9)
        + path(f"M{x + 21} 13a46 46 0 0 1-42 82", width=4, line=foot)
        + circle(x, 54, 38, water)
        + path(
            f"M{x - 30} 32q14-12 26-8q8 8-2 14t-4 14q-10 8-16-2t-4-18z"
            f"M{x + 8} 46q14-8 24 2q4 12-6 20t-12 14q-8-4-6-14t0-22z",
            land,
            width=2.2,
        )
        + path(f"M{x - 8} 78q10-4 14 6q-8 8-14-6z", land, width=2.2)
    )
    pencil = (
        path("M0 0h86l20 9-20 9h-86z", SUN)
        + path("M86 0l20 9-20 9z", WOOD)
        + path("M0 0h-12v18h12z", CORAL)
        + path("M0 9h84M99 6l8 3-8 3", width=2)
    )
    ruler = rect(0, 0, 120, 22, WHITE, 3) + path(
        "".join(f"M{n} 0v{10 if n % 24 == 12 else 6}" for n in range(12, 120, 12)), width=2
    )
    side = random.choice((0, 1))
    return (
        random.choice((dots, rays, street))(random)
        + _desk(random)
        + move(ruler, 16 if side else 232, 94, turn=-14 if side else 10)
        + move(pencil, 236 if side else 24, 74 if side else 84, turn=random.randint(-16, 12))
        + ball
    )


def board(random: Random) -> str:
    slate = random.choice(("#1f5c4a", "#2b2a5e", INK, WHITE))
    chalk = INK if slate == WHITE else "#fff7ea"
    drawings = [
        path("M-16 14l16-30 16 30zM0 0v.1", line=chalk, width=3.4),
        circle(0, 0, 17, "", line=SUN, width=3.4) + path("M0-10v10l8 6", line=chalk, width=3.4),
        path("M-20 12q10-30 20-10t20-16M14-16l8 1-3 8", line=CORAL, width=4),
        path("M0 14a14 14 0 1 1 8-5v9h-14v-9M-5 24h10", line=SUN, width=3.4),
        path("M-18-8h36M-18 4h24M-18 16h30", line=chalk, width=3.6),
        path("M-16 0l11 12 22-24", line=MINT, width=6),
    ]
    random.shuffle(drawings)
    shown = "".join(move(drawing, x, y) for drawing, x, y in zip(drawings, (112, 178, 244), (48, 54, 48), strict=False))
    notes = "".join(
        move(
            rect(-16, -16, 32, 32, colour, 2) + path("M-8-5h16M-8 4h10", width=2),
            x,
            y,
            turn=random.randint(-12, 12),
        )
        for colour, x, y in zip(random.sample(STRONG, 3), (42, 314, 320), (56, 38, 82), strict=True)
    )
    sponge = rect(230, 88, 30, 9, SUN, 3, width=2.2) + rect(108, 91, 26, 5, WHITE, 2, width=2)
    return (
        street(random)
        + path("M100 92l-12 44M256 92l12 44", width=6)
        + rect(72, 14, 212, 80, slate, 5, line=WOOD, width=7)
        + rect(68, 10, 220, 88, "", 8)
        + rect(76, 18, 204, 72, "", 2, width=2)
        + shown
        + rect(84, 96, 188, 7, WOOD, 2)
        + sponge
        + notes
    )


SCENES = (books, workbench, laptop, globe, board)
