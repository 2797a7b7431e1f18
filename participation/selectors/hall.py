"""Reading what the stage and one seat see beside the common state: queues, help calls, what can be taken back."""

from typing import Any

from django.db.models import QuerySet
from django.db.models.functions import Coalesce
from django.utils import timezone

from participation.models import Event, HelpCall, Seat, Topic, Undo
from participation.rules.events import SHOWN_TOPICS

SHOWN = sorted(SHOWN_TOPICS)


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
