"""The photo of an idea that is out of sight: its public address is dead, its author and the team still see it."""

from typing import Any

import pytest
from django.test import Client

from accounts.models import Quartier, User
from common import photos
from ideas.models import Idea
from ideas.services import hide_idea, publish_idea, unhide_idea, withdraw_idea
from tests.cast import make_idea, make_photo

EVERYBODY = (
    "client",
    "resident_client",
    "neighbour_client",
    "contact_client",
    "other_staff_client",
    "coordinator_client",
)
IN_SIGHT_OF = ("resident_client", "contact_client", "coordinator_client")


@pytest.fixture
def idea(resident: User, contact_person: User) -> Idea:
    return make_idea(resident, photo=make_photo())


@pytest.fixture
def act(django_capture_on_commit_callbacks: Any) -> Any:
    def committed(service: Any, **facts: Any) -> Idea:
        with django_capture_on_commit_callbacks(execute=True):
            service(**facts)
        return Idea.objects.get()

    return committed


def answers(request: pytest.FixtureRequest, urls: dict[int, str]) -> dict[str, set[int]]:
    clients: dict[str, Client] = {who: request.getfixturevalue(who) for who in EVERYBODY}
    return {who: {status(client, url) for url in urls.values()} for who, client in clients.items()}


def status(client: Client, url: str) -> int:
    response = client.get(url)
    if response.streaming:
        b"".join(response.streaming_content)  # which closes the file
    return response.status_code


def test_a_hidden_ideas_photo_is_gone_for_all_but_its_author_and_the_team(
    idea: Idea, contact_person: User, act: Any, request: pytest.FixtureRequest
) -> None:
    public = photos.urls(idea.photo)
    assert answers(request, public) == {who: {200} for who in EVERYBODY}
    hidden = act(hide_idea, idea=idea, by=contact_person)
    assert answers(request, public) == {who: {404} for who in EVERYBODY}
    assert answers(request, photos.urls(hidden.photo)) == {
        who: {200} if who in IN_SIGHT_OF else {404} for who in EVERYBODY
    }
    shown = act(unhide_idea, idea=hidden, by=contact_person)
    assert (shown.photo, answers(request, public)) == (idea.photo, {who: {200} for who in EVERYBODY})
    before = photos.urls(hidden.photo)
    assert [client.get(url)["Location"] for client in (Client(),) for url in before.values()] == list(public.values())


def test_a_withdrawn_ideas_photo_is_gone_and_stays_gone(
    idea: Idea, resident: User, contact_person: User, act: Any, client: Client
) -> None:
    url = photos.urls(idea.photo)[320]
    act(withdraw_idea, idea=idea, by=resident)
    gone = act(hide_idea, idea=idea, by=contact_person)
    shown = act(unhide_idea, idea=gone, by=contact_person)
    assert (status(client, url), shown.photo) == (404, f"withheld/{idea.photo}")


def test_the_photo_of_an_idea_that_waits_for_a_look_is_not_public_before(
    quartier: Quartier, resident: User, contact_person: User, act: Any, client: Client, resident_client: Client
) -> None:
    quartier.publish_residents = "after_look"
    held = act(make_idea, author=resident, quartier=quartier, photo=make_photo())
    public = photos.urls(held.photo.removeprefix("withheld/"))[320]
    assert (status(client, public), status(resident_client, photos.urls(held.photo)[320])) == (404, 200)
    unhidden = act(unhide_idea, idea=act(hide_idea, idea=held, by=contact_person), by=contact_person)
    assert (unhidden.photo, status(client, public)) == (held.photo, 404)
    published = act(publish_idea, idea=held, by=contact_person)
    assert (photos.urls(published.photo)[320], status(client, public)) == (public, 200)


def test_the_page_of_a_hidden_idea_shows_its_photo_to_the_team(
    idea: Idea, contact_person: User, act: Any, contact_client: Client
) -> None:
    hidden = act(hide_idea, idea=idea, by=contact_person)
    page = contact_client.get(hidden.get_absolute_url()).text
    address = photos.urls(hidden.photo)[640]
    response = contact_client.get(address)
    assert (address in page, idea.photo in page.replace(hidden.photo.removeprefix("withheld/"), "")) == (True, False)
    assert (response.headers["Content-Type"], response.headers["Cache-Control"]) == ("image/webp", "private, no-store")
    assert response.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"


@pytest.mark.parametrize("name", ["x", "x-320.webp", "..-320.webp", "0" * 32 + "-1x1-320.webp"])
def test_a_withheld_photo_that_never_was_is_absent(db: None, contact_client: Client, name: str) -> None:
    assert contact_client.get(f"/zurueckgehalten/ideas/{name}").status_code == 404
