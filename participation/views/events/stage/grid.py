"""The grid, seen by those who lead: rooms and slots, a topic into a cell by two taps, groups that begin and end."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from django.http import QueryDict
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from common.errors import Refused
from participation.forms.grid import RoomForm, SlotForm, SlotsForm
from participation.models import Event, Room, Slot, Topic
from participation.rules import grid as rules
from participation.selectors import grid as selectors
from participation.services import events as event_services
from participation.services import grid as services

from .acts import Act, Mistaken, number
from .topics import topic_of

OUT = "out"
"""The cell that takes a topic out of the grid."""


# --- rooms and slots -------------------------------------------------------------------------------------
def room_of(event: Event, data: QueryDict) -> Room:
    return get_object_or_404(event.rooms.select_related("event"), number=number(data, "room"))


def slot_of(event: Event, data: QueryDict) -> Slot:
    return get_object_or_404(event.slots.select_related("event"), number=number(data, "slot"))


def _add_room(event: Event, user: User, data: QueryDict) -> None:
    form = RoomForm(data, auto_id="room-new-%s")
    with _shown_again(form, "room_form"):
        services.add_room(event=event, by=user, **form.cleaned_data)


def _change_room(event: Event, user: User, data: QueryDict) -> None:
    room = room_of(event, data)
    form = RoomForm(data, auto_id=f"room-{room.number}-%s")
    with _shown_again(form, "changed_room", number=room.number):
        services.change_room(room=room, by=user, **form.cleaned_data)


def _add_slots(event: Event, user: User, data: QueryDict) -> None:
    form = SlotsForm(data, auto_id="slots-new-%s")
    with _shown_again(form, "slots_form"):
        services.add_slots(event=event, by=user, **form.cleaned_data)


def _change_slot(event: Event, user: User, data: QueryDict) -> None:
    slot = slot_of(event, data)
    form = SlotForm(data, auto_id=f"slot-{slot.number}-%s")
    with _shown_again(form, "changed_slot", number=slot.number):
        services.change_slot(slot=slot, by=user, **form.times())


@contextmanager
def _shown_again(form: Any, name: str, **about: Any) -> Iterator[None]:
    """A form that has mistakes, or is refused, comes back under `name` as it was typed."""
    shown = Mistaken(grid_setup_open=True, **{name: {**about, "form": form} if about else form})
    if not form.is_valid():
        raise shown
    try:
        yield
    except Refused as refusal:
        form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
        raise shown from None


# --- topics in cells -------------------------------------------------------------------------------------
def _place(event: Event, user: User, data: QueryDict) -> None:
    """`topic` is "number-rev", `cell` "room-slot" or "out"; what is refused is said beside the grid."""
    topic_number, rev = _two(data.get("topic", ""))
    topic = event.topics.select_related("event").filter(number=topic_number).first()
    if topic is None:
        raise Mistaken(grid_refused={"said": _("Tipp zuerst auf ein Thema und dann auf einen Platz.")})
    try:
        if data.get("cell") == OUT:
            services.unplace_topic(topic=topic, by=user, base_rev=rev)
        else:
            room, slot = _two(data.get("cell", ""))
            services.place_topic(topic=topic, by=user, base_rev=rev, **_cell(event, room, slot))
    except Refused as refusal:
        free = refusal.facts.get("free", [])
        raise Mistaken(grid_refused={"said": str(refusal), "free": free, "topic": topic}) from None


def _two(text: str) -> tuple[int, int]:
    """Two small numbers from "3-17"; zeros for everything else."""
    first, _dash, second = text.partition("-")
    fine = all(part.isascii() and part.isdigit() and len(part) < 16 for part in (first, second))
    return (int(first), int(second)) if fine else (0, 0)


def _cell(event: Event, room: int, slot: int) -> dict[str, Any]:
    found = event.rooms.filter(number=min(room, 10**4)).first(), event.slots.filter(number=min(slot, 10**4)).first()
    if found[0] is None or found[1] is None:
        raise Refused("absent", _("Diesen Platz im Raster gibt es nicht mehr."))
    return {"room": found[0], "slot": found[1]}


def _run(event: Event, user: User, data: QueryDict) -> None:
    services.run_topic(topic=topic_of(event, data), state=data.get("state", ""), by=user)


def _run_slot(event: Event, user: User, data: QueryDict) -> None:
    """Begin or end every group of a slot."""
    slot, state = slot_of(event, data), data.get("state", "")
    for session in selectors.sessions_in(slot).select_related("topic__event"):
        if rules.may_become(session.topic.state, state, team=False):
            services.run_topic(topic=session.topic, state=state, by=user)


ACTS: dict[str, Act] = {
    "add_room": _add_room,
    "change_room": _change_room,
    "remove_room": lambda e, by, d: services.remove_room(room=room_of(e, d), by=by),
    "add_slots": _add_slots,
    "change_slot": _change_slot,
    "remove_slot": lambda e, by, d: services.remove_slot(slot=slot_of(e, d), by=by),
    "placing": lambda e, by, d: event_services.set_switches(event=e, by=by, placing_open=d.get("on") == "1"),
    "place": _place,
    "run_topic": _run,
    "run_slot": _run_slot,
}


# --- what the page shows ---------------------------------------------------------------------------------
def context(event: Event) -> dict[str, Any]:
    rooms, slots = list(event.rooms.order_by("number")), list(event.slots.order_by("starts_at", "number"))
    topics = list(selectors.topics_for_grid(event))
    placed = {(t.session.room_id, t.session.slot_id): t for t in topics if t.state in rules.IN_GRID and has_cell(t)}
    torn = selectors.torn_by_slot(event) if placed else {}
    return {
        "grid_rooms": [_room_row(room, placed) for room in rooms],
        "grid_rows": [_slot_row(slot, rooms, placed, torn) for slot in slots],
        "grid_waiting": [topic for topic in topics if topic.state in rules.PLACEABLE and not has_cell(topic)],
        "grid_now": _now(slots, placed),
        "can_run_groups": rules.can_run_groups(event),
        "room_form": RoomForm(auto_id="room-new-%s"),
        "slots_form": SlotsForm(auto_id="slots-new-%s", initial={"starts_at": _next_begin(event, slots)}),
        "grid_setup_open": not (rooms and slots),
    }


def has_cell(topic: Topic) -> bool:
    return hasattr(topic, "session")


def _room_row(room: Room, placed: dict[tuple[int, int], Topic]) -> dict[str, Any]:
    facts = {"name": room.name, "where": room.where, "capacity": room.capacity, "step_free": room.step_free}
    form = RoomForm(auto_id=f"room-{room.number}-%s", initial=facts)
    return {"room": room, "form": form, "empty": all(room.pk != taken for taken, _slot in placed)}


def _slot_row(
    slot: Slot, rooms: list[Room], placed: dict[tuple[int, int], Topic], torn: Mapping[int, int]
) -> dict[str, Any]:
    minutes = int((slot.ends_at - slot.starts_at).total_seconds() // 60)
    facts = {"starts_at": timezone.localtime(slot.starts_at), "minutes": minutes}
    cells: list[dict[str, Any]] = [{"room": room, "topic": placed.get((room.pk, slot.pk))} for room in rooms]
    for cell in cells:
        cell["full"] = _is_full(cell["topic"], cell["room"])
    return {
        "slot": slot,
        "form": SlotForm(auto_id=f"slot-{slot.number}-%s", initial=facts),
        "cells": cells,
        "empty": all(cell["topic"] is None for cell in cells),
        "torn": torn.get(slot.number, 0),
    }


def _is_full(topic: Any, room: Room) -> bool:
    return topic is not None and room.capacity is not None and topic.planned > room.capacity


def _now(slots: list[Slot], placed: dict[tuple[int, int], Topic]) -> dict[str, Any] | None:
    """The slot whose groups begin or end next, with those groups: what runs, ends first. None without any."""
    open_groups = [topic for topic in placed.values() if topic.state in rules.OPEN_GROUPS]
    filled = [slot for slot in slots if any(topic.session.slot_id == slot.pk for topic in open_groups)]
    going = {topic.session.slot_id for topic in open_groups if topic.state == Topic.State.RUNNING}
    first = [slot for slot in filled if slot.pk in going]
    coming = first or [slot for slot in filled if slot.ends_at > timezone.now()] or filled[-1:]
    if not coming:
        return None
    slot = coming[0]
    topics = [topic for topic in placed.values() if topic.session.slot_id == slot.pk]
    states = {topic.state for topic in topics}
    return {
        "slot": slot,
        "topics": sorted(topics, key=lambda topic: topic.session.room.number),
        "may_begin": Topic.State.PLACED in states,
        "may_end": Topic.State.RUNNING in states,
    }


def _next_begin(event: Event, slots: list[Slot]) -> Any:
    """Where the next slots would begin: after the last one, or with the event."""
    return timezone.localtime(max([slot.ends_at for slot in slots], default=event.starts_at))
