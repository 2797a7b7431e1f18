"""Pages of an open space: its door, the phone, the projector and the stage."""

from .door import door, join, new
from .phone import phone
from .screen import screen
from .stage import stage

__all__ = ["door", "join", "new", "phone", "screen", "stage"]
