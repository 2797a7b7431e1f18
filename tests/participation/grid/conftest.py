"""A grid of three rooms and three slots in the cast's event, and topics that want into it."""

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from accounts.models import User
from common.errors import Refused
from participation.models import Event, Interest, Room, Seat, Slot, Topic
from participation.services import grid as services
from participation.services import operations
from participation.services.events import propose_topic, take_seat


@dataclass
class Grid:
    """Rooms by name, slots by number; `place` is the team's hand."""

    event: Event
    by: User
    rooms: dict[str, Room]
    slots: dict[int, Slot]

    def place(self, topic: Topic, room: str, slot: int, **facts: Any) -> services.Placed:
        facts = {"by": self.by, **facts}
        return services.place_topic(topic=topic, room=self.rooms[room], slot=self.slots[slot], **facts)


@pytest.fixture
def grid(event: Event, contact_person: User) -> Grid:
    """Aula (60), Küche (12) and Dach (25, stairs); three slots of 45 minutes, the first one begins in 15."""
    told = [("Aula", 60, True), ("Küche", 12, True), ("Dach", 25, False)]
    rooms = [
        services.add_room(event=event, by=contact_person, name=name, capacity=capacity, step_free=step_free)
        for name, capacity, step_free in told
    ]
    begin = (timezone.now() + timedelta(minutes=15)).replace(second=0, microsecond=0)
    slots = services.add_slots(event=event, by=contact_person, starts_at=begin, minutes=45, count=3, pause=15)
    return Grid(event, contact_person, {room.name: room for room in rooms}, {slot.number: slot for slot in slots})


@pytest.fixture
def seats(event: Event) -> list[Seat]:
    """Five guests."""
    return [
        take_seat(event=event, token=f"{number}-a-token-that-is-long-enough", nickname=f"Gast {number}")
        for number in range(5)
    ]


@pytest.fixture
def propose(seats: list[Seat]) -> Callable[..., Topic]:
    """A topic of one of the seats, with so many interested people (counted only)."""

    def hang_up(title: str, seat: int = 0, *, interest: int = 0, step_free: bool = False) -> Topic:
        topic = propose_topic(seat=seats[seat], op=uuid.uuid4(), title=title)
        topic.interest_count, topic.step_free = interest, step_free
        topic.save(update_fields=["interest_count", "step_free"])
        return topic

    return hang_up


@pytest.fixture
def ask(event: Event) -> Callable[..., Any]:
    """An operation of a seat; its answer, or the refusal."""

    def carry_out(seat: Seat, kind: str, op: uuid.UUID | None = None, base_rev: int | None = None, **a: Any) -> Any:
        asked = operations.ask(seat=seat, op=op or uuid.uuid4(), kind=kind, arguments=a, base_rev=base_rev)
        return operations.carry_out(asked=asked)

    return carry_out


def refusal(act: Callable[[], object]) -> Refused:
    with pytest.raises(Refused) as refused:
        act()
    return refused.value


def like(topic: Topic, *seats: Seat) -> None:
    """These seats are interested in it."""
    Interest.objects.bulk_create(Interest(topic=topic, seat=seat) for seat in seats)
    Topic.objects.filter(pk=topic.pk).update(interest_count=topic.interests.count())
