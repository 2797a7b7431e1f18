"""Operations of the hall's everyday: withdraw a topic, think again, call for help."""

import msgspec

from participation.live import events as live
from participation.models import Event
from participation.services import events
from participation.services.events.remembered import Answer

from .kinds import Asked, Number, one_by_one


class TopicArguments(msgspec.Struct):
    topic: Number


class HelpArguments(msgspec.Struct):
    where: str = ""
    text: str = ""


class NoArguments(msgspec.Struct):
    pass


def _withdraw(_event: Event, asked: Asked) -> Answer:
    return {"topic": events.withdraw_topic(seat=asked.seat, topic=asked.a.topic).number}


def _restore(_event: Event, asked: Asked) -> Answer:
    return {"topic": events.restore_topic(seat=asked.seat, topic=asked.a.topic).number}


def _call(_event: Event, asked: Asked) -> Answer:
    call = events.call_help(seat=asked.seat, op=asked.op, where=asked.a.where, text=asked.a.text)
    return {"call": call.pk, "state": call.state}


def _cancel(_event: Event, asked: Asked) -> Answer:
    call = events.cancel_help(seat=asked.seat)
    return {"call": call.pk if call else 0, "state": "done"}


KINDS = (
    one_by_one(live.WITHDRAW, TopicArguments, _withdraw),
    one_by_one(live.RESTORE, TopicArguments, _restore),
    one_by_one(live.HELP, HelpArguments, _call, always=True),
    one_by_one(live.HELP_OFF, NoArguments, _cancel, always=True),
)
