"""The helper's device: people without a phone take part, through the same acts."""

import re
import uuid
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from participation.models import Ballot, BallotPaper, Event, Extension, RollEntry, Seat, Topic
from participation.selectors.ballots import receipt_of
from participation.services.ballots import create_ballot, open_ballot
from participation.services.ballots.tickets import print_tickets
from participation.services.events.helping import take_helped_seat
from tests.participation.papers.test_papers import paper


@pytest.fixture
def helped(event: Event, contact_person: User) -> Seat:
    return take_helped_seat(event=event, by=contact_person, client_id=uuid.uuid4())


@pytest.fixture
def make(event: Event, contact_person: User) -> Callable[..., Ballot]:
    def made(**facts: Any) -> Ballot:
        facts = {"question": "Was zuerst?", "options": ["Rad", "Dach"], **facts}
        return create_ballot(event=event, by=contact_person, **facts)

    return made


def press(client: Client, seat: Seat, **fields: Any) -> Any:
    return client.post(paper("helped", seat.event, seat.number), {"op": uuid.uuid4(), **fields}, follow=True)


def test_a_new_person_gets_a_number_once(contact_client: Client, event: Event) -> None:
    op = uuid.uuid4()
    for _ in range(2):
        response = contact_client.post(paper("helper", event), {"op": op})
        assert response["Location"] == paper("helped", event, 1)
    seat = Seat.objects.get()
    assert (seat.helped, seat.number, seat.user) == (True, 1, None)


def test_the_list_shows_numbers_of_helped_seats_and_no_names(
    contact_client: Client, event: Event, guest: Seat, helped: Seat
) -> None:
    page = contact_client.get(paper("helper", event)).content.decode()
    assert re.findall(r"helfen/(\d+)/", page) == [str(helped.number)]
    assert [helped.nickname in page, guest.nickname in page] == [False, False]


def test_nobody_acts_for_a_seat_that_has_its_own_phone(contact_client: Client, event: Event, guest: Seat) -> None:
    assert contact_client.get(paper("helped", event, guest.number)).status_code == 404
    assert press(contact_client, guest, k="topic.propose", title="Nein").status_code == 404


def test_a_helper_votes_and_gets_the_receipt_but_never_the_paper(
    contact_client: Client, make: Callable[..., Ballot], contact_person: User, helped: Seat
) -> None:
    ballot = open_ballot(ballot=make(kind="choice"), by=contact_person)
    page = press(contact_client, helped, k="paper.cast", ballot=ballot.pk, wahl="2").content.decode()
    assert BallotPaper.objects.get(seat=helped).choice == {"2": 1}
    assert receipt_of(ballot.pk, helped.pk) in page
    assert " checked" not in page


def test_a_helper_asks_for_more_time(
    contact_client: Client, make: Callable[..., Ballot], contact_person: User, helped: Seat
) -> None:
    ballot = open_ballot(ballot=make(kind="choice"), by=contact_person, seconds=60)
    page = press(contact_client, helped, k="ballot.more_time", ballot=ballot.pk).content.decode()
    assert "Das Team weiß Bescheid." in page
    assert list(Extension.objects.values_list("ballot", "seat")) == [(ballot.pk, helped.pk)]


def test_a_secret_paper_is_final(
    contact_client: Client, make: Callable[..., Ballot], contact_person: User, helped: Seat
) -> None:
    ballot = open_ballot(ballot=make(kind="choice", secrecy="secret"), by=contact_person)
    page = press(contact_client, helped, k="paper.cast", ballot=ballot.pk, wahl="2").content.decode()
    assert ["bleibt geheim" in page, 'value="paper.cast"' in page] == [True, False]
    assert receipt_of(ballot.pk, helped.pk) in page


