"""Topics on the wall and who is interested in them."""

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import F, Max
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from common.contact_data import refuse_contact_data
from common.errors import Refused
from common.throttles import Limit
from common.words import says_something, tidied
from participation.live import events as live
from participation.models import Event, Interest, Seat, Topic
from participation.rules import events as rules
from participation.selectors.events import topic_facts

from .log import announce_tally, lock_event, lock_event_for, record
from .remembered import Answer, answered, paused, remember

PROPOSALS = Limit("topics of a seat", 8, minutes=5)
LONGEST_TITLE, LONGEST_TEXT, LONGEST_NAME = 80, 300, 80


@transaction.atomic
def propose_topic(*, seat: Seat, op: uuid.UUID, title: str, text: str = "") -> Topic:
    """Put a topic on the wall; the same `op` gives the same topic.

    With the queue on, it waits for a look of the team first.
    Raises Refused `not_open`, `empty`, `too_long`, `rate` and those of contact data.
    """
    event = lock_event(event=seat.event)
    known = event.topics.filter(client_id=op).first()
    if known is not None:
        return known
    if not rules.can_propose(event):
        raise Refused("not_open", _("Gerade werden keine Themen gesammelt."), field="title")
    title, text = _checked(title, text)
    refuse_contact_data(title, "title")
    refuse_contact_data(text, "text")
    PROPOSALS.hit(f"seat:{seat.pk}")
    state = Topic.State.HELD if event.topics_held else Topic.State.ON_WALL
    return _hang_up(event, op, seat=seat, title=title, text=text, by=seat.nickname, state=state)


@transaction.atomic
def scribe_topic(
    *, event: Event, by: User, op: uuid.UUID, title: str, name: str = "", text: str = "", step_free: bool = False
) -> Topic:
    """Put a topic on the wall that somebody wrote on paper; the same `op` gives the same topic.

    Also while proposals are closed for phones. Raises Refused `forbidden`, `not_open`, `empty`, `too_long`.
    """
    locked = lock_event_for(event=event, by=by)
    known = locked.topics.filter(client_id=op).first()
    if known is not None:
        return known
    if locked.state not in rules.OPEN_DOORS:
        raise Refused("not_open", _("Gerade werden keine Themen gesammelt."), field="title")
    title, text = _checked(title, text)
    facts = {"by": _sentence(name)[:LONGEST_NAME], "step_free": step_free, "scribed": True}
    return _hang_up(locked, op, title=title, text=text, state=Topic.State.ON_WALL, **facts)


def _hang_up(event: Event, op: uuid.UUID, **facts: Any) -> Topic:
    number = (event.topics.aggregate(last=Max("number"))["last"] or 0) + 1
    topic = Topic(event=event, client_id=op, number=number, rev=event.seq + 1, **facts)
    topic.save(force_insert=True)
    record(event=event, kind=live.TOPIC_PROPOSED, data=topic_facts(topic))
    return topic


def record_topic(*, event: Event, topic: Topic, changed: Iterable[str], kind: str = live.TOPIC_CHANGED) -> None:
    """Save the `changed` fields of a topic of a locked event, and tell every screen.

    Its `rev` is the number of the entry, so that a client can say what it had seen.
    """
    topic.rev = event.seq + 1
    topic.save(update_fields=[*changed, "rev"])
    record(event=event, kind=kind, data=topic_facts(topic))


@dataclass(frozen=True, slots=True)
class InterestMark:
    """One seat says that a topic (by its number) interests it, or no longer does."""

    seat_id: int
    op: uuid.UUID
    topic: int
    on: bool


