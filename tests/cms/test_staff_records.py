"""Reports, projects, events, records and accounts in the admin: every form saves through a service."""

from decimal import Decimal
from typing import Any

import pytest
from django.test import Client

from accounts.models import ContactPerson, Partner, Programme, Quartier, User
from cms.models import ProjectPage, QuartierPage
from ideas.models import Field
from moderation.models import Report
from moderation.services import file_report
from participation.models import Event, FundingYear
from participation.services.projects import add_task, create_project, set_envelope, take_task
from tests.cms.conftest import mistakes, shown


# --- reports ---------------------------------------------------------------------------------------------
@pytest.fixture
def report(page: Any, idea: Any, quartier: Quartier, resident: User) -> Report:
    return file_report(
        thing="idea", thing_id=idea.pk, quartier=quartier, url=idea.get_absolute_url(), copy=idea.title,
        reason="spam", reporter=resident, client_id="9f6a1a52-2f0e-4a7e-9b8d-6a1d4e0c1f13",
    )  # fmt: skip


@pytest.mark.parametrize(("state", "hidden"), [("upheld", True), ("dismissed", False)])
def test_report_is_decided_with_an_answer(
    report: Report, idea: Any, contact_client: Client, state: str, hidden: bool
) -> None:
    contact_client.post(f"/verwaltung/meldungen/{report.pk}/", {"state": state, "answer": "Danke dir."})
    report.refresh_from_db()
    idea.refresh_from_db()
    assert (report.state, report.answer, idea.hidden_at is not None) == (state, "Danke dir.", hidden)


@pytest.mark.parametrize(("data", "field"), [({"answer": "Danke dir."}, "state"), ({"state": "upheld"}, "answer")])
def test_report_asks_for_what_is_missing_and_keeps_the_rest(
    report: Report, contact_client: Client, data: dict[str, str], field: str
) -> None:
    response = contact_client.post(f"/verwaltung/meldungen/{report.pk}/", data)
    report.refresh_from_db()
    assert (mistakes(response), report.state, data.get("answer", "") in shown(response)) == (
        [field], "open", True
    )  # fmt: skip


def test_report_decided_by_somebody_else_says_so(report: Report, contact_client: Client) -> None:
    for state in ("upheld", "dismissed"):
        response = contact_client.post(f"/verwaltung/meldungen/{report.pk}/", {"state": state, "answer": "Danke dir."})
    assert "schon jemand entschieden" in shown(response)


def test_open_reports_stand_first(
    report: Report, idea: Any, quartier: Quartier, contact_client: Client, contact_person: User
) -> None:
    from moderation.services import decide_report

    decide_report(report=report, by=contact_person, state="dismissed", answer="Bleibt.")
    later = file_report(
        thing="idea", thing_id=idea.pk, quartier=quartier, url="", copy="neu", reason="spam", reporter=None,
        client_id="9f6a1a52-2f0e-4a7e-9b8d-6a1d4e0c1f14",
    )  # fmt: skip
    listed = contact_client.get("/verwaltung/meldungen/").context["object_list"]
    assert list(listed) == [later, report]


# --- projects --------------------------------------------------------------------------------------------
def test_project_without_a_page_gets_its_draft(
    page: QuartierPage, quartier: Quartier, contact_person: User, contact_client: Client
) -> None:
    project = create_project(quartier=quartier, by=contact_person, title="Kino im Hof")
    response = contact_client.get(f"/verwaltung/projekte/{project.pk}/seite/")
    assert response.url == f"/verwaltung/pages/{ProjectPage.objects.get(project=project).pk}/edit/"


def rows(prefix: str, *lines: dict[str, str]) -> dict[str, str]:
    data = {f"{prefix}-TOTAL_FORMS": str(len(lines)), f"{prefix}-INITIAL_FORMS": "0", f"save-{prefix}": "1"}
    return data | {f"{prefix}-{n}-{name}": value for n, line in enumerate(lines) for name, value in line.items()}


