"""Photo-like pictures for demo content, painted with Pillow: soft light, depth, grain; nobody is in them.

They stand in for what residents would upload, so they go through the same intake (`common.photos.take_in`).
"""

from collections.abc import Callable
from io import BytesIO
from random import Random
from typing import Final

from PIL import Image, ImageChops, ImageFilter

from . import places, things

Scene = Callable[[Random, int, int], Image.Image]

_BY_FIELD: Final[dict[str, Scene]] = {
    "freizeit": things.wall,
    "gruen": places.garden,
    "sport": places.court,
    "musik-medien": things.concert,
    "zusammenleben": things.feast,
    "wege": places.avenue,
    "lernen": things.shelf,
    "helfen": things.market,
}


def paint(field: str, seed: int | str, size: tuple[int, int] = (1200, 900)) -> bytes:
    """A JPEG of `size` pixels; the same field of action and seed always give the same picture."""
    random = Random(f"photo/{field}/{seed}")  # noqa: S311 - chance for pictures, not for secrets
    picture = _developed(_BY_FIELD.get(field, places.dusk)(random, *size), random)
    out = BytesIO()
    picture.save(out, "JPEG", quality=88)
    return out.getvalue()


def _developed(picture: Image.Image, random: Random) -> Image.Image:
    """What a lens and a sensor add: softness, darker corners, a tint, grain."""
    soft = picture.filter(ImageFilter.GaussianBlur(picture.width / 1500))
    corners = Image.radial_gradient("L").resize(soft.size).point(lambda value: max(0, value - 110) * 0.7)
    dark = Image.composite(Image.new("RGB", soft.size, (16, 14, 24)), soft, corners)
    tint = random.choice(((255, 236, 214), (232, 240, 255), (255, 246, 236)))
    tinted = ImageChops.multiply(dark, Image.new("RGB", soft.size, tint))
    return ImageChops.soft_light(tinted, _grain(soft.size, random))


def _grain(size: tuple[int, int], random: Random) -> Image.Image:
    width, height = size[0] // 2, size[1] // 2
    noise = Image.frombytes("L", (width, height), random.randbytes(width * height))
    calm = noise.point(lambda value: 128 + (value - 128) * 0.22).resize(size, Image.Resampling.BICUBIC)
    return Image.merge("RGB", (calm, calm, calm))
