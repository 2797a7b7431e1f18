"""The page of the phone, put together from its parts; for those who have just come in it is everybody's page."""

import uuid
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.html import json_script
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from common.live import now_ms
from participation.forms.events import TopicForm
from participation.forms.harvest import OutcomeForm
from participation.models import Event, HelpCall, Seat
from participation.rules.events import can_run
from participation.selectors import events as selectors
from participation.selectors.ballots import rolls_of
from participation.selectors.hall import own_call
from participation.views.events import alike, now
from participation.views.events.door import results_of
from participation.views.events.words import words_in

from . import ballot, outcomes, own, plan, wall
from .samples import samples_for

TEMPLATE = "events/phone.html"
Facts = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Typed:
    """What was refused and comes back as it was typed."""

    choice: dict[str, int] | None = None
    topic: TopicForm | None = None
    outcome: OutcomeForm | None = None


@dataclass(frozen=True, slots=True)
class Reader:
    """Who reads the page, and what this seat has said."""

    seat: Seat
    you: Facts
    call: HelpCall | None

    @property
    def is_new(self) -> bool:
        """A guest whose seat has left no mark yet that its own page would show."""
        marks = ("interest", "outcomes", "plan", "mine", "papers", "more")
        said = self.call is not None or self.you["here"] is not None or any(self.you[name] for name in marks)
        return self.seat.user_id is None and not said


def page(request: HttpRequest, event: Event, seat: Seat, typed: Typed = Typed(), status: int = 200) -> HttpResponse:
    """The page for a seat."""
    reader = Reader(seat, selectors.you_of(seat), own_call(seat))
    if reader.is_new and alike.is_anyone(request):
        return _for_a_newcomer(request, event, reader)
    context = _context(request, event, reader, typed) | {"seat": seat, "live": _live(event, reader.you)}
    return render(request, TEMPLATE, context, status=status)


def _for_a_newcomer(request: HttpRequest, event: Event, reader: Reader) -> HttpResponse:
    """Who is new sees what all see who are new, and are on the same rolls."""
    rolls = rolls_of(reader.seat, selectors.state_at(event)["ballots"])
    nobody = {name: alike.blank(name) for name in ("number", "nickname")}
    return alike.answer(
        request,
        TEMPLATE,
        about=(event.pk, event.epoch, event.seq, rolls),
        context=lambda: _context(request, event, reader) | {"seat": nobody, "live": alike.blank("live")},
        number=str(reader.seat.number),
        nickname=reader.seat.nickname,
        live=_live(event, reader.you),
    )


def _context(request: HttpRequest, event: Event, reader: Reader, typed: Typed = Typed()) -> Facts:
    """What the parts of the page show. Nothing in it names the seat: newcomers share it."""
    you = reader.you
    context = {
        "event": event,
        "code": selectors.spaced_code(event.join_code),
        "leads": can_run(request.user, event),
        "ops": [uuid.uuid4() for _ in range(2)],
        "samples": samples_for(event.join_code, get_language() or "de"),
        "results": results_of(event, "phones") if event.state in {"closed", "archived"} else [],
        **ballot.context(event, you, typed.choice),
        **wall.context(event, you, typed.topic),
        **own.context(event, reader.seat, you, reader.call),
        **plan.context(event, you, selectors.state_at(event)),
        **outcomes.context(event, you, typed.outcome),
    }
    asked = context["ballot"] is not None and not context["ballot"]["ranked"]
    return context | now.context(event, busy=asked)


def _live(event: Event, you: Facts) -> SafeString:
    """What the script begins with."""
    facts = {
        "state": selectors.state_at(event),
        "you": you,
        "epoch": event.epoch.hex,
        "seq": event.seq,
        "now": now_ms(),
        "code": event.join_code,
        "ops": reverse("api:event_ops", args=[event.join_code]),
        "sync": reverse("api:event_sync", args=[event.join_code]),
        "words": words_in(get_language() or "de"),
    }
    return json_script(facts, "live")
