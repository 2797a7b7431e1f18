"""The wall on the phone."""

from typing import Any

from participation.forms.events import TopicForm
from participation.models import Event
from participation.rules.events import can_propose
from participation.selectors import events as selectors


def context(event: Event, you: dict[str, Any], form: TopicForm | None) -> dict[str, Any]:
    """`form` is a proposal with mistakes."""
    return {
        "topics": topic_rows(event, you["interest"]),
        "may_propose": can_propose(event),
        "topic_form": form or TopicForm(),
    }


def topic_rows(event: Event, interest: list[int]) -> list[dict[str, Any]]:
    """Topics of the wall with what this seat thinks of them."""
    rows = selectors.shown_topics(event)
    return [{"topic": topic, "mine": topic.number in interest} for topic in rows]
