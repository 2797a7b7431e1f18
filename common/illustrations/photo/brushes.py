"""Brushes of the photo-like pictures: gradients, light, blur, leaves, balls, planks."""

from random import Random
from typing import Final, cast

from PIL import Image, ImageChops, ImageDraw, ImageFilter

Colour = tuple[int, int, int]
Box = tuple[float, float, float, float]

LEAVES: Final[tuple[Colour, ...]] = ((46, 84, 40), (64, 108, 48), (88, 132, 58), (120, 156, 72), (38, 70, 44))
FRUIT: Final[tuple[Colour, ...]] = (
    (196, 44, 36),
    (236, 140, 32),
    (240, 200, 64),
    (98, 142, 46),
    (120, 40, 70),
    (220, 96, 40),
)


def gradient(width: int, height: int, *stops: Colour) -> Image.Image:
    """Colours from top to bottom."""
    column = Image.new("RGB", (1, len(stops)))
    column.putdata(stops)
    return column.resize((width, height), Image.Resampling.BICUBIC)


def vary(random: Random, colour: Colour, by: int) -> Colour:
    shift = random.randint(-by, by)
    red, green, blue = (max(0, min(255, part + shift + random.randint(-by // 3, by // 3))) for part in colour)
    return red, green, blue


def mix(one: Colour, other: Colour, share: float) -> Colour:
    red, green, blue = (round(a + (b - a) * share) for a, b in zip(one, other, strict=True))
    return red, green, blue


def colour_at(picture: Image.Image, x: float, y: float) -> Colour:
    """The colour of the nearest pixel inside the picture."""
    place = min(picture.width - 1, max(0, int(x))), min(picture.height - 1, max(0, int(y)))
    return cast(Colour, picture.getpixel(place))


def glow(picture: Image.Image, spots: list[tuple[float, float, float]], colour: Colour) -> Image.Image:
    """Light around points: (x, y, radius) each, added to what is there."""
    small = Image.new("RGB", (picture.width // 4, picture.height // 4))
    draw = ImageDraw.Draw(small)
    for x, y, r in spots:
        draw.ellipse(((x - r) / 4, (y - r) / 4, (x + r) / 4, (y + r) / 4), fill=colour)
    widest = max(r for _x, _y, r in spots)
    light = small.filter(ImageFilter.GaussianBlur(widest / 8)).resize(picture.size, Image.Resampling.BICUBIC)
    return ImageChops.screen(picture, light)


def blurred(picture: Image.Image, top: float, bottom: float, radius: float) -> Image.Image:
    """Out of focus above `top`, sharp below `bottom` (shares of the height)."""
    mask = Image.new("L", (1, 100), 0)
    mask.putdata([round(255 * min(1, max(0, (bottom - y / 100) / (bottom - top)))) for y in range(100)])
    return Image.composite(
        picture.filter(ImageFilter.GaussianBlur(radius)),
        picture,
        mask.resize(picture.size, Image.Resampling.BICUBIC),
    )


def foliage(draw: ImageDraw.ImageDraw, random: Random, box: Box, number: int, light: float) -> None:
    """A crown or hedge of many leaves in an ellipse; the upper left catches the light."""
    left, top, right, bottom = box
    size = max(3.0, (right - left) * 0.045)
    for _ in range(number):
        u, v = random.gauss(0, 0.42), random.gauss(0, 0.42)
        if u * u + v * v > 1:
            continue
        x, y = left + (right - left) * (u + 1) / 2, top + (bottom - top) * (v + 1) / 2
        shade = mix(random.choice(LEAVES), (236, 226, 130), max(0.0, light - (u + v) * 0.28 - 0.1))
        dark = mix(shade, (12, 24, 20), max(0.0, (u + v) * 0.35))
        r = size * random.uniform(0.5, 1.3)
        draw.ellipse((x - r, y - r * 0.7, x + r, y + r * 0.7), fill=vary(random, dark, 10))


def ball(draw: ImageDraw.ImageDraw, x: float, y: float, r: float, colour: Colour) -> None:
    """A shaded ball, lit from the upper left."""
    for step in range(14):
        share = step / 13
        shade = mix(mix(colour, (10, 8, 12), 0.55), mix(colour, (255, 255, 255), 0.45), share)
        rest = r * (1 - share * 0.86)
        shift = (r - rest) * 0.42
        draw.ellipse((x - shift - rest, y - shift - rest, x - shift + rest, y - shift + rest), fill=shade)


def planks(draw: ImageDraw.ImageDraw, random: Random, box: Box, wood: Colour, number: int) -> None:
    left, top, right, bottom = box
    high = (bottom - top) / number
    for index in range(number):
        y = top + index * high
        draw.rectangle((left, y, right, y + high), fill=vary(random, wood, 12))
        for _ in range(5):
            grain = y + random.uniform(2, high - 2)
            draw.line(
                (left, grain, right, grain + random.uniform(-3, 3)),
                fill=mix(vary(random, wood, 8), (40, 20, 8), 0.25),
            )
        draw.line((left, y, right, y), fill=mix(wood, (20, 10, 4), 0.6), width=2)
