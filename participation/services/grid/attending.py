"""Where people mean to go and where they are: many taps at once, counted and never shown by name."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from common.errors import Refused
from participation.models import Event, Seat, SignUp, Topic, Whereabouts
from participation.rules.events import OPEN_DOORS
from participation.rules.grid import OPEN_GROUPS
from participation.services.events.log import announce_tally
from participation.services.events.remembered import Answer, answered, remember

Outcome = Answer | Refused
Pair = tuple[int, int]


@dataclass(frozen=True, slots=True)
class PlanMark:
    """ "Da geh ich hin", or not any more; `topic` is a number."""

    seat_id: int
    op: uuid.UUID
    topic: int
    on: bool


@dataclass(frozen=True, slots=True)
class HereMark:
    """ "Ich bin jetzt hier"; without a topic: on the way between two."""

    seat_id: int
    op: uuid.UUID
    topic: int | None


@transaction.atomic
def mark_plans(*, event_id: int, marks: Sequence[PlanMark]) -> list[Outcome]:
    """Carry out many sign-ups of one event at once; an answer or a refusal for each, in order.

    Refusals: `absent` (the topic is not in the grid), `closed` (the event is over).
    """
    event = Event.objects.get(pk=event_id)
    topics = _topics(event, {mark.topic for mark in marks}, lock=True)
    known = answered(asked=[(mark.seat_id, mark.op) for mark in marks])
    pairs = {(topics[mark.topic].pk, mark.seat_id) for mark in marks if mark.topic in topics}
    present = _present(pairs)
    wanted = set(present)
    fresh: dict[tuple[int, uuid.UUID], Answer] = {}
    outcomes: list[Outcome] = []
    for mark in marks:
        key = (mark.seat_id, mark.op)
        refusal = _refusal(event, topics.get(mark.topic))
        if key in known or key in fresh:
            outcomes.append(known.get(key) or {**fresh[key], "dup": True})
        elif refusal is not None:
            outcomes.append(refusal)
        else:
            (wanted.add if mark.on else wanted.discard)((topics[mark.topic].pk, mark.seat_id))
            fresh[key] = {"rev": event.seq, "on": mark.on}
            outcomes.append(fresh[key])
    _write(present, wanted)
    remember(answers=fresh)
    if wanted != present:
        announce_tally(event_id=event_id)
    return outcomes


@transaction.atomic
def mark_whereabouts(*, event_id: int, marks: Sequence[HereMark]) -> list[Outcome]:
    """Carry out many "I am here" of one event at once; of two by the same seat the later one stays.

    Refusals: `absent` (there is no such group now), `closed` (the event is over).
    """
    event = Event.objects.get(pk=event_id)
    _lock_seats({mark.seat_id for mark in marks})
    topics = _topics(event, {mark.topic for mark in marks if mark.topic is not None})
    known = answered(asked=[(mark.seat_id, mark.op) for mark in marks])
    fresh: dict[tuple[int, uuid.UUID], Answer] = {}
    outcomes: list[Outcome] = []
    places: dict[int, Whereabouts] = {}
    for mark in marks:
        key = (mark.seat_id, mark.op)
        refusal = _refusal(event, topics.get(mark.topic) if mark.topic else None, between=mark.topic is None)
        if key in known or key in fresh:
            outcomes.append(known.get(key) or {**fresh[key], "dup": True})
        elif refusal is not None:
            outcomes.append(refusal)
        else:
            topic = topics[mark.topic] if mark.topic else None
            places[mark.seat_id] = Whereabouts(seat_id=mark.seat_id, topic=topic, since=timezone.now())
            fresh[key] = {"rev": event.seq}
            outcomes.append(fresh[key])
    rows = [places[seat] for seat in sorted(places)]
    Whereabouts.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["seat"], update_fields=["topic", "since"]
    )
    remember(answers=fresh)
    if rows:
        announce_tally(event_id=event_id)
    return outcomes


def _lock_seats(seats: set[int]) -> None:
    """So that the same operation from two doors is carried out once.

    In the order of the seats, so that two processes that write at once do not wait for each other in a ring.
    """
    list(Seat.objects.select_for_update(no_key=True).filter(pk__in=seats).order_by("pk").values_list("pk"))


def _topics(event: Event, numbers: set[int], *, lock: bool = False) -> dict[int, Topic]:
    """Topics by number; locked, so that the same sign-up is not written by two processes."""
    topics = Topic.objects.select_for_update() if lock else Topic.objects.all()
    return {topic.number: topic for topic in topics.filter(event=event, number__in=numbers).order_by("pk")}


def _refusal(event: Event, topic: Topic | None, *, between: bool = False) -> Refused | None:
    if event.state not in OPEN_DOORS:
        return Refused("closed", _("Die Veranstaltung ist vorbei."))
    if not between and (topic is None or topic.state not in OPEN_GROUPS):
        return Refused("absent", _("Diese Gruppe gibt es gerade nicht. Schau in den Plan."))
    return None


def _present(pairs: set[Pair]) -> set[Pair]:
    """Those (topic, seat) that are signed up now."""
    found = SignUp.objects.filter(topic__in={topic for topic, _s in pairs}, seat__in={seat for _t, seat in pairs})
    return set(found.values_list("topic_id", "seat_id"))


def _write(present: set[Pair], wanted: set[Pair]) -> None:
    SignUp.objects.bulk_create([SignUp(topic_id=topic, seat_id=seat) for topic, seat in sorted(wanted - present)])
    gone = present - wanted
    for topic in sorted({topic for topic, _seat in gone}):
        SignUp.objects.filter(topic=topic, seat__in=[seat for other, seat in gone if other == topic]).delete()
