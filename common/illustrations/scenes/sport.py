"""Sport: hoop, half-pipe, goal, table tennis, the pitch from above."""

from random import Random

from common.illustrations.backdrops import ball, cloud, dots, evening, puddle, rays, street, town
from common.illustrations.pen import (
    AIR,
    BLUSH,
    BUTTER,
    CORAL,
    GRASS,
    INK,
    LILAC,
    MINT,
    MIST,
    SKY,
    STONE,
    SUN,
    WHITE,
    circle,
    move,
    path,
    poly,
    rect,
    two,
)


def hoop(random: Random) -> str:
    behind = random.choice((town, street, evening, dots))(random)
    board, mark = random.choice(((WHITE, CORAL), (SUN, SKY), (WHITE, SKY), (LILAC, CORAL)))
    x = random.choice((84, 96, 204))
    ball_x = x + random.randint(104, 136) if x < 150 else x - random.randint(30, 70)
    ball_y = random.randint(38, 72)
    basket = (
        path(f"M{x + 34} 66v62", width=8)
        + rect(x, 10, 76, 52, board, 5)
        + rect(x + 22, 28, 32, 24, "", line=mark, width=4)
        + path(
            f"M{x + 18} 60l7 30h26l7-30M{x + 28} 60l6 30M{x + 48} 60l-6 30M{x + 20} 70h36M{x + 23} 80h30",
            width=2,
            line=WHITE,
        )
        + path(f"M{x + 14} 59h48", line=mark, width=6)
    )
    trail = path(f"M{ball_x} {ball_y}Q{(ball_x + x + 38) / 2:.0f} -14 {x + 40} 54", width=2.4, dash="1 8")
    return behind + path("M-4 118h364", width=2.4, line=WHITE) + basket + trail + ball(ball_x, ball_y, 19, CORAL)


def skate(random: Random) -> str:
    deck, wheel = two(random, (CORAL, SKY, SUN, MINT))
    ramp, rail = random.choice((("#8f86c4", SUN), ("#6b6470", CORAL), ("#4f8f9c", SUN), (STONE, SKY), (CORAL, WHITE)))
    behind = random.choice((town, street, rays, dots))(random)
    half = path("M-4 48h44q4 52 68 52h140q64 0 68-52h44v90h-364z", ramp)
    edge = (
        path("M-4 48h44M316 48h44", width=9)
        + path("M-2 48h41M317 48h41", width=4, line=rail)
        + path("M60 88v40M296 88v40M108 104v24M248 104v24M178 104v24M-4 118h364", width=2, opacity=".45")
    )
    board = (
        path("M-40-8q6 8 14 8h52q8 0 14-8", width=11)
        + path("M-40-8q6 8 14 8h52q8 0 14-8", line=deck, width=5.5)
        + circle(-20, 11, 7, wheel)
        + circle(20, 11, 7, wheel)
    )
    x, y, turn = random.choice(((86, 62, 44), (270, 62, -44), (178, 83, 0), (150, 42, -16), (206, 40, 16)))
    air = (
        path(f"M{x - 34} {y + 34}l-8 10M{x} {y + 36}v12M{x + 34} {y + 34}l8 10", width=2.6) if turn in (-16, 16) else ""
    )
    return behind + half + edge + air + move(board, x, y, turn=turn)


def goal(random: Random) -> str:
    sky = random.choice((AIR, BLUSH, BUTTER, MIST))
    x = random.randint(70, 96)
    net = "".join(f"M{n} 26V96" for n in range(x + 16, x + 180, 16)) + "".join(
        f"M{x} {n}h184" for n in range(40, 96, 14)
    )
    stripes = "".join(f"M{n} 96h44l-14 44h-60z" for n in range(-20, 360, 96))
    bx, by = random.choice(((x - 20, 106), (x + 200, 104), (x + 92, 108)))
    leather = (
        circle(bx, by, 17, WHITE)
        + path(f"M{bx} {by - 8}l8 6-3 9h-10l-3-9z", INK)
        + path(
            f"M{bx} {by - 8}v-8M{bx + 8} {by - 2}l8-4M{bx + 5} {by + 7}l6 8"
            f"M{bx - 5} {by + 7}l-6 8M{bx - 8} {by - 2}l-8-4",
            width=2.2,
        )
    )
    return (
        rect(-4, -4, 364, 140, sky)
        + cloud(random.choice((40, 316)), 36)
        + rect(-4, 94, 364, 44, GRASS)
        + path(stripes, MINT, stroke="none", opacity=".45")
        + rect(x, 26, 184, 70, WHITE, stroke="none", opacity=".35")
        + path(net, width=1.5, line=WHITE)
        + path(f"M{x} 98V24h184v74", width=9)
        + path(f"M{x} 97V24h184v73", width=4, line=WHITE)
        + puddle(bx, by + 18, 18)
        + leather
    )


