"""Operations on the harvest: notes, outcomes, and who is in."""

from collections.abc import Sequence
from typing import Any

import msgspec
from django.utils.translation import gettext_lazy as _

from common.errors import Refused
from participation.live import events as live
from participation.models import Event, Note
from participation.services import harvest
from participation.services.events.remembered import Answer

from .kinds import Asked, Kind, Number, Outcome, one_by_one


class NoteArguments(msgspec.Struct):
    """A line for a section of a topic's notes (`talked`, `want`, `carry`, `open`)."""

    topic: Number
    section: str
    text: str


class NoteRemoval(msgspec.Struct):
    """Both are numbers: of the topic, and of the note in it."""

    topic: Number
    note: Number


class OutcomeArguments(msgspec.Struct):
    topic: Number
    title: str
    text: str = ""


class JoinArguments(msgspec.Struct):
    outcome: Number
    on: bool


def _write(event: Event, asked: Asked) -> Answer:
    topic = event.topics.filter(number=asked.a.topic).first()
    if topic is None:
        raise Refused("absent", _("Dieses Thema gibt es nicht mehr."))
    a = asked.a
    note = harvest.write_note(topic=topic, author=asked.seat, op=asked.op, section=a.section, text=a.text)
    return {"topic": topic.number, "note": note.number}


def _remove(event: Event, asked: Asked) -> Answer:
    note = Note.objects.filter(topic__event=event, topic__number=asked.a.topic, number=asked.a.note)
    found = note.select_related("topic__event").first()
    if found is not None:
        harvest.remove_note(note=found, seat=asked.seat)
    return {"topic": asked.a.topic}


def _propose(_event: Event, asked: Asked) -> Answer:
    a: Any = asked.a
    outcome = harvest.propose_outcome(seat=asked.seat, op=asked.op, topic=a.topic, title=a.title, text=a.text)
    return {"outcome": outcome.number, "held": outcome.hidden}


def _join(event_id: int, many: Sequence[Asked]) -> Sequence[Outcome]:
    marks = [harvest.JoinMark(asked.seat, asked.op, asked.a.outcome, asked.a.on) for asked in many]
    return harvest.join_outcomes(event_id=event_id, marks=marks)


KINDS = (
    one_by_one(live.WRITE_NOTE, NoteArguments, _write),
    one_by_one(live.REMOVE_NOTE, NoteRemoval, _remove),
    one_by_one(live.PROPOSE_OUTCOME, OutcomeArguments, _propose),
    Kind(live.JOIN_OUTCOME, JoinArguments, _join),
)