def test_tasks_become_what_the_table_says(
    project: Any, page: Any, contact_client: Client, contact_person: User, member: User
) -> None:
    taken = take_task(resident=member, task=add_task(project=project, by=contact_person, title="Straichen"))
    gone = add_task(project=project, by=contact_person, title="Weg damit")
    data = rows(
        "tasks",
        {"pk": str(taken.pk), "title": "Streichen", "due_on": "2026-12-01"},
        {"pk": str(gone.pk), "title": "", "due_on": ""},
        {"title": "Filmen", "due_on": ""},
        {"title": ""},
    )
    add_task(project=project, by=contact_person, title="Von einer Kollegin, gerade eben")
    contact_client.post(f"/verwaltung/projekte/{project.pk}/arbeit/", data)
    assert {(task.title, str(task.due_on), task.taken_by) for task in project.tasks.all()} == {
        ("Streichen", "2026-12-01", member), ("Filmen", "None", None), ("Von einer Kollegin, gerade eben", "None", None)
    }  # fmt: skip


def test_tasks_table_names_the_task_of_each_row(
    project: Any, page: Any, contact_client: Client, contact_person: User
) -> None:
    task = add_task(project=project, by=contact_person, title="Streichen")
    html = shown(contact_client.get(f"/verwaltung/projekte/{project.pk}/arbeit/"))
    assert f'name="tasks-0-pk" value="{task.pk}"' in html


def test_budget_is_kept_and_not_shown_in_public(project: Any, page: Any, contact_client: Client) -> None:
    data = rows("budget", {"title": "Holz", "planned": "800,50", "committed": "", "spent": "10"})
    contact_client.post(f"/verwaltung/projekte/{project.pk}/arbeit/", data)
    assert list(project.budget_lines.values_list("title", "planned", "committed", "spent")) == [
        ("Holz", Decimal("800.50"), 0, 10)
    ]


@pytest.mark.parametrize(
    "line", [{"title": "", "planned": "5"}, {"title": "Holz", "planned": "-5"}, {"title": "Holz", "planned": "viel"}]
)
def test_budget_with_a_mistake_keeps_what_was_typed(
    project: Any, page: Any, contact_client: Client, line: dict[str, str]
) -> None:
    response = contact_client.post(f"/verwaltung/projekte/{project.pk}/arbeit/", rows("budget", line))
    assert (response.status_code, project.budget_lines.count(), line["planned"] in shown(response)) == (
        200,
        0,
        True,
    )


# --- events ----------------------------------------------------------------------------------------------
def event_data(quartier: Quartier, **more: str) -> dict[str, Any]:
    return {
        "quartier": quartier.pk, "title": "Freie Plätze", "subtitle": "", "intro": "", "place": "Aula",
        "starts_at": "2026-12-05 10:00", "ends_at": "", "client_id": "9f6a1a52-2f0e-4a7e-9b8d-6a1d4e0c1f15", **more,
    }  # fmt: skip


def test_event_gets_a_join_code_and_links(page: Any, quartier: Quartier, contact_client: Client) -> None:
    contact_client.post("/verwaltung/open-space/neu/", event_data(quartier))
    event = Event.objects.get()
    html = contact_client.get(f"/verwaltung/open-space/{event.pk}/").content.decode()
    links = [f"/e/{event.join_code}/{screen}" in html for screen in ("leitung/", "beamer/")]
    assert (event.state, len(event.join_code), links) == ("draft", 6, [True, True])


def test_event_sent_twice_is_one(page: Any, quartier: Quartier, contact_client: Client) -> None:
    for _time in range(2):
        contact_client.post("/verwaltung/open-space/neu/", event_data(quartier))
    assert Event.objects.count() == 1


def test_event_is_not_made_for_a_foreign_quartier(page: Any, other_quartier: Quartier, contact_client: Client) -> None:
    response = contact_client.post("/verwaltung/open-space/neu/", event_data(other_quartier))
    assert (mistakes(response), Event.objects.count(), "Freie Plätze" in shown(response)) == (
        ["quartier"], 0, True
    )  # fmt: skip


def test_event_with_an_end_before_its_beginning_says_so(page: Any, quartier: Quartier, contact_client: Client) -> None:
    response = contact_client.post("/verwaltung/open-space/neu/", event_data(quartier, ends_at="2026-12-05 09:00"))
    assert (mistakes(response), Event.objects.count()) == (["ends_at"], 0)


