"""Open spaces for programs."""

import uuid
from typing import Any

import pytest
import time_machine
from asgiref.sync import sync_to_async
from django.db import connections
from django.test import AsyncClient, Client
from django.utils import timezone

from accounts.models import User
from participation.models import Ballot, BallotPaper, Event, Seat, Topic
from participation.services import ballots as ballot_services
from participation.services import events as services
from participation.services import operations
from tests import cast

JSON = "application/json"


@pytest.fixture
def phone(event: Event, guest: Seat, guest_token: str) -> Client:
    client = Client()
    client.cookies[f"seat_{event.pk}"] = guest_token
    return client


@pytest.fixture
def ballot(event: Event, contact_person: User) -> Ballot:
    made = ballot_services.create_ballot(event=event, by=contact_person, question="?", options=["a", "b", "c", "d"])
    return ballot_services.open_ballot(ballot=made, by=contact_person)


def post(client: Client, event: Event, door: str, body: dict[str, Any], **headers: str) -> Any:
    return client.post(f"/api/v1/events/{event.join_code}/{door}/", body, content_type=JSON, headers=headers)


def test_events_are_listed_for_everybody_and_drafts_for_nobody(
    client: Client, event: Event, contact_person: User, django_assert_num_queries: Any
) -> None:
    services.create_event(quartier=event.quartier, by=contact_person, title="Entwurf", starts_at=event.starts_at)
    with django_assert_num_queries(2):
        found = client.get("/api/v1/events/").json()
    assert [row["title"] for row in found["results"]] == ["Tag der offenen Fläche"]


def test_events_of_one_quartier(client: Client, event: Event, other_quartier: Any) -> None:
    counts = [client.get(f"/api/v1/events/?quartier={slug}").json()["count"] for slug in ("nordstadt", "suedhang")]
    assert counts == [1, 0]
    assert client.get("/api/v1/events/?quartier=nirgends").status_code == 404


def test_one_event_with_its_wall(client: Client, event: Event, guest: Seat) -> None:
    services.propose_topic(seat=guest, op=uuid.uuid4(), title="Kino im Hof")
    found = client.get(f"/api/v1/events/{event.join_code.lower()}/").json()
    assert (found["joined"], found["live"]["topics"][0]["title"]) == (1, "Kino im Hof")
    assert client.get("/api/v1/events/NADA00/").status_code == 404


def test_a_seat_comes_with_token_and_cookie_and_is_the_same_again(client: Client, event: Event) -> None:
    first = post(client, event, "seat", {"nickname": "Otter-7"})
    second = post(client, event, "seat", {"nickname": "Otter-8"})
    assert (first.status_code, second.status_code) == (201, 200)
    assert first.json() == second.json()
    assert first.cookies[f"seat_{event.pk}"]["httponly"] is True


def test_a_paper_by_http_gets_the_answer_of_the_socket(phone: Client, event: Event, ballot: Ballot) -> None:
    op = str(uuid.uuid4())
    body = {"op": op, "k": "paper.cast", "a": {"ballot": ballot.pk, "choice": {"1": 3}}}
    first, second = post(phone, event, "ops", body).json(), post(phone, event, "ops", body).json()
    assert set(first) == {"op", "rev", "receipt", "at"}
    assert second == {**first, "dup": True}
    assert BallotPaper.objects.count() == 1


def test_the_idempotency_key_is_the_operations_id(phone: Client, event: Event) -> None:
    body = {"k": "topic.propose", "a": {"title": "Kino im Hof"}}
    key = str(uuid.uuid4())
    for _ in range(2):
        answer = post(phone, event, "ops", body, idempotency_key=key)
    assert (answer.status_code, answer.json()["op"], Topic.objects.count()) == (200, key, 1)


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        ({}, 400, "invalid"),
        ({"k": "coffee", "a": {}}, 400, "invalid"),
        ({"op": "1", "k": "paper.cast", "a": {}}, 400, "invalid"),
        ({"k": "paper.cast", "a": {"ballot": 1, "choice": {"1": 1}}}, 400, "invalid"),
        ({"op": str(uuid.uuid4()), "k": "paper.cast", "a": {"ballot": "x", "choice": 3}}, 400, "invalid"),
        ({"op": str(uuid.uuid4()), "k": "paper.cast", "a": {"ballot": 10**9, "choice": {}}}, 404, "absent"),
        ({"op": str(uuid.uuid4()), "k": "topic.interest", "a": {"topic": 77, "on": True}}, 404, "absent"),
    ],
)
def test_a_mistake_is_said_in_one_shape(
    phone: Client, event: Event, body: dict[str, Any], status: int, code: str
) -> None:
    answer = post(phone, event, "ops", body)
    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert answer.json()["detail"]


def test_over_budget_is_a_conflict(phone: Client, event: Event, ballot: Ballot) -> None:
    body = {"op": str(uuid.uuid4()), "k": "paper.cast", "a": {"ballot": ballot.pk, "choice": {"1": 9}}}
    answer = post(phone, event, "ops", body)
    assert (answer.status_code, answer.json()["code"]) == (409, "over_budget")


