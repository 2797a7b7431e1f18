"""Ideas in the admin: the listing, one idea, every act, and becoming a project."""

import re
import uuid
from typing import Any

import pytest
from django.test import Client

from accounts.models import Publish, Quartier
from cms.models import ProjectPage
from ideas.models import Entry, Idea
from ideas.services import decide_idea, hide_comment, hide_idea, write_comment
from participation.models import BudgetLine, Project
from tests.cast import make_idea, make_resident
from tests.cms.conftest import make_late, mistakes, shown


def url(idea: Any, act: str = "") -> str:
    return f"/verwaltung/ideen/{idea.pk}/{act and act + '/'}"


def titles(response: Any) -> list[str]:
    return [idea.title for idea in response.context["object_list"]]


@pytest.fixture
def several(page: Any, resident: Any, contact_person: Any, quartier: Quartier) -> dict[str, Any]:
    """An idea that was answered, one that waits, one that is late, one that nobody has looked at."""
    ideas = {name: make_idea(resident, name) for name in ("beantwortet", "wartet", "zu spät")}
    decide_idea(idea=ideas["beantwortet"], by=contact_person, kind="answer", reason="Wir fragen nach.")
    make_late(ideas["zu spät"], days=1)
    quartier.publish_residents = Publish.AFTER_LOOK
    quartier.save()
    return ideas | {"neu": make_idea(make_resident("Neu 1", quartier), "neu")}


def test_listing_begins_with_what_waits_longest(several: Any, contact_client: Client) -> None:
    assert titles(contact_client.get("/verwaltung/ideen/")) == ["zu spät", "wartet", "neu", "beantwortet"]


@pytest.mark.parametrize(
    ("query", "wanted"),
    [
        ("waiting=late", ["zu spät"]),
        ("waiting=open", ["zu spät", "wartet"]),
        ("waiting=held", ["neu"]),
        ("state=submitted", ["neu"]),
        ("q=warte", ["wartet"]),
        ("q=nichts", []),
        ("ordering=title", ["beantwortet", "neu", "wartet", "zu spät"]),
        ("waiting=quatsch", ["zu spät", "wartet", "neu", "beantwortet"]),
    ],
)
def test_listing_can_be_narrowed(several: Any, contact_client: Client, query: str, wanted: list[str]) -> None:
    assert titles(contact_client.get(f"/verwaltung/ideen/results/?{query}")) == wanted


@pytest.mark.parametrize("number", [1, 3])
def test_listing_takes_the_same_queries_for_any_number(
    page: Any, resident: Any, contact_person: Any, contact_client: Client, number: int, django_assert_num_queries: Any
) -> None:
    for count in range(number):
        make_idea(resident, f"Idee {count}")
    contact_client.get("/verwaltung/ideen/results/")
    with django_assert_num_queries(9):
        contact_client.get("/verwaltung/ideen/results/")


def test_filter_by_quartier_is_for_those_with_several(
    several: Any, contact_client: Client, administrator_client: Client, other_page: Any
) -> None:
    offered = [
        "quartier" in client.get("/verwaltung/ideen/").context["filters"].form.fields
        for client in (contact_client, administrator_client)
    ]
    assert offered == [False, True]


def test_one_idea_shows_words_story_and_comments(page: Any, idea: Any, resident: Any, contact_client: Client) -> None:
    write_comment(author=resident, idea=idea, client_id=uuid.uuid4(), text="Ich helfe mit.")
    html = contact_client.get(url(idea)).content.decode()
    assert ("Ein Dach für den Bolzplatz" in html, "Ich helfe mit." in html, "Wartet auf Antwort" in html) == (
        True,
        True,
        True,
    )


def acts(response: Any) -> set[str]:
    return {act.slug for act in response.context["acts"]}


def test_one_idea_offers_exactly_the_steps_of_its_state(
    several: Any, contact_client: Client, contact_person: Any
) -> None:
    open_ = {"antworten", "pruefen", "projekt", "zusammenlegen", "parken", "geht-nicht"}
    decide_idea(idea=several["wartet"], by=contact_person, kind="not_possible", reason="Zu teuer.")
    offered = {name: acts(contact_client.get(url(idea))) for name, idea in several.items()}
    assert offered == {
        "beantwortet": open_,
        "wartet": set(),
        "zu spät": open_,
        "neu": {"freischalten", "zusammenlegen", "geht-nicht"},
    }


