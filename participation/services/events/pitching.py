"""The pitch queue: one topic after the other stands on the projector for a minute."""

from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from common.errors import Refused
from participation.models import Event, Topic
from participation.rules.events import PITCH_SECONDS
from participation.selectors.hall import pitch_queue, pitched_now

from .log import lock_event_for
from .moving import put_topic
from .scenes import place_scene, put_scene_back
from .undoing import offer_undo, too_late

State = Topic.State
ORDERS = ("number", "interest")


@transaction.atomic
def order_pitches(*, event: Event, by: User, order: str) -> Event:
    """Who is waiting to pitch stands in the order of numbers, or of interest. Raises Refused `forbidden`, `bad`."""
    locked = lock_event_for(event=event, by=by)
    if order not in ORDERS:
        raise Refused("bad", _("Diese Reihenfolge gibt es nicht."))
    by_what = ("-interest_count", "number") if order == "interest" else ("number",)
    for place, topic in enumerate(locked.topics.filter(state=State.ON_WALL).order_by(*by_what), start=1):
        Topic.objects.filter(pk=topic.pk).update(pitch_order=place)
    return locked


@transaction.atomic
def pitch_next(*, event: Event, by: User, after: int = 0, skip: bool = False) -> Event:
    """Call up the next topic: whoever pitches now (`after`, by number) is done or, with `skip`, comes last.

    With nobody left the wall is shown. Somebody else's press in the meantime makes this one do nothing.
    """
    locked = lock_event_for(event=event, by=by)
    before = locked.scene
    now = pitched_now(locked)
    if (now.number if now else 0) != after:
        return locked
    done = 0
    if now is not None and skip:
        _put_last(locked, now)
    elif now is not None and now.state == State.ON_WALL:
        done = now.number
        put_topic(event=locked, topic=now, state=State.PITCHED)
    _call_up(locked, pitch_queue(locked).first())
    offer_undo(event=locked, act="pitch", before=before, now=locked.scene, done=done)
    return locked


@transaction.atomic
def pitch_topic(*, event: Event, by: User, topic: int) -> Event:
    """Call up this topic, or give it its minute once more. Raises Refused `forbidden`, `absent`."""
    locked = lock_event_for(event=event, by=by)
    found = locked.topics.filter(number=topic, state__in=[State.ON_WALL, State.PITCHED]).first()
    if found is None:
        raise Refused("absent", _("Dieses Thema hängt nicht mehr an der Wand."))
    before = locked.scene
    _call_up(locked, found)
    offer_undo(event=locked, act="scene", before=before, now=locked.scene)
    return locked


def take_pitch_back(event: Event, facts: dict[str, Any]) -> None:
    """The one before is on again. Raises Refused `too_late`."""
    put_scene_back(event, facts)
    topic = event.topics.filter(number=facts["done"]).first() if facts["done"] else None
    if topic is not None and topic.state != State.PITCHED:
        raise too_late()
    if topic is not None:
        put_topic(event=event, topic=topic, state=State.ON_WALL)


def _call_up(event: Event, topic: Topic | None) -> None:
    if topic is None:
        place_scene(event=event, kind="wall")
    else:
        place_scene(event=event, kind="pitch", topic=topic.number, minutes=PITCH_SECONDS / 60)


def _put_last(event: Event, topic: Topic) -> None:
    last = event.topics.aggregate(order=Max("pitch_order"), number=Max("number"))
    topic.pitch_order = max(last["order"] or 0, last["number"] or 0) + 1
    topic.save(update_fields=["pitch_order"])
