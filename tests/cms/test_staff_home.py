"""The start page: what is late stands first, however much there is."""

import datetime
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import Publish, Quartier
from cms.selectors.waiting import desk_of, money_of
from ideas.services import decide_idea
from moderation.services import file_report
from participation.services.projects import set_budget, set_envelope
from tests.cast import make_idea, make_project, make_quartier, make_resident
from tests.cms.conftest import make_late


@pytest.fixture
def forty(resident: Any, contact_person: Any) -> list[Any]:
    """Forty open ideas; number 23 is late, number 31 is later still."""
    ideas = [make_idea(resident, f"Idee {number}") for number in range(40)]
    make_late(ideas[23], days=2)
    make_late(ideas[31], days=9)
    return ideas


def test_desk_puts_the_latest_answer_first(forty: list[Any], contact_person: Any) -> None:
    desk = desk_of(contact_person)
    assert ([idea.title for idea in desk.ideas[:3]], desk.late, desk.waiting) == (
        ["Idee 31", "Idee 23", "Idee 0"], 2, 40
    )  # fmt: skip


def test_start_page_names_the_late_ideas_before_all_others(page: Any, forty: list[Any], contact_client: Client) -> None:
    html = contact_client.get("/verwaltung/").content.decode()
    places = [html.index(words) for words in ("9 Tage drüber", "Idee 31", "2 Tage drüber", "Idee 23", "Idee 0<")]
    assert places == sorted(places)


def test_start_page_leads_to_the_filtered_listing(page: Any, forty: list[Any], contact_client: Client) -> None:
    html = contact_client.get("/verwaltung/").content.decode()
    late = contact_client.get("/verwaltung/ideen/?waiting=late").context["object_list"]
    assert ("/verwaltung/ideen/?waiting=late" in html, [idea.title for idea in late]) == (True, ["Idee 31", "Idee 23"])


@pytest.mark.parametrize("number", [1, 3])
def test_desk_takes_the_same_queries_for_any_number(
    page: Any, resident: Any, contact_person: Any, number: int, django_assert_num_queries: Any
) -> None:
    for count in range(number):
        make_idea(resident, f"Idee {count}")
        set_envelope(quartier=page.quartier, by=contact_person, year=2020 + count, envelope=9000)
    with django_assert_num_queries(11):
        desk_of(contact_person)


def test_desk_counts_what_waits_for_a_look_and_what_was_reported(
    quartier: Quartier, contact_person: Any, idea: Any
) -> None:
    quartier.publish_residents = Publish.AFTER_LOOK
    quartier.save()
    make_idea(make_resident("Neu 1", quartier), "Noch nicht zu sehen")
    file_report(
        thing="idea", thing_id=idea.pk, quartier=quartier, url="", copy=idea.title, reason="spam",
        reporter=None, client_id="9f6a1a52-2f0e-4a7e-9b8d-6a1d4e0c1f12",
    )  # fmt: skip
    desk = desk_of(contact_person)
    assert (desk.held_count, [held.title for held in desk.held], desk.reports) == (1, ["Noch nicht zu sehen"], 1)


def test_desk_of_a_foreign_team_is_empty(forty: list[Any], other_staff: Any) -> None:
    desk = desk_of(other_staff)
    assert (desk.ideas, desk.waiting, desk.late) == ([], 0, 0)


def test_desk_is_done_when_all_is_answered(page: Any, idea: Any, contact_person: Any, contact_client: Client) -> None:
    decide_idea(idea=idea, by=contact_person, kind="answer", reason="Wir fragen das Bauamt.")
    html = contact_client.get("/verwaltung/").content.decode()
    assert ("Alles beantwortet" in html, desk_of(contact_person).waiting) == (True, 0)


def test_coordinator_sees_the_quartiere_with_most_late_answers_first(
    quartier: Quartier, coordinator: Any, contact_person: Any
) -> None:
    second = make_quartier("suedstadt", "Südstadt", programme=quartier.programme.name)
    make_idea(make_resident("A 1", quartier))
    make_late(make_idea(make_resident("B 1", second)), days=1)
    places = desk_of(coordinator).places
    assert [(place.quartier.slug, place.late, place.waiting) for place in places] == [
        ("suedstadt", 1, 1), ("nordstadt", 0, 1)
    ]  # fmt: skip


def test_start_page_leads_into_a_running_event(page: Any, event: Any, contact_client: Client) -> None:
    html = contact_client.get("/verwaltung/").content.decode()
    assert f"/e/{event.join_code}/leitung/" in html


def test_money_counts_toward_three_projects_and_warns(quartier: Quartier, contact_person: Any) -> None:
    year = timezone.localdate().year
    set_envelope(quartier=quartier, by=contact_person, year=year, envelope=4000)
    project = make_project(contact_person, quartier, starts_on=datetime.date(year, 6, 1))
    set_budget(project=project, by=contact_person, lines=[{"title": "Holz", "planned": 4500}])
    money = money_of(quartier)
    assert (money.projects, money.free, len(money.notes)) == (1, -500, 3)


def test_money_is_silent_when_all_is_well(quartier: Quartier, contact_person: Any) -> None:
    set_envelope(quartier=quartier, by=contact_person, year=timezone.localdate().year, envelope=20000)
    for number in range(3):
        make_project(contact_person, quartier, f"Projekt {number}")
    assert money_of(quartier).notes == []