@pytest.mark.parametrize(
    ("act", "state"),
    [
        ("antworten", "published"),
        ("pruefen", "under_review"),
        ("parken", "parked"),
        ("geht-nicht", "not_possible"),
    ],
)
def test_act_writes_the_story(
    page: Any, idea: Any, contact_client: Client, contact_person: Any, act: str, state: str
) -> None:
    response = contact_client.post(url(idea, act), {"reason": "Das Bauamt sagt ja."})
    idea.refresh_from_db()
    last = idea.story.last()
    assert (response.url, idea.state, last.reason, last.by) == (url(idea), state, "Das Bauamt sagt ja.", contact_person)


def test_act_is_seen_by_everybody(page: Any, idea: Any, contact_client: Client, client: Client) -> None:
    contact_client.post(url(idea, "antworten"), {"reason": "Das Bauamt sagt ja."})
    assert "Das Bauamt sagt ja." in client.get(idea.get_absolute_url()).content.decode()


@pytest.mark.parametrize("act", ["antworten", "parken", "geht-nicht", "zusammenlegen"])
def test_act_without_a_reason_says_so_and_does_nothing(page: Any, idea: Any, contact_client: Client, act: str) -> None:
    response = contact_client.post(url(idea, act), {"reason": " "})
    idea.refresh_from_db()
    assert (response.status_code, mistakes(response)[-1:], idea.state, idea.story.count()) == (
        200, ["reason"], "published", 1
    )  # fmt: skip


def test_act_keeps_what_was_typed_when_it_is_too_long(page: Any, idea: Any, contact_client: Client) -> None:
    typed = "Sehr ausführlich. " * 70
    response = contact_client.post(url(idea, "antworten"), {"reason": typed})
    assert (response.status_code, typed.strip() in shown(response), idea.story.count()) == (200, True, 1)


def test_act_that_no_longer_fits_keeps_the_words(
    page: Any, idea: Any, contact_client: Client, contact_person: Any
) -> None:
    decide_idea(idea=idea, by=contact_person, kind="not_possible", reason="Zu teuer.")
    response = contact_client.post(url(idea, "antworten"), {"reason": "Doch nicht zu teuer."})
    html = shown(response)
    assert (response.status_code, "Doch nicht zu teuer." in html, "Lade die Seite neu" in html) == (200, True, True)


def test_same_act_twice_is_one(page: Any, idea: Any, contact_client: Client) -> None:
    for _time in range(2):
        contact_client.post(url(idea, "antworten"), {"reason": "Wir fragen nach."})
    assert idea.story.filter(kind=Entry.Kind.ANSWER).count() == 1


def test_waiting_idea_is_let_through(several: Any, contact_client: Client) -> None:
    contact_client.post(url(several["neu"], "freischalten"))
    several["neu"].refresh_from_db()
    assert several["neu"].state == "published"


def test_merging_names_the_other_idea(page: Any, idea: Any, contact_client: Client, resident: Any) -> None:
    other = make_idea(resident, "Dach für alle Plätze")
    contact_client.post(url(idea, "zusammenlegen"), {"into": other.pk, "reason": "Das ist dasselbe."})
    idea.refresh_from_db()
    assert (idea.state, idea.merged_into) == ("merged", other)


def test_merging_offers_no_foreign_ideas(
    page: Any, idea: Any, contact_client: Client, neighbour: Any, other_staff: Any
) -> None:
    foreign = make_idea(neighbour, "Fremde Idee")
    response = contact_client.post(url(idea, "zusammenlegen"), {"into": foreign.pk, "reason": "Das ist dasselbe."})
    assert (mistakes(response), "Das ist dasselbe." in shown(response)) == (["into"], True)


def test_contact_person_can_be_changed(page: Any, idea: Any, contact_client: Client) -> None:
    contact_client.post(url(idea, "ansprechperson"), {"contact": ""})
    idea.refresh_from_db()
    assert idea.contact is None


def test_idea_is_hidden_and_shown_again(page: Any, idea: Any, contact_client: Client, client: Client) -> None:
    seen = []
    for act in ("hide", "hide", "show", "show"):  # two of the team, or one in a hurry, press twice
        contact_client.post(url(idea, "ausblenden"), {"act": act})
        seen.append(client.get(idea.get_absolute_url()).status_code)
    assert seen == [404, 404, 200, 200]


