"""Zusammenleben: a long table, neighbours at their windows, people, talk, a pot for all."""

from random import Random

from common.illustrations.backdrops import (
    bunting,
    confetti,
    dots,
    evening,
    hills,
    lights,
    person,
    puddle,
    rays,
    street,
)
from common.illustrations.pen import (
    BUTTER,
    CLAY,
    CORAL,
    INK,
    LILAC,
    MINT,
    SKIN,
    SKY,
    STRONG,
    SUN,
    WHITE,
    circle,
    ellipse,
    move,
    path,
    rect,
    two,
)


def _people(random: Random, places: list[int], floor: float, low: int, high: int) -> str:
    shirts = random.sample(STRONG, len(STRONG)) * 2
    skins = random.sample(SKIN, len(SKIN)) * 2
    return "".join(
        person(random, x, floor, height=random.randint(low, high), skin=skins[number], shirt=shirts[number])
        for number, x in enumerate(places)
    )


def table(random: Random) -> str:
    cloth = random.choice((WHITE, BUTTER, LILAC, "#ffb3a0"))
    guests = _people(random, [74, 142, 212, 282], 100, 62, 74)
    things = [
        path("M-16 0h32l-3-18h-26z", CORAL) + path("M-13-18q13-14 26 0z", WHITE) + circle(0, -26, 4, SUN, width=2),
        path("M-9 0h18l3-26q-12-7-24 0z", SKY) + path("M11-20q10 0 6 12l-7 3", width=3),
        path("M-20-8h40q-2 10-20 10t-20-10z", MINT) + circle(-7, -11, 6, CORAL) + circle(6, -12, 6, SUN),
        rect(-6, -24, 12, 24, MINT, 3) + path("M0-24v-8", width=5),
        path("M-22 0h44q-2-20-22-20t-22 20z", CLAY) + path("M-8-16l4 8M4-17l4 8", width=2),
    ]
    random.shuffle(things)
    spread = "".join(
        move(thing, x, 94) for thing, x in zip(things[:4], (106, 176, 246, random.choice((36, 320))), strict=True)
    )
    above = bunting(random, 4) if random.random() < 0.6 else lights(6, 14)
    board = rect(10, 92, 336, 11, cloth, 4) + path("M22 103" + "q13 14 26 0" * 12, cloth)
    return random.choice((street, evening, dots))(random) + above + guests + board + spread


def windows(random: Random) -> str:
    content = street(random)
    walls = random.sample((*STRONG, CLAY, "#8fd0ff"), 3)
    for number, x in enumerate((42, 134, 226)):
        tall = random.randint(70, 84)
        top = 110 - tall
        roof = random.choice(
            (f"M{x - 5} {top}l49-20 49 20z", f"M{x - 4} {top}v-10h96v10z", f"M{x} {top}{'v-16l22 16' * 4}z")
        )
        content += path(roof, random.choice((CORAL, INK, WHITE, SUN))) + rect(x, top, 88, tall, walls[number])
        for wx, wy in ((x + 10, top + 12), (x + 50, top + 12)):
            content += rect(wx, wy, 28, 30, BUTTER)
            if random.random() < 0.6:
                skin, shirt = random.choice(SKIN), random.choice(STRONG)
                content += path(f"M{wx + 4} {wy + 30}q0-9 10-9t10 9z", shirt, width=2) + circle(
                    wx + 14, wy + 14, 6.5, skin, width=2
                )
        door = x + random.choice((12, 52))
        content += rect(door, 84, 24, 26, random.choice((WHITE, INK)), 2) + path(
            f"M{x + (60 if door == x + 12 else 12)} 92h20", width=12, line=BUTTER, cap="butt"
        )
    return content + rect(-4, 110, 364, 30, random.choice(("#d8d2cb", "#8fdcb4", "#f6dfc2")))


def people(random: Random) -> str:
    behind = random.choice((rays, dots, hills, street, evening))(random)
    many = random.choice((3, 4, 5))
    places = {3: [94, 178, 262], 4: [68, 142, 216, 290], 5: [50, 114, 178, 242, 306]}[many]
    backs = _people(random, [x + 34 for x in places[:-1]], 134, 96, 106) if many < 5 else ""
    fronts = _people(random, places, 136, 78 if many == 5 else 88, 90 if many == 5 else 102)
    above = random.choice((bunting(random, 2), lights(4, 12), confetti(random, bottom=40), ""))
    return behind + above + backs + fronts


def talk(random: Random) -> str:
    first, second = two(random)
    mirrored = random.random() < 0.5
    signs = [
        path("M0 20l-19-18a11 11 0 0 1 19-13a11 11 0 0 1 19 13z", CORAL if first != CORAL else WHITE),
        path("M-22-6h.1M0-6h.1M22-6h.1", width=9),
        path("M-20-12h40M-20 2h26", width=6),
        path("M0-18v20M0 16h.1", width=9),
        path("M-16-4l11 12 22-24", width=7),
    ]
    one, other = random.sample(signs, 2)
    left = path("M22 14h114q16 0 16 16v34q0 16-16 16h-66l-28 24 4-24h-24q-16 0-16-16v-34q0-16 16-16z", first)
    right = path("M22 14h114q16 0 16 16v34q0 16-16 16h-22l4 24-28-24h-68q-16 0-16-16v-34q0-16 16-16z", second)
    big = move(left + move(one, 79, 48), 28, 0)
    small = move(right + move(other, 79, 48), 176, 24, scale=0.94)
    return random.choice((dots, rays, street))(random) + (small + big if mirrored else big + small)


def pot(random: Random) -> str:
    kettle, band = two(random, (CORAL, SKY, SUN, MINT, LILAC))
    x = random.randint(160, 196)
    steam = "".join(f"M{n} 34q-9-9 0-16t0-16" for n in (x - 28, x, x + 28))
    big = (
        path(steam, width=4, line=WHITE)
        + path(f"M{x - 70} 66h-14q-4 0-4 4v6q0 4 4 4h14M{x + 70} 66h14q4 0 4 4v6q0 4-4 4h-14", width=6)
        + path(f"M{x - 70} 54h140v46q0 16-16 16h-108q-16 0-16-16z", kettle)
        + path(f"M{x - 70} 84h140", width=12)
        + path(f"M{x - 69} 84h138", width=6, line=band)
        + ellipse(x, 54, 70, 11, random.choice((CLAY, "#ff9d4d", MINT)))
        + circle(x - 30, 53, 5, WHITE, width=2)
        + circle(x + 8, 56, 5, SUN, width=2)
        + path(f"M{x + 24} 56l34-48", width=9)
        + path(f"M{x + 24} 56l34-48", width=4, line="#e0b07a")
    )
    bowls = "".join(
        path(f"M{n - 24} 100h48q-2 20-16 20h-16q-14 0-16-20z", random.choice(STRONG))
        + path(f"M{n - 26} 100h52", width=4)
        for n in (x - 126, x + 126)
    )
    return random.choice((street, dots, rays))(random) + puddle(x, 117, 84) + bowls + big


SCENES = (table, windows, people, talk, pot)
