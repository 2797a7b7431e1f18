"""Operations of a seat from plain forms: `k` names the kind, `op` is the client's id, the rest are arguments."""

import json
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from common.errors import Refused
from participation.forms.ballots import choice_of
from participation.live import events as live
from participation.models import Event, Seat
from participation.services import operations

Arguments = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Plain:
    """How a form becomes the arguments of an operation, and where the page goes on afterwards.

    `anchor` gets arguments and answer; `done` is what is said when it went well and cannot be seen at once.
    """

    arguments: Callable[[QueryDict, Event], Arguments]
    anchor: Callable[[Arguments, Arguments], str] = lambda _arguments, _answer: ""
    done: Any = ""

    def said(self, answer: Arguments) -> str:
        """What is said when it went well."""
        return str(self.done(answer) if callable(self.done) else self.done)


def number(data: QueryDict, name: str) -> int:
    """A number from a form; 0, which no operation takes, for everything else."""
    value = data.get(name, "")
    return int(value) if value.isascii() and value.isdigit() and len(value) < 10 else 0


def _cast(data: QueryDict, event: Event) -> Arguments:
    ballot = event.ballots.filter(pk=number(data, "ballot")).first()
    if ballot is None:
        raise Refused("absent", _("Diese Abstimmung gibt es nicht mehr."))
    return {"ballot": ballot.pk, "choice": choice_of(ballot, data)}


def _topic(data: QueryDict) -> int:
    found = number(data, "topic")
    if not found:
        raise Refused("absent", _("Dieses Thema hängt nicht mehr an der Wand."))
    return found


def _own_topic(data: QueryDict, _event: Event) -> Arguments:
    return {"topic": _topic(data)}


def _place(data: QueryDict, event: Event) -> Arguments:
    """The cell is "room-slot"."""
    room, _dash, slot = data.get("cell", "").partition("-")
    cell = QueryDict(mutable=True)
    cell.update({"room": room, "slot": slot})
    found = {"room": number(cell, "room"), "slot": number(cell, "slot")}
    if not all(found.values()):
        raise Refused("absent", _("Such zuerst einen freien Platz aus."))
    return {**_own_topic(data, event), **found}


def _to_plan(_arguments: Arguments, _answer: Arguments) -> str:
    return "#plan"


PLAIN: dict[str, Plain] = {
    live.CAST: Plain(_cast),
    live.MORE_TIME: Plain(lambda data, _event: {"ballot": number(data, "ballot")}),
    live.INTEREST: Plain(
        lambda data, _event: {"topic": _topic(data), "on": data.get("on") == "1"},
        lambda arguments, _answer: f"#thema-{arguments['topic']}",
    ),
    live.SIGN_UP: Plain(
        lambda data, _event: {"topic": _topic(data), "on": data.get("on") == "1"},
        lambda arguments, _answer: f"#gruppe-{arguments['topic']}",
    ),
    live.HERE: Plain(lambda data, _event: {"topic": number(data, "topic") or None}, _to_plan),
    live.PLACE: Plain(_place, _to_plan, gettext_lazy("Dein Thema ist eingeplant.")),
    live.UNPLACE: Plain(_own_topic, _to_plan, gettext_lazy("Dein Thema hängt wieder an der Wand.")),
    live.BEGIN: Plain(_own_topic, _to_plan),
    live.FINISH: Plain(_own_topic, _to_plan),
    live.PROPOSE: Plain(
        lambda data, _event: {"title": data.get("title", ""), "text": data.get("text", "")},
        lambda _arguments, answer: "#meine" if answer["held"] else f"#thema-{answer['topic']}",
        lambda answer: (
            _("Danke! Dein Thema wird gleich angeschaut.") if answer["held"] else _("Dein Thema hängt an der Wand.")
        ),
    ),
    live.WITHDRAW: Plain(
        lambda data, _event: {"topic": _topic(data)},
        lambda _arguments, _answer: "#meine",
        gettext_lazy("Dein Thema hängt nicht mehr an der Wand."),
    ),
    live.RESTORE: Plain(
        lambda data, _event: {"topic": _topic(data)},
        lambda arguments, _answer: f"#thema-{arguments['topic']}",
        gettext_lazy("Dein Thema hängt wieder."),
    ),
    live.HELP: Plain(
        lambda data, _event: {"where": data.get("where", ""), "text": data.get("text", "")},
        lambda _arguments, _answer: "#hilfe",
    ),
    live.HELP_OFF: Plain(lambda _data, _event: {}, lambda _arguments, _answer: "#hilfe"),
    live.JOIN_OUTCOME: Plain(
        lambda data, _event: {"outcome": number(data, "outcome"), "on": data.get("on") == "1"},
        lambda arguments, _answer: f"#ergebnis-{arguments['outcome']}",
    ),
    live.PROPOSE_OUTCOME: Plain(
        lambda data, _event: {
            "topic": number(data, "outcome-topic"),
            "title": data.get("outcome-title", ""),
            "text": data.get("outcome-text", ""),
        },
        lambda _arguments, answer: "" if answer["held"] else f"#ergebnis-{answer['outcome']}",
        gettext_lazy("Danke! Dein Vorschlag ist angekommen."),
    ),
}
"""Every operation that a page offers as a form."""


def arguments_of(data: QueryDict, event: Event) -> tuple[str, Arguments]:
    """Kind and arguments of a form. Raises Refused."""
    kind = data.get("k", "")
    if kind not in PLAIN:
        raise Refused("unknown", _("Das hat nicht geklappt. Versuch es noch einmal."))
    return kind, PLAIN[kind].arguments(data, event)


def operate(*, seat: Seat, op: uuid.UUID, kind: str, arguments: Arguments, base_rev: int | None = None) -> Arguments:
    """Carry it out; the answer. `base_rev` is what the page had shown. Raises Refused."""
    try:
        own = _op_of_act(op, kind, arguments)
        asked = operations.ask(seat=seat, op=own, kind=kind, arguments=arguments, base_rev=base_rev)
    except operations.Bad:
        raise Refused("bad", _("Das hat nicht geklappt. Versuch es noch einmal.")) from None
    operations.PACE.hit(f"seat:{seat.pk}")
    outcome = operations.carry_out(asked=asked)
    if isinstance(outcome, Refused):
        raise outcome
    return outcome


def _op_of_act(op: uuid.UUID, kind: str, arguments: Arguments) -> uuid.UUID:
    """The id of one act of a page: on a slow line somebody presses again before the next page is there.

    The same again is the same act; another topic or another choice from the same page is one of its own.
    """
    return uuid.uuid5(op, json.dumps([kind, arguments], sort_keys=True))
