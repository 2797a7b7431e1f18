"""The public pages: one h1 and a title each, the right things on them, and few queries."""

import datetime
import re
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import Partner, Quartier
from cms import services
from cms.models import ProjectPage
from ideas.models import Field, Idea
from ideas.services import cast_vote, decide_idea
from participation.services.events import take_seat
from participation.services.projects import update_project
from tests.cast import GUEST_TOKEN, make_idea, make_project, make_resident
from tests.cms.conftest import photo_with_gps, shown

pytestmark = pytest.mark.filterwarnings("ignore:Unclosed file <tempfile.Spooled:ResourceWarning")


@pytest.fixture
def news(page: Any, quartier: Quartier) -> Any:
    return services.add_news(
        quartier=quartier, title="Ein Fest", paragraphs=["Am Samstag."], at=datetime.date(2026, 5, 1), summary="Kommt."
    )


ADDRESSES = {
    "/": "Mach den Anstoß",
    "/nordstadt/": "Was geht hier in Nordstadt?",
    "/nordstadt/projekte/": "Projekte in Nordstadt",
    "/nordstadt/projekte/dach-bau/": "Dach-Bau",
    "/nordstadt/neues/": "Neues aus Nordstadt",
    "/nordstadt/neues/ein-fest/": "Ein Fest",
    "/impressum/": "Impressum",
    "/suche/?q=dach": "Suche nach „dach“",
    "/suche/": "Suche",
}


@pytest.mark.parametrize("address", ADDRESSES)
def test_page_has_one_h1_and_a_title(project_page: Any, news: Any, idea: Any, client: Client, address: str) -> None:
    services.ensure_standard_page(slug="impressum", title="Impressum", paragraphs=["Wir."])
    html = client.get(address).content.decode()
    title = re.search(r"<title>(.*?)</title>", html, re.DOTALL)
    assert (html.count("<h1"), title and title[1].strip()) == (1, f"{ADDRESSES[address]} · Anstoß")


@pytest.mark.parametrize("address", ADDRESSES)
def test_page_has_no_inline_style_or_script(
    project_page: Any, news: Any, idea: Any, client: Client, address: str
) -> None:
    services.ensure_standard_page(slug="impressum", title="Impressum", paragraphs=["Wir."])
    html = client.get(address).content.decode()
    assert (re.findall(r"\sstyle=", html), re.findall(r"<script(?![^>]*src=)", html), re.findall(r"<style", html)) == (
        [],
        [],
        [],
    )


# --- home ------------------------------------------------------------------------------------------------
def test_home_lists_quartiere_with_their_numbers(project_page: Any, other_page: Any, idea: Any, client: Client) -> None:
    places = client.get("/").context["places"]
    assert [(place.quartier.slug, place.idea_count, place.project_count) for place in places] == [
        ("nordstadt", 1, 1), ("suedhang", 0, 0)
    ]  # fmt: skip


@pytest.mark.parametrize("number", [1, 3])
def test_home_takes_the_same_queries_for_any_number(
    home: Any, client: Client, number: int, django_assert_num_queries: Any
) -> None:
    from tests.cast import make_quartier

    for count in range(number):
        services.ensure_quartier_page(quartier=make_quartier(f"q{count}", f"Q {count}", programme="P"), intro="")
    client.get("/")
    with django_assert_num_queries(7):
        client.get("/")


def test_home_without_quartiere_says_so(home: Any, client: Client) -> None:
    assert "Noch kein Quartier" in client.get("/").content.decode()


# --- a Quartier ------------------------------------------------------------------------------------------
def fill(quartier: Quartier, staff: Any, number: int) -> None:
    """So many of everything that the page of a Quartier shows."""
    for count in range(number):
        make_idea(make_resident(f"Jemand {count}", quartier), f"Idee {count}")
        Partner.objects.create(quartier=quartier, name=f"Partner {count}")
        services.add_news(quartier=quartier, title=f"Neues {count}", paragraphs=["x"], at=timezone.localdate())
        for state in ("running", "finished"):
            project = make_project(staff, quartier, f"{state} {count}", state=state)
            page = services.draft_page_for(project=project, by=staff)
            page.picture = services.add_picture(quartier=quartier, upload=photo_with_gps(), title="x", alt="y", by=None)
            page.save_revision()
            services.publish_page(page, staff)


@pytest.mark.parametrize("number", [1, 3])
def test_quartier_takes_the_same_queries_for_any_number(
    page: Any, quartier: Quartier, contact_person: Any, client: Client, number: int, django_assert_num_queries: Any
) -> None:
    fill(quartier, contact_person, number)
    client.get("/nordstadt/")
    with django_assert_num_queries(23):
        client.get("/nordstadt/")


