"""The pitch queue: who is on, who comes next, once more, later."""

from typing import Any

from participation.models import Event
from participation.selectors import hall as selectors
from participation.services import events as services

from .acts import Act, number

SHOWN = 5

ACTS: dict[str, Act] = {
    "pitch_next": lambda e, by, d: services.pitch_next(
        event=e, by=by, after=number(d, "after"), skip=d.get("skip") == "1"
    ),
    "pitch": lambda e, by, d: services.pitch_topic(event=e, by=by, topic=number(d, "topic")),
    "pitch_order": lambda e, by, d: services.order_pitches(event=e, by=by, order=d.get("order", "")),
}


def context(event: Event) -> dict[str, Any]:
    now = selectors.pitched_now(event)
    queue = [topic for topic in selectors.pitch_queue(event) if topic != now]
    return {"pitch_now": now, "pitch_queue": queue[:SHOWN], "pitch_more": max(len(queue) - SHOWN, 0)}
