"""Idea → vote → answer, on a phone, with and without JavaScript."""

import re
from uuid import uuid4

import pytest
from playwright.sync_api import Page, Route, expect

from .conftest import OpenPage
from .steps import QUARTIER, card_of, come_in, find_among_the_ideas, photo, sign_in_to_the_team
from .watch import no_sideways_scroll, stands

pytestmark = pytest.mark.browser
STAFF = "yasemin@anstoss.example"
REASON = "Der Bauhof hat zugesagt: Im Frühjahr kommt das Dach. Wir laden euch zum Planen ein."


def _name(what: str) -> str:
    return f"{what} {uuid4().hex[:6]}"


def _submit_an_idea(phone: Page, title: str) -> None:
    """From the Quartier page through the three steps, looking at each."""
    phone.goto(f"/{QUARTIER}/")
    stands(phone)
    phone.get_by_role("link", name="Neue Idee").click()
    phone.wait_for_url(f"**/{QUARTIER}/ideen/neu/")
    stands(phone)
    phone.locator("input[type=file]").set_input_files(photo())
    phone.locator("input[name=title]").fill(title)
    phone.locator("input[name=fields_of_action]").first.check()
    phone.get_by_role("button", name=re.compile("^Weiter")).click()
    phone.locator("input[name=place]").fill("Bolzplatz hinter der Schule")
    stands(phone)
    phone.get_by_role("button", name=re.compile("^Weiter")).click()
    come_in(phone, nickname=_name("Fuchs"))
    stands(phone)
    phone.get_by_role("button", name="Idee abschicken").click()
    phone.wait_for_url(re.compile(r"/ideen/\d+/"))


def test_an_idea_goes_from_a_phone_to_an_answer(phone: Page, open_page: OpenPage, desk: Page) -> None:
    title = _name("Ein Dach für den Bolzplatz")
    _submit_an_idea(phone, title)
    expect(phone.locator("h1")).to_have_text(title)
    stands(phone)
    assert phone.locator("article img").evaluate("(one) => one.decode().then(() => one.naturalWidth)") > 0

    # Somebody else finds it in the list, is asked for a nickname once, and the vote is in.
    other = open_page(expected=[401])
    other.goto(f"/{QUARTIER}/ideen/?sort=new")
    stands(other)
    card_of(other, title).locator("button.vote").click()
    come_in(other, nickname=_name("Otter"))
    stands(other)
    other.locator("main button[type=submit], main form button.button-main").last.click()
    vote = card_of(other, title).locator("button.vote")
    expect(vote).to_have_attribute("aria-pressed", "true")
    expect(vote.locator("[data-vote-count]")).to_have_text("1")

    # One tap takes it back, one more gives it again, without leaving the list.
    vote.click()
    expect(vote).to_have_attribute("aria-pressed", "false")
    expect(vote.locator("[data-vote-count]")).to_have_text("0")
    with other.expect_response(lambda answer: answer.request.post_data == "act=cast"):
        vote.click()
    other.reload()
    expect(card_of(other, title).locator("[data-vote-count]")).to_have_text("1")

    _answer(desk, title)
    phone.reload()
    expect(phone.get_by_text(REASON)).to_be_visible()
    stands(phone)


def _answer(desk: Page, title: str) -> None:
    """Staff finds the idea and answers it with a public reason."""
    sign_in_to_the_team(desk, STAFF)
    find_among_the_ideas(desk, title)
    desk.get_by_role("link", name="Antworten").click()
    desk.locator("textarea[name=reason]").fill(REASON)
    desk.locator(".staff-buttons button").first.click()
    expect(desk.get_by_text(REASON)).to_be_visible()


def test_an_idea_and_a_vote_need_no_javascript(open_page: OpenPage) -> None:
    title = _name("Eine Bank am Fluss")
    author = open_page(java_script_enabled=False)
    author.goto(f"/{QUARTIER}/ideen/neu/")
    author.locator("input[type=file]").set_input_files(photo())
    author.locator("input[name=title]").fill(title)
    come_in(author, nickname=_name("Igel"))
    author.get_by_role("button", name="Idee abschicken").click()
    expect(author.locator("h1")).to_have_text(title)

    voter = open_page(java_script_enabled=False)
    voter.goto(author.url)
    voter.locator("button.vote").click()
    come_in(voter, nickname=_name("Kauz"))
    voter.locator("main form button.button-main").last.click()
    expect(voter.locator("[data-vote-count]")).to_have_text("1")
    voter.locator("button.vote").click()
    expect(voter.locator("[data-vote-count]")).to_have_text("0")


def test_a_mistake_is_told_and_keeps_what_was_typed(open_page: OpenPage) -> None:
    author = open_page(java_script_enabled=False, expected=[422])
    author.goto(f"/{QUARTIER}/ideen/neu/")
    author.locator("input[name=place]").fill("Ecke Wolfgangstraße")
    come_in(author, nickname=_name("Luchs"))
    author.locator("input[name=title]").fill("   ")
    author.get_by_role("button", name="Idee abschicken").click()
    expect(author.locator("input[name=title]")).to_have_attribute("aria-invalid", "true")
    expect(author.locator("input[name=place]")).to_have_value("Ecke Wolfgangstraße")
    no_sideways_scroll(author)


def test_a_dropped_connection_never_doubles_an_idea(phone: Page) -> None:
    """The first answer is lost on the way; the second try finds the same idea."""
    title = _name("Nachtlicht am Weg")
    lost: list[str] = []

    def lose_once(route: Route) -> None:
        if route.request.method != "POST" or lost:
            return route.continue_()
        before = phone.context.cookies()
        route.fetch()
        lost.append(route.request.url)
        # Nothing of the answer has arrived, its cookies neither.
        phone.context.clear_cookies()
        phone.context.add_cookies([{**cookie} for cookie in before])
        return route.abort("connectionreset")

    phone.goto(f"/{QUARTIER}/ideen/neu/")
    phone.locator("input[name=title]").fill(title)
    phone.get_by_role("button", name=re.compile("^Weiter")).click()
    phone.get_by_role("button", name=re.compile("^Weiter")).click()
    come_in(phone, nickname=_name("Rabe"))
    phone.route("**/ideen/neu/", lose_once)
    phone.get_by_role("button", name="Idee abschicken").click()
    expect(phone.get_by_text("Kein Netz.", exact=False).last).to_be_visible()
    phone.get_by_role("button", name="Idee abschicken").click()
    phone.wait_for_url(re.compile(r"/ideen/\d+/"))
    assert lost != []
    phone.goto(f"/{QUARTIER}/ideen/?sort=new")
    card_of(phone, title)
