"""Operations that a seat carried out: the same one sent again gets the same answer."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from common.errors import Refused
from common.rows import insert_rows
from participation.models import Operation

Answer = dict[str, Any]


def answered(*, asked: Iterable[tuple[int, UUID]]) -> dict[tuple[int, UUID], Answer]:
    """The answers of those (seat, operation) pairs that were carried out before, marked `dup`."""
    pairs = set(asked)
    found = Operation.objects.filter(
        seat_id__in={seat for seat, _op in pairs}, op__in={op for _seat, op in pairs}
    ).values_list("seat_id", "op", "ack")
    return {(seat, op): {**ack, "dup": True} for seat, op, ack in found if (seat, op) in pairs}


def remember(*, answers: dict[tuple[int, UUID], Answer]) -> None:
    """Keep the answers of operations that have just been carried out, in the same transaction."""
    now = timezone.now()
    rows = [(seat, op, answer, now) for (seat, op), answer in answers.items()]
    insert_rows(Operation, ("seat", "op", "ack", "at"), rows)


def paused() -> Refused:
    """What every operation gets while the team has stopped everything: the phone keeps it and sends it again."""
    return Refused("paused", _("Kurze Pause: Gleich geht es weiter, dann klappt das."))
