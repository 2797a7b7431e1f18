"""The grid of an event: its rooms and slots, what is placed where, and who means to go there."""

from datetime import timedelta
from typing import Any

from cms.demo.sack import Plot, Sack
from participation.models import Event, Room, Seat, Slot, Topic
from participation.services.grid.attending import HereMark, PlanMark, mark_plans, mark_whereabouts
from participation.services.grid.placing import place_topic, run_topic
from participation.services.grid.rooms import add_room
from participation.services.grid.slots import add_slots

QUARTER = 15


def sow_grid(sack: Sack, plot: Plot, row: dict[str, Any], event: Event, seats: list[Seat]) -> None:
    """Rooms, slots and sessions as the texts tell them; an event without rooms has no grid."""
    rooms = [add_room(event=event, by=plot.lead, **told) for told in row.get("room", [])]
    if not rooms:
        return
    slots = _sow_slots(sack, plot, row["slots"], event)
    topics = {topic.title: topic for topic in event.topics.select_related("event")}
    for told in row.get("topic", []):
        if "cell" in told:
            _sow_session(plot, told, topics[told["title"]], rooms, slots)
    _sow_plans(sack, event, row["topic"], topics, seats)


def _sow_slots(sack: Sack, plot: Plot, told: dict[str, int], event: Event) -> list[Slot]:
    """The first slot begins so many minutes from now, at a quarter of an hour."""
    begin = sack.now + timedelta(minutes=told["starts_in_minutes"])
    begin = begin.replace(minute=begin.minute - begin.minute % QUARTER, second=0, microsecond=0)
    times = {name: told[name] for name in ("minutes", "count", "pause")}
    return add_slots(event=event, by=plot.lead, starts_at=begin, **times)


def _sow_session(plot: Plot, told: dict[str, Any], topic: Topic, rooms: list[Room], slots: list[Slot]) -> None:
    """`cell` is the place of the room and of the slot in their lists, from 1."""
    room, slot = told["cell"]
    place_topic(topic=topic, room=rooms[room - 1], slot=slots[slot - 1], by=plot.lead)
    if told.get("running"):
        run_topic(topic=topic, state=Topic.State.RUNNING, by=plot.lead)


def _sow_plans(
    sack: Sack, event: Event, told: list[dict[str, Any]], topics: dict[str, Topic], seats: list[Seat]
) -> None:
    """Two thirds of those who are interested mean to go; where something runs, half of them are there already."""
    plans: list[PlanMark] = []
    here: list[HereMark] = []
    for row in told:
        if "cell" not in row:
            continue
        number = topics[row["title"]].number
        going = sack.dice.sample(seats, min(2 * row["interest"] // 3, len(seats)))
        plans += [PlanMark(seat.pk, sack.id("plan", number, seat.pk), number, on=True) for seat in going]
        if row.get("running"):
            half = going[: len(going) // 2]
            here += [HereMark(seat.pk, sack.id("here", number, seat.pk), number) for seat in half]
    mark_plans(event_id=event.pk, marks=plans)
    mark_whereabouts(event_id=event.pk, marks=here)
