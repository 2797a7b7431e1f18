"""Every other field: the kick-off circle, a bulb, a megaphone, a rocket."""

from random import Random

from common.illustrations.backdrops import confetti, dots, evening, hills, puddle, rays
from common.illustrations.pen import (
    AIR,
    CORAL,
    LILAC,
    MINT,
    SKY,
    STONE,
    SUN,
    WHITE,
    circle,
    move,
    path,
    rect,
    three,
    two,
)


def mark(random: Random) -> str:
    ring, middle = random.choice(((SUN, CORAL), (CORAL, SUN), (MINT, SUN), (SKY, WHITE), (LILAC, CORAL)))
    x = random.randint(160, 196)
    return (
        random.choice((rays, dots))(random)
        + confetti(random, 16, bottom=96)
        + circle(x, 64, 52, ring, width=7)
        + path(f"M{x - 52} 64h104", width=7)
        + circle(x, 64, 19, middle, width=7)
    )


def bulb(random: Random) -> str:
    glass, thread = random.choice(((SUN, CORAL), (WHITE, CORAL), (SUN, SKY)))
    x = random.randint(150, 206)
    shine = "".join(
        f"M{x + dx * 54} {56 + dy * 54}L{x + dx * 72:.0f} {56 + dy * 72:.0f}"
        for dx, dy in ((-1, 0), (1, 0), (-0.75, -0.6), (0.75, -0.6), (-0.8, 0.5), (0.8, 0.5))
    )
    lamp = (
        path(f"M{x - 18} 92q0-10-10-18a36 36 0 1 1 56 0q-10 8-10 18z", glass)
        + path(f"M{x - 10} 90l-4-30 8 6 6-8 6 8 8-6-4 30", width=3.4, line=thread)
        + rect(x - 17, 92, 34, 24, STONE, 5)
        + path(f"M{x - 17} 100h34M{x - 17} 108h34", width=2.4)
        + path(f"M{x - 26} 44q4-12 14-16", line=WHITE, width=4)
    )
    return random.choice((dots, evening, hills))(random) + path(shine, width=5, line=CORAL) + lamp


def megaphone(random: Random) -> str:
    horn, rim = two(random, (CORAL, SKY, SUN, MINT, LILAC))
    flip = random.random() < 0.5
    thing = (
        path("M-34 18l10 40h18l-8-42", STONE)
        + path("M-52-18h26l72-34v104l-72-34h-26q-14 0-14-18t14-18z", horn)
        + path("M-26-18v36", width=2.4)
        + path("M46-58v116", width=13)
        + path("M46-57v114", width=7, line=rim)
        + path("M66-22l20-12M70 0h24M66 22l20 12", width=5)
    )
    return (
        random.choice((rays, dots))(random)
        + confetti(random, 12)
        + move(thing, 178, 64, scale=0.86, flip=flip, turn=8 if flip else -8)
    )


def rocket(random: Random) -> str:
    hull, fin, window = three(random, (CORAL, SKY, SUN, MINT, WHITE))
    x = random.choice((110, 178, 240))
    thing = (
        path("M-8 34l8 28 8-28z", SUN)
        + path("M-16 10l-18 26 22-6zM16 10l18 26-22-6z", fin)
        + path("M-18 34q-10-52 18-86q28 34 18 86z", hull)
        + path("M-13-30q6-12 13-22q7 10 13 22z", fin)
        + circle(0, -6, 9, window if window != hull else AIR)
    )
    smoke = "".join(circle(x - 30 + n * 20, 118 + (n % 2) * 6, 16, WHITE) for n in range(4))
    behind = random.choice((evening, hills))(random)
    return behind + puddle(x, 124, 50) + smoke + move(thing, x, 60, turn=random.randint(-10, 14))


SCENES = (mark, bulb, megaphone, rocket)
