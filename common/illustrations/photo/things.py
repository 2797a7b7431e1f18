"""Photo-like pictures of things: stage, table, market, books, bicycle."""

from random import Random

from PIL import Image, ImageChops, ImageDraw, ImageFilter

from .brushes import FRUIT, Colour, ball, blurred, foliage, glow, gradient, mix, planks, vary

_COS = (1.0, 0.94, 0.77, 0.5, 0.17, -0.17, -0.5, -0.77, -0.94)
_SIN = (0.0, 0.34, 0.64, 0.87, 0.98, 0.98, 0.87, 0.64, 0.34)


def concert(random: Random, w: int, h: int) -> Image.Image:
    """Light from a stage over the heads of a crowd."""
    lights = random.sample(((255, 90, 70), (90, 120, 255), (255, 200, 80), (160, 90, 255), (70, 220, 170)), 3)
    picture = gradient(w, h, (8, 8, 20), (24, 18, 44), (60, 30, 66), (20, 12, 28))
    for index in range(7):
        beam = Image.new("RGB", (w // 4, h // 4))
        x = (index + 0.5) * w / 28
        lean = random.uniform(-0.3, 0.3) * w / 4
        ImageDraw.Draw(beam).polygon(
            ((x - 3, 0), (x + 3, 0), (x + lean + w / 40, h * 0.2), (x + lean - w / 40, h * 0.2)),
            fill=mix((0, 0, 0), lights[index % 3], 0.62),
        )
        light = beam.filter(ImageFilter.GaussianBlur(w / 170)).resize((w, h), Image.Resampling.BICUBIC)
        picture = ImageChops.screen(picture, light)
    picture = glow(picture, [((index + 0.5) * w / 7, h * 0.03, w * 0.016) for index in range(7)], (255, 244, 230))
    picture = glow(picture, [(w * 0.5, h * 0.64, w * 0.26)], lights[0])
    draw = ImageDraw.Draw(picture)
    draw.rectangle((w * 0.18, h * 0.52, w * 0.26, h * 0.7), fill=(8, 8, 12))
    draw.rectangle((w * 0.74, h * 0.5, w * 0.82, h * 0.7), fill=(8, 8, 12))
    draw.line((w * 0.5, h * 0.46, w * 0.5, h * 0.7), fill=(10, 10, 14), width=7)
    draw.ellipse((w * 0.485, h * 0.425, w * 0.515, h * 0.47), fill=(14, 14, 18))
    for row in range(4):
        near = row / 3
        tone = mix(mix(lights[0], (10, 8, 18), 0.78), (4, 3, 8), near)
        r = w * (0.016 + near * 0.026)
        x = -random.uniform(0, r)
        while x < w + r:
            y = h * (0.7 + near * 0.2) + random.uniform(-r, r) * 0.6
            draw.ellipse((x - r, y - r * 1.2, x + r, y + r * 1.2), fill=tone)
            draw.ellipse((x - r * 2.1, y + r, x + r * 2.1, y + r * 9), fill=tone)
            if random.random() < 0.16:
                draw.line(
                    (x + r * 1.4, y + r * 2, x + r * random.uniform(0.8, 2.4), y - r * 3.4),
                    fill=tone,
                    width=int(r * 0.7),
                )
            x += r * random.uniform(2.6, 3.8)
    return picture


def feast(random: Random, w: int, h: int) -> Image.Image:
    """A long table under bulbs on a summer night; the far lights are out of focus."""
    picture = gradient(w, h, (20, 26, 52), (44, 46, 70), (92, 66, 62), (60, 40, 34))
    warm = [(255, 190, 96), (255, 150, 80), (255, 220, 150), (120, 150, 210)]
    for _ in range(46):
        layer = Image.new("RGB", (w // 4, h // 4))
        x, y, r = (
            random.uniform(0, w) / 4,
            random.uniform(0.1, 0.56) * h / 4,
            w * random.uniform(0.006, 0.022) / 2,
        )
        ImageDraw.Draw(layer).ellipse(
            (x - r, y - r, x + r, y + r), fill=mix((0, 0, 0), random.choice(warm), random.uniform(0.15, 0.5))
        )
        picture = ImageChops.screen(picture, layer.resize((w, h), Image.Resampling.BICUBIC))
    picture = picture.filter(ImageFilter.GaussianBlur(w / 400))
    draw = ImageDraw.Draw(picture)
    bulbs: list[tuple[float, float, float]] = []
    for start, end, sag in ((0.02, 0.2, 0.2), (0.16, 0.04, 0.16)):
        line = [
            (w * t / 40, h * (start + (end - start) * t / 40 + sag * 4 * t / 40 * (1 - t / 40) * 0.5))
            for t in range(41)
        ]
        draw.line(line, fill=(14, 12, 18), width=3)
        bulbs += [(x, y + 12, w * 0.011) for x, y in line[2::4]]
    picture = glow(picture, [(x, y, r * 2.4) for x, y, r in bulbs], (190, 120, 50))
    draw = ImageDraw.Draw(picture)
    for x, y, r in bulbs:
        draw.ellipse((x - r * 0.7, y - r, x + r * 0.7, y + r), fill=(255, 238, 190))
    wood, edge = (134, 88, 56), h * 0.6
    for number in range(10):
        left, right = w * (-0.5 + number * 0.2), w * (-0.5 + (number + 1) * 0.2)
        far_left, far_right = w * (0.24 + number * 0.052), w * (0.24 + (number + 1) * 0.052)
        draw.polygon(((far_left, edge), (far_right, edge), (right, h), (left, h)), fill=vary(random, wood, 14))
        draw.line((far_left, edge, left, h), fill=(58, 34, 20), width=3)
    for index in range(8):
        near = (index // 2) / 3
        side = -1 if index % 2 else 1
        x, y, r = w * (0.5 + side * (0.14 + near * 0.2)), h * (0.64 + near * 0.26), w * (0.04 + near * 0.06)
        draw.ellipse((x - r, y - r * 0.34, x + r, y + r * 0.4), fill=(60, 38, 26))
        draw.ellipse((x - r, y - r * 0.42, x + r, y + r * 0.3), fill=vary(random, (226, 218, 204), 10))
        draw.ellipse((x - r * 0.7, y - r * 0.3, x + r * 0.7, y + r * 0.16), fill=(204, 194, 178))
        for _ in range(5):
            ball(
                draw,
                x + random.uniform(-0.4, 0.4) * r,
                y - r * random.uniform(0, 0.24),
                r * 0.17,
                random.choice(FRUIT),
            )
    return glow(blurred(picture, 0.5, 0.72, w / 260), [(w * 0.5, h * 0.7, w * 0.2)], (70, 40, 14))


def market(random: Random, w: int, h: int) -> Image.Image:
    """Wooden crates full of fruit, seen from above at an angle."""
    picture = gradient(w, h, (50, 42, 36), (40, 32, 28))
    draw = ImageDraw.Draw(picture)
    for row in range(3):
        tall, top = h * (0.26 + row * 0.1), (-0.06 * h, 0.22 * h, 0.58 * h)[row]
        columns = 4 - row
        wide = w / columns * 1.08
        kinds = random.sample(FRUIT, columns)
        for column in range(columns):
            left = column * w / columns - w * 0.03 + random.uniform(-8, 8)
            planks(draw, random, (left, top, left + wide * 0.94, top + tall), (168, 130, 88), 5)
            draw.rectangle((left + 14, top + 14, left + wide * 0.94 - 14, top + tall * 0.8), fill=(36, 24, 18))
            r = wide * random.choice((0.075, 0.09, 0.11)) * (0.7 + row * 0.1)
            y = top + r * 0.8
            while y < top + tall * 0.78:
                x = left + 14 + r * random.uniform(0.6, 1.2)
                while x < left + wide * 0.94 - 10 - r * 0.4:
                    ball(
                        draw,
                        x + random.uniform(-3, 3),
                        y + random.uniform(-4, 4),
                        r,
                        vary(random, kinds[column], 18),
                    )
                    x += r * 1.72
                y += r * 1.35
            planks(draw, random, (left, top + tall * 0.78, left + wide * 0.94, top + tall), (186, 148, 102), 2)
    return blurred(picture, 0.0, 0.62, w / 150)


def shelf(random: Random, w: int, h: int) -> Image.Image:
    """Books on a shelf in the light of a window."""
    picture = gradient(w, h, (62, 46, 36), (46, 34, 28))
    draw = ImageDraw.Draw(picture)
    inks: tuple[Colour, ...] = (
        (156, 52, 44),
        (44, 76, 116),
        (210, 172, 92),
        (60, 104, 84),
        (224, 216, 200),
        (84, 58, 96),
        (36, 40, 50),
    )
    for row in range(3):
        floor = h * (0.34 + row * 0.35)
        x = -random.uniform(0, 30)
        while x < w:
            wide, high = w * random.uniform(0.018, 0.046), h * random.uniform(0.2, 0.28)
            if random.random() < 0.06:
                r = h * 0.05
                foliage(draw, random, (x, floor - r * 4.4, x + r * 3, floor - r), 240, 0.2)
                draw.polygon(
                    (
                        (x + r * 0.6, floor - r * 1.5),
                        (x + r * 2.4, floor - r * 1.5),
                        (x + r * 2, floor),
                        (x + r, floor),
                    ),
                    fill=(186, 108, 72),
                )
                x += r * 3.2
                continue
            ink = vary(random, random.choice(inks), 12)
            for strip in range(8):
                shade = mix(ink, (0, 0, 0), abs(strip - 2.5) * 0.09)
                draw.rectangle((x + wide * strip / 8, floor - high, x + wide * (strip + 1) / 8, floor), fill=shade)
            band = mix(ink, (255, 240, 200), 0.55)
            for share in (0.16, 0.2, 0.82):
                draw.line((x + 3, floor - high * share, x + wide - 3, floor - high * share), fill=band, width=3)
            draw.rectangle(
                (x + wide * 0.35, floor - high * 0.7, x + wide * 0.65, floor - high * 0.34),
                fill=mix(ink, band, 0.5),
            )
            x += wide + 1
        planks(draw, random, (0, floor, w, floor + h * 0.035), (150, 110, 74), 1)
        draw.rectangle((0, floor + h * 0.035, w, floor + h * 0.06), fill=(30, 22, 18))
    light = Image.linear_gradient("L").rotate(90).resize((w, h)).point(lambda value: value * 0.75)
    bright = ImageChops.screen(picture, Image.new("RGB", (w, h), (110, 90, 60)))
    return Image.composite(bright, picture, light)


def wall(random: Random, w: int, h: int) -> Image.Image:
    """A bicycle in front of a brick wall in low sun."""
    brick = random.choice(((158, 82, 62), (186, 132, 96), (122, 96, 92), (170, 160, 148)))
    frame = random.choice(((36, 92, 140), (196, 60, 44), (32, 110, 84), (226, 176, 52)))
    picture = Image.new("RGB", (w, h), mix(brick, (236, 228, 214), 0.4))
    draw = ImageDraw.Draw(picture)
    high, floor = h / 26, h * 0.8
    for row in range(int(floor / high) + 1):
        for column in range(-1, 16):
            x = (column + (row % 2) / 2) * w / 14
            draw.rectangle((x + 3, row * high + 3, x + w / 14 - 2, row * high + high - 2), fill=vary(random, brick, 16))
    draw.rectangle((0, floor, w, h), fill=(122, 116, 110))
    for number in range(-6, 14):
        draw.line((w * number / 8, floor, w * (number - 4) / 5 + w * 0.2, h), fill=(96, 90, 86), width=4)
    draw.line((0, floor + h * 0.07, w, floor + h * 0.07), fill=(96, 90, 86), width=3)
    shade = Image.new("L", (w, h), 0)
    x, y, r = w * random.uniform(0.24, 0.32), h * 0.72, h * 0.17
    _cycle(ImageDraw.Draw(shade), (x + h * 0.06, y - h * 0.03), r, [150] * 3)
    picture.paste((34, 24, 26), mask=shade.filter(ImageFilter.GaussianBlur(w / 260)))
    _cycle(ImageDraw.Draw(picture), (x, y), r, [(26, 24, 26), frame, (150, 150, 154)])
    sun = Image.linear_gradient("L").rotate(random.choice((90, -90))).resize((w, h)).point(lambda value: value * 0.6)
    return Image.composite(ImageChops.screen(picture, Image.new("RGB", (w, h), (120, 84, 40))), picture, sun)


def _cycle(draw: ImageDraw.ImageDraw, hub: tuple[float, float], r: float, inks: list[int] | list[Colour]) -> None:
    """A bicycle; `hub` is its rear wheel's middle, `inks` are those of rubber, frame and steel."""
    x, y = hub
    rubber, frame, steel = inks
    front, crank, seat, head = (
        x + r * 2.7,
        (x + r * 1.15, y),
        (x + r * 0.75, y - r * 1.25),
        (x + r * 2.3, y - r * 1.2),
    )
    thick = max(4, int(r * 0.085))
    for middle in (x, front):
        for spoke in range(9):
            draw.line(
                (
                    middle - r * 0.94 * _COS[spoke],
                    y - r * 0.94 * _SIN[spoke],
                    middle + r * 0.94 * _COS[spoke],
                    y + r * 0.94 * _SIN[spoke],
                ),
                fill=steel,
            )
        draw.ellipse((middle - r, y - r, middle + r, y + r), outline=rubber, width=thick)
    draw.line(((x, y), seat, head, crank, (x, y)), fill=frame, width=thick, joint="curve")
    draw.line((seat, crank), fill=frame, width=thick)
    draw.line(((front, y), head, (head[0] - r * 0.1, head[1] - r * 0.35)), fill=frame, width=thick, joint="curve")
    draw.line((seat, (seat[0] - r * 0.06, seat[1] - r * 0.25)), fill=steel, width=thick)
    draw.line(
        (seat[0] - r * 0.36, seat[1] - r * 0.27, seat[0] + r * 0.26, seat[1] - r * 0.27),
        fill=rubber,
        width=thick * 2,
    )
    draw.line(
        (head[0] - r * 0.1, head[1] - r * 0.35, head[0] + r * 0.34, head[1] - r * 0.44),
        fill=rubber,
        width=thick,
    )
    draw.ellipse((crank[0] - r * 0.2, y - r * 0.2, crank[0] + r * 0.2, y + r * 0.2), outline=steel, width=thick)
