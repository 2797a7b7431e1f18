"""What a kind of operation is, and how one is carried out (docs/live-protocol.md)."""

import uuid
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from typing import Annotated, Any

import msgspec
from django.db import transaction

from common.errors import Refused
from participation.models import Event, Seat
from participation.services.events.log import lock_event
from participation.services.events.remembered import Answer, answered, paused, remember

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


def unless_paused(
    act: Callable[[Any, Sequence[Asked]], Sequence[Outcome]],
) -> Callable[[Any, Sequence[Asked]], Sequence[Outcome]]:
    """A batch function that answers `paused` to everybody in an event that the team has stopped."""

    def each(key: Any, many: Sequence[Asked]) -> Sequence[Outcome]:
        events = {asked.seat.event_id for asked in many}
        stopped = set(Event.objects.filter(pk__in=events, frozen=True).values_list("pk", flat=True))
        if not stopped:
            return act(key, many)
        going = [asked for asked in many if asked.seat.event_id not in stopped]
        outcomes = iter(act(key, going) if going else ())
        return [paused() if asked.seat.event_id in stopped else next(outcomes) for asked in many]

    return each


def one_by_one(
    name: str, arguments: type[msgspec.Struct], act: Callable[[Event, Asked], Answer], *, always: bool = False
) -> Kind:
    """A kind whose operations are rare enough for a transaction each.

    `act` gets the locked event and returns what the answer says beside `rev`; it may raise Refused. An
    operation that was carried out before gets the same answer with `dup`. While the team has stopped everything
    it is refused, unless it works `always`.
    """

    def each(_key: Hashable, many: Sequence[Asked]) -> Sequence[Outcome]:
        return [_one(act, asked, always=always) for asked in many]

    return Kind(name, arguments, each)


def _one(act: Callable[[Event, Asked], Answer], asked: Asked, *, always: bool) -> Outcome:
    try:
        with transaction.atomic():
            event = lock_event(event=Event(pk=asked.seat.event_id))
            known = answered(asked=[(asked.seat.pk, asked.op)])
            if known:
                return known[asked.seat.pk, asked.op]
            if event.frozen and not always:
                raise paused()
            answer = act(event, asked)
            answer = {"rev": Event.objects.values_list("seq", flat=True).get(pk=event.pk), **answer}
            remember(answers={(asked.seat.pk, asked.op): answer})
            return answer
    except Refused as refusal:
        return refusal
