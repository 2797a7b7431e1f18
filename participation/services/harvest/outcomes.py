"""Outcomes: what shall happen after the day, and who is in."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.db.models import F, Max
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.rules import is_resident
from common.errors import Refused
from common.throttles import Limit
from participation.live import events as live
from participation.models import Event, LogEntry, Outcome, OutcomeJoin, Seat, Topic
from participation.rules import harvest as rules
from participation.rules.events import SHOWN_TOPICS
from participation.selectors.harvest import outcome_facts, outcomes_of
from participation.services.events.log import announce_tally, lock_event, lock_event_for, record
from participation.services.events.remembered import Answer, answered, paused, remember

from .people import take_along
from .wording import fitting, one_line

PACE = Limit("outcomes of a seat", 4, minutes=10)


@transaction.atomic
def propose_outcome(*, seat: Seat, op: uuid.UUID, topic: int, title: str, text: str = "") -> Outcome:
    """A seat says what shall come out of a topic (its number); the same `op` gives the same outcome.

    Where topics wait for a look, so does this (`Event.topics_held`). Raises Refused `not_open`, `absent`,
    `empty`, `too_long`, `rate` and those of contact data.
    """
    event = lock_event(event=seat.event)
    known = event.outcome_list.filter(client_id=op).first()
    if known is not None:
        return known
    if not rules.takes_outcomes(event):
        raise Refused("not_open", _("Ergebnisse sammeln wir, wenn die Runden vorbei sind."), field="title")
    found = event.topics.filter(number=topic, state__in=SHOWN_TOPICS).first()
    if found is None:
        raise Refused("absent", _("Such dir ein Thema von der Wand aus."), field="topic")
    facts = _words(seat, title, text)
    PACE.hit(f"seat:{seat.pk}")
    return _make(event, topic=found, seat=seat, client_id=op, hidden=event.topics_held, **facts)


@transaction.atomic
def make_outcome(
    *, event: Event, by: User, title: str, text: str = "", topic: int | None = None, client_id: uuid.UUID | None = None
) -> Outcome:
    """The team writes one down, from a topic (its number) or on its own; the same `client_id` gives the same.

    Raises Refused `forbidden`, `absent`, `empty`, `too_long`.
    """
    locked = lock_event_for(event=event, by=by)
    client_id = client_id or uuid.uuid4()
    known = locked.outcome_list.filter(client_id=client_id).first()
    if known is not None:
        return known
    found = _topic(locked, topic)
    return _make(locked, topic=found, made_by=by, client_id=client_id, **_words(by, title, text))


def _topic(event: Event, number: int | None) -> Topic | None:
    if number is None:
        return None
    found = event.topics.filter(number=number, state__in=rules.READABLE_TOPICS).first()
    if found is None:
        raise Refused("absent", _("Such dir ein Thema von der Wand aus."), field="topic")
    return found


def _words(author: Seat | User, title: str, text: str) -> dict[str, str]:
    return {
        "title": one_line(fitting(Outcome, "title", one_line(title), author=author, needed=True)),
        "text": fitting(Outcome, "text", text, author=author),
    }


def _make(event: Event, **facts: object) -> Outcome:
    number = (event.outcome_list.aggregate(last=Max("number"))["last"] or 0) + 1
    outcome = Outcome.objects.create(event=event, number=number, **facts)
    tell(event, outcome)
    return outcome


@transaction.atomic
def edit_outcome(*, outcome: Outcome, by: User, title: str, text: str = "") -> Outcome:
    """Other words for the same thing. Raises Refused `forbidden`, `empty`, `too_long`."""
    event, locked = locked_outcome(outcome, by)
    facts = _words(by, title, text)
    if (locked.title, locked.text) != (facts["title"], facts["text"]):
        locked.title, locked.text = facts["title"], facts["text"]
        locked.save(update_fields=["title", "text"])
        tell(event, locked)
    return locked


def hide_outcome(*, outcome: Outcome, by: User | None) -> Outcome:
    """Off every screen, its words leave the log too; `by=None` is the platform, after reports. Raises `forbidden`."""
    return _set_hidden(outcome, by, hidden=True)


def show_outcome(*, outcome: Outcome, by: User | None) -> Outcome:
    """On the screens, for the first time or again; `by=None`: a report was dismissed. Raises Refused `forbidden`."""
    return _set_hidden(outcome, by, hidden=False)


@transaction.atomic
def _set_hidden(outcome: Outcome, by: User | None, *, hidden: bool) -> Outcome:
    event, locked = locked_outcome(outcome, by)
    if locked.hidden == hidden:
        return locked
    locked.hidden = hidden
    locked.save(update_fields=["hidden"])
    if hidden:
        told = LogEntry.objects.filter(event=event, kind=live.OUTCOME_CHANGED, data__n=locked.number)
        told.update(data=outcome_facts(locked))
    tell(event, locked)
    return locked


def locked_outcome(outcome: Outcome, by: User | None) -> tuple[Event, Outcome]:
    """Event and outcome as they are now, locked, for an act of the team. Raises Refused `forbidden`."""
    event = lock_event_for(event=outcome.event, by=by)
    return event, outcomes_of(event).select_for_update(of=("self",)).get(pk=outcome.pk)


def tell(event: Event, outcome: Outcome) -> None:
    record(event=event, kind=live.OUTCOME_CHANGED, data=outcome_facts(outcome))


# --- who is in -------------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class JoinMark:
    """One seat says that it is in (or no longer); `outcome` is a number."""

    seat: Seat
    op: uuid.UUID
    outcome: int
    on: bool


def join_outcomes(*, event_id: int, marks: Sequence[JoinMark]) -> list[Answer | Refused]:
    """Carry out many marks of one event at once; an answer or a refusal for each, in order.

    Who comes after the outcome has become an idea or a project, and has an account, is taken along at once.
    Refusals: `absent` (no such outcome), `closed`, `paused`.
    """
    answers, fresh = _mark(event_id, marks)
    for outcome, seat in fresh:
        if rules.has_become(outcome) and seat.user is not None and is_resident(seat.user):
            take_along(outcome, [seat.user])
    return answers


@transaction.atomic
def _mark(event_id: int, marks: Sequence[JoinMark]) -> tuple[list[Answer | Refused], list[tuple[Outcome, Seat]]]:
    """The answers, and who is newly in where."""
    event = Event.objects.get(pk=event_id)
    rows = Outcome.objects.filter(event=event, number__in={mark.outcome for mark in marks}).order_by("pk")
    # What it has become is read later: joined to a row that had to be waited for, it might be missing.
    outcomes = {row.number: row for row in rows.select_for_update()}
    known = answered(asked=[(mark.seat.pk, mark.op) for mark in marks])
    seats = {mark.seat.pk: mark.seat for mark in marks}
    present = set(
        OutcomeJoin.objects.filter(outcome__in=outcomes.values(), seat__in=seats).values_list("outcome_id", "seat_id")
    )
    wanted = set(present)
    done: dict[tuple[int, uuid.UUID], Answer] = {}
    answers: list[Answer | Refused] = []
    for mark in marks:
        key = (mark.seat.pk, mark.op)
        if key in known or key in done:
            answers.append(known.get(key) or {**done[key], "dup": True})
            continue
        outcome = outcomes.get(mark.outcome)
        refusal = _obstacle(event, outcome)
        if outcome is None or refusal is not None:
            answers.append(refusal or _absent())
            continue
        (wanted.add if mark.on else wanted.discard)((outcome.pk, mark.seat.pk))
        done[key] = {"rev": event.seq, "on": mark.on}
        answers.append(done[key])
    remember(answers=done)
    _write(present, wanted)
    if wanted != present:
        announce_tally(event_id=event_id)
    by_id = {outcome.pk: outcome for outcome in outcomes.values()}
    return answers, [(by_id[outcome], seats[seat]) for outcome, seat in sorted(wanted - present)]


def _obstacle(event: Event, outcome: Outcome | None) -> Refused | None:
    if outcome is None or outcome.hidden:
        return _absent()
    if not rules.can_join(event, outcome):
        return Refused("closed", _("Die Veranstaltung ist vorbei."))
    if event.frozen:
        return paused()
    return None


def _absent() -> Refused:
    return Refused("absent", _("Dieses Ergebnis gibt es nicht mehr."))


def _write(present: set[tuple[int, int]], wanted: set[tuple[int, int]]) -> None:
    """Bring the rows from what is present to what is wanted, and the counts with them."""
    added, removed = wanted - present, present - wanted
    OutcomeJoin.objects.bulk_create([OutcomeJoin(outcome_id=outcome, seat_id=seat) for outcome, seat in sorted(added)])
    for outcome in sorted({outcome for outcome, _seat in added | removed}):
        out = [seat for other, seat in removed if other == outcome]
        if out:
            OutcomeJoin.objects.filter(outcome=outcome, seat__in=out).delete()
        change = sum(other == outcome for other, _seat in added) - len(out)
        Outcome.objects.filter(pk=outcome).update(join_count=F("join_count") + change)
