"""A page and the thing it presents on one screen: saved through services, together or not at all."""

from typing import Any

import pytest
from django.test import Client
from wagtail.test.utils.form_data import nested_form_data, streamfield

from accounts.models import Quartier
from cms.models import NewsPage, ProjectIndexPage, ProjectPage, QuartierPage
from participation.models import Project
from participation.services.projects import join_project
from tests.cast import make_residents
from tests.cms.conftest import mistakes, shown


def project_data(contact_person: Any, **more: Any) -> dict[str, Any]:
    """What the form of a project's page sends."""
    chosen = {"contacts": more.pop("contacts", [contact_person.contact.pk])}
    return chosen | nested_form_data(
        {
            "title": "Dach-Bau",
            "seo_title": "",
            "search_description": "",
            "picture": "",
            "summary": "Wir bauen ein Dach.",
            "state": "running",
            "format": "micro",
            "place": "Bolzplatz",
            "starts_on": "",
            "ends_on": "",
            "capacity": "10",
            "age_min": "12",
            "age_max": "26",
            "easy": "",
            "results": "",
            "body": streamfield([]),
            **more,
        }
    )


def edit(page: Any) -> str:
    return f"/verwaltung/pages/{page.pk}/edit/"


@pytest.fixture
def add(page: QuartierPage) -> str:
    return f"/verwaltung/pages/add/cms/projectpage/{ProjectIndexPage.objects.get().pk}/"


def test_project_form_shows_the_facts_of_the_project(project_page: ProjectPage, contact_client: Client) -> None:
    form = contact_client.get(edit(project_page)).context["form"]
    shown = {name: form[name].value() for name in ("title", "place", "capacity", "state", "age_min")}
    assert shown == {"title": "Dach-Bau", "place": "Jugendhaus", "capacity": 10, "state": "running", "age_min": 12}


def test_project_facts_hold_at_once_and_the_text_waits(
    project_page: ProjectPage, project: Any, contact_person: Any, contact_client: Client, client: Client
) -> None:
    data = project_data(contact_person, place="Am Turm", body=streamfield([("quote", {"text": "Neu!", "who": ""})]))
    response = contact_client.post(edit(project_page), data)
    project.refresh_from_db()
    html = client.get(project_page.url).content.decode()
    assert (response.status_code, project.place, "Am Turm" in html, "Neu!" in html) == (302, "Am Turm", True, False)


def test_publishing_from_the_form_shows_the_text(
    project_page: ProjectPage, contact_person: Any, contact_client: Client, client: Client
) -> None:
    body = streamfield([("quote", {"text": "Neu!", "who": ""})])
    contact_client.post(edit(project_page), project_data(contact_person, body=body, **{"action-publish": "1"}))
    assert "Neu!" in client.get(project_page.url).content.decode()


def test_title_is_one_for_page_and_project(
    project_page: ProjectPage, project: Any, contact_person: Any, contact_client: Client
) -> None:
    contact_client.post(edit(project_page), project_data(contact_person, title="Dach für alle"))
    project.refresh_from_db()
    project_page.refresh_from_db()
    assert (project.title, project.slug, project_page.slug) == ("Dach für alle", "dach-bau", "dach-bau")


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"contacts": []}, "contacts"),
        ({"age_min": "30", "age_max": "20"}, "age_max"),
        ({"capacity": "0"}, "capacity"),
        ({"state": "exhibited"}, "state"),
        ({"starts_on": "2026-05-02", "ends_on": "2026-05-01"}, "ends_on"),
        ({"title": "x" * 90}, "title"),
        ({"starts_on": "gestern"}, "starts_on"),
    ],
)
def test_mistake_in_the_facts_saves_nothing_and_keeps_everything(
    project_page: ProjectPage,
    project: Any,
    contact_person: Any,
    contact_client: Client,
    wrong: dict[str, Any],
    field: str,
) -> None:
    data = project_data(contact_person, **{"place": "Am Turm", **wrong})
    response = contact_client.post(edit(project_page), data)
    project.refresh_from_db()
    assert (response.status_code, mistakes(response), project.place, "Am Turm" in shown(response)) == (
        200, [field], "Jugendhaus", True
    )  # fmt: skip