def test_event_is_changed_and_moved_on(page: Any, event: Event, quartier: Quartier, contact_client: Client) -> None:
    address = f"/verwaltung/open-space/{event.pk}/"
    contact_client.post(address, event_data(quartier, title="Freie Flächen", outcomes=""))
    contact_client.post(f"{address}stand/", {"state": "wrap_up"})
    event.refresh_from_db()
    assert (event.title, event.state) == ("Freie Flächen", "wrap_up")


def test_event_takes_no_step_that_does_not_follow(page: Any, event: Event, contact_client: Client) -> None:
    response = contact_client.post(f"/verwaltung/open-space/{event.pk}/stand/", {"state": "archived"}, follow=True)
    event.refresh_from_db()
    assert (event.state, [message.level_tag for message in response.context["messages"]]) == ("live", ["error"])


# --- records of a team -----------------------------------------------------------------------------------
def test_contact_person_is_kept(page: Any, quartier: Quartier, contact_client: Client) -> None:
    data = {
        "quartier": quartier.pk,
        "name": "Tom Brandt",
        "role": "Gärtner",
        "hours": "",
        "bound_until": "",
        "about": "",
        "user": "",
    }
    contact_client.post("/verwaltung/ansprechpersonen/neu/", data)
    assert ContactPerson.objects.filter(name="Tom Brandt", quartier=quartier).count() == 1


def test_partner_is_kept_once(page: Any, quartier: Quartier, contact_client: Client) -> None:
    for _time in range(2):
        response = contact_client.post(
            "/verwaltung/partner/neu/", {"quartier": quartier.pk, "name": "Bauhof", "about": ""}
        )
    assert (Partner.objects.count(), response.status_code, "Bauhof" in shown(response)) == (1, 200, True)


def test_partner_of_a_foreign_quartier_is_refused(page: Any, other_quartier: Quartier, contact_client: Client) -> None:
    response = contact_client.post(
        "/verwaltung/partner/neu/", {"quartier": other_quartier.pk, "name": "Bauhof", "about": ""}
    )
    assert (mistakes(response), Partner.objects.count()) == (["quartier"], 0)


def test_partner_is_removed(page: Any, quartier: Quartier, contact_client: Client) -> None:
    partner = Partner.objects.create(quartier=quartier, name="Bauhof")
    contact_client.post(f"/verwaltung/partner/{partner.pk}/entfernen/")
    assert Partner.objects.count() == 0


def test_contact_person_of_a_project_is_not_removed(
    page: Any, project: Any, contact_person: User, contact_client: Client
) -> None:
    response = contact_client.post(f"/verwaltung/ansprechpersonen/{contact_person.contact.pk}/entfernen/")
    assert (ContactPerson.objects.count(), "hat nur diese Ansprechperson" in shown(response)) == (1, True)


def test_funding_year_is_set_and_changed(page: Any, quartier: Quartier, contact_client: Client) -> None:
    contact_client.post("/verwaltung/foerderjahre/neu/", {"quartier": quartier.pk, "year": "2026", "envelope": "9000"})
    frame = FundingYear.objects.get()
    contact_client.post(f"/verwaltung/foerderjahre/{frame.pk}/", {"envelope": "12000"})
    frame.refresh_from_db()
    assert (frame.year, frame.envelope) == (2026, 12000)


def test_funding_year_that_is_there_already_is_not_doubled(
    page: Any, quartier: Quartier, contact_person: User, contact_client: Client
) -> None:
    set_envelope(quartier=quartier, by=contact_person, year=2026, envelope=Decimal(9000))
    response = contact_client.post(
        "/verwaltung/foerderjahre/neu/", {"quartier": quartier.pk, "year": "2026", "envelope": "-5"}
    )
    assert (response.status_code, FundingYear.objects.get().envelope) == (200, 9000)


