"""Reading what the stage and one seat see beside the common state: queues, help calls, what can be taken back."""

from collections import defaultdict
from typing import Any

from django.db.models import Model, QuerySet, Value
from django.db.models.functions import Coalesce
from django.utils import timezone

from participation.models import (
    Event,
    HelpCall,
    Interest,
    OutcomeJoin,
    Seat,
    SignUp,
    Topic,
    Undo,
    Whereabouts,
)
from participation.rules.events import SHOWN_TOPICS

SHOWN = sorted(SHOWN_TOPICS)


# --- one seat --------------------------------------------------------------------------------------------
def marks_of(seat: Seat) -> dict[str, Any]:
    """What a seat has said, by numbers of topics and outcomes; one query.

    `interest`; `plan`, topics it means to go to; `mine`, those it has proposed; `outcomes` it is in; and `here`,
    where it is now: a topic's number, 0 while it moves between, or None if it said nothing.
    """
    found = _numbers(Interest, seat, "interest").union(
        _numbers(SignUp, seat, "plan"),
        _numbers(Topic, seat, "mine", "number"),
        _numbers(OutcomeJoin, seat, "outcomes", "outcome__number"),
        _numbers(Whereabouts, seat, "here"),
        all=True,
    )
    by_kind: defaultdict[str, list[int]] = defaultdict(list)
    for kind, number in found:
        by_kind[kind].append(number or 0)
    lists = {kind: sorted(by_kind[kind]) for kind in ("interest", "plan", "mine", "outcomes")}
    return {**lists, "here": next(iter(by_kind["here"]), None)}


def _numbers(model: type[Model], seat: Seat, kind: str, number: str = "topic__number") -> QuerySet[Any, Any]:
    return model._default_manager.filter(seat=seat).order_by().values_list(Value(kind), number)


# --- topics ----------------------------------------------------------------------------------------------
def pitch_queue(event: Event) -> QuerySet[Topic]:
    """Topics that nobody has pitched yet, whoever is called up next first."""
    waiting = event.topics.filter(state=Topic.State.ON_WALL)
    return waiting.order_by(Coalesce("pitch_order", "number"), "number")


def pitched_now(event: Event) -> Topic | None:
    """The topic that stands on the projector to be pitched."""
    if event.scene.get("kind") != "pitch":
        return None
    return event.topics.filter(number=event.scene.get("topic", 0)).first()


def own_topics(seat: Seat) -> QuerySet[Topic]:
    """What a seat has proposed, in every state, with what it was merged into."""
    return seat.topics.select_related("merged_into").order_by("number")


# --- help calls ------------------------------------------------------------------------------------------
def waiting_calls(event: Event) -> QuerySet[HelpCall]:
    """Help calls that are not done, whoever waits longest first."""
    calls = event.help_calls.exclude(state=HelpCall.State.DONE)
    return calls.select_related("seat", "taken_by").order_by("called_at")


def own_call(seat: Seat) -> HelpCall | None:
    """The help call of a seat that is not done."""
    return seat.help_calls.exclude(state=HelpCall.State.DONE).first()


# --- the stage -------------------------------------------------------------------------------------------
def undo_offer(event: Event) -> Undo | None:
    """What can be taken back at this moment."""
    return Undo.objects.filter(event=event, until__gt=timezone.now()).first()


def news_of(event: Event) -> dict[str, Any]:
    """Figures for the scene "Neuigkeiten"."""
    return {
        "latest": list(event.topics.filter(state__in=SHOWN).order_by("-number")[:4]),
        "topics": event.topics.filter(state__in=SHOWN).count(),
        "outcomes": event.outcome_list.filter(hidden=False).count(),
    }