def test_without_a_seat_nothing_is_carried_out(client: Client, event: Event, ballot: Ballot) -> None:
    body = {"op": str(uuid.uuid4()), "k": "paper.cast", "a": {"ballot": ballot.pk, "choice": {}}}
    assert post(client, event, "ops", body).status_code == 401


def test_another_site_cannot_vote_with_our_cookie(event: Event, guest: Seat, guest_token: str) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.cookies[f"seat_{event.pk}"] = guest_token
    body = {"op": str(uuid.uuid4()), "k": "topic.propose", "a": {"title": "x"}}
    assert post(strict, event, "ops", body).status_code == 403
    assert Topic.objects.count() == 0


def test_another_site_cannot_give_a_browser_a_seat(event: Event) -> None:
    strict = Client(enforce_csrf_checks=True)
    answer = post(strict, event, "seat", {"token": "a-token-the-other-site-knows"}, origin="https://other.example")
    assert (answer.status_code, Seat.objects.count()) == (403, 0)


def test_a_program_without_a_page_takes_a_seat_and_acts(event: Event) -> None:
    strict = Client(enforce_csrf_checks=True)
    token = post(strict, event, "seat", {"nickname": "Otter-7"}).json()["token"]
    body = {"op": str(uuid.uuid4()), "k": "topic.propose", "a": {"title": "Kino im Hof"}}
    assert post(strict, event, "ops", body, authorization=f"Seat {token}").status_code == 200
    assert Topic.objects.get().title == "Kino im Hof"


def test_a_token_has_a_seat_at_one_event(client: Client, event: Event, contact_person: User) -> None:
    other = cast.make_event(contact_person, event.quartier)
    body = {"token": "the-same-for-two-events"}
    answers = [post(Client(), each, "seat", body) for each in (event, other)]
    assert [(answer.status_code, answer.json().get("code")) for answer in answers] == [
        (201, None),
        (409, "token_taken"),
    ]


def test_a_script_that_votes_by_http_is_slowed_down_as_on_the_socket(phone: Client, event: Event, guest: Seat) -> None:
    body = {"k": "help.cancel", "a": {}}
    with time_machine.travel(timezone.now(), tick=False):
        for _time in range(operations.PACE.count):
            operations.PACE.hit(f"seat:{guest.pk}")
        answer = post(phone, event, "ops", {"op": str(uuid.uuid4()), **body})
        assert (answer.status_code, answer.json()["code"]) == (429, "rate")
        page = phone.post(event.get_absolute_url(), {"op": uuid.uuid4(), "k": "topic.propose", "title": "Kino"})
        assert (page.status_code, Topic.objects.count()) == (422, 0)


@pytest.mark.parametrize("odd", ["\ud800", "a\0b"])
def test_a_text_that_cannot_be_kept_is_no_fault_of_ours(phone: Client, event: Event, odd: str) -> None:
    arguments: list[tuple[str, dict[str, Any]]] = [
        ("topic.propose", {"title": odd}),
        ("help.call", {"where": odd, "text": "x"}),
        ("paper.cast", {"ballot": 1, "choice": {odd: 1}}),
    ]
    for kind, a in arguments:
        answer = post(phone, event, "ops", {"op": str(uuid.uuid4()), "k": kind, "a": a})
        assert (answer.status_code, answer.json()["code"]) == (400, "invalid")


@pytest.mark.django_db(transaction=True)
async def test_the_long_poll_takes_no_odd_digit_for_a_number(event: Event, async_client: AsyncClient) -> None:
    from common.live import current_hub

    address = f"/api/v1/events/{event.join_code}/sync/?epoch={event.epoch.hex}"
    told = (await async_client.get(f"{address}&seq=²&wait=²")).json()
    assert told["state"]["event"]["title"] == event.title
    await current_hub().asleep()
    await sync_to_async(connections.close_all)()


@pytest.mark.django_db(transaction=True)
async def test_the_long_poll_gives_a_state_then_what_is_new(
    event: Event, guest: Seat, async_client: AsyncClient
) -> None:
    from common.live import current_hub

    address = f"/api/v1/events/{event.join_code}/sync/"
    first = (await async_client.get(address)).json()
    assert (first["state"]["topics"], first["tallies"]["joined"]) == ([], 1)
    known = f"{address}?epoch={first['epoch']}&seq={first['seq']}"
    quiet = (await async_client.get(f"{known}&wait=0")).json()
    assert (quiet["events"], quiet["seq"]) == ([], first["seq"])
    await current_hub().run(lambda: services.propose_topic(seat=guest, op=uuid.uuid4(), title="Kino im Hof"))
    news = (await async_client.get(known)).json()
    assert [entry["d"]["title"] for entry in news["events"]] == ["Kino im Hof"]
    assert (await async_client.get("/api/v1/events/NADA00/sync/")).status_code == 404
    await current_hub().asleep()
    # The test client keeps the connection of the thread that looked for a redirect.
    await sync_to_async(connections.close_all)()
