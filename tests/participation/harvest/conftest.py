"""An open space in its rounds: topics on the wall, seats around them, and what they write down."""

import uuid
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from participation.models import Event, Outcome, Seat, Topic
from participation.services import events as services
from participation.services import harvest

Sit = Callable[..., Seat]


@pytest.fixture
def rounds(event: Event, contact_person: User) -> Event:
    """The event while groups sit together: notes are open."""
    return services.set_phase(event=event, by=contact_person, phase="rounds")


@pytest.fixture
def topic(event: Event, guest: Seat) -> Topic:
    """A topic of the guest."""
    return services.propose_topic(seat=guest, op=uuid.uuid4(), title="Kino im Hof", text="Freitags")


@pytest.fixture
def sit(event: Event) -> Sit:
    """`sit("Gast 2")` or `sit(user=resident)`: one more seat."""

    def take(nickname: str = "Gast", *, user: User | None = None) -> Seat:
        token = f"a-token-that-nobody-else-has-{uuid.uuid4()}"
        return services.take_seat(event=event, token=token, nickname=nickname, user=user)

    return take


@pytest.fixture
def write(topic: Topic) -> Callable[..., Any]:
    """`write(seat, "Leinwand leihen", "want")`."""

    def write_note(author: Seat | User, text: str = "Leinwand leihen", section: str = "want", **facts: Any) -> Any:
        about = facts.pop("about", topic)
        about.refresh_from_db()
        return harvest.write_note(
            topic=about, author=author, op=facts.get("op") or uuid.uuid4(), section=section, text=text
        )

    return write_note


@pytest.fixture
def join(event: Event) -> Callable[..., Any]:
    """`join(outcome, seat)`: "Ich bin dabei"."""

    def mark(outcome: Outcome, *seats: Seat, on: bool = True) -> list[Any]:
        marks = [harvest.JoinMark(seat, uuid.uuid4(), outcome.number, on) for seat in seats]
        return harvest.join_outcomes(event_id=event.pk, marks=marks)

    return mark


@pytest.fixture
def outcome(topic: Topic, event: Event, contact_person: User) -> Outcome:
    return harvest.make_outcome(
        event=event, by=contact_person, title="Drei Kinoabende", text="Ab Mai, freitags", topic=topic.number
    )


@pytest.fixture
def phone(event: Event, guest: Seat, guest_token: str) -> Client:
    """The guest's device."""
    client = Client()
    client.cookies[f"seat_{event.pk}"] = guest_token
    return client
