"""What every part of the stage needs to carry out its buttons."""

from collections.abc import Callable
from typing import Any

from django.http import QueryDict

from accounts.models import User
from participation.models import Event

Act = Callable[[Event, User, QueryDict], object]
"""A button: does it or raises Refused, Http404, Mistaken."""


class Mistaken(Exception):  # noqa: N818 - it is an answer, not a fault
    """A form has mistakes: the page is shown again with `context`, which holds the form as it was typed."""

    def __init__(self, **context: Any) -> None:
        super().__init__()
        self.context = context


def number(data: QueryDict, name: str) -> int:
    """A small number from a form; 0 for everything else."""
    value = data.get(name, "")
    return int(value) if value.isascii() and value.isdigit() and len(value) < 9 else 0
