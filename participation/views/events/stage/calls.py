"""Help calls: they ring on top of the stage, and nowhere else."""

from typing import Any

from participation.models import Event
from participation.selectors import hall as selectors
from participation.services import events as services

from .acts import Act, number

ACTS: dict[str, Act] = {
    "help_take": lambda e, by, d: services.take_help(event=e, by=by, call=number(d, "call")),
    "help_done": lambda e, by, d: services.finish_help(event=e, by=by, call=number(d, "call")),
}


def context(event: Event) -> dict[str, Any]:
    return {"calls": list(selectors.waiting_calls(event))}
