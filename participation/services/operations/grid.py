"""Operations of a seat on the grid: its own topic in a cell, where it means to go, where it is."""

from collections.abc import Sequence

import msgspec
from django.utils.translation import gettext_lazy as _

from common.errors import Refused
from participation.live import events as live
from participation.models import Event, Topic
from participation.services import grid
from participation.services.events.remembered import Answer

from .kinds import Asked, Kind, Number, Outcome, one_by_one, unless_paused


class PlaceArguments(msgspec.Struct):
    topic: Number
    room: Number
    slot: Number


class TopicArguments(msgspec.Struct):
    topic: Number


class SignUpArguments(msgspec.Struct):
    topic: Number
    on: bool


class HereArguments(msgspec.Struct):
    topic: Number | None


def _topic(event: Event, asked: Asked) -> Topic:
    found = event.topics.filter(number=asked.a.topic).first()
    if found is None:
        raise Refused("absent", _("Dieses Thema hängt nicht mehr an der Wand."))
    return found


def _base(asked: Asked) -> int:
    """What the client had seen; whoever does not say it has seen nothing."""
    return -1 if asked.base_rev is None else asked.base_rev


def _place(event: Event, asked: Asked) -> Answer:
    topic = _topic(event, asked)
    room = event.rooms.filter(number=asked.a.room).first()
    slot = event.slots.filter(number=asked.a.slot).first()
    if room is None or slot is None:
        raise Refused("absent", _("Diesen Platz im Raster gibt es nicht mehr."))
    placed = grid.place_topic(topic=topic, room=room, slot=slot, seat=asked.seat, base_rev=_base(asked))
    return {"topic": topic.number, "room": room.number, "slot": slot.number, "warnings": placed.warnings}


def _unplace(event: Event, asked: Asked) -> Answer:
    topic = grid.unplace_topic(topic=_topic(event, asked), seat=asked.seat, base_rev=_base(asked))
    return {"topic": topic.number}


def _begin(event: Event, asked: Asked) -> Answer:
    topic = grid.run_topic(topic=_topic(event, asked), state=Topic.State.RUNNING, seat=asked.seat)
    return {"topic": topic.number}


def _finish(event: Event, asked: Asked) -> Answer:
    topic = grid.run_topic(topic=_topic(event, asked), state=Topic.State.HARVESTED, seat=asked.seat)
    return {"topic": topic.number}


def _sign_up(event_id: int, many: Sequence[Asked]) -> Sequence[Outcome]:
    marks = [grid.PlanMark(asked.seat.pk, asked.op, asked.a.topic, asked.a.on) for asked in many]
    return grid.mark_plans(event_id=event_id, marks=marks)


def _here(event_id: int, many: Sequence[Asked]) -> Sequence[Outcome]:
    marks = [grid.HereMark(asked.seat.pk, asked.op, asked.a.topic) for asked in many]
    return grid.mark_whereabouts(event_id=event_id, marks=marks)


KINDS = (
    one_by_one(live.PLACE, PlaceArguments, _place),
    one_by_one(live.UNPLACE, TopicArguments, _unplace),
    one_by_one(live.BEGIN, TopicArguments, _begin),
    one_by_one(live.FINISH, TopicArguments, _finish),
    Kind(live.SIGN_UP, SignUpArguments, unless_paused(_sign_up)),
    Kind(live.HERE, HereArguments, unless_paused(_here)),
)
