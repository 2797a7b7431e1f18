"""The tree: what may stand where, and that a page keeps the address of the thing it presents."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError

from accounts.models import Quartier, User
from cms.models import (
    HomePage,
    NewsIndexPage,
    NewsPage,
    ProjectIndexPage,
    ProjectPage,
    QuartierPage,
    StandardPage,
)

TREE = {
    HomePage: {QuartierPage, StandardPage},
    QuartierPage: {ProjectIndexPage, NewsIndexPage, StandardPage},
    ProjectIndexPage: {ProjectPage},
    NewsIndexPage: {NewsPage},
    ProjectPage: set(),
    NewsPage: set(),
    StandardPage: set(),
}


@pytest.mark.parametrize("model", TREE, ids=lambda model: model.__name__)
def test_page_allows_exactly_its_children(model: type) -> None:
    assert set(model.allowed_subpage_models()) == TREE[model]


@pytest.mark.parametrize("model", TREE, ids=lambda model: model.__name__)
def test_page_can_be_created_by_hand_only_where_nothing_else_makes_it(model: type) -> None:
    by_hand = {ProjectPage, NewsPage, StandardPage, HomePage}
    assert (model in by_hand) == model.is_creatable


def test_home_exists_once(home: HomePage) -> None:
    assert HomePage.can_create_at(home.get_parent()) is False


def test_page_of_a_thing_keeps_the_address_of_the_thing(project_page: ProjectPage) -> None:
    project_page.slug = "ganz-anders"
    project_page.full_clean()
    assert project_page.slug == project_page.project.slug


def test_quartier_page_answers_where_the_quartier_says(page: QuartierPage, quartier: Quartier) -> None:
    assert page.url == quartier.get_absolute_url() == "/nordstadt/"


def test_project_page_answers_where_the_project_says(project_page: ProjectPage, project: Any) -> None:
    assert project_page.url == project.get_absolute_url()


@pytest.mark.parametrize("slug", ["suche", "ich", "quartiere"])
def test_text_page_refuses_an_address_that_is_taken(home: HomePage, slug: str) -> None:
    with pytest.raises(ValidationError) as caught:
        home.add_child(instance=StandardPage(title="Nochmal", slug=slug))
    assert list(caught.value.message_dict) == ["slug"]


def test_page_knows_its_quartier_in_one_query(
    project_page: ProjectPage, quartier: Quartier, django_assert_num_queries: Any
) -> None:
    index = ProjectIndexPage.objects.get()
    with django_assert_num_queries(1):
        assert index.quartier == quartier


def test_text_page_below_a_quartier_belongs_to_it(page: QuartierPage, client: Any, contact_person: User) -> None:
    text = StandardPage(title="Hausregeln", slug="hausregeln")
    page.add_child(instance=text)
    response = client.get("/nordstadt/hausregeln/")
    assert (response.status_code, response.context["quartier"]) == (200, page.quartier)
