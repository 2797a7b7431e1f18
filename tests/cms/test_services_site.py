"""Services on the tree: each may be called again, and nothing of Wagtail's first page stays."""

import datetime
from typing import Any

import pytest
from wagtail.models import Page, Site

from accounts.models import Quartier, User
from cms import services
from cms.models import HomePage, NewsPage, ProjectPage, QuartierPage, StandardPage
from common.errors import Refused
from tests.cast import make_idea


def test_ensure_home_takes_the_place_of_the_welcome_page(home: HomePage) -> None:
    assert (Site.objects.get(is_default_site=True).root_page_id, list(Page.objects.filter(depth=2))) == (
        home.pk, [home.page_ptr]
    )  # fmt: skip


def test_ensure_home_again_returns_the_first(home: HomePage) -> None:
    again = services.ensure_home(title="Anders", intro="", steps=[])
    assert (again.pk, again.title, HomePage.objects.count()) == (home.pk, "Mach den Anstoß", 1)


def test_ensure_quartier_page_needs_a_home(quartier: Quartier) -> None:
    with pytest.raises(LookupError):
        services.ensure_quartier_page(quartier=quartier, intro="")


def test_ensure_quartier_page_makes_its_lists_once(page: QuartierPage, quartier: Quartier) -> None:
    again = services.ensure_quartier_page(quartier=quartier, intro="Anders")
    assert (again.pk, [child.slug for child in page.get_children()]) == (page.pk, ["projekte", "neues"])


def test_draft_page_is_not_public(page: QuartierPage, project: Any, contact_person: User, client: Any) -> None:
    draft = services.draft_page_for(project=project, by=contact_person)
    assert (draft.live, client.get(draft.url).status_code) == (False, 404)


def test_draft_page_again_returns_the_first(page: QuartierPage, project: Any, contact_person: User) -> None:
    first = services.draft_page_for(project=project, by=contact_person)
    assert services.draft_page_for(project=project, by=contact_person).pk == first.pk


def test_draft_page_keeps_emphasis_and_drops_scripts(page: QuartierPage, project: Any, contact_person: User) -> None:
    draft = services.draft_page_for(
        project=project, by=contact_person, body_html_paragraphs=["<b>Los</b><script>alert(1)</script>"]
    )
    assert draft.body[0].value.source == "<p><b>Los</b>alert(1)</p>"


def test_publish_page_announces_the_project(page: QuartierPage, project: Any, contact_person: User) -> None:
    from participation.services.projects import conceal_project

    conceal_project(project=project)
    services.publish_page(services.draft_page_for(project=project, by=contact_person), contact_person)
    project.refresh_from_db()
    assert project.announced_at is not None


def test_publish_page_is_for_the_team(
    page: QuartierPage, project: Any, contact_person: User, other_staff: User
) -> None:
    draft = services.draft_page_for(project=project, by=contact_person)
    with pytest.raises(Refused) as caught:
        services.publish_page(draft, other_staff)
    assert caught.value.code == "forbidden"


def test_unpublished_page_conceals_the_project(project_page: ProjectPage, client: Any) -> None:
    project_page.unpublish()
    project_page.project.refresh_from_db()
    assert (project_page.project.announced_at, client.get(project_page.url).status_code) == (None, 404)


def test_deleted_page_conceals_the_project(project_page: ProjectPage, project: Any) -> None:
    project_page.delete()
    project.refresh_from_db()
    assert project.announced_at is None


def test_add_news_twice_is_one(page: QuartierPage, quartier: Quartier) -> None:
    for _time in range(2):
        services.add_news(quartier=quartier, title="Ein Fest", paragraphs=["Am Samstag."], at=datetime.date(2026, 5, 1))
    assert [(news.slug, news.live) for news in NewsPage.objects.all()] == [("ein-fest", True)]


def test_standard_page_has_headings_and_plain_text(home: HomePage, client: Any) -> None:
    services.ensure_standard_page(slug="impressum", title="Impressum", paragraphs=["a <b>", "## Wer", "Wir."])
    page = StandardPage.objects.get()
    kinds = [block.block_type for block in page.body]
    html = client.get("/impressum/").content.decode()
    assert (kinds, "a &lt;b&gt;" in html, '<h2 dir="auto">Wer</h2>' in html) == (
        ["text", "heading", "text"],
        True,
        True,
    )


def test_rename_quartier_moves_its_pages(
    project_page: ProjectPage, administrator: User, quartier: Quartier, client: Any
) -> None:
    services.rename_quartier(quartier=quartier, by=administrator, name="Altstadt", slug="altstadt")
    project_page.refresh_from_db()
    page = QuartierPage.objects.get()
    addresses = (page.url, page.title, project_page.url, client.get("/altstadt/").status_code)
    assert addresses == ("/altstadt/", "Altstadt", "/altstadt/projekte/dach-bau/", 200)


def test_rename_quartier_to_a_taken_address_changes_nothing(
    page: QuartierPage, administrator: User, quartier: Quartier
) -> None:
    with pytest.raises(Refused) as caught:
        services.rename_quartier(quartier=quartier, by=administrator, slug="suche")
    quartier.refresh_from_db()
    assert (caught.value.field, quartier.slug) == ("slug", "nordstadt")


def test_turning_an_idea_makes_decision_project_and_page(page: QuartierPage, idea: Any, contact_person: User) -> None:
    draft = services.turn_idea_into_project(idea=idea, by=contact_person, reason="Wir bauen.", title="Dach-Bau")
    idea.refresh_from_db()
    assert (idea.state, draft.project.idea_id, draft.live) == ("becomes_project", idea.pk, False)


def test_turning_an_idea_without_pages_changes_nothing(home: HomePage, resident: User, contact_person: User) -> None:
    idea = make_idea(resident)
    with pytest.raises(LookupError):
        services.turn_idea_into_project(idea=idea, by=contact_person, reason="Wir bauen.", title="Dach-Bau")
    idea.refresh_from_db()
    assert idea.state == "published"
