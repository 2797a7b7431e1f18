"""The wall, seen by those who lead: what waits for a look, what hangs, and what can be done with one topic."""

from typing import Any

from django.http import QueryDict
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from accounts.models import User
from common.errors import Refused
from participation.models import Event, Topic
from participation.rules.events import SHOWN_TOPICS, can_merge, can_team_move
from participation.selectors import events as selectors
from participation.services import events as services

from .acts import Act, number


def topic_of(event: Event, data: QueryDict, name: str = "topic") -> Topic:
    """The topic that a button is about. Raises Http404."""
    return get_object_or_404(event.topics.select_related("event"), number=number(data, name))


def _merge(event: Event, user: User, data: QueryDict) -> object:
    if not number(data, "into"):
        raise Refused("empty", _("Wähl aus, womit das Thema zusammengehört."))
    return services.merge_topic(topic=topic_of(event, data), into=topic_of(event, data, "into"), by=user)


ACTS: dict[str, Act] = {
    "topic": lambda e, by, d: services.move_topic(
        topic=topic_of(e, d), by=by, state=d.get("state", ""), reason=d.get("reason", "")
    ),
    "merge": _merge,
    "proposals": lambda e, by, d: services.set_switches(event=e, by=by, proposals_open=d.get("on") == "1"),
    "interest": lambda e, by, d: services.set_switches(event=e, by=by, interest_visible=d.get("on") == "1"),
    "held": lambda e, by, d: services.set_switches(event=e, by=by, topics_held=d.get("on") == "1"),
}


def context(event: Event) -> dict[str, Any]:
    topics = list(selectors.all_topics(event).reverse())
    return {
        "topics": [topic for topic in topics if topic.state != Topic.State.HELD],
        "held": [topic for topic in topics if topic.state == Topic.State.HELD],
        "reasons": [
            _("Verletzt jemanden"),
            _("Hängt schon an der Wand"),
            _("Gehört nicht hierher"),
            _("Steht zu viel Privates drin"),
        ],
    }


def chosen(event: Event, data: QueryDict) -> dict[str, Any]:
    """`?thema=7`: one topic with what can be done with it."""
    topic = event.topics.filter(number=number(data, "thema")).first()
    if topic is None:
        return {}
    others = event.topics.filter(state__in=sorted(SHOWN_TOPICS)).order_by("number")
    labels = {"on_wall": _("An die Wand"), "pitched": _("Ist vorgestellt"), "parked": _("Parken")}
    return {
        "chosen": topic,
        "chosen_moves": [(state, label) for state, label in labels.items() if can_team_move(topic, state)],
        "chosen_hides": can_team_move(topic, Topic.State.HIDDEN),
        "chosen_others": [other for other in others if can_merge(topic, other)],
    }