def test_a_paper_that_breaks_the_rules_is_refused_and_kept(
    contact_client: Client, make: Callable[..., Ballot], contact_person: User, helped: Seat
) -> None:
    ballot = open_ballot(ballot=make(kind="dots", budget=2, max_per_option=2), by=contact_person)
    response = press(contact_client, helped, k="paper.cast", ballot=ballot.pk, o1=2, o2=2)
    assert response.status_code == 422
    assert "mehr, als du vergeben kannst" in response.content.decode()
    assert 'name="o2" value="2" checked' in response.content.decode()
    assert BallotPaper.objects.count() == 0


def test_a_binding_ballot_needs_the_persons_ticket(
    contact_client: Client, make: Callable[..., Ballot], contact_person: User, helped: Seat
) -> None:
    made = make(tier="binding", kind="consent")
    (card,) = print_tickets(ballot=made, by=contact_person, count=1, client_id=uuid.uuid4())
    ballot = open_ballot(ballot=made, by=contact_person)
    page = contact_client.get(paper("helped", helped.event, helped.number)).content.decode()
    assert ["Tipp den Code" in page, 'value="paper.cast"' in page] == [True, False]
    assert press(contact_client, helped, k="paper.cast", ballot=ballot.pk, wahl="yes").status_code == 422
    wrong = press(contact_client, helped, k="ticket.redeem", code="WRONG-WRONG")
    assert (wrong.status_code, "WRONG-WRONG" in wrong.content.decode()) == (422, True)
    page = press(contact_client, helped, k="ticket.redeem", code=card.code).content.decode()
    assert ["Tipp den Code" in page, 'value="paper.cast"' in page] == [False, True]
    press(contact_client, helped, k="paper.cast", ballot=ballot.pk, wahl="yes")
    assert list(RollEntry.objects.values_list("seat", flat=True)) == [helped.pk]
    assert BallotPaper.objects.get().choice == {"1": 1}


def test_a_helper_proposes_a_topic_for_somebody(contact_client: Client, helped: Seat) -> None:
    fields = {"k": "topic.propose", "op": uuid.uuid4(), "title": "Kino im Hof"}
    for _ in range(2):
        response = press(contact_client, helped, **fields)
    assert "Thema 1 ist aufgeschrieben" in response.content.decode()
    assert list(Topic.objects.values_list("seat", "title")) == [(helped.pk, "Kino im Hof")]
    empty = press(contact_client, helped, k="topic.propose", title=" ", text="Freitags")
    assert (empty.status_code, "Freitags" in empty.content.decode()) == (422, True)


@pytest.mark.parametrize(
    "fields", [{}, {"k": "nonsense"}, {"k": "topic.interest", "topic": 1, "on": 1}, {"k": "paper.cast", "ballot": "x"}]
)
def test_what_a_helper_cannot_do_gets_a_sentence(contact_client: Client, helped: Seat, fields: dict[str, Any]) -> None:
    response = press(contact_client, helped, **fields)
    assert (response.status_code, len(list(response.context["messages"]))) == (422, 1)


def test_the_helpers_pages_are_for_the_team(
    client: Client, other_staff_client: Client, resident_client: Client, event: Event, helped: Seat
) -> None:
    pages = [paper("helper", event), paper("helped", event, helped.number)]
    for page in pages:
        answers = [c.get(page).status_code for c in (client, other_staff_client, resident_client)]
        assert answers == [302, 404, 404]


def test_closed_doors_give_no_new_seats(contact_client: Client, event: Event) -> None:
    Event.objects.filter(pk=event.pk).update(state="announced")
    response = contact_client.post(paper("helper", event), {"op": uuid.uuid4()}, follow=True)
    assert (Seat.objects.count(), len(list(response.context["messages"]))) == (0, 1)


@pytest.mark.parametrize("people", [1, 3])
def test_the_list_takes_the_same_queries_however_many_people(
    contact_client: Client, event: Event, contact_person: User, people: int, django_assert_num_queries: Any
) -> None:
    for _ in range(people):
        take_helped_seat(event=event, by=contact_person, client_id=uuid.uuid4())
    with django_assert_num_queries(5):
        contact_client.get(paper("helper", event))