def test_fewer_places_than_members_is_refused_beside_the_field(
    project_page: ProjectPage, project: Any, quartier: Quartier, contact_person: Any, contact_client: Client
) -> None:
    for person in make_residents(3, quartier):
        join_project(resident=person, project=project)
    response = contact_client.post(edit(project_page), project_data(contact_person, capacity="2"))
    project.refresh_from_db()
    assert (mistakes(response), project.capacity) == (["capacity"], 10)


def test_preview_saves_no_facts(
    project_page: ProjectPage, project: Any, contact_person: Any, contact_client: Client
) -> None:
    response = contact_client.post(f"{edit(project_page)}preview/", project_data(contact_person, place="Am Turm"))
    project.refresh_from_db()
    assert (response.json()["is_valid"], project.place) == (True, "Jugendhaus")


def test_form_offers_own_people_only(project_page: ProjectPage, other_staff: Any, contact_client: Client) -> None:
    form = contact_client.get(edit(project_page)).context["form"]
    assert [contact.name for contact in form.fields["contacts"].queryset] == ["Yasemin Muster"]


def test_new_page_makes_a_new_project(add: str, contact_person: Any, contact_client: Client) -> None:
    response = contact_client.post(add, project_data(contact_person, title="Kino im Hof", state="planned"))
    page = ProjectPage.objects.get()
    assert (response.status_code, page.live, page.slug, page.project.place, page.project.announced_at) == (
        302, False, "kino-im-hof", "Bolzplatz", None
    )  # fmt: skip


def test_new_page_published_at_once_announces(
    add: str, contact_person: Any, contact_client: Client, client: Client
) -> None:
    data = project_data(contact_person, title="Kino im Hof", state="planned", **{"action-publish": "1"})
    contact_client.post(add, data)
    page = ProjectPage.objects.get()
    status = client.get("/nordstadt/projekte/kino-im-hof/").status_code
    assert (page.live, page.project.announced_at is not None, status) == (
        True, True, 200
    )  # fmt: skip


def test_new_page_with_a_mistake_makes_nothing(add: str, contact_person: Any, contact_client: Client) -> None:
    response = contact_client.post(add, project_data(contact_person, title="Kino im Hof", contacts=[], age_min="99"))
    made = Project.objects.count() + ProjectPage.objects.count()
    assert (response.status_code, "Kino im Hof" in shown(response), made) == (
        200, True, 0
    )  # fmt: skip


def test_new_page_offers_the_ages_of_the_quartier(add: str, quartier: Quartier, contact_client: Client) -> None:
    quartier.age_min, quartier.age_max = 10, 99
    quartier.save()
    form = contact_client.get(add).context["form"]
    assert (form["age_min"].value(), form["age_max"].value()) == (10, 99)


# --- the Quartier ----------------------------------------------------------------------------------------
def quartier_data(quartier: Quartier, **more: Any) -> dict[str, Any]:
    return nested_form_data(
        {
            "title": quartier.name,
            "seo_title": "",
            "search_description": "",
            "intro": "Zwischen Bahnhof und Fluss.",
            "how": streamfield([]),
            "body": streamfield([]),
            "logos": streamfield([]),
            "city": quartier.city,
            "carrier": quartier.carrier_id,
            "age_min": "12",
            "age_max": "26",
            "publish_residents": "at_once",
            "publish_guests": "after_look",
            "answer_days": "14",
            **more,
        }
    )


