"""Pages that look alike for everybody who comes in: rendered once, and yet each reader's own."""

import re
import time
import uuid
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from participation.models import Event, Seat
from participation.services import ballots as ballot_services
from participation.services import events as services
from participation.views.events import alike

NEWCOMER_QUERIES, GUEST_DOOR_QUERIES = 5, 2
OWN = ("csrfmiddlewaretoken", "op", "device", "nickname")


@pytest.fixture
def phones(event: Event) -> list[Client]:
    """Two devices that have just taken their seats."""
    made = [Client(), Client()]
    for number, client in enumerate(made, start=1):
        token = f"a-token-of-device-number-{number}"
        services.take_seat(event=event, token=token, nickname=f"Gast <{number}>".translate({60: "_", 62: "_"}))
        client.cookies[f"seat_{event.pk}"] = token
    return made


def page(event: Event) -> str:
    return reverse("events:phone", args=[event.join_code])


def door(event: Event) -> str:
    return reverse("events:join", args=[event.join_code])


def own_of(html: str) -> dict[str, set[str]]:
    """The values of fields that must be each reader's own; templates for the script have none."""
    html = re.sub(r"<template.*?</template>", "", html, flags=re.DOTALL)
    return {name: set(re.findall(rf'name="{name}" value="([^"]*)"', html)) for name in OWN}


def common_of(html: str) -> str:
    """The page without what is its reader's own."""
    html = re.sub(r'<script id="live".*?</script>', "", html)
    html = re.sub(r"Platz \d+ · <span dir=\"auto\">[^<]*", "", html)
    return re.sub(rf'(name="({"|".join(OWN)})" value=")[^"]*', r"\1", html)


def test_newcomers_read_one_page_with_their_own_names_and_ids(event: Event, phones: list[Client]) -> None:
    first, second = (client.get(page(event)).content.decode() for client in phones)
    assert common_of(first) == common_of(second)
    assert [re.search(r"Platz (\d+) · <span dir=\"auto\">([^<]*)", html).groups() for html in (first, second)] == [  # type: ignore[union-attr]
        ("1", "Gast _1_"),
        ("2", "Gast _2_"),
    ]
    assert ['"nickname": "Gast _1_"' in html for html in (first, second)] == [True, False]
    shared = [own_of(first)[name] & own_of(second)[name] for name in ("csrfmiddlewaretoken", "op")]
    assert shared == [set(), set()]


def test_no_two_forms_of_a_page_have_one_id(event: Event, phones: list[Client], guest: Seat) -> None:
    for title in ("Rad", "Dach"):
        services.propose_topic(seat=guest, op=uuid.uuid4(), title=title)
    ops = re.findall(r'name="op" value="([^"]+)"', phones[0].get(page(event)).content.decode())
    assert len(ops) == len(set(ops))
    assert [uuid.UUID(op).version for op in ops] == [4] * len(ops)


def test_guests_find_one_door_with_their_own_tokens(event: Event) -> None:
    first, second = (Client().get(door(event)).content.decode() for _ in range(2))
    assert common_of(first) == common_of(second)
    shared = [own_of(first)[name] & own_of(second)[name] for name in ("csrfmiddlewaretoken", "device")]
    assert shared == [set(), set()]
    assert [len(own_of(first)[name]) for name in ("device", "nickname")] == [1, 1]


def test_no_blank_is_left(event: Event, phones: list[Client]) -> None:
    sign = alike.blank("").rstrip("-")
    pages = [phones[0].get(page(event)), phones[1].get(page(event)), Client().get(door(event))]
    assert [sign in response.content.decode() for response in pages] == [False] * 3


def test_the_token_of_the_page_is_taken(event: Event) -> None:
    for _ in range(2):
        client = Client(enforce_csrf_checks=True)
        fields = own_of(client.get(door(event)).content.decode())
        form = {name: fields[name].pop() for name in ("csrfmiddlewaretoken", "device", "nickname")}
        assert client.post(door(event), form)["Location"] == page(event)
    assert Seat.objects.count() == 2


def test_a_page_that_stands_takes_few_queries(
    event: Event, phones: list[Client], django_assert_num_queries: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = time.monotonic()
    monkeypatch.setattr(alike.time, "monotonic", lambda: now)
    phones[0].get(page(event))
    Client().get(door(event))
    with django_assert_num_queries(NEWCOMER_QUERIES):
        phones[1].get(page(event))
    with django_assert_num_queries(GUEST_DOOR_QUERIES):
        Client().get(door(event))


def test_what_is_numbered_is_seen_at_once(event: Event, phones: list[Client], guest: Seat) -> None:
    before = phones[0].get(page(event)).content.decode()
    services.propose_topic(seat=guest, op=uuid.uuid4(), title="Kino im Hof")
    after = phones[0].get(page(event)).content.decode()
    assert [html.count('id="thema-1"') for html in (before, after)] == [0, 1]


def test_counts_are_a_moment_old_at_most(
    event: Event, phones: list[Client], guest: Seat, monkeypatch: pytest.MonkeyPatch
) -> None:
    services.propose_topic(seat=guest, op=uuid.uuid4(), title="Kino im Hof")
    phones[0].get(page(event))
    services.show_interest(seat=guest, topic=event.topics.get())
    later = time.monotonic() + alike.LASTS
    monkeypatch.setattr(alike.time, "monotonic", lambda: later)
    assert re.search(r"<b class=\"number\" data-count>1</b>", phones[0].get(page(event)).content.decode())


def test_who_has_said_something_sees_it(event: Event, phones: list[Client], guest: Seat) -> None:
    services.propose_topic(seat=guest, op=uuid.uuid4(), title="Kino im Hof")
    phones[1].get(page(event))
    phones[0].post(page(event), {"k": "topic.interest", "topic": "1", "on": "1", "op": uuid.uuid4()})
    phones[1].post(page(event), {"k": "help.call", "where": "Bühne", "op": uuid.uuid4()})
    first, second = (client.get(page(event)).content.decode() for client in phones)
    assert ['tone-leaf" data-topic="1"' in html for html in (first, second)] == [True, False]
    assert ["Bühne" in html for html in (first, second)] == [False, True]


def test_each_language_has_its_own_page(event: Event, phones: list[Client]) -> None:
    pages = [phones[0].get(page(event), headers={"accept-language": code}).content.decode() for code in ("de", "en")]
    assert [re.search(r'<html lang="(\w+)"', html)[1] for html in pages] == ["de", "en"]  # type: ignore[index]


def test_who_came_after_the_roll_was_made_is_asked_nothing(
    event: Event, phones: list[Client], contact_person: User
) -> None:
    ballot = ballot_services.create_ballot(
        event=event, by=contact_person, question="Was zuerst?", options=["Rad", "Dach"], tier="event"
    )
    ballot_services.open_ballot(ballot=ballot, by=contact_person)
    services.take_seat(event=event, token="a-token-of-device-number-3", nickname="Gast 3")
    late = Client()
    late.cookies[f"seat_{event.pk}"] = "a-token-of-device-number-3"
    pages = [client.get(page(event)).content.decode() for client in (phones[0], late)]
    assert ["data-more hidden" in html for html in pages] == [False, True]