def table_tennis(random: Random) -> str:
    top = random.choice((SKY, MINT, CORAL))
    first, second = two(random, (CORAL, SUN, SKY, LILAC))

    def bat(colour: str) -> str:
        return rect(-5, 18, 10, 24, "#e0b07a", 4) + circle(0, 0, 22, colour) + path("M-15 15q15 8 30 0", width=2.4)

    x = random.randint(140, 214)
    return (
        random.choice((dots, town, rays))(random)
        + path("M96 96v30M260 96v30", width=6)
        + poly([(66, 78), (290, 78), (316, 98), (40, 98)], top)
        + path("M54 88h248", line=WHITE, width=2)
        + rect(174, 62, 8, 34, WHITE, 2)
        + move(bat(first), 84, 48, turn=random.randint(24, 44))
        + move(bat(second), 272, 46, turn=random.randint(-44, -24))
        + circle(x, random.randint(22, 50), 8, WHITE)
        + path(f"M{x - 14} 40q-14-8-26-2", width=2.2, dash="1 7")
    )


def pitch(random: Random) -> str:
    ground, other = random.choice(((GRASS, "#7fd2a6"), (CORAL, "#ff8268"), (SKY, "#5670ff"), (LILAC, "#d4c6ff")))
    stripes = "".join(f"M{x} -4h42v140h-42z" for x in range(-6, 360, 84))
    x = random.randint(120, 236)
    away = -1 if x > 178 else 1
    run = "M52-24q24-18 44-8l-8-8m8 8l-12 4"
    return (
        rect(-4, -4, 364, 140, ground)
        + path(stripes, other, stroke="none")
        + path(f"M{x} -4v140M18 -4v140M338 -4v140M18 34h44v64h-44M338 34h-44v64h44", line=WHITE, width=4)
        + circle(x, 66, 44, SUN, width=4)
        + path(f"M{x - 44} 66h30M{x + 14} 66h30", width=4)
        + circle(x, 66, 14, random.choice((CORAL, WHITE)), width=4)
        + "".join(
            path(f"M{px - 7} {py - 7}l14 14M{px + 7} {py - 7}l-14 14", width=5, line=colour)
            for px, py, colour in (
                (x - away * random.randint(64, 84), random.randint(20, 104), WHITE),
                (
                    x + away * random.randint(64, 110),
                    random.randint(86, 112),
                    SUN if ground != SUN else CORAL,
                ),
            )
        )
        + move(path(run, width=3.4), x, 66, flip=away < 0, turn=random.choice((0, 0, 40)) * away)
    )


def sneaker(random: Random) -> str:
    upper, accent = two(random, (CORAL, SKY, MINT, LILAC, SUN))
    shoe = (
        path("M-78-40q2-14 18-14l14 10q20 2 30-16l12-6 48 50q22 4 36 12 10 8 10 20h-168z", upper)
        + path("M-4-60l44 46q-20 8-44-4l-24-20q14-4 24-22z", WHITE)
        + path("M-78-40q20 0 34 26t40 30h-74z", accent)
        + path("M-6-28l16-12M8-16l16-12M22-6l16-12", width=4.6)
        + path("M-82 16h176q4 16-12 16h-150q-14 0-14-16z", WHITE)
        + path("M-60 24h130", width=2.4, dash="8 8")
    )
    lines = path("M62 40h-34M70 58h-54M62 76h-30", width=5)
    flip = random.random() < 0.5
    behind = random.choice((rays, dots, street, town))(random)
    middle = move(lines, -26, 0) + puddle(196, 118, 96) + move(shoe, 190, 82)
    return behind + (move(middle, 356, 0, flip=True) if flip else middle)


SCENES = (hoop, skate, goal, table_tennis, pitch, sneaker)