def test_settings_of_the_quartier_are_on_its_page(
    page: QuartierPage, quartier: Quartier, contact_client: Client
) -> None:
    response = contact_client.post(edit(page), quartier_data(quartier, answer_days="7", publish_residents="after_look"))
    quartier.refresh_from_db()
    assert (response.status_code, quartier.answer_days, quartier.publish_residents) == (302, 7, "after_look")


def test_name_of_the_quartier_is_the_title(page: QuartierPage, quartier: Quartier, contact_client: Client) -> None:
    contact_client.post(edit(page), quartier_data(quartier, title="Nordstadt am Fluss"))
    quartier.refresh_from_db()
    page.refresh_from_db()
    assert (quartier.name, page.title, page.slug) == ("Nordstadt am Fluss", "Nordstadt am Fluss", "nordstadt")


@pytest.mark.parametrize(
    ("wrong", "field"), [({"answer_days": "0"}, "answer_days"), ({"age_min": "40"}, "age_max"), ({"city": ""}, "city")]
)
def test_mistake_in_the_settings_saves_nothing(
    page: QuartierPage, quartier: Quartier, contact_client: Client, wrong: dict[str, str], field: str
) -> None:
    response = contact_client.post(
        edit(page), quartier_data(quartier, intro="Ganz neu.", **wrong, **{"action-publish": "1"})
    )
    page.refresh_from_db()
    assert (mistakes(response), page.intro, "Ganz neu." in shown(response)) == (
        [field], "Zwischen Bahnhof und Fluss.", True
    )  # fmt: skip


def test_form_shows_the_name_that_the_quartier_has_now(
    page: QuartierPage, quartier: Quartier, administrator: Any, contact_client: Client
) -> None:
    from cms.services import rename_quartier

    page.save_revision()
    rename_quartier(quartier=quartier, by=administrator, name="Altstadt")
    assert contact_client.get(edit(page)).context["form"]["title"].value() == "Altstadt"


# --- what stays ------------------------------------------------------------------------------------------
@pytest.mark.parametrize("act", ["copy", "delete"])
def test_page_of_a_quartier_stays(page: QuartierPage, administrator_client: Client, act: str) -> None:
    administrator_client.post(
        f"/verwaltung/pages/{page.pk}/{act}/", {"new_title": "x", "new_slug": "x", "new_parent_page": 1}
    )
    assert QuartierPage.objects.count() == 1


def test_page_of_a_project_is_not_copied(project_page: ProjectPage, contact_client: Client) -> None:
    response = contact_client.get(f"/verwaltung/pages/{project_page.pk}/copy/")
    assert (response.status_code, ProjectPage.objects.count()) == (302, 1)


def test_page_of_a_project_is_not_moved(
    project_page: ProjectPage, other_page: QuartierPage, administrator_client: Client
) -> None:
    target = ProjectIndexPage.objects.child_of(other_page).get()
    administrator_client.post(f"/verwaltung/pages/{project_page.pk}/move/{target.pk}/confirm/")
    project_page.refresh_from_db()
    assert project_page.url == "/nordstadt/projekte/dach-bau/"


def test_several_pages_at_once_spare_those_that_stay(page: QuartierPage, administrator_client: Client) -> None:
    administrator_client.post(f"/verwaltung/bulk/wagtailcore/page/delete/?id={page.pk}")
    assert QuartierPage.objects.count() == 1


def test_team_writes_news(page: QuartierPage, contact_client: Client, client: Client) -> None:
    parent = page.get_children().get(slug="neues")
    data = nested_form_data(
        {
            "title": "Ein Fest", "slug": "ein-fest", "day": "2026-05-01", "summary": "Kommt.", "picture": "",
            "seo_title": "", "search_description": "", "body": streamfield([]), "action-publish": "1",
        }
    )  # fmt: skip
    contact_client.post(f"/verwaltung/pages/add/cms/newspage/{parent.pk}/", data)
    assert (NewsPage.objects.get().live, client.get("/nordstadt/neues/ein-fest/").status_code) == (True, 200)
