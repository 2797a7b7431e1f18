"""Photo-like pictures of places: skyline, garden, court, avenue."""

from random import Random

from PIL import Image, ImageDraw, ImageFilter

from .brushes import FRUIT, LEAVES, Box, ball, blurred, colour_at, foliage, glow, gradient, mix, planks, vary


def dusk(random: Random, w: int, h: int) -> Image.Image:
    """Houses at sunset, mirrored in wet ground."""
    sky = random.choice(
        (
            ((52, 66, 120), (150, 120, 160), (246, 168, 120), (255, 214, 150)),
            ((88, 140, 200), (170, 196, 220), (250, 220, 180), (255, 236, 200)),
            ((40, 44, 92), (110, 84, 140), (232, 120, 110), (252, 190, 130)),
        )
    )
    horizon = int(h * random.uniform(0.6, 0.68))
    top = gradient(w, horizon, *sky)
    top = glow(top, [(w * random.uniform(0.2, 0.8), horizon * 0.86, w * 0.12)], (255, 200, 120))
    for layer in range(3):
        draw = ImageDraw.Draw(top)
        tone = mix(sky[2], (26, 24, 40), 0.3 + layer * 0.32)
        x = -random.randint(0, w // 10)
        while x < w:
            wide, high = random.randint(w // 14, w // 6), h * random.uniform(0.09, 0.2) * (0.8 + layer * 0.3)
            draw.rectangle((x, horizon - high, x + wide, horizon), fill=vary(random, tone, 5))
            _lit_windows(draw, random, (x, horizon - high, x + wide, horizon), share=0.12 + layer * 0.1)
            x += wide + random.choice((0, 0, w // 30))
        top = top.filter(ImageFilter.GaussianBlur((2 - layer) * w / 700))
    picture = Image.new("RGB", (w, h))
    picture.paste(top, (0, 0))
    mirror = (
        top.transpose(Image.Transpose.FLIP_TOP_BOTTOM)
        .resize((w, h - horizon))
        .filter(ImageFilter.GaussianBlur(w / 160))
    )
    picture.paste(Image.blend(mirror, Image.new("RGB", mirror.size, (30, 30, 44)), 0.45), (0, horizon))
    draw = ImageDraw.Draw(picture)
    for _ in range(240):
        y = horizon + (h - horizon) * random.random() ** 0.6
        left, long = random.uniform(0, w), random.uniform(10, 90) * (y - horizon) / (h - horizon)
        draw.line(
            (left, y, left + long, y),
            fill=mix(colour_at(picture, left, y), (255, 230, 200), 0.22),
        )
    return picture


def _lit_windows(draw: ImageDraw.ImageDraw, random: Random, box: Box, share: float) -> None:
    left, top, right, bottom = box
    for y in range(int(top) + 14, int(bottom) - 10, 22):
        for x in range(int(left) + 10, int(right) - 12, 20):
            if random.random() < share:
                draw.rectangle((x, y, x + 9, y + 12), fill=vary(random, (255, 206, 120), 22))


def garden(random: Random, w: int, h: int) -> Image.Image:
    """Raised beds in front of trees, a blurred background, grass in the sun."""
    picture = gradient(w, h, (150, 194, 226), (206, 226, 232), (150, 178, 110), (92, 130, 60), (64, 100, 44))
    draw = ImageDraw.Draw(picture)
    for _ in range(9):
        x, r = random.uniform(0, w), w * random.uniform(0.08, 0.16)
        foliage(draw, random, (x - r, h * 0.5 - r * 1.7, x + r, h * 0.54), 420, 0.12)
    picture = picture.filter(ImageFilter.GaussianBlur(w / 190))
    draw = ImageDraw.Draw(picture)
    for index in range(5200):
        y = h * (0.52 + 0.48 * index / 5200)
        x, long = random.uniform(0, w), 4 + 34 * index / 5200
        blade = mix(random.choice(LEAVES), (220, 226, 120), random.random() * 0.35)
        draw.line((x, y, x + random.uniform(-6, 6), y - long), fill=blade, width=1 + index // 2600)
    wood = random.choice(((150, 104, 66), (128, 96, 72), (172, 128, 84)))
    for x, y, wide in (
        (w * random.uniform(-0.05, 0.1), h * 0.6, w * 0.42),
        (w * random.uniform(0.48, 0.56), h * 0.66, w * 0.5),
    ):
        high = h * 0.15
        for number in range(7):
            px = x + wide * (number + 0.5) / 7
            r = wide * random.uniform(0.07, 0.11)
            foliage(draw, random, (px - r, y - r * 1.7, px + r, y + r * 0.3), 260, 0.3)
            if random.random() < 0.6:
                ball(draw, px + r * 0.2, y - r, r * 0.2, random.choice(FRUIT))
        planks(draw, random, (x, y, x + wide, y + high), wood, 3)
        draw.rectangle((x, y + high, x + wide, y + high + 10), fill=(36, 58, 28))
    return blurred(picture, 0.3, 0.6, w / 300)


def court(random: Random, w: int, h: int) -> Image.Image:
    """A ball court between houses: fence, hoop, painted lines that run away from the viewer."""
    ground = random.choice(((172, 78, 62), (70, 106, 140), (112, 112, 116), (64, 120, 98)))
    horizon = h * 0.48
    picture = gradient(w, h, (168, 200, 226), (216, 226, 228), (210, 206, 196), ground, mix(ground, (20, 16, 20), 0.25))
    draw = ImageDraw.Draw(picture)
    for _ in range(7):
        x, r = random.uniform(0, w), w * random.uniform(0.07, 0.14)
        foliage(draw, random, (x - r, horizon - r * 1.9, x + r, horizon + 8), 380, 0.1)
    picture = picture.filter(ImageFilter.GaussianBlur(w / 160))
    draw = ImageDraw.Draw(picture)
    draw.rectangle((0, horizon, w, h), fill=ground)
    for _ in range(9000):
        x, y = random.uniform(0, w), horizon + (h - horizon) * random.random()
        draw.point((x, y), fill=vary(random, ground, 26))
    for x in range(-h, w + h, 26):
        draw.line((x, horizon - h * 0.26, x + h * 0.26, horizon), fill=(120, 126, 128))
        draw.line((x + h * 0.26, horizon - h * 0.26, x, horizon), fill=(120, 126, 128))
    for x in range(0, w + 1, w // 5):
        draw.rectangle((x - 4, horizon - h * 0.28, x + 4, horizon + 4), fill=(88, 94, 98))
    middle, chalk = w * random.uniform(0.4, 0.6), (238, 234, 222)
    for share in (-0.9, -0.3, 0.3, 0.9):
        draw.line((middle + share * w * 0.22, horizon + 16, middle + share * w * 0.9, h), fill=chalk, width=9)
    draw.line((0, horizon + 60, w, horizon + 60), fill=chalk, width=5)
    draw.arc((middle - w * 0.3, h * 0.62, middle + w * 0.3, h * 0.92), 0, 360, fill=chalk, width=9)
    x, top = middle + w * random.uniform(-0.12, 0.12), h * 0.12
    draw.rectangle((x - 8, top + h * 0.1, x + 8, horizon + 40), fill=(70, 74, 80))
    draw.rectangle((x - w * 0.1, top, x + w * 0.1, top + h * 0.17), fill=(236, 236, 232), outline=(60, 60, 66), width=6)
    draw.rectangle((x - w * 0.035, top + h * 0.07, x + w * 0.035, top + h * 0.14), outline=(200, 70, 40), width=6)
    for number in range(-4, 5):
        draw.line(
            (x + number * w * 0.01, top + h * 0.165, x + number * w * 0.006, top + h * 0.24),
            fill=(240, 240, 236),
            width=2,
        )
    draw.ellipse((x - w * 0.042, top + h * 0.152, x + w * 0.042, top + h * 0.178), outline=(214, 84, 36), width=8)
    bx, by, r = random.uniform(0.12, 0.88) * w, h * 0.84, w * 0.05
    draw.ellipse((bx - r * 1.1, by + r * 0.72, bx + r * 1.5, by + r * 1.1), fill=mix(ground, (10, 8, 10), 0.5))
    ball(draw, bx, by, r, (214, 108, 44))
    draw.arc((bx - r * 0.7, by - r, bx + r * 1.9, by + r), 110, 250, fill=(60, 30, 16), width=4)
    draw.line((bx - r * 0.95, by + r * 0.2, bx + r * 0.9, by - r * 0.3), fill=(60, 30, 16), width=4)
    return picture


def avenue(random: Random, w: int, h: int) -> Image.Image:
    """A path between trees that runs to a light end."""
    mood = random.choice(
        (
            ((214, 226, 232), (250, 240, 214)),
            ((240, 214, 180), (255, 232, 190)),
            ((176, 204, 226), (232, 238, 232)),
        )
    )
    middle, horizon = w * random.uniform(0.4, 0.6), h * 0.5
    picture = gradient(w, h, mood[0], mood[1], (150, 160, 96), (84, 112, 58), (60, 88, 44))
    picture = glow(picture, [(middle, horizon * 0.9, w * 0.14)], (255, 236, 190))
    draw = ImageDraw.Draw(picture)
    draw.polygon(((middle - 10, horizon), (middle + 10, horizon), (w * 0.86, h), (w * 0.1, h)), fill=(196, 178, 150))
    for _ in range(7000):
        y = horizon + (h - horizon) * random.random()
        x = random.uniform(0, w)
        draw.point((x, y), fill=vary(random, colour_at(picture, x, y), 26))
    for step in range(9):
        near = (step / 8) ** 2.2
        for side in (-1, 1):
            x = middle + side * w * (0.04 + near * 0.56)
            foot, tall = horizon + (h - horizon) * near * 0.9, h * (0.14 + near * 0.9)
            trunk = max(3, int(w * (0.004 + near * 0.03)))
            haze = 0.75 * (1 - near)
            draw.line(
                (x, foot, x + side * trunk, foot - tall * 0.7),
                fill=mix((58, 44, 36), mood[1], haze),
                width=trunk,
            )
            r = tall * 0.42
            foliage(
                draw,
                random,
                (x - r, foot - tall * 1.25, x + r, foot - tall * 0.4),
                300 + step * 60,
                0.15 + haze * 0.5,
            )
            shadow = (x - r * 0.9 + r * 0.5, foot - 4, x + r * 0.9 + r * 0.5, foot + 6 + near * 30)
            draw.ellipse(shadow, fill=(70, 84, 48))
        if step in (3, 5):
            x, foot, tall = (
                middle + w * (0.03 + near * 0.36),
                horizon + (h - horizon) * near * 0.9,
                h * (0.1 + near * 0.5),
            )
            draw.line((x, foot, x, foot - tall), fill=(40, 42, 46), width=max(3, int(near * 16)))
            picture = glow(picture, [(x, foot - tall, w * 0.02)], (255, 220, 150))
            draw = ImageDraw.Draw(picture)
    return picture
