"""What is about this seat alone: its topics with what became of them, and its call for help."""

import uuid
from collections.abc import Mapping
from typing import Any

from participation.models import Event, HelpCall, Seat, Topic
from participation.rules.events import BACK_WITHIN, OPEN_DOORS, SHOWN_TOPICS, can_move_topic, may_call_help
from participation.selectors import hall as selectors

TONES = {
    Topic.State.HELD: "sun",
    Topic.State.HIDDEN: "blush",
    Topic.State.MERGED: "lilac",
    Topic.State.PARKED: "mist",
    Topic.State.WITHDRAWN: "plain",
}


def context(event: Event, seat: Seat, you: Mapping[str, Any], call: HelpCall | None) -> dict[str, Any]:
    """`call` is the seat's call for help, if it waits for somebody."""
    rows = [_row(topic, event) for topic in selectors.own_topics(seat)] if you["mine"] else []
    return {
        "own": rows,
        "own_withdrawable": [row for row in rows if row["may_withdraw"]],
        "call": call,
        "may_call": may_call_help(event),
        "own_ops": {"help": uuid.uuid4(), "off": uuid.uuid4()},
    }


def _row(topic: Topic, event: Event) -> dict[str, Any]:
    """A topic with what its proposer may do. `back` is until when it can be put up again, in milliseconds."""
    into = topic.merged_into
    withdrawn = topic.state == Topic.State.WITHDRAWN and topic.moved_at is not None
    return {
        "topic": topic,
        "tone": TONES.get(Topic.State(topic.state), "leaf"),
        "shown": topic.state in SHOWN_TOPICS,
        "merged_into": into if into is not None and into.state in SHOWN_TOPICS else None,
        "may_withdraw": event.state in OPEN_DOORS and can_move_topic(topic, Topic.State.WITHDRAWN),
        "back": int((topic.moved_at + BACK_WITHIN).timestamp() * 1000) if withdrawn and topic.moved_at else None,
        "ops": (uuid.uuid4(), uuid.uuid4()),
    }
