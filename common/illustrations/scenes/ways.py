"""Wege: bench and lamp, crossing, bus stop, the winding path, a bridge."""

from random import Random

from common.illustrations.backdrops import bush, cloud, evening, hills, puddle, street, town, tree
from common.illustrations.pen import (
    AIR,
    BLUSH,
    BUTTER,
    CLAY,
    CORAL,
    INK,
    LILAC,
    MINT,
    MIST,
    SAND,
    SKY,
    STONE,
    SUN,
    WHITE,
    circle,
    move,
    path,
    rect,
    two,
)


def bench(random: Random) -> str:
    dark = random.random() < 0.5
    wood, bag = two(random, (CORAL, CLAY, SUN, MINT, SKY))
    x = random.randint(96, 128)
    lamp_x = random.choice((x - 34, x + 170))
    glow = path(f"M{lamp_x} 30L{lamp_x - 62} 108h124z", SUN, stroke="none", opacity=".3") if dark else ""
    lamp = (
        path(f"M{lamp_x} 34v78M{lamp_x - 12} 112h24", width=6)
        + path(f"M{lamp_x - 14} 32h28l-6-20h-16z", SUN)
        + path(f"M{lamp_x - 18} 32h36", width=5)
    )
    seat = (
        path(f"M{x + 14} 50v66M{x + 122} 50v66", width=7)
        + "".join(rect(x, y, 136, 11, wood, 4) for y in (48, 64))
        + rect(x - 4, 86, 144, 12, wood, 4)
    )
    lean = rect(x + 88, 60, 28, 28, bag, 7) + path(f"M{x + 94} 60q0-10 8-10t8 10M{x + 88} 74h28", width=2.4)
    plant = tree(36 if lamp_x > 178 else 322, 108, 74) if random.random() < 0.6 else bush(320, 110, 26)
    behind = evening(random, MINT) if dark else random.choice((hills, street))(random)
    return behind + plant + glow + lamp + puddle(x + 68, 117, 74) + seat + lean


def crossing(random: Random) -> str:
    stripes = "".join(f"M{167 + step * 44} 78h22l{step * 15 + 10} 58h-42z" for step in range(-4, 5))
    x = random.choice((64, 292))
    shown = random.randint(0, 1)
    light = (
        path(f"M{x} 70v58", width=7)
        + rect(x - 19, 8, 38, 66, INK, 9)
        + circle(x, 27, 12, CORAL if shown else "#5b3a34", width=0)
        + circle(x, 55, 12, "#2c4a3f" if shown else MINT, width=0)
    )
    colour = random.choice((SKY, CORAL, SUN, LILAC))
    mirrored = x < 178
    car = (
        path("M0 0q0-18 16-18l14-22q2-4 8-4h44q6 0 10 4l16 22q20 2 20 18v6h-128z", colour)
        + path("M38-20l10-17h14v17zM70-20v-17h12l13 17z", AIR, width=2.2)
        + circle(28, 6, 12, INK)
        + circle(28, 6, 4, WHITE, width=0)
        + circle(100, 6, 12, INK)
        + circle(100, 6, 4, WHITE, width=0)
    )
    place = random.randint(60, 90) if not mirrored else random.randint(262, 292)
    return (
        town(random, "#6b6470")
        + rect(-4, 72, 364, 7, SAND, width=2)
        + rect(-4, 78, 364, 60, "#6b6470")
        + path(stripes, WHITE, stroke="none")
        + move(car, place, 84, flip=mirrored)
        + light
    )


def bus_stop(random: Random) -> str:
    colour, sign = two(random, (SUN, CORAL, SKY, MINT))
    x = random.randint(40, 62)
    panes = "".join(rect(x + 14 + n * 36, 38, 31, 28, AIR, 3, width=2.4) for n in range(4))
    bus = (
        rect(x, 24, 196, 82, colour, 12)
        + panes
        + rect(x + 158, 38, 28, 62, AIR, 3, width=2.4)
        + path(f"M{x + 172} 38v62M{x} 78h158", width=2.2)
        + "".join(circle(n, 108, 15, INK) + circle(n, 108, 6, WHITE, width=0) for n in (x + 42, x + 132))
        + path(f"M{x + 8} 90h12", line=WHITE, width=6)
    )
    post = x + 226
    stop = (
        path(f"M{post} 40v82", width=6)
        + circle(post, 28, 21, SUN if colour != SUN else WHITE, width=3)
        + path(
            f"M{post - 7} 38v-19M{post + 7} 38v-19M{post - 7} 28h14",
            width=4.6,
            line=MINT if sign != MINT else INK,
        )
        + rect(post - 16, 62, 32, 22, WHITE, 3, width=2.4)
        + path(f"M{post - 9} 69h18M{post - 9} 77h12", width=2)
    )
    return random.choice((town, hills, street, evening))(random) + puddle(x + 98, 122, 104) + bus + stop


def signpost(random: Random) -> str:
    first, second = two(random)
    x = random.choice((104, 178, 250))
    post = (
        path(f"M{x} 24v98", width=8)
        + path(f"M{x - 14} 30h68l14 13-14 13h-68z", first)
        + path(f"M{x + 14} 64h-64l-14 12 14 12h64z", second)
        + path(f"M{x + 2} 43h36M{x - 36} 76h34", width=3.4)
    )
    track = path("M150 140Q70 118 150 106T196 84Q204 78 194 74h10q22 6 10 14T208 108Q190 120 260 140z", BUTTER)
    other = 356 - x if x != 178 else random.choice((60, 296))
    return hills(random) + track + tree(other, 104, 66) + bush(other + 34, 108, 20) + post


def bridge(random: Random) -> str:
    steel = random.choice((CORAL, SKY, LILAC, SUN))
    sail = random.choice([colour for colour in (CORAL, SUN, WHITE, SKY) if colour != steel])
    x = random.randint(146, 214)
    waves = "".join(
        f"M{start + random.randint(-14, 14)} {y}q8-6 16 0t16 0"
        for start, y in ((20, 116), (96, 124), (226, 114), (306, 122))
    )
    ropes = "".join(f"M{n} 66v-{104 * (n / 356) * (1 - n / 356):.0f}" for n in range(30, 350, 37))
    boat = (
        path(f"M{x - 30} 106h60l-10 15h-40z", CORAL if steel != CORAL else SKY)
        + path(f"M{x} 104V70", width=3.4)
        + path(f"M{x + 4} 98V72l22 26zM{x - 4} 98V78l-14 20z", sail)
    )
    sky = random.choice((AIR, BLUSH, BUTTER, MIST))
    return (
        rect(-4, -4, 364, 140, sky)
        + cloud(random.randint(60, 120), 28)
        + circle(random.randint(240, 316), 26, 15, SUN)
        + rect(-4, 96, 364, 44, "#7fb4ff")
        + path(waves, line=WHITE, width=2.6)
        + path(f"M-4 62Q178 6 360 62{ropes}", width=3)
        + rect(-4, 62, 364, 12, steel)
        + path("M34 74h24v36h-24zM298 74h24v36h-24z", STONE)
        + boat
    )


SCENES = (bench, crossing, bus_stop, signpost, bridge)
