"""Papers of an open space: who gets them, and what stands on them."""

import re
import uuid
from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pypdf import PdfReader

from accounts.models import User
from participation.models import Ballot, Event, Room, Seat, Session, Slot, Ticket, Topic
from participation.services import events as services
from participation.services.ballots import create_ballot


def words(response: Any) -> str:
    """What stands on all pages of a PDF for everybody (PDF/UA-1), with single spaces."""
    assert (response.status_code, response["Content-Type"]) == (200, "application/pdf")
    assert b"pdfuaid" in response.content
    pages = PdfReader(BytesIO(response.content)).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


def paper(name: str, event: Event, *args: object) -> str:
    return reverse(f"events:{name}", args=[event.join_code, *args])


@pytest.fixture
def binding(event: Event, contact_person: User) -> Ballot:
    return create_ballot(
        event=event, by=contact_person, question="Wer bekommt das Geld?", options=["Rad", "Dach"], tier="binding"
    )


# --- the poster ------------------------------------------------------------------------------------------
def test_the_poster_says_how_to_get_in(client: Client, event: Event) -> None:
    Event.objects.filter(pk=event.pk).update(state="announced", join_code="ABCDEF", subtitle="Was machen wir daraus?")
    event.refresh_from_db()
    text = words(client.get(paper("poster", event)))
    for said in ("Tag der offenen Fläche", "Was machen wir daraus?", "ABC DEF", "testserver/j", "Aula", "Nordstadt",
                 "Komm rein!", "Kein Konto, keine E-Mail"):  # fmt: skip
        assert said in text


@pytest.mark.parametrize(("size", "width"), [("", 210), ("?papier=a3", 297), ("?papier=a0", 210)])
def test_the_poster_comes_in_two_sizes(client: Client, event: Event, size: str, width: int) -> None:
    response = client.get(paper("poster", event) + size)
    assert round(float(PdfReader(BytesIO(response.content)).pages[0].mediabox.width) / 72 * 25.4) == width


def test_a_poster_of_a_draft_is_for_the_team(client: Client, contact_client: Client, event: Event) -> None:
    Event.objects.filter(pk=event.pk).update(state="draft")
    assert [c.get(paper("poster", event)).status_code for c in (client, contact_client)] == [404, 200]


def test_poster_and_wall_are_linked_where_they_are_needed(client: Client, contact_client: Client, event: Event) -> None:
    door = client.get(reverse("events:join", args=[event.join_code])).content.decode()
    stage = contact_client.get(reverse("events:stage", args=[event.join_code])).content.decode()
    assert paper("poster", event) in door
    assert [paper(name, event) in stage for name in ("poster", "wall_paper", "helper")] == [True] * 3


# --- the wall --------------------------------------------------------------------------------------------
@pytest.fixture
def topics(guest: Seat) -> list[Topic]:
    titles = ["Kino im Hof", "Nachtbus", "Heimlich"]
    return [services.propose_topic(seat=guest, op=uuid.uuid4(), title=title) for title in titles]


def test_the_wall_prints_shown_topics_and_empty_cards(
    contact_client: Client, event: Event, topics: list[Topic]
) -> None:
    Topic.objects.filter(pk=topics[2].pk).update(state="hidden")
    text = words(contact_client.get(paper("wall_paper", event)))
    assert [title in text for title in ("Kino im Hof", "Nachtbus", "Heimlich")] == [True, True, False]
    assert text.count("Unser Thema in einem Satz") == 2


def test_the_grid_is_printed_with_its_rooms_and_slots(
    contact_client: Client, event: Event, topics: list[Topic], django_assert_num_queries: Any
) -> None:
    rooms = [Room.objects.create(event=event, number=n, name=f"Raum {n}", step_free=n == 1) for n in (1, 2)]
    start = timezone.now().replace(hour=13, minute=0)
    slots = [
        Slot.objects.create(event=event, number=n, starts_at=start + timedelta(hours=n),
                            ends_at=start + timedelta(hours=n, minutes=45)) for n in (1, 2, 3)
    ]  # fmt: skip
    for topic, slot in zip(topics, slots, strict=True):
        Session.objects.create(event=event, topic=topic, room=rooms[0], slot=slot)
    text = words(contact_client.get(paper("wall_paper", event)))
    times = re.findall(r"\d\d:00– ?\d\d:45", text)
    assert len(times) == 3
    assert "Raum 1" in text
    assert "nur über Stufen" in text
    assert f"{times[0][:5]} · Raum 1" in text
    with django_assert_num_queries(8):
        contact_client.get(paper("wall_paper", event))


def test_the_wall_on_paper_is_for_the_team(
    client: Client, resident_client: Client, other_staff_client: Client, event: Event
) -> None:
    answers = [c.get(paper("wall_paper", event)).status_code for c in (client, resident_client, other_staff_client)]
    assert answers == [302, 404, 404]


# --- tickets ---------------------------------------------------------------------------------------------
def press(client: Client, event: Event, **fields: Any) -> Any:
    return client.post(paper("tickets", event, 1), {"client_id": uuid.uuid4(), "count": 3, **fields})


def test_tickets_come_as_a_pdf_whose_codes_work(
    contact_client: Client, event: Event, binding: Ballot, guest: Seat, client: Client, guest_token: str
) -> None:
    text = words(press(contact_client, event, count=9))
    codes = re.findall(r"[0-9A-Z]{5}-[0-9A-Z]{5}", text)
    assert (len(set(codes)), text.count("Wer bekommt das Geld?"), text.count("Einmal gültig")) == (9, 9, 9)
    client.cookies[f"seat_{event.pk}"] = guest_token
    answer = client.post(paper("ticket", event, codes[4].replace("-", "")), {"code": codes[4]}, follow=True)
    assert "Karte eingelöst" in answer.content.decode()
    assert Ticket.objects.get(seat=guest).number == 5


def test_pressing_twice_gives_the_same_tickets(contact_client: Client, event: Event, binding: Ballot) -> None:
    request = uuid.uuid4()
    first, second = (words(press(contact_client, event, client_id=request)) for _ in range(2))
    assert (first == second, Ticket.objects.count()) == (True, 3)


@pytest.mark.parametrize("fields", [{"count": "0"}, {"count": "501"}, {"count": "x"}, {"count": ""}])
def test_an_odd_number_of_tickets_gets_a_sentence(
    contact_client: Client, event: Event, binding: Ballot, fields: dict[str, str]
) -> None:
    response = press(contact_client, event, **fields)
    assert response.status_code == 422
    assert 'class="error"' in response.content.decode()
    assert Ticket.objects.count() == 0


def test_a_counted_ballot_offers_no_tickets(contact_client: Client, event: Event, binding: Ballot) -> None:
    Ballot.objects.filter(pk=binding.pk).update(state="counted")
    assert "Diese Abstimmung ist zu" in contact_client.get(paper("tickets", event, 1)).content.decode()
    assert press(contact_client, event).status_code == 422


def test_there_is_no_ticket_page_for_strangers_and_other_ballots(
    contact_client: Client, other_staff_client: Client, event: Event, binding: Ballot
) -> None:
    assert other_staff_client.get(paper("tickets", event, 1)).status_code == 404
    assert contact_client.get(paper("tickets", event, 9)).status_code == 404
    Ballot.objects.filter(pk=binding.pk).update(tier="event")
    assert contact_client.get(paper("tickets", event, 1)).status_code == 404
