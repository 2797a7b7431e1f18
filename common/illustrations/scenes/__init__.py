"""The motifs by field of action: a scene takes the source of chance and returns one picture's content."""

from collections.abc import Callable
from random import Random
from typing import Final

from . import green, helping, kickoff, learning, leisure, music, sport, together, ways

Scene = Callable[[Random], str]

OTHER: Final[tuple[Scene, ...]] = kickoff.SCENES
BY_FIELD: Final[dict[str, tuple[Scene, ...]]] = {
    "freizeit": leisure.SCENES,
    "gruen": green.SCENES,
    "sport": sport.SCENES,
    "musik-medien": music.SCENES,
    "zusammenleben": together.SCENES,
    "wege": ways.SCENES,
    "lernen": learning.SCENES,
    "helfen": helping.SCENES,
}
