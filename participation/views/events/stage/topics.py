"""The wall, seen by those who lead."""

from typing import Any

from django.http import QueryDict
from django.shortcuts import get_object_or_404

from participation.models import Event, Topic
from participation.selectors import events as selectors
from participation.services import events as services

from .acts import Act, number


def topic_of(event: Event, data: QueryDict) -> Topic:
    """The topic that a button is about. Raises Http404."""
    return get_object_or_404(event.topics.select_related("event"), number=number(data, "topic"))


ACTS: dict[str, Act] = {
    "topic": lambda e, by, d: services.move_topic(topic=topic_of(e, d), by=by, state=d.get("state", "")),
}


def context(event: Event) -> dict[str, Any]:
    return {"topics": selectors.all_topics(event)}
