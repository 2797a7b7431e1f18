"""Preparing a ballot: question, kind, options. Until it opens, only the team sees it."""

import uuid
from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from common.errors import Refused
from participation.live import events as live
from participation.models import Ballot, BallotOption, Event, Topic
from participation.rules.ballots import MOST_OPTIONS, MOST_WORDS, STEPS, can_move
from participation.selectors.ballots import ballot_facts
from participation.selectors.events import shown_topics
from participation.services.events.log import lock_event_for, record

Kind = Ballot.Kind
LIMITS = {"min_choices": 1, "max_choices": 1, "budget": 5, "max_per_option": 3}
"""Of a choice at least and at most so many options, of words at most so many; of dots the budget."""


@transaction.atomic
def create_ballot(
    *,
    event: Event,
    by: User,
    question: str,
    kind: str = Kind.DOTS,
    client_id: uuid.UUID | None = None,
    options: Sequence[str] = (),
    topics: Sequence[int] = (),
    tier: str = Ballot.Tier.SIGNAL,
    secrecy: str = Ballot.Secrecy.COUNTED,
    draft: bool = False,
    **limits: int,
) -> Ballot:
    """A ballot, ready to be opened (or a draft). Options are lines of text and topics of the wall, by number.

    A consent and a scale bring their own options, words have none.

    `limits`: `min_choices`, `max_choices`, `budget`, `max_per_option`. The same `client_id` gives the same
    ballot. Raises Refused `forbidden`, `not_now`, `empty`, `too_long`, `options`, `limits`.
    """
    locked = lock_event_for(event=event, by=by)
    client_id = client_id or uuid.uuid4()
    known = locked.ballots.filter(client_id=client_id).first()
    if known is not None:
        return known
    if locked.state in {Event.State.CLOSED, Event.State.ARCHIVED}:
        raise Refused("not_now", _("Die Veranstaltung ist vorbei."))
    lines = _lines(locked, kind, options, topics)
    ballot = Ballot(
        client_id=client_id,
        event=locked,
        number=(locked.ballots.aggregate(last=Max("number"))["last"] or 0) + 1,
        kind=_known(Kind.values, kind),
        tier=_known(Ballot.Tier.values, tier),
        secrecy=_known(Ballot.Secrecy.values, secrecy),
        question=_question(question),
        state=Ballot.State.DRAFT if draft else Ballot.State.READY,
        **_limits(kind, limits, len(lines)),
    )
    ballot.save(force_insert=True)
    BallotOption.objects.bulk_create(
        BallotOption(ballot=ballot, number=number, label=label, topic=topic)
        for number, (label, topic) in enumerate(lines, start=1)
    )
    record(event=locked, kind=live.BALLOT_PREPARED, data=ballot_facts(ballot))
    return ballot


@transaction.atomic
def ready_ballot(*, ballot: Ballot, by: User) -> Ballot:
    """A draft becomes ready. Raises Refused `forbidden`, `not_now`."""
    lock_event_for(event=ballot.event, by=by)
    locked = Ballot.objects.select_for_update().get(pk=ballot.pk)
    if locked.state == Ballot.State.READY:
        return locked
    if not can_move(locked, Ballot.State.READY):
        raise Refused("not_now", gettext_lazy("Diese Abstimmung lief schon. Leg eine neue an."))
    locked.state = Ballot.State.READY
    locked.save(update_fields=["state"])
    return locked


def _known(values: list[str], value: str) -> str:
    if value not in values:
        raise Refused("invalid", _("Das gibt es nicht zur Auswahl."))
    return value


def _question(question: str) -> str:
    text = " ".join(question.split())
    if not text:
        raise Refused("empty", _("Schreib eine Frage."), field="question")
    if len(text) > 140:
        raise Refused("too_long", _("Fass die Frage kürzer: höchstens 140 Zeichen."), field="question")
    return text


def _lines(event: Event, kind: str, options: Sequence[str], topics: Sequence[int]) -> list[tuple[str, Topic | None]]:
    """Labels with the topic they come from, without doubles."""
    if kind == Kind.CONSENT:
        return [(_("Ja"), None), (_("Nein"), None)]
    if kind == Kind.SCALE:
        return [(str(step), None) for step in STEPS]
    if kind == Kind.WORDS:
        return []
    picked = shown_topics(event).filter(number__in=topics)
    lines: dict[str, Topic | None] = {topic.title: topic for topic in picked}
    for option in options:
        label = " ".join(option.split())
        if len(label) > 80:
            raise Refused("too_long", _("Ein Vorschlag hat höchstens 80 Zeichen."), field="options")
        if label:
            lines.setdefault(label, None)
    if not 2 <= len(lines) <= MOST_OPTIONS:
        raise Refused("options", _("Es braucht 2 bis 20 Vorschläge, jeden in einer eigenen Zeile."), field="options")
    return list(lines.items())


def _limits(kind: str, limits: dict[str, int], count: int) -> dict[str, Any]:
    unknown = limits.keys() - LIMITS.keys()
    if unknown:
        raise TypeError(f"a ballot has no {', '.join(sorted(unknown))}")
    limits = {**LIMITS, **limits}
    if kind == Kind.CHOICE and not 1 <= limits["min_choices"] <= limits["max_choices"] <= count:
        raise Refused(
            "limits",
            _("Erlaube mindestens eine und höchstens so viele Stimmen wie Vorschläge."),
            field="max_choices",
        )
    if kind == Kind.WORDS and not 1 <= limits["max_choices"] <= MOST_WORDS:
        raise Refused("limits", _("Erlaube 1 bis 5 Wörter."), field="max_choices")
    if kind == Kind.DOTS and not 1 <= limits["max_per_option"] <= limits["budget"] <= 20:
        raise Refused("limits", _("Gib 1 bis 20 Punkte, und je Vorschlag nicht mehr als insgesamt."), field="budget")
    # What a kind does not use is kept as it is meant: one.
    return limits if kind in {Kind.CHOICE, Kind.WORDS} else {**limits, "min_choices": 1, "max_choices": 1}
