"""Who reaches what in the admin: role × screen → answer. A foreign Quartier's thing is as absent as none."""

from typing import Any

import pytest
from django.test import Client

from accounts.models import Partner, Quartier
from cms.services import draft_page_for
from moderation.models import Report
from moderation.services import file_report
from participation.services.projects import set_envelope
from tests.cast import make_staff

ROLES = ("contact_person", "coordinator", "administrator", "other_staff", "resident")


@pytest.fixture
def things(
    page: Any, other_page: Any, idea: Any, project: Any, event: Any, contact_person: Any, quartier: Quartier
) -> dict[str, Any]:
    """One of each in `quartier`."""
    report = file_report(
        thing="idea", thing_id=idea.pk, quartier=quartier, url="", copy=idea.title, reason=Report.Reason.SPAM,
        reporter=None, client_id="9f6a1a52-2f0e-4a7e-9b8d-6a1d4e0c1f11",
    )  # fmt: skip
    return {
        "ideen/{}": idea.pk,
        "ideen/{}/antworten": idea.pk,
        "ideen/{}/projekt": idea.pk,
        "ideen/{}/ansprechperson": idea.pk,
        "meldungen/{}": report.pk,
        "projekte/{}/arbeit": project.pk,
        "open-space/{}": event.pk,
        "ansprechpersonen/{}": contact_person.contact.pk,
        "ansprechpersonen/{}/entfernen": contact_person.contact.pk,
        "partner/{}": Partner.objects.create(quartier=quartier, name="Bauhof").pk,
        "foerderjahre/{}": set_envelope(quartier=quartier, by=contact_person, year=2026, envelope=9000).pk,
        "pages/{}/edit": page.pk,
        "pages/{}/history": draft_page_for(project=project, by=contact_person).pk,
    }


OWN = dict.fromkeys(("contact_person", "coordinator", "administrator"), 200)


@pytest.mark.parametrize("who", ROLES)
def test_things_of_a_quartier_answer_to_its_team_only(
    things: dict[str, Any], who: str, request: pytest.FixtureRequest, signed_in: Any
) -> None:
    client: Client = signed_in(request.getfixturevalue(who))
    answers = {path: client.get(f"/verwaltung/{path.format(pk)}/").status_code for path, pk in things.items()}
    if who == "other_staff":
        # Wagtail's own screens send a stranger to the start page instead of answering 404.
        wanted = {path: 302 if path.startswith("pages/") else 404 for path in things}
    elif who == "resident":
        wanted = dict.fromkeys(things, 302)
    else:
        wanted = dict.fromkeys(things, 200)
    assert answers == wanted


FOR_ADMINISTRATORS = ("quartiere", "quartiere/neu", "team", "team/neu", "programme", "traeger", "felder")


@pytest.mark.parametrize("who", ROLES)
@pytest.mark.parametrize("path", FOR_ADMINISTRATORS)
def test_lists_that_hold_everywhere_are_for_administrators(
    page: Any, path: str, who: str, request: pytest.FixtureRequest, signed_in: Any
) -> None:
    client = signed_in(request.getfixturevalue(who))
    assert client.get(f"/verwaltung/{path}/").status_code == (200 if who == "administrator" else 302)


LISTINGS = ("ideen", "meldungen", "projekte", "open-space", "ansprechpersonen", "partner", "foerderjahre")


@pytest.mark.parametrize("path", LISTINGS)
def test_listing_shows_own_rows_only(
    things: Any, path: str, contact_client: Client, other_staff_client: Client
) -> None:
    words = {
        "ideen": "Ein Dach für den Bolzplatz",
        "meldungen": "Ein Dach für den Bolzplatz",
        "projekte": "Dach-Bau",
        "open-space": "Tag der offenen Fläche",
        "ansprechpersonen": "Yasemin Muster",
        "partner": "Bauhof",
        "foerderjahre": "9000",
    }[path]
    pages = [client.get(f"/verwaltung/{path}/").content.decode() for client in (contact_client, other_staff_client)]
    assert [f">{words}" in html or f" {words}" in html or words in html for html in pages] == [True, False]


POSTS = ("ideen/{}/antworten", "ideen/{}/ausblenden", "ideen/{}/freischalten")


@pytest.mark.parametrize("path", POSTS)
def test_acts_on_a_foreign_idea_are_absent(
    idea: Any, page: Any, other_page: Any, other_staff_client: Client, path: str
) -> None:
    response = other_staff_client.post(f"/verwaltung/{path.format(idea.pk)}/", {"reason": "Nein."})
    idea.refresh_from_db()
    assert (response.status_code, idea.answered_at, idea.hidden_at) == (404, None, None)


@pytest.mark.parametrize("who", ["resident", "bare"])
def test_admin_says_no_to_those_who_have_no_business_there(page: Any, who: str, resident: Any, signed_in: Any) -> None:
    user = resident if who == "resident" else make_staff("Nele")
    client = signed_in(user)
    response = client.get("/verwaltung/", follow=True)
    assert response.status_code == 403


@pytest.mark.parametrize(
    "path", ["/verwaltung/", "/verwaltung/ideen/", "/team/login/", "/team/2fa/authenticate/", "/tuer/"]
)
def test_the_teams_door_tells_a_resident_what_to_do(page: Any, path: str, resident_client: Client) -> None:
    response = resident_client.get(path, follow=True)
    words = ("Hier arbeitet das Team", "Du bist gerade als Rosa 27 da", 'href="/ich/raus/"', 'href="/nordstadt/"')
    assert (response.status_code, [word for word in words if word not in response.text]) == (403, [])
    assert "Berechtigung" not in response.text + resident_client.get("/nordstadt/ideen/").text


def test_the_teams_door_tells_a_colleague_without_a_role_whom_to_ask(page: Any, signed_in: Any) -> None:
    response = signed_in(make_staff("Nele")).get("/verwaltung/", follow=True)
    words = ("Frag die Person, die eure Konten anlegt", 'href="/team/logout/"')
    assert (response.status_code, [word for word in words if word not in response.text]) == (403, [])


def test_admin_asks_a_visitor_to_sign_in(client: Client) -> None:
    response = client.get("/verwaltung/ideen/", follow=True)
    assert response.redirect_chain[-1][0] == "/team/login/?next=%2Fverwaltung%2Fideen%2F"


def test_admin_speaks_german_and_bears_our_name(page: Any, contact_client: Client) -> None:
    html = contact_client.get("/verwaltung/ideen/", headers={"accept-language": "en"}).content.decode()
    assert ('lang="de"' in html, "- Anstoß</title>" in html, "gravatar" in html) == (True, True, False)


def test_menu_of_a_team_holds_nothing_that_confuses(page: Any, contact_client: Client) -> None:
    html = contact_client.get("/verwaltung/").content.decode()
    wanted = ["/verwaltung/ideen/", "/verwaltung/meldungen/", "/verwaltung/projekte/", "/verwaltung/open-space/"]
    gone = [
        "/verwaltung/reports/",
        "/verwaltung/users/",
        "/verwaltung/groups/",
        "/verwaltung/sites/",
        "editor-guide",
        "/verwaltung/team/",
    ]
    assert ([path in html for path in wanted], [path in html for path in gone]) == ([True] * 4, [False] * 6)
