"""Freizeit: bicycle, cinema in the yard, camp, kites, games."""

from random import Random

from common.illustrations.backdrops import (
    bicycle,
    bush,
    dots,
    evening,
    hills,
    puddle,
    rays,
    street,
    town,
    tree,
)
from common.illustrations.pen import (
    BLUSH,
    CLAY,
    CORAL,
    INK,
    LILAC,
    MINT,
    SKY,
    STRONG,
    SUN,
    WHITE,
    circle,
    move,
    path,
    poly,
    rect,
    three,
    two,
)


def bike(random: Random) -> str:
    frame, basket = two(random, (SKY, CORAL, MINT, SUN))
    x = random.randint(72, 112)
    behind = random.choice((street, dots, town, rays))(random)
    side = 30 if x > 92 else 322
    extra = random.choice((tree(side, 106, 62), bush(side, 108, 24), ""))
    machine = bicycle(0, 0, frame, basket=random.choice((basket, "")))
    flip = random.random() < 0.5
    return behind + extra + puddle(x + 87, 116, 86) + move(machine, x + 174 if flip else x, 116, flip=flip)


def cinema(random: Random) -> str:
    x = random.randint(92, 118)
    picture, detail = two(random, (SUN, CORAL, SKY, MINT))
    film = random.choice(
        (
            path(f"M{x + 62} 30l32 18-32 18z", detail),
            circle(x + 75, 52, 17, detail) + path(f"M{x + 2} 70q70-30 146 0v12h-146z", MINT),
            path(f"M{x + 75} 72l-26-24a14 14 0 0 1 26-14a14 14 0 0 1 26 14z", detail),
        )
    )
    screen = rect(x, 14, 150, 70, picture, 4, width=5, line=WHITE) + film
    poles = path(f"M{x + 14} 86v20M{x + 136} 86v20", width=5, line="#8f8bd0")
    heads = ""
    for number in range(7):
        place, colour = 22 + number * 52 + random.randint(-7, 7), random.choice((*STRONG, CLAY, BLUSH))
        heads += path(f"M{place - 20} 136v-8a20 17 0 0 1 40 0v8z", colour) + circle(
            place, 106 + random.randint(0, 4), 12, random.choice((INK, "#5c3a21", "#8a4b2a", "#e0ac69"))
        )
    return evening(random) + poles + screen + heads


def camp(random: Random) -> str:
    cloth, door = two(random, (CORAL, SKY, SUN, LILAC))
    x = random.choice((66, 84, 150))
    fire_x = x + 150 if x < 100 else x - 50
    tent = (
        poly([(x, 112), (x + 56, 40), (x + 116, 112)], cloth)
        + poly([(x + 38, 112), (x + 56, 40), (x + 78, 112)], door)
        + path(f"M{x + 56} 40l-5-9M{x + 56} 40l6-9")
    )
    fire = (
        path(f"M{fire_x - 20} 116l40-8M{fire_x - 20} 108l40 8", width=6, line="#7a4a2b")
        + path(f"M{fire_x} 106q-22-4-12-24q3 6 6 6q-2-14 8-22q0 12 8 18q4 18-10 22z", CORAL)
        + path(f"M{fire_x + 1} 105q-9-3-4-12q8 2 8 6t-4 6z", SUN, width=2)
    )
    behind = evening(random, MINT) if random.random() < 0.5 else hills(random)
    woods = tree(24, 104, 66) + tree(330, 104, 54)
    return behind + woods + tent + fire


def kites(random: Random) -> str:
    first, second, third = three(random)
    content = hills(random)
    for colour, other, x, y, scale in (
        (first, second, random.randint(110, 170), random.randint(40, 48), 1.25),
        (third, SUN if third != SUN else CORAL, random.randint(232, 286), random.randint(30, 44), 0.8),
    ):
        kite = (
            path("M0 30q14 16-4 26t8 26", width=2.2)
            + path("M0 46l9-6v12zM4 66l-9-6v12z", other, width=2)
            + poly([(0, -36), (24, -6), (0, 30), (-24, -6)], colour)
            + poly([(0, -36), (24, -6), (0, -6)], other)
            + path("M0-36V30M-24-6h48", width=2.2)
        )
        content += move(kite, x, y, scale=scale, turn=random.randint(-22, 22))
    return content


def games(random: Random) -> str:
    first, second, third = three(random)
    table = rect(-4, 92, 364, 50, random.choice((CLAY, "#b9e3c9", LILAC)))
    die = rect(-24, -24, 48, 48, WHITE, 9) + path("M-11-11h.1M11-11h.1M0 0h.1M-11 11h.1M11 11h.1", width=8)
    small = rect(-17, -17, 34, 34, third, 7) + path("M-7-7h.1M7 7h.1", width=7)
    card = rect(-21, -30, 42, 60, WHITE, 6)
    heart = path("M0 14l-13-13a7.5 7.5 0 0 1 13-8a7.5 7.5 0 0 1 13 8z", CORAL, width=2.4)

    def pawn(colour: str) -> str:
        return path("M-15 26q0-10 8-16l3-12h8l3 12q8 6 8 16z", colour) + circle(0, -8, 12, colour)

    side = random.choice((-1, 1))
    return (
        dots(random)
        + table
        + move(card, 178 - side * 66, 72, turn=-side * 18)
        + move(card + heart, 178 - side * 44, 70, turn=side * 4)
        + move(die, 178 + side * 22, 84, turn=random.randint(-14, 14))
        + move(small, 178 + side * 68, 100, turn=random.randint(-30, 30))
        + move(pawn(first), 178 + side * 108, 88)
        + move(pawn(second), 178 - side * 112, 92, scale=0.9)
    )


SCENES = (bike, cinema, camp, kites, games, bike)
