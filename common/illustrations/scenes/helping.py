"""Helfen: raised hands, shopping bags, the e-rickshaw, paint, a parcel."""

from random import Random

from common.illustrations.backdrops import confetti, dots, hills, puddle, rays, street, town
from common.illustrations.pen import (
    AIR,
    CLAY,
    CORAL,
    INK,
    LILAC,
    MINT,
    SKIN,
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

HEART = "M0 18l-18-17a10.5 10.5 0 0 1 18-12a10.5 10.5 0 0 1 18 12z"


def _hand(skin: str, sleeve: str) -> str:
    """A raised hand seen from its palm, its wrist at the origin: fingers are thick strokes on one palm."""
    fingers = "M-13-26l-5-22M-4-30l-2-28M6-30l3-26M15-25l8-19M-16-10l-15-12"
    palm = "M-18-28h36v22q0 12-12 12h-12q-12 0-12-12z"
    return (
        rect(-11, 0, 22, 40, skin)
        + rect(-18, 24, 36, 90, sleeve, 5)
        + path(fingers, width=14.6)
        + path(palm, skin)
        + path(fingers, line=skin, width=9)
        + path("M-10-8q10-8 20-4", width=2)
    )


def hands(random: Random) -> str:
    behind = random.choice((rays, dots, street))(random)
    many = random.choice((3, 4))
    skins, sleeves = random.sample(SKIN, many), random.sample(STRONG, many)
    places = {3: (90, 178, 266), 4: (66, 140, 214, 288)}[many]
    raised = "".join(
        move(
            _hand(skin, sleeve),
            x,
            random.randint(80, 98),
            turn=random.randint(-12, 12),
            flip=random.random() < 0.5,
        )
        for x, skin, sleeve in zip(places, skins, sleeves, strict=True)
    )
    return behind + (confetti(random, 6, bottom=46) if many == 3 else "") + raised


def shopping(random: Random) -> str:
    first, second = two(random, (CORAL, SKY, SUN, LILAC, MINT))
    x = random.randint(92, 112)
    food = (
        path(f"M{x + 12} 60l-10-40q8-12 20-2l14 42", "#e8b56a")
        + path(f"M{x + 8} 30l12 4M{x + 12} 44l12 3", width=2)
        + path(f"M{x + 46} 60q-10-24 6-30q16 6 8 30", CORAL)
        + path(f"M{x + 52} 30q-10-14-2-20M{x + 53} 30q2-14 12-16", width=4, line=MINT)
        + rect(x + 64, 26, 20, 36, WHITE, 2)
        + path(f"M{x + 64} 26l4-10h12l4 10zM{x + 64} 42h20", SKY, width=2.4)
    )
    paper = path(f"M{x} 56h92l-4 60h-84z", first) + path(f"M{x + 2} 72h88", width=2)
    heart = move(path(HEART, WHITE if first != WHITE else CORAL), x + 46, 92, scale=0.9)
    y = x + 112
    cloth = (
        path(f"M{y + 18} 70q0-40 26-40t26 40", width=9)
        + path(f"M{y + 18} 70q0-40 26-40t26 40", width=4, line=WHITE)
        + circle(y + 24, 56, 13, MINT)
        + circle(y + 58, 57, 14, CORAL if second != CORAL else SUN)
        + circle(y + 42, 52, 12, SUN if second != SUN else LILAC)
        + path(f"M{y} 64h88l-8 52h-72z", second)
        + path(f"M{y + 22} 86h44M{y + 26} 98h36", width=4, line=WHITE)
    )
    return random.choice((street, dots, rays, town))(random) + puddle(x + 100, 117, 112) + food + paper + heart + cloth


def rickshaw(random: Random) -> str:
    roof, body, seat = three(random, (CORAL, SKY, SUN, MINT, LILAC))
    wheels = "".join(circle(n, 0, r, WHITE, width=5) + circle(n, 0, 4, INK) for n, r in ((0, 24), (150, 24)))
    cabin = (
        path("M-22-82q40-22 86 0z", roof)
        + path("M-16-80v50M58-80v44", width=4)
        + path("M-34-34q40-8 92-4l6 24h-80q-14 0-18-20z", body)
        + path("M-6-38q-4-28 10-28h2q8 14 40 16v14z", seat)
    )
    front = path("M64-16h54l32 16M118-16l-8-34M150 0l-18-66M100-52h20M122-66h18", width=5.5) + path(
        "M66-16h52l30 14M150-2l-17-58", width=2, line=body
    )
    bolt = path("M22-28l-10 13h8l-4 11 13-15h-8l5-9z", SUN if body != SUN else WHITE, width=2)
    lamp = circle(138, -52, 6, SUN)
    machine = cabin + front + wheels + bolt + lamp
    flip = random.random() < 0.5
    x = random.randint(104, 120)
    return (
        random.choice((town, hills, street))(random)
        + puddle(178, 117, 104)
        + move(machine, 350 - x if flip else x + 6, 94, scale=0.86, flip=flip)
    )


def paint(random: Random) -> str:
    wall, fresh, bucket = three(random, (CORAL, SKY, SUN, MINT, LILAC))
    x = random.randint(120, 180)
    coat = path(f"M-4 18h{x + 60}v30h-{x - 30}q-4 16-10 0h-16q-3 24-10 0H-4z", fresh)
    roller = (
        rect(x + 32, 14, 26, 38, fresh, 5)
        + path(f"M{x + 45} 52v10h28v14", width=5)
        + rect(x + 65, 74, 16, 36, WHITE if fresh != WHITE else SUN, 5)
    )
    can_x = x - 70
    can = (
        puddle(can_x + 32, 119, 38)
        + path(f"M{can_x} 82q32-40 64 0", width=3)
        + path(f"M{can_x} 80h64l-4 38h-56z", bucket)
        + rect(can_x - 3, 76, 70, 10, WHITE, 3)
        + path(f"M{can_x + 12} 80q0 18 6 18t5-12h10q1 20 6 20t6-26z", fresh)
    )
    ladder_x = 276
    rungs = (
        f"M{ladder_x} 122l18-104M{ladder_x + 52} 122l-14-104M{ladder_x + 14} 34h28M{ladder_x + 10} 56h33"
        f"M{ladder_x + 6} 78h41M{ladder_x + 3} 100h47"
    )
    return (
        rect(-4, -4, 364, 140, wall)
        + rect(-4, 104, 364, 40, random.choice((WHITE, "#efe3d0", STONE)))
        + coat
        + path(rungs, width=8)
        + path(rungs, line="#e0b07a", width=3.4)
        + roller
        + can
    )


def parcel(random: Random) -> str:
    box, band = random.choice(((CLAY, SUN), ("#e0b07a", CORAL), (LILAC, SUN), (AIR, CORAL)))
    x = random.randint(116, 142)
    crate = (
        rect(x, 54, 104, 62, box, 5)
        + rect(x + 42, 54, 20, 62, band)
        + rect(x - 6, 42, 116, 20, box, 4)
        + rect(x + 42, 42, 20, 20, band)
        + path(f"M{x + 52} 42q-30-4-26-18t26 18q30-4 26-18t-26 18z", band)
    )
    hearts = "".join(
        move(path(HEART, colour), hx, hy, scale=scale, turn=random.randint(-18, 18))
        for hx, hy, scale, colour in zip(
            (58, 300, 272),
            (52, 44, 88),
            (1.2, 0.9, 0.7),
            random.sample((CORAL, SUN, WHITE, SKY), 3),
            strict=True,
        )
    )
    return random.choice((dots, rays, hills, street))(random) + hearts + puddle(x + 52, 117, 62) + crate


SCENES = (hands, shopping, rickshaw, paint, parcel)
