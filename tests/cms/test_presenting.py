"""A project that a hall has decided on gets its page at once."""

import uuid
from typing import Any

from django.test import Client

from accounts.models import User
from cms.models import ProjectPage, QuartierPage
from participation.models import Outcome, Project
from participation.services import events as services
from participation.services import harvest


def _grown(event: Any, by: User, resident: User) -> Project:
    outcome: Outcome = harvest.make_outcome(
        event=event, by=by, title="Drei Kinoabende", text="Ab Mai\n\n<b>freitags</b>"
    )
    seat = services.take_seat(event=event, token=f"a-token-of-this-test-{uuid.uuid4()}", user=resident)
    harvest.join_outcomes(event_id=event.pk, marks=[harvest.JoinMark(seat, uuid.uuid4(), outcome.number, on=True)])
    return harvest.grow_project(outcome=outcome, by=by)


def test_the_page_is_public_and_shows_who_is_in(
    page: QuartierPage, event: Any, contact_person: User, resident: User, client: Client
) -> None:
    project = _grown(event, contact_person, resident)
    answer = client.get(project.get_absolute_url())
    assert (answer.status_code, project.member_count, project.announced_at is not None) == (200, 1, True)
    assert ["Drei Kinoabende" in answer.content.decode(), "<b>freitags" in answer.content.decode()] == [True, False]
    link = f"/e/{event.join_code}/ergebnis/1/"
    assert client.get(link)["Location"] == project.get_absolute_url()


def test_a_quartier_without_pages_has_a_project_that_waits(event: Any, contact_person: User, resident: User) -> None:
    project = _grown(event, contact_person, resident)
    assert (project.announced_at, project.member_count, ProjectPage.objects.count()) == (None, 1, 0)


def test_the_quartier_leads_to_the_proceedings_of_its_last_open_space(
    page: QuartierPage, event: Any, client: Client
) -> None:
    link = f"/e/{event.join_code}/protokoll/"
    before = link in client.get(page.url).content.decode()
    event.state = "closed"
    event.save()
    assert (before, link in client.get(page.url).content.decode()) == (False, True)
