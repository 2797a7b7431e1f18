"""The operations of a seat: one table for the socket, for HTTP and for plain forms (docs/live-protocol.md)."""

import uuid
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from typing import Annotated, Any

import msgspec
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from common.errors import Refused
from participation.live import events as live
from participation.models import Event, Seat
from participation.services import ballots, events
from participation.services.events.log import lock_event
from participation.services.events.remembered import Answer, answered, remember

Number = Annotated[int, msgspec.Meta(ge=1, le=2**31 - 1)]
Key = Annotated[int, msgspec.Meta(ge=1, le=2**62)]
Outcome = Answer | Refused


@dataclass(frozen=True, slots=True)
class Asked:
    """An operation that a seat wants carried out. `a` is an instance of the kind's arguments."""

    kind: "Kind"
    seat: Seat
    op: uuid.UUID
    a: Any
    base_rev: int | None = None
    """What the client had seen of the thing when it asked; for those kinds that compare and set."""

    @property
    def key(self) -> Hashable:
        return self.kind.key(self)


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of operation. Those with the same `key` are carried out together; one outcome for each, in order."""

    name: str
    arguments: type[msgspec.Struct]
    carry_out: Callable[[Any, Sequence[Asked]], Sequence[Outcome]]
    key: Callable[[Asked], Hashable] = lambda asked: asked.seat.event_id


class Bad(Exception):  # noqa: N818 - it is no error of ours: the client made a programming mistake
    """Arguments that are none, or (`unknown`) an operation that is none."""

    def __init__(self, *, unknown: bool = False) -> None:
        super().__init__()
        self.unknown = unknown


def ask(*, seat: Seat, op: uuid.UUID, kind: str, arguments: Any, base_rev: int | None = None) -> Asked:
    """An operation with its arguments checked for shape. Raises Bad."""
    known = KINDS.get(kind)
    if known is None:
        raise Bad(unknown=True)
    try:
        converted = msgspec.convert(arguments, known.arguments)
    except (msgspec.ValidationError, OverflowError) as error:
        raise Bad from error
    if _has_nul(arguments):
        raise Bad
    return Asked(known, seat, op, converted, base_rev)


def _has_nul(value: Any) -> bool:
    """Whether a NUL is in it, which PostgreSQL cannot keep."""
    if isinstance(value, dict):
        return any(_has_nul(part) for pair in value.items() for part in pair)
    return isinstance(value, str) and "\0" in value


def carry_out(asked: Asked) -> Outcome:
    """Carry out one operation, for doors that do not gather."""
    (outcome,) = asked.kind.carry_out(asked.key, [asked])
    return outcome


def one_by_one(name: str, arguments: type[msgspec.Struct], act: Callable[[Event, Asked], Answer]) -> Kind:
    """A kind whose operations are rare enough for a transaction each.

    `act` gets the locked event and returns what the answer says beside `rev`; it may raise Refused. An
    operation that was carried out before gets the same answer with `dup`.
    """

    def each(_key: Hashable, many: Sequence[Asked]) -> Sequence[Outcome]:
        return [_one(act, asked) for asked in many]

    return Kind(name, arguments, each)


def _one(act: Callable[[Event, Asked], Answer], asked: Asked) -> Outcome:
    try:
        with transaction.atomic():
            event = lock_event(event=Event(pk=asked.seat.event_id))
            known = answered(asked=[(asked.seat.pk, asked.op)])
            if known:
                return known[asked.seat.pk, asked.op]
            if event.frozen:
                raise Refused("paused", _("Kurze Pause: Gleich geht es weiter, dann klappt das."))
            answer = act(event, asked)
            answer = {"rev": Event.objects.values_list("seq", flat=True).get(pk=event.pk), **answer}
            remember(answers={(asked.seat.pk, asked.op): answer})
            return answer
    except Refused as refusal:
        return refusal


# --- the kinds -------------------------------------------------------------------------------------------
class CastArguments(msgspec.Struct):
    """A paper: option number (or, for words, the word) → points."""

    ballot: Key
    choice: dict[str, int]


class InterestArguments(msgspec.Struct):
    topic: Number
    on: bool


class ProposeArguments(msgspec.Struct):
    title: str
    text: str = ""


def _cast(ballot_id: int, many: Sequence[Asked]) -> Sequence[Outcome]:
    papers = [ballots.Paper(asked.seat.pk, asked.op, asked.a.choice) for asked in many]
    return ballots.cast_papers(ballot_id=ballot_id, papers=papers)


def _mark(event_id: int, many: Sequence[Asked]) -> Sequence[Outcome]:
    marks = [events.InterestMark(asked.seat.pk, asked.op, asked.a.topic, asked.a.on) for asked in many]
    return events.mark_interests(event_id=event_id, marks=marks)


def _propose(_event: Event, asked: Asked) -> Answer:
    topic = events.propose_topic(seat=asked.seat, op=asked.op, title=asked.a.title, text=asked.a.text)
    return {"topic": topic.number}


KINDS: dict[str, Kind] = {
    kind.name: kind
    for kind in (
        Kind(live.CAST, CastArguments, _cast, key=lambda asked: asked.a.ballot),
        Kind(live.INTEREST, InterestArguments, _mark),
        one_by_one(live.PROPOSE, ProposeArguments, _propose),
    )
}
"""Every kind of operation by its name."""
