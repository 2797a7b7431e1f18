"""Operations of a seat from plain forms: `k` names the kind, `op` is the client's id, the rest are arguments."""

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


PLAIN: dict[str, Plain] = {
    live.CAST: Plain(_cast),
    live.INTEREST: Plain(
        lambda data, _event: {"topic": _topic(data), "on": data.get("on") == "1"},
        lambda arguments, _answer: f"#thema-{arguments['topic']}",
    ),
    live.PROPOSE: Plain(
        lambda data, _event: {"title": data.get("title", ""), "text": data.get("text", "")},
        lambda _arguments, answer: f"#thema-{answer['topic']}",
        gettext_lazy("Dein Thema hängt an der Wand."),
    ),
}
"""Every operation that a page offers as a form."""


def arguments_of(data: QueryDict, event: Event) -> tuple[str, Arguments]:
    """Kind and arguments of a form. Raises Refused."""
    kind = data.get("k", "")
    if kind not in PLAIN:
        raise Refused("unknown", _("Das hat nicht geklappt. Versuch es noch einmal."))
    return kind, PLAIN[kind].arguments(data, event)


def operate(*, seat: Seat, op: uuid.UUID, kind: str, arguments: Arguments) -> Arguments:
    """Carry it out; the answer. Raises Refused."""
    try:
        asked = operations.ask(seat=seat, op=op, kind=kind, arguments=arguments)
    except operations.Bad:
        raise Refused("bad", _("Das hat nicht geklappt. Versuch es noch einmal.")) from None
    outcome = operations.carry_out(asked)
    if isinstance(outcome, Refused):
        raise outcome
    return outcome