def test_comment_is_hidden_and_shown_again(page: Any, idea: Any, resident: Any, contact_client: Client) -> None:
    comment = write_comment(author=resident, idea=idea, client_id=uuid.uuid4(), text="Blöd.")
    states = []
    for act in ("hide", "hide", "show", "show"):
        contact_client.post(url(idea, f"kommentare/{comment.pk}/ausblenden"), {"act": act})
        comment.refresh_from_db()
        states.append(comment.hidden_at is None)
    assert states == [False, False, True, True]


@pytest.mark.parametrize(("hidden", "offered"), [(False, ["hide", "hide"]), (True, ["show", "show"])])
def test_one_idea_offers_to_hide_or_to_show_by_name(
    page: Any, idea: Any, resident: Any, contact_client: Client, contact_person: Any, hidden: bool, offered: list[str]
) -> None:
    comment = write_comment(author=resident, idea=idea, client_id=uuid.uuid4(), text="Blöd.")
    if hidden:
        hide_comment(comment=comment, by=contact_person)
        hide_idea(idea=idea, by=contact_person)
    html = contact_client.get(url(idea)).content.decode()
    assert re.findall(r'name="act" value="(\w+)"', html) == offered


# --- becoming a project ----------------------------------------------------------------------------------
def turn_data(contact_person: Any, **more: Any) -> dict[str, Any]:
    return {
        "title": "Dach-Bau",
        "reason": "Die Stadt zahlt das Holz.",
        "summary": "Wir bauen ein Dach.",
        "format": "micro",
        "place": "Bolzplatz",
        "contacts": [contact_person.contact.pk],
        **more,
    }


def test_turning_shows_envelope_and_hint(page: Any, idea: Any, contact_client: Client) -> None:
    html = contact_client.get(url(idea, "projekt")).content.decode()
    assert ("Förderjahr" in html, "0 von mindestens 3" in html, "§ 13 Abs. 2 SGB VIII" in html) == (True, True, True)


def test_turning_makes_project_budget_and_draft_in_one_go(
    page: Any, idea: Any, contact_client: Client, contact_person: Any
) -> None:
    response = contact_client.post(url(idea, "projekt"), turn_data(contact_person, cost="1200", capacity="8"))
    project, draft = Project.objects.get(), ProjectPage.objects.get()
    idea.refresh_from_db()
    assert (response.url, draft.live, project.idea, project.capacity, project.place) == (
        f"/verwaltung/pages/{draft.pk}/edit/", False, idea, 8, "Bolzplatz"
    )  # fmt: skip
    assert (idea.state, idea.story.last().reason) == ("becomes_project", "Die Stadt zahlt das Holz.")
    assert list(BudgetLine.objects.values_list("project", "planned")) == [(project.pk, 1200)]


def test_turning_twice_is_one_project(page: Any, idea: Any, contact_client: Client, contact_person: Any) -> None:
    first, second = (
        contact_client.post(url(idea, "projekt"), turn_data(contact_person, cost="5")).url for _time in range(2)
    )
    assert (first == second, Project.objects.count(), ProjectPage.objects.count(), BudgetLine.objects.count()) == (
        True, 1, 1, 1
    )  # fmt: skip


def test_turning_warns_and_does_not_block(page: Any, idea: Any, contact_client: Client, contact_person: Any) -> None:
    response = contact_client.post(
        url(idea, "projekt"), turn_data(contact_person, cost="900", is_measure="on"), follow=True
    )
    warnings = [str(message) for message in response.context["messages"] if message.level_tag == "warning"]
    assert (len(warnings), Project.objects.count()) == (2, 1)


@pytest.mark.parametrize(("missing", "field"), [("reason", "reason"), ("title", "title"), ("contacts", "contacts")])
def test_turning_with_a_gap_keeps_everything_typed(
    page: Any, idea: Any, contact_client: Client, contact_person: Any, missing: str, field: str
) -> None:
    data = turn_data(contact_person, **{missing: ""})
    response = contact_client.post(url(idea, "projekt"), data)
    assert (response.status_code, mistakes(response), "Wir bauen ein Dach." in shown(response)) == (
        200, [field], True
    )  # fmt: skip
    assert (Project.objects.count(), Idea.objects.get().state) == (0, "published")


def test_turned_idea_leads_to_its_page(page: Any, idea: Any, contact_client: Client, contact_person: Any) -> None:
    contact_client.post(url(idea, "projekt"), turn_data(contact_person))
    response = contact_client.get(url(idea, "projekt"), follow=True)
    assert response.redirect_chain[-1][0] == f"/verwaltung/pages/{ProjectPage.objects.get().pk}/edit/"
