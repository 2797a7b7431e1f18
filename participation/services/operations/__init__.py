"""The operations of a seat: one table for the socket, for HTTP and for plain forms (docs/live-protocol.md)."""

import uuid
from collections.abc import Sequence
from typing import Any

import msgspec

from common.throttles import Limit
from participation.live import events as live
from participation.models import Event, Seat
from participation.services import ballots, events
from participation.services.events.remembered import Answer

from . import grid, hall, harvest, kinds, voting
from .kinds import Asked, Key, Kind, Number, Outcome

__all__ = ["KINDS", "PACE", "Answer", "Asked", "Bad", "Key", "Kind", "Number", "Outcome", "ask", "carry_out"]


PACE = Limit("operations of a seat by HTTP", 100, seconds=10)
"""As quick as on a socket (common.live.consumer): a thumb never gets there, a script does."""


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
    if not _can_be_kept(arguments):
        raise Bad
    return Asked(known, seat, op, converted, base_rev)


def _can_be_kept(value: Any) -> bool:
    """Whether every text in it is one: no NUL, which PostgreSQL cannot keep, and no half of a pair of surrogates."""
    if isinstance(value, dict):
        return all(_can_be_kept(part) for pair in value.items() for part in pair)
    if not isinstance(value, str):
        return True
    return "\0" not in value and (value.isascii() or not any("\ud800" <= sign <= "\udfff" for sign in value))


def carry_out(*, asked: Asked) -> Outcome:
    """Carry out one operation, for doors that do not gather; they count it by `PACE` before."""
    (outcome,) = asked.kind.carry_out(asked.key, [asked])
    return outcome


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
    ballots.make_up_at_first(event_id=many[0].seat.event_id)
    papers = [ballots.Paper(asked.seat.pk, asked.op, asked.a.choice) for asked in many]
    return ballots.cast_papers(ballot_id=ballot_id, papers=papers)


def _mark(event_id: int, many: Sequence[Asked]) -> Sequence[Outcome]:
    marks = [events.InterestMark(asked.seat.pk, asked.op, asked.a.topic, asked.a.on) for asked in many]
    return events.mark_interests(event_id=event_id, marks=marks)


def _propose(_event: Event, asked: Asked) -> Answer:
    topic = events.propose_topic(seat=asked.seat, op=asked.op, title=asked.a.title, text=asked.a.text)
    return {"topic": topic.number, "held": topic.state == topic.State.HELD}


KINDS: dict[str, Kind] = {
    kind.name: kind
    for kind in (
        Kind(live.CAST, CastArguments, _cast, key=lambda asked: asked.a.ballot),
        Kind(live.INTEREST, InterestArguments, _mark),
        kinds.one_by_one(live.PROPOSE, ProposeArguments, _propose),
        *voting.KINDS,
        *grid.KINDS,
        *hall.KINDS,
        *harvest.KINDS,
    )
}
"""Every kind of operation by its name."""
