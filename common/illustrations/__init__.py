"""Pictures drawn by the program where a photo is missing.

The same field of action and seed always give the same picture, so an idea keeps its face; different seeds
differ in motif, background, colour and place, so that a list does not look like a row of copies.
"""

from random import Random

from .pen import sheet
from .scenes import BY_FIELD, OTHER


def draw(field: str, seed: int | str) -> str:
    """A complete SVG document of 356 × 132 units, without scripts, styles or references, of at most 3 KB.

    `field` is the slug of a field of action; an unknown one gets a motif of the platform itself.
    """
    random = Random(f"{field}/{seed}")  # noqa: S311 - chance for pictures, not for secrets
    scene = random.choice(BY_FIELD.get(field, OTHER))
    return sheet(scene(random))