def test_quartier_shows_what_goes_on(page: Any, quartier: Quartier, contact_person: Any, client: Client) -> None:
    fill(quartier, contact_person, 4)
    context = client.get("/nordstadt/").context
    shown = {name: len(context[name]) for name in ("ideas", "projects", "exhibition", "news", "contacts", "partners")}
    assert shown == {"ideas": 3, "projects": 3, "exhibition": 3, "news": 3, "contacts": 1, "partners": 4}
    assert (context["idea_count"], context["project_count"]) == (4, 8)


def test_quartier_leads_to_lists_as_long_as_it_says(
    page: Any, quartier: Quartier, contact_person: Any, client: Client
) -> None:
    fill(quartier, contact_person, 4)
    decide_idea(idea=Idea.objects.all()[0], by=contact_person, kind="not_possible", reason="Zu teuer.")
    context = client.get("/nordstadt/").context
    lists = {"idea_count": context["ideas_url"], "project_count": "/nordstadt/projekte/"}
    found = {name: client.get(url).context["page_obj"].paginator.count for name, url in lists.items()}
    assert found == {name: context[name] for name in lists}


@pytest.mark.parametrize(("state", "link"), [("finished", "Alle"), ("exhibited", "Zur Ausstellung")])
def test_quartier_leads_to_what_is_done_and_never_to_nothing(
    page: Any, quartier: Quartier, contact_person: Any, client: Client, state: str, link: str
) -> None:
    project = make_project(contact_person, quartier, "Bank", state=state)
    services.publish_page(services.draft_page_for(project=project, by=contact_person), contact_person)
    html = shown(client.get("/nordstadt/"))
    target = re.search(r'<a href="(/nordstadt/projekte/\?stand=\w+)">(\w[\w ]*\w)', html)
    assert target is not None
    assert (target[2], client.get(target[1]).context["page_obj"].paginator.count) == (link, 1)


def test_quartier_with_decided_ideas_only_does_not_say_that_there_are_none(
    page: Any, idea: Any, contact_person: Any, client: Client
) -> None:
    decide_idea(idea=idea, by=contact_person, kind="not_possible", reason="Zu teuer.")
    html = shown(client.get("/nordstadt/"))
    assert ("Noch keine Idee" in html, "Hier ist gerade keine Idee" in html) == (False, True)


def test_quartier_puts_hot_ideas_first(
    page: Any, quartier: Quartier, contact_person: Any, resident: Any, client: Client
) -> None:
    make_idea(resident, "kalt")
    hot = make_idea(resident, "heiß")
    cast_vote(voter=make_resident("Noch 1", quartier), idea=hot)
    assert [idea.title for idea in client.get("/nordstadt/").context["ideas"]] == ["heiß", "kalt"]


def test_quartier_shows_the_running_event(page: Any, event: Any, client: Client) -> None:
    take_seat(event=event, token=GUEST_TOKEN, nickname="Gast 1")
    live = client.get("/nordstadt/").context["live"]
    html = client.get("/nordstadt/").content.decode()
    assert (live.seats, live.ballot_open, "JETZT LIVE" in html, f"/e/{event.join_code}/" in html) == (
        1,
        False,
        True,
        True,
    )


def test_quartier_says_that_a_ballot_is_open(page: Any, event: Any, contact_person: Any, client: Client) -> None:
    from participation.services.ballots import create_ballot, open_ballot

    ballot = create_ballot(event=event, by=contact_person, kind="consent", question="Bauen wir?")
    open_ballot(ballot=ballot, by=contact_person)
    assert "Abstimmung läuft" in client.get("/nordstadt/").content.decode()


def test_quartier_shows_no_event_that_has_not_begun(
    page: Any, quartier: Quartier, contact_person: Any, client: Client
) -> None:
    from participation.services.events import create_event

    create_event(quartier=quartier, by=contact_person, title="Später", starts_at=timezone.now())
    assert client.get("/nordstadt/").context["live"] is None


def test_quartier_without_anything_invites(page: Any, client: Client) -> None:
    html = client.get("/nordstadt/").content.decode()
    assert ("Noch keine Idee" in html, "Gerade läuft kein Projekt" in html) == (True, True)


def test_quartier_explains_itself_with_the_steps_of_home(page: Any, client: Client) -> None:
    assert "Idee loswerden" in client.get("/nordstadt/").content.decode()


def test_quartier_names_funder_and_carrier(page: Any, quartier: Quartier, client: Client) -> None:
    quartier.programme.funder_line = "Gefördert durch Bund und ESF."
    quartier.programme.save()
    html = client.get("/nordstadt/").content.decode()
    assert ("Gefördert durch Bund und ESF." in html, "Träger: Träger Nordstadt" in html) == (True, True)


# --- projects --------------------------------------------------------------------------------------------
@pytest.fixture
def four(page: Any, quartier: Quartier, contact_person: Any) -> None:
    """Four public projects and a draft."""
    for title, facts in {
        "Dach-Bau": {"state": "running"},
        "Garten": {"state": "planned"},
        "Tandem für Neue": {"state": "running", "format": "tandem"},
        "Wandbild": {"state": "exhibited"},
    }.items():
        make_project(contact_person, quartier, title, **facts)
    from participation.services.projects import create_project

    create_project(quartier=quartier, by=contact_person, title="Entwurf")


