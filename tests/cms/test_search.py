"""Search: only what is public, in one Quartier or in all, and any text is an answer."""

from typing import Any

import pytest
from django.test import Client

from accounts.models import Quartier
from ideas.services import hide_idea
from participation.services.projects import conceal_project
from tests.cast import make_idea, make_project


def found(client: Client, query: str) -> tuple[set[str], set[str]]:
    hits = client.get(f"/suche/?{query}").context["found"]
    return {project.title for project in hits.projects}, {idea.title for idea in hits.ideas}


@pytest.fixture
def public(
    page: Any,
    other_page: Any,
    resident: Any,
    neighbour: Any,
    contact_person: Any,
    other_staff: Any,
    quartier: Quartier,
    other_quartier: Quartier,
) -> dict[str, Any]:
    return {
        "idea": make_idea(resident, "Fahrradwerkstatt im Laden", text="Mit Werkzeug vom Bauhof."),
        "foreign": make_idea(neighbour, "Fahrrad für alle"),
        "project": make_project(contact_person, quartier, "Gemeinschaftsgarten"),
        "foreign_project": make_project(other_staff, other_quartier, "Dachgarten"),
    }


@pytest.mark.parametrize(
    ("query", "projects", "ideas"),
    [
        ("q=fahrrad", set(), {"Fahrradwerkstatt im Laden", "Fahrrad für alle"}),
        ("q=FAHRRAD&quartier=nordstadt", set(), {"Fahrradwerkstatt im Laden"}),
        ("q=garten", {"Gemeinschaftsgarten", "Dachgarten"}, set()),
        ("q=garten&quartier=suedhang", {"Dachgarten"}, set()),
        ("q=bauhof", set(), {"Fahrradwerkstatt im Laden"}),
        ("q=werkstatt", set(), {"Fahrradwerkstatt im Laden"}),
        ("q=garten&quartier=gibtsnicht", {"Gemeinschaftsgarten", "Dachgarten"}, set()),
        ("q=xyz", set(), set()),
        ("q=", set(), set()),
        ("", set(), set()),
    ],
)
def test_search_finds_words(public: Any, client: Client, query: str, projects: set[str], ideas: set[str]) -> None:
    assert found(client, query) == (projects, ideas)


def test_search_finds_nothing_that_is_not_public(public: Any, client: Client, contact_person: Any) -> None:
    hide_idea(idea=public["idea"], by=contact_person)
    conceal_project(project=public["project"])
    assert (found(client, "q=werkstatt"), found(client, "q=gemeinschaft")) == ((set(), set()), (set(), set()))


@pytest.mark.parametrize(
    "text", ['"', "'", "a AND", "*", "NEAR(", "-x", "%01", "(", "x" * 5000, "🚲", "ä%20ö%20ü", "%25", "_", "title:x"]
)
def test_search_takes_any_text(public: Any, client: Client, text: str) -> None:
    assert client.get(f"/suche/?q={text}").status_code == 200


def test_search_says_when_nothing_was_found(public: Any, client: Client) -> None:
    assert "Nichts gefunden zu „xyz“" in client.get("/suche/?q=xyz").content.decode()


@pytest.mark.parametrize("number", [1, 3])
def test_search_takes_the_same_queries_for_any_number(
    page: Any,
    resident: Any,
    contact_person: Any,
    quartier: Quartier,
    client: Client,
    number: int,
    django_assert_num_queries: Any,
) -> None:
    for count in range(number):
        make_idea(resident, f"Garten {count}")
        make_project(contact_person, quartier, f"Garten {count}")
    client.get("/suche/?q=garten")
    with django_assert_num_queries(10):
        client.get("/suche/?q=garten")
