"""What stands on the papers of an open space, as plain data for the templates in `templates/papers/`."""

from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from common.when import weekday_and_day
from participation.models import Event, Room, Session
from participation.selectors.events import SHOWN, shown_topics

Cell = dict[str, Any] | None


def when_of(event: Event) -> str:
    """ "Sa 5. Dez., 14:00–18:00 Uhr"."""
    day, start = weekday_and_day(event.starts_at), _clock(event.starts_at)
    if event.ends_at is None:
        words = _("%(day)s, %(time)s Uhr") % {"day": day, "time": start}
    else:
        words = _("%(day)s, %(start)s–%(end)s Uhr") % {"day": day, "start": start, "end": _clock(event.ends_at)}
    # The day may stand on a line of its own, the time stays together.
    first, comma, rest = words.partition(", ")
    return first + comma + rest.replace(" ", "\N{NO-BREAK SPACE}")


def wall_facts(event: Event) -> dict[str, Any]:
    """Topics with their cell of the grid ("14:00 · Saal"), and the grid itself: rooms across, slots down."""
    sessions = list(Session.objects.filter(event=event, topic__state__in=SHOWN).select_related("topic", "room", "slot"))
    cells = {session.topic_id: f"{_clock(session.slot.starts_at)} · {session.room.name}" for session in sessions}
    return {
        "topics": [
            {"number": t.number, "title": t.title, "text": t.text, "by": t.by, "cell": cells.get(t.pk, "")}
            for t in shown_topics(event)
        ],
        **_grid(event, sessions),
    }


def _grid(event: Event, sessions: list[Session]) -> dict[str, Any]:
    rooms = list(event.rooms.order_by("number"))
    placed = {(session.slot_id, session.room_id): session.topic for session in sessions}

    def cell(slot: int, room: int) -> Cell:
        topic = placed.get((slot, room))
        return None if topic is None else {"number": topic.number, "title": topic.title}

    return {
        "rooms": [{"name": room.name, "note": _note(room)} for room in rooms],
        "slots": [
            {
                "time": f"{_clock(slot.starts_at)}–{_clock(slot.ends_at)}",
                "cells": [cell(slot.pk, room.pk) for room in rooms],
            }
            for slot in event.slots.order_by("number")
        ],
    }


def _note(room: Room) -> str:
    """Where it is, and what one must know before going there."""
    steps = "" if room.step_free else _("nur über Stufen")
    return " · ".join(filter(None, [room.where, steps]))


def _clock(moment: datetime) -> str:
    return date_format(timezone.localtime(moment), "H:i")