# --- administration --------------------------------------------------------------------------------------
def test_new_quartier_comes_with_its_pages(
    home: Any, quartier: Quartier, administrator_client: Client, client: Client
) -> None:
    data = {
        "name": "Gaarden", "city": "Kiel", "slug": "gaarden", "programme": quartier.programme_id, "carrier": "",
        "age_min": "12", "age_max": "26", "publish_residents": "at_once", "publish_guests": "after_look",
        "answer_days": "14", "intro": "Am Ostufer.",
    }  # fmt: skip
    administrator_client.post("/verwaltung/quartiere/neu/", data)
    answers = [client.get(path).status_code for path in ("/gaarden/", "/gaarden/projekte/", "/gaarden/neues/")]
    assert answers == [200, 200, 200]


def test_new_quartier_at_a_taken_address_says_so(home: Any, quartier: Quartier, administrator_client: Client) -> None:
    data = {
        "name": "Suche", "city": "Kiel", "slug": "suche", "programme": quartier.programme_id, "carrier": "",
        "age_min": "12", "age_max": "26", "publish_residents": "at_once", "publish_guests": "after_look",
        "answer_days": "14", "intro": "Am Ostufer.",
    }  # fmt: skip
    response = administrator_client.post("/verwaltung/quartiere/neu/", data)
    assert (mistakes(response), Quartier.objects.filter(slug="suche").count(), "Am Ostufer." in shown(response)) == (
        ["slug"], 0, True
    )  # fmt: skip


def colleague(**more: Any) -> dict[str, Any]:
    return {
        "full_name": "Nele Nord", "nickname": "Nele", "email": "nele@team.example", "password": "ein-langer-satz-2026",
        "is_active": "on", **more,
    }  # fmt: skip


def test_colleague_can_sign_in_and_work(page: QuartierPage, administrator_client: Client, client: Client) -> None:
    administrator_client.post("/verwaltung/team/neu/", colleague(quartiere=[page.quartier_id]))
    client.post("/team/login/", {"login": "nele@team.example", "password": "ein-langer-satz-2026"})
    assert [client.get(path).status_code for path in ("/verwaltung/ideen/", f"/verwaltung/pages/{page.pk}/edit/")] == [
        200,
        200,
    ]


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"password": "kurz"}, "password"),
        ({"password": ""}, "password"),
        ({"email": ""}, "email"),
        ({"email": "yasemin@team.example"}, "email"),
        ({"nickname": ""}, "nickname"),
    ],
)
def test_colleague_with_a_mistake_is_not_made(
    page: Any, contact_person: User, administrator_client: Client, wrong: dict[str, str], field: str
) -> None:
    response = administrator_client.post("/verwaltung/team/neu/", colleague(**wrong))
    assert (mistakes(response), User.objects.filter(full_name="Nele Nord").count(), "Nele Nord" in shown(response)) == (
        [field], 0, True
    )  # fmt: skip


def test_colleague_keeps_the_password_when_none_is_typed(
    page: Any, contact_person: User, administrator_client: Client
) -> None:
    from tests.cast import PASSWORD

    data = colleague(nickname="Yasemin", email=contact_person.email, password="", quartiere=[page.quartier_id])
    administrator_client.post(f"/verwaltung/team/{contact_person.pk}/", data)
    contact_person.refresh_from_db()
    assert (contact_person.full_name, contact_person.check_password(PASSWORD)) == ("Nele Nord", True)


def test_account_of_a_resident_is_no_colleague(page: Any, resident: User, administrator_client: Client) -> None:
    assert administrator_client.get(f"/verwaltung/team/{resident.pk}/").status_code == 404


def test_field_is_kept(page: Any, administrator_client: Client) -> None:
    administrator_client.post("/verwaltung/felder/neu/", {"name": "Grün", "slug": "gruen", "order": "5"})
    assert [(field.slug, field.order) for field in Field.objects.filter(name="Grün")] == [("gruen", 5)]


def test_programme_in_use_is_not_removed(page: Any, quartier: Quartier, administrator_client: Client) -> None:
    response = administrator_client.post(f"/verwaltung/programme/{quartier.programme_id}/entfernen/")
    assert (
        Programme.objects.filter(pk=quartier.programme_id).count(),
        "wird noch gebraucht" in shown(response),
    ) == (1, True)
