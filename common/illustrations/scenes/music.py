"""Musik und Medien: boombox, stage, camera, turntable, speakers."""

from random import Random

from common.illustrations.backdrops import confetti, dots, evening, lights, puddle, rays, street, town
from common.illustrations.pen import (
    BLUSH,
    BUTTER,
    CORAL,
    INK,
    LILAC,
    MINT,
    NIGHT,
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


def _note(x: float, y: float, colour: str, *, pair: bool = False) -> str:
    if pair:
        d = "M0 0v-26l22-5v26"
        heads = circle(-6, 1, 6, colour) + circle(16, -4, 6, colour)
        return move(path(d, width=4) + heads, x, y)
    return move(path("M0 0v-28q4 10 13 11", width=4) + circle(-6, 1, 6.5, colour), x, y)


def boombox(random: Random) -> str:
    body, cone, deck = three(random, (CORAL, SKY, SUN, LILAC, MINT))
    x = random.randint(82, 112)
    box = (
        path(f"M{x + 24} 44V30q0-8 8-8h96q8 0 8 8v14", width=6)
        + rect(x, 42, 160, 72, body, 10)
        + "".join(
            circle(cx, 82, 24, INK) + circle(cx, 82, 17, cone) + circle(cx, 82, 6, WHITE) for cx in (x + 34, x + 126)
        )
        + rect(x + 63, 64, 34, 24, WHITE, 4)
        + circle(x + 73, 76, 4, deck, width=2)
        + circle(x + 87, 76, 4, deck, width=2)
        + path(f"M{x + 62} 100h.1M{x + 74} 100h.1M{x + 86} 100h.1M{x + 98} 100h.1", width=7)
        + path(f"M{x + 62} 52h36", width=4, line=WHITE)
    )
    notes = _note(x - 34, random.randint(40, 66), cone, pair=True) + _note(x + 196, random.randint(36, 62), deck)
    return random.choice((street, dots, rays, town))(random) + puddle(x + 80, 116, 84) + box + notes


def stage(random: Random) -> str:
    beams = random.sample((CORAL, SUN, LILAC, MINT, "#7f95ff"), 3)
    light = "".join(
        path(f"M{x} -4h16l{spread + 44} 140h-88z", colour, stroke="none", opacity=".5")
        for x, spread, colour in ((64, 30, beams[0]), (170, -36, beams[1]), (276, -100, beams[2]))
    )
    x = random.randint(166, 190)
    microphone = path(f"M{x} 70V118M{x - 26} 120h52", width=5, line=STONE) + move(
        path("M-8 8h16l-3 36h-10z", STONE)
        + circle(0, -6, 19, WHITE)
        + path("M-18-8q18 10 36 0M-12-19q12 26 0 26M12-19q-12 26 0 26", width=2)
        + rect(-13, 10, 26, 8, beams[0], 3),
        x,
        36,
        turn=random.choice((-16, 14)),
    )
    crowd = "".join(
        path(f"M{n} 136q0-22 13-22t13 22z", INK, line=INK) + circle(n + 13, 108 + random.randint(-3, 4), 9, INK)
        for n in range(-6, 356, 30)
    )
    hands = "".join(
        path(f"M{n} 124l{random.randint(-6, 6)}-{random.randint(26, 36)}", width=7)
        for n in random.sample(range(20, 346, 26), 4)
    )
    return (
        rect(-4, -4, 364, 140, random.choice((NIGHT, "#3a1d4d", "#14343a")))
        + light
        + "".join(rect(n, -8, 24, 16, STONE, 4) for n in (60, 166, 272))
        + rect(-4, 116, 364, 24, "#5b57a6")
        + microphone
        + hands
        + crowd
    )


def camera(random: Random) -> str:
    body, lens = two(random, (CORAL, SKY, SUN, MINT, LILAC))
    x = random.randint(104, 132)
    machine = (
        path(f"M{x + 34} 40l8-16h40l8 16z", body)
        + rect(x, 36, 124, 74, body, 10)
        + rect(x, 54, 124, 36, INK)
        + circle(x + 62, 72, 33, WHITE)
        + circle(x + 62, 72, 24, lens)
        + circle(x + 62, 72, 12, INK)
        + path(f"M{x + 54} 62q3-4 8-4", line=WHITE, width=4)
        + rect(x + 12, 28, 18, 9, INK, 2)
        + circle(x + 108, 45, 4, SUN, width=2)
    )
    flash = path(f"M{x + 146} 34l14-8M{x + 148} 48h16M{x + 138} 22l8-14", width=4)
    frames = ""
    for fx, fy, turn, tone in ((44, 66, -10, BUTTER), (314, 78, 9, BLUSH)):
        frames += move(
            rect(-25, -29, 50, 58, WHITE, 3)
            + rect(-19, -23, 38, 36, tone, width=2)
            + path("M-19 13l13-18 9 10 6-6 10 14z", random.choice((MINT, SKY)), width=2)
            + circle(9, -12, 5, SUN, width=2),
            fx,
            fy,
            turn=turn + random.randint(-4, 4),
        )
    return random.choice((dots, rays, street))(random) + frames + puddle(x + 62, 112, 68) + machine + flash


def turntable(random: Random) -> str:
    deck, label, wave = three(random, (CORAL, SKY, SUN, MINT, LILAC))
    x = random.randint(88, 108)
    table = (
        rect(x, 22, 176, 88, deck, 10)
        + circle(x + 66, 66, 38, INK)
        + circle(x + 66, 66, 28, "", line=STONE, width=1.2)
        + circle(x + 66, 66, 22, "", line=STONE, width=1.2)
        + circle(x + 66, 66, 13, label)
        + circle(x + 66, 66, 3, WHITE, width=1.6)
        + circle(x + 138, 42, 10, WHITE)
        + path(f"M{x + 138} 42v34l-30 16", width=5)
        + path(f"M{x + 138} 42v34l-30 16", width=1.6, line=WHITE)
        + path(f"M{x + 156} 62v34", width=4)
        + rect(x + 149, 72 + random.randint(-6, 12), 14, 9, WHITE, 2)
    )
    notes = _note(x - 40, random.randint(44, 74), wave) + _note(x + 204, random.randint(40, 70), wave, pair=True)
    return random.choice((street, dots, rays, town))(random) + notes + puddle(x + 88, 112, 92) + table


def speakers(random: Random) -> str:
    content = evening(random) if random.random() < 0.6 else rays(random)
    content += lights() if random.random() < 0.5 else confetti(random, bottom=60)
    for x, tall in (
        (random.randint(60, 76), 88),
        (random.randint(138, 146), 70),
        (random.randint(214, 230), 88),
    ):
        box, cone = two(random, (CORAL, SKY, SUN, MINT, LILAC))
        top = 116 - tall
        content += (
            rect(x, top, 66, tall, box, 7)
            + circle(x + 33, top + tall - 29, 22, INK)
            + circle(x + 33, top + tall - 29, 14, cone)
            + circle(x + 33, top + tall - 29, 5, WHITE, width=2)
            + circle(x + 33, top + (tall - 50) / 2 + 1, (tall - 58) / 2 + 1, INK)
            + circle(x + 33, top + (tall - 50) / 2 + 1, 4, cone, width=1.6)
        )
    return content


SCENES = (boombox, stage, camera, turntable, speakers)
