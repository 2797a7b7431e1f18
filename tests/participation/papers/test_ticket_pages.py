"""Redeeming a ticket on a phone: scanned or typed, with a seat or on the way to one."""

import re
import uuid
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from participation.models import Ballot, Event, RollEntry, Seat
from participation.services.ballots import create_ballot, open_ballot
from participation.services.ballots.tickets import print_tickets
from participation.services.events import rotate_code
from tests.participation.papers.test_papers import paper

DEVICE = "a-token-that-the-form-has-brought-along"


@pytest.fixture
def codes(event: Event, contact_person: User) -> list[str]:
    facts: dict[str, Any] = {"question": "Wer bekommt das Geld?", "options": ["Rad", "Dach"], "tier": "binding"}
    ballot = create_ballot(event=event, by=contact_person, **facts)
    cards = print_tickets(ballot=ballot, by=contact_person, count=3, client_id=uuid.uuid4())
    return [card.code for card in cards]


@pytest.fixture
def phone(client: Client, event: Event, guest: Seat, guest_token: str) -> Client:
    client.cookies[f"seat_{event.pk}"] = guest_token
    return client


def test_scanning_redeems_nothing_before_the_tap(phone: Client, event: Event, codes: list[str]) -> None:
    page = phone.get(paper("ticket", event, codes[0])).content.decode()
    assert f'value="{codes[0]}"' in page
    assert RollEntry.objects.count() == 0


def test_one_tap_redeems_and_leads_to_the_phone(phone: Client, event: Event, guest: Seat, codes: list[str]) -> None:
    for _ in range(2):
        response = phone.post(paper("ticket", event, codes[0]), {"code": codes[0]})
        assert response["Location"] == event.get_absolute_url()
    assert list(RollEntry.objects.values_list("seat", flat=True)) == [guest.pk]


def test_who_has_no_seat_gets_one_with_the_same_tap(client: Client, event: Event, codes: list[str]) -> None:
    page = client.get(paper("ticket", event, codes[0]))
    fields = {"code": codes[0], **page.context["seat_form"].initial}
    response = client.post(paper("ticket", event, codes[0]), fields)
    assert response["Location"] == event.get_absolute_url()
    seat = Seat.objects.get()
    assert RollEntry.objects.get().seat == seat
    assert client.get(event.get_absolute_url()).status_code == 200


def test_a_resident_redeems_under_their_own_name(
    resident_client: Client, resident: User, event: Event, codes: list[str]
) -> None:
    page = resident_client.get(paper("ticket", event, codes[0]))
    resident_client.post(paper("ticket", event, codes[0]), {"code": codes[0], **page.context["seat_form"].initial})
    assert RollEntry.objects.get().seat.user == resident


def test_a_used_ticket_says_so_and_the_new_seat_stays(
    client: Client, phone: Client, event: Event, codes: list[str]
) -> None:
    phone.post(paper("ticket", event), {"code": codes[0]})
    late = Client()
    fields = {"code": codes[0], "nickname": "Otter-7", "device": DEVICE}
    response = late.post(paper("ticket", event, codes[0]), fields)
    assert response.status_code == 422
    assert "Diese Karte ist schon eingelöst. Jede Karte gilt einmal." in response.content.decode()
    assert late.get(event.get_absolute_url()).status_code == 200
    late.post(paper("ticket", event), {"code": codes[1]})
    assert (Seat.objects.count(), RollEntry.objects.count()) == (2, 2)


@pytest.mark.parametrize("code", ["", "WRONG-WRONG", "<script>", "\0", "x" * 50])
def test_a_wrong_code_gets_a_sentence_and_stays_typed(phone: Client, event: Event, codes: list[str], code: str) -> None:
    response = phone.post(paper("ticket", event), {"code": code})
    assert response.status_code == 422
    assert 'class="error"' in response.content.decode()
    assert "<script>" not in response.content.decode().split("<form")[1]


def test_before_the_doors_open_the_ticket_keeps(client: Client, event: Event, codes: list[str]) -> None:
    Event.objects.filter(pk=event.pk).update(state="announced")
    assert "Deine Karte bleibt gültig" in client.get(paper("ticket", event, codes[0])).content.decode()
    fields = {"code": codes[0], "nickname": "Otter-7", "device": DEVICE}
    assert client.post(paper("ticket", event, codes[0]), fields).status_code == 422
    assert (Seat.objects.count(), RollEntry.objects.count()) == (0, 0)


def test_a_ticket_with_the_former_code_of_the_event_still_leads_in(
    client: Client, event: Event, codes: list[str], contact_person: User
) -> None:
    printed = paper("ticket", event, codes[0])
    rotate_code(event=event, by=contact_person, old=event.join_code)
    fields = {"code": codes[0], "nickname": "Otter-7", "device": DEVICE}
    event.refresh_from_db()
    assert client.post(printed, fields)["Location"] == event.get_absolute_url()
    assert Client().get(printed.replace(codes[0], "0123456789")).status_code == 410


def test_the_phone_asks_for_a_ticket_while_the_ballot_runs_and_it_has_none(
    phone: Client, event: Event, codes: list[str], contact_person: User
) -> None:
    def asked() -> bool:
        """Whether the link to the ticket page is to be seen."""
        page = phone.get(event.get_absolute_url()).content.decode()
        (line,) = re.findall(r"<div[^>]* data-ticket[^>]*>", page)
        assert f'href="{paper("ticket", event)}"' in page
        return "hidden" not in line

    assert asked() is False
    open_ballot(ballot=Ballot.objects.get(), by=contact_person)
    assert asked() is True
    phone.post(paper("ticket", event), {"code": codes[0]})
    assert asked() is False


def test_the_stage_links_the_tickets_of_binding_ballots_only(
    contact_client: Client, event: Event, codes: list[str], contact_person: User
) -> None:
    create_ballot(event=event, by=contact_person, question="Stimmung?", kind="consent")
    stage = contact_client.get(reverse("events:stage", args=[event.join_code])).content.decode()
    links = [paper("tickets", event, ballot.number) in stage for ballot in Ballot.objects.order_by("number")]
    assert links == [True, False]
