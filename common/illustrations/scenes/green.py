"""Grün: raised beds, street trees, sunflowers, pots, a house for insects."""

from random import Random

from common.illustrations.backdrops import cloud, dots, hills, puddle, street, town, tree
from common.illustrations.pen import (
    CLAY,
    CORAL,
    INK,
    LEAF,
    LILAC,
    MINT,
    SKY,
    SUN,
    WHITE,
    bumps,
    circle,
    ellipse,
    move,
    path,
    rect,
    three,
)

DEEP = "#0f7f58"


def beds(random: Random) -> str:
    content = hills(random, random.choice(("", "#bfe6ff")))
    wood = random.choice((CLAY, "#c98b4f", "#b9785a", LILAC))
    left = random.randint(40, 70)
    for x, y in ((left, 80), (left + random.randint(118, 140), 86)):
        plants = ""
        for number in range(3):
            px, high = x + 20 + number * 33, random.randint(20, 40)
            if random.random() < 0.45:
                plants += path(f"M{px} {y}v-{high}", width=3) + circle(
                    px, y - high, 8, random.choice((CORAL, SUN, LILAC, WHITE))
                )
            else:
                plants += path(f"M{px - 9} {y + 2}q-1-{high} 9-{high}t9 {high}z", random.choice((MINT, DEEP)))
        content += plants + rect(x, y, 104, 36, wood, 4) + path(f"M{x + 8} {y + 18}h70M{x + 86} {y + 18}h10", width=2)
    return content


def trees(random: Random) -> str:
    crowns = [random.choice((MINT, DEEP, "#7ccf6b", SUN, CORAL)) for _ in range(3)]
    can = random.choice((SKY, CORAL, SUN))
    places = [random.randint(48, 70), random.randint(150, 176), random.randint(290, 314)]
    wood = "".join(tree(x, 110, random.randint(72, 92), crown) for x, crown in zip(places, crowns, strict=True))
    x = places[1] + 34
    watering = (
        puddle(x + 24, 119, 30)
        + path(f"M{x + 44} 104l20-18M{x + 58} 82l10 8", width=5)
        + path(f"M{x + 8} 90q0-18 16-18t16 18", width=4)
        + path(f"M{x} 88h48l-4 30h-40z", can)
    )
    return town(random, "#8fdcb4") + wood + watering


def sunflowers(random: Random) -> str:
    behind = random.choice((street, dots, hills))(random)
    fence_colour = random.choice((WHITE, "#efe3d0", LILAC))
    petals, dark = random.choice(((SUN, "#7a4a2b"), (SUN, INK), (CORAL, SUN)))
    flowers = ""
    for x in (random.randint(66, 86), random.randint(150, 190), random.randint(256, 284)):
        y, r = random.randint(34, 52), random.randint(18, 23)
        flowers += (
            path(f"M{x} {y}V112", width=5, line=DEEP)
            + path(f"M{x} 92q6-20 28-18q-4 18-28 18zM{x} 82q-6-18-26-16q4 16 26 16z", MINT)
            + bumps(x, y, r, random.choice((8, 9, 10)), petals)
            + circle(x, y, r * 0.62, dark)
        )
    boards = "".join(f"M{x} 134v-38l9-9 9 9v38z" for x in range(6, 356, 32))
    return behind + flowers + rect(-4, 106, 364, 9, fence_colour) + path(boards, fence_colour)


def pots(random: Random) -> str:
    first, second, third = three(random, (CORAL, SKY, SUN, LILAC, WHITE, CLAY))

    def pot(colour: str) -> str:
        return path("M-22 0h44l-5 34h-34z", colour) + rect(-26, -6, 52, 11, colour, 3)

    cactus = (
        path("M-12-4v-44a12 12 0 0 1 24 0v44z", MINT)
        + path("M12-18h8q6 0 6-6v-10M-12-26h-7q-6 0-6-6v-8", width=9)
        + path("M12-18h8q6 0 6-6v-10M-12-26h-7q-6 0-6-6v-8", line=MINT, width=4)
        + path("M-3-36v4M4-24v4M-4-14v4", width=2)
        + circle(0, -62, 6, CORAL, width=2.2)
    )
    leaves = "".join(
        move(path("M0 0q-12-24 0-50q12 26 0 50z", colour), 0, -4, turn=turn)
        for turn, colour in ((-44, DEEP), (44, DEEP), (-18, MINT), (18, MINT))
    )
    tulips = "".join(
        path(f"M{x} -4q{-x * 0.2:.0f}-20 {x * 0.4:.0f}-38", line=DEEP, width=4)
        + move(path("M-9-8q0 16 9 16t9-16l-5 5-4-7-4 7z", random.choice((CORAL, SUN, LILAC))), x * 1.4, -46)
        for x in (-14, 0, 14)
    )
    plants = [cactus, leaves, tulips]
    random.shuffle(plants)
    middle = random.randint(168, 188)
    row = "".join(
        move(plant + pot(colour), x, 74)
        for plant, colour, x in zip(plants, (first, second, third), (middle - 92, middle, middle + 92), strict=True)
    )
    board = rect(24, 108, 308, 10, random.choice((CLAY, "#c98b4f", WHITE)), 3)
    return street(random) + path("M52 118v18M304 118v18", width=6) + row + board


def insects(random: Random) -> str:
    roof, wood = random.choice((CORAL, SKY, LILAC)), random.choice(("#e0b07a", CLAY))
    holes = "".join(f"M{x} {y}h.1" for y in (58, 68, 78) for x in range(150, 176, 9))
    x = random.randint(-34, 34)
    house = (
        path("M178 98v22", width=8)
        + rect(138, 46, 80, 56, wood, 3)
        + path(holes, width=6)
        + path("M186 52v44M194 52v44M202 52v44M210 52v44", width=3.5)
        + path("M138 90h48M182 46v56", width=2.2)
        + path("M128 48l50-34 50 34z", roof)
    )
    bees = ""
    for bx, by in ((82 - x * 0.5, 44), (282 - x * 0.5, 62), (262 - x * 0.5, 24)):
        bee = (
            ellipse(-1, -9, 7, 9, WHITE, width=2)
            + ellipse(0, 0, 13, 9, SUN)
            + path("M-4-8v16M3-8v16", width=3.4)
            + path("M-34 8q8-14 18-5", width=2, dash="1 6")
        )
        bees += move(bee, bx, by + random.randint(-8, 10), flip=bx > 178)
    flowers = "".join(
        path(f"M{fx} 128v-22", line=DEEP, width=4) + circle(fx, 102, 8, colour) + circle(fx, 102, 2.6, WHITE, width=1.6)
        for fx, colour in zip((48, 76, 286, 316), random.sample((CORAL, SUN, LILAC, SKY, WHITE), 4), strict=True)
    )
    return hills(random, LEAF) + cloud(40, 30) * random.randint(0, 1) + move(house, x, 0) + bees + flowers


SCENES = (beds, trees, sunflowers, pots, insects)