@transaction.atomic
def mark_interests(*, event_id: int, marks: Sequence[InterestMark]) -> list[Answer | Refused]:
    """Carry out many marks of one event at once; an answer or a refusal for each, in order.

    Refusals: `absent` (no such topic on the wall), `closed` (the event is over), `paused`.
    """
    event = Event.objects.get(pk=event_id)
    if event.frozen:
        return [paused() for _mark in marks]
    numbers = {mark.topic for mark in marks}
    topics = {
        topic.number: topic
        for topic in Topic.objects.select_for_update().filter(event=event, number__in=numbers).order_by("pk")
    }
    known = answered(asked=[(mark.seat_id, mark.op) for mark in marks])
    present = set(
        Interest.objects.filter(topic__in=topics.values(), seat_id__in={mark.seat_id for mark in marks}).values_list(
            "topic_id", "seat_id"
        )
    )
    wanted = set(present)
    fresh: dict[tuple[int, uuid.UUID], Answer] = {}
    answers: list[Answer | Refused] = []
    for mark in marks:
        key = (mark.seat_id, mark.op)
        if key in known or key in fresh:
            answers.append(known.get(key) or {**fresh[key], "dup": True})
            continue
        topic = topics.get(mark.topic)
        if topic is None or not rules.can_show_interest(event, topic):
            answers.append(_not_on_wall(event, topic))
            continue
        (wanted.add if mark.on else wanted.discard)((topic.pk, mark.seat_id))
        fresh[key] = {"rev": event.seq, "on": mark.on}
        answers.append(fresh[key])
    _write(present, wanted)
    remember(answers=fresh)
    if wanted != present:
        announce_tally(event_id=event_id)
    return answers


def show_interest(*, seat: Seat, topic: Topic, op: uuid.UUID | None = None) -> Answer:
    """ "Interessiert mich". Raises Refused `absent`, `closed`."""
    return _mark_one(seat, topic, on=True, op=op)


def withdraw_interest(*, seat: Seat, topic: Topic, op: uuid.UUID | None = None) -> Answer:
    """Not interested any more. Raises Refused `absent`, `closed`."""
    return _mark_one(seat, topic, on=False, op=op)


def _mark_one(seat: Seat, topic: Topic, *, on: bool, op: uuid.UUID | None) -> Answer:
    mark = InterestMark(seat_id=seat.pk, op=op or uuid.uuid4(), topic=topic.number, on=on)
    (answer,) = mark_interests(event_id=seat.event_id, marks=[mark])
    if isinstance(answer, Refused):
        raise answer
    return answer


def _not_on_wall(event: Event, topic: Topic | None) -> Refused:
    if topic is None or topic.state not in rules.SHOWN_TOPICS:
        return Refused("absent", _("Dieses Thema hängt nicht mehr an der Wand."))
    return Refused("closed", _("Die Veranstaltung ist vorbei."))


def _write(present: set[tuple[int, int]], wanted: set[tuple[int, int]]) -> None:
    """Bring the rows from what is present to what is wanted, and the counts with them."""
    added, removed = wanted - present, present - wanted
    Interest.objects.bulk_create([Interest(topic_id=topic, seat_id=seat) for topic, seat in sorted(added)])
    for topic in sorted({topic for topic, _seat in added | removed}):
        out = [seat for other, seat in removed if other == topic]
        if out:
            Interest.objects.filter(topic_id=topic, seat_id__in=out).delete()
        change = sum(other == topic for other, _seat in added) - len(out)
        Topic.objects.filter(pk=topic).update(interest_count=F("interest_count") + change)


def _sentence(title: str) -> str:
    return " ".join(tidied(title).split())


def _checked(title: str, text: str) -> tuple[str, str]:
    """Title and text as they are kept. Raises Refused `empty`, `too_long`."""
    title, text = _sentence(title), tidied(text)
    if not says_something(title):
        raise Refused("empty", _("Schreib in ein paar Worten, worum es gehen soll."), field="title")
    if len(title) > LONGEST_TITLE:
        raise Refused("too_long", _("Fass dein Thema kürzer: höchstens 80 Zeichen."), field="title")
    if len(text) > LONGEST_TEXT:
        raise Refused("too_long", _("Fass dich hier kürzer: höchstens 300 Zeichen."), field="text")
    return title, text