@pytest.mark.parametrize(
    ("query", "wanted"),
    [
        ("", ["Tandem für Neue", "Dach-Bau", "Garten", "Wandbild"]),
        ("stand=planned", ["Garten"]),
        ("form=tandem", ["Tandem für Neue"]),
        ("q=dach", ["Dach-Bau"]),
        ("q=dach&stand=planned", []),
        ("stand=quatsch&feld=quatsch&form=%01", ["Tandem für Neue", "Dach-Bau", "Garten", "Wandbild"]),
        ("q=%01", ["Tandem für Neue", "Dach-Bau", "Garten", "Wandbild"]),
        ("page=999", ["Tandem für Neue", "Dach-Bau", "Garten", "Wandbild"]),
    ],
)
def test_project_list_can_be_narrowed(four: None, client: Client, query: str, wanted: list[str]) -> None:
    found = client.get(f"/nordstadt/projekte/?{query}").context["page_obj"].object_list
    assert [project.title for project in found] == wanted


def test_project_list_says_when_nothing_fits(four: None, client: Client) -> None:
    assert "Dazu gibt es kein Projekt" in client.get("/nordstadt/projekte/?q=xyz").content.decode()


@pytest.mark.parametrize("number", [1, 3])
def test_project_list_takes_the_same_queries_for_any_number(
    page: Any, quartier: Quartier, contact_person: Any, client: Client, number: int, django_assert_num_queries: Any
) -> None:
    fill(quartier, contact_person, number)
    client.get("/nordstadt/projekte/")
    with django_assert_num_queries(15):
        client.get("/nordstadt/projekte/")


def test_project_shows_its_facts(project_page: ProjectPage, project: Any, contact_person: Any, client: Client) -> None:
    update_project(project=project, by=contact_person, easy="Wir bauen ein Dach.", results="Es hält.")
    project.fields.add(Field.objects.get_or_create(name="Sport", slug="sport")[0])
    html = client.get(project_page.url).content.decode()
    shown = [
        words in html for words in ("Ich mach mit", "Wir bauen ein Dach.", "Es hält.", "Yasemin Muster", "Jugendhaus")
    ]
    assert (shown, "Rahmen" in html) == ([True] * 5, False)
    pills = html.split('<p class="pills">')[1].split("</p>")[0]
    assert re.findall(r">([^<>\s][^<>]*)<", pills) == ["läuft", "12–26 Jahre", "Sport", "Leichte Sprache"]
    assert '<a class="pill" href="#leicht">' in pills


def test_project_remembers_the_idea_it_grew_from(page: Any, idea: Any, contact_person: Any, client: Client) -> None:
    draft = services.turn_idea_into_project(idea=idea, by=contact_person, reason="Wir bauen.", title="Dach-Bau")
    services.publish_page(draft, contact_person)
    assert idea.get_absolute_url() in client.get(draft.url).content.decode()


def test_project_shows_its_title_as_the_project_has_it(
    project_page: ProjectPage, project: Any, contact_person: Any, client: Client
) -> None:
    update_project(project=project, by=contact_person, title="Dach für alle")
    assert "<title>Dach für alle · Anstoß</title>" in client.get(project_page.url).content.decode()


@pytest.mark.parametrize("number", [1, 3])
def test_project_takes_the_same_queries_for_any_number(
    project_page: ProjectPage,
    project: Any,
    contact_person: Any,
    quartier: Quartier,
    client: Client,
    number: int,
    django_assert_num_queries: Any,
) -> None:
    from participation.services.projects import add_task

    for count in range(number):
        add_task(project=project, by=contact_person, title=f"Aufgabe {count}")
        project.partners.add(Partner.objects.create(quartier=quartier, name=f"Partner {count}"))
    client.get(project_page.url)
    with django_assert_num_queries(16):
        client.get(project_page.url)


# --- news ------------------------------------------------------------------------------------------------
def test_news_stand_newest_first(page: Any, quartier: Quartier, client: Client) -> None:
    for day in (3, 5, 4):
        services.add_news(quartier=quartier, title=f"Tag {day}", paragraphs=["x"], at=datetime.date(2026, 5, day))
    titles = [news.title for news in client.get("/nordstadt/neues/").context["page_obj"].object_list]
    assert titles == ["Tag 5", "Tag 4", "Tag 3"]


def test_news_of_another_quartier_stay_there(
    page: Any, other_page: Any, other_quartier: Quartier, client: Client
) -> None:
    services.add_news(quartier=other_quartier, title="Fremd", paragraphs=["x"], at=datetime.date(2026, 5, 1))
    assert "Noch nichts Neues" in client.get("/nordstadt/neues/").content.decode()
