"""Operations of a seat in a ballot, beside casting a paper."""

from typing import Any

import msgspec

from participation.live import events as live
from participation.models import Event
from participation.services import ballots

from .kinds import Asked, Key, one_by_one


class MoreTimeArguments(msgspec.Struct):
    ballot: Key


def _more_time(event: Event, asked: Asked) -> dict[str, Any]:
    return ballots.ask_for_time(event=event, seat=asked.seat, ballot_id=asked.a.ballot)


KINDS = (one_by_one(live.MORE_TIME, MoreTimeArguments, _more_time),)
