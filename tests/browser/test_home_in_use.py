"""The pages outside the hall as people really use them: two tabs, a reload in between, endless words."""

import re
from uuid import uuid4

import pytest
from playwright.sync_api import BrowserContext, Page, Route, expect

from .conftest import OpenPage
from .steps import QUARTIER, come_in, submit_an_idea
from .watch import no_sideways_scroll

pytestmark = pytest.mark.browser
PROJECT = f"/{QUARTIER}/projekte/schaufenster-statt-staub/"
# The same length as the longest sentence of an idea, and not one place to break it.
ENDLESS = "Donaudampfschifffahrtsgesellschaftskapitaensmuetzenabzeichenfabrikhinterhofgarten"[:70]


def _name(what: str) -> str:
    return f"{what} {uuid4().hex[:6]}"


def _another_tab(context: BrowserContext, address: str) -> Page:
    page = context.new_page()
    page.goto(address)
    return page


def _enter(page: Page) -> None:
    page.goto(f"/rein/?quartier={QUARTIER}")
    come_in(page, nickname=_name("Dachs"))
    page.get_by_role("button", name="Los geht’s").click()
    expect(page.get_by_text("Schön, dass du da bist.")).to_be_visible()


def _forward(page: Page) -> None:
    page.get_by_role("button", name=re.compile("^Weiter")).click()


# --- other tabs ------------------------------------------------------------------------------------------
def test_a_tab_from_before_the_nickname_still_votes_comments_and_joins(open_page: OpenPage) -> None:
    title = _name("Tischtennis im Hof")
    address = submit_an_idea(open_page(java_script_enabled=False), title, nickname=_name("Reh"))
    first = open_page()
    idea = _another_tab(first.context, address)
    words = _another_tab(first.context, address)
    project = _another_tab(first.context, PROJECT)
    _enter(first)

    vote = idea.locator("button.vote")
    with idea.expect_response(lambda answer: answer.request.method == "POST"):
        vote.click()
    idea.reload()
    expect(vote).to_have_attribute("aria-pressed", "true")

    words.locator("textarea[name=text]").fill("Ich bringe Schläger mit.")
    words.get_by_role("button", name="Kommentar abschicken").click()
    expect(words.locator(".comment").filter(has_text="Ich bringe Schläger mit.")).to_have_count(1)

    project.get_by_role("button", name="Ich mach mit").click()
    expect(project.get_by_text("Du machst mit.")).to_be_visible()


def test_a_tab_of_somebody_who_has_left_acts_for_nobody_else(open_page: OpenPage) -> None:
    address = submit_an_idea(open_page(java_script_enabled=False), _name("Sitzsäcke"), nickname=_name("Uhu"))
    first = open_page(expected=[403])
    _enter(first)
    left_open = _another_tab(first.context, address)
    first.goto("/ich/raus/")
    first.get_by_role("button", name="Abmelden").click()
    _enter(first)
    left_open.locator("textarea[name=text]").fill("Von wem ist das?")
    left_open.get_by_role("button", name="Kommentar abschicken").click()
    expect(left_open.get_by_role("heading", name="Das kam nicht an")).to_be_visible()


def test_two_tabs_of_a_chat_without_network_keep_both_messages(open_page: OpenPage) -> None:
    mark = uuid4().hex[:6]
    first = open_page()
    _enter(first)
    first.goto(PROJECT)
    first.get_by_role("button", name="Ich mach mit").click()
    first.locator("#mitmachen").get_by_role("link", name="Zum Chat").click()
    expect(first.locator("[data-chat]")).to_have_attribute("data-link", "on")
    second = _another_tab(first.context, first.url)
    expect(second.locator("[data-chat]")).to_have_attribute("data-link", "on")
    first.context.set_offline(True)
    for page, text in ((first, f"Aus dem einen Tab {mark}"), (second, f"Aus dem anderen {mark}")):
        page.locator("[data-composer] textarea").fill(text)
        page.get_by_role("button", name="Senden").click()
        expect(page.locator("[data-waiting]:visible")).to_have_count(1)
    address = first.url
    third = first.context.new_page()
    first.close()
    second.close()
    third.context.set_offline(False)
    third.goto(address)
    expect(third.locator("[data-text]").filter(has_text=mark)).to_have_count(2)
    third.reload()
    expect(third.locator("[data-text]").filter(has_text=mark)).to_have_count(2)


def test_a_message_whose_answer_was_lost_stands_once_after_a_reload(phone: Page) -> None:
    text = _name("Nur einmal")
    _enter(phone)
    phone.goto(PROJECT)
    phone.get_by_role("button", name="Ich mach mit").click()
    phone.locator("#mitmachen").get_by_role("link", name="Zum Chat").click()
    phone.route("**/api/v1/rooms/*/messages/", _lose_the_answer)
    phone.locator("[data-composer] textarea").fill(text)
    with phone.expect_event("requestfailed"):
        phone.get_by_role("button", name="Senden").click()
    with phone.expect_response(lambda answer: answer.request.method == "POST"):
        phone.unroute("**/api/v1/rooms/*/messages/")
        phone.reload()
    expect(phone.locator("[data-text]").filter(has_text=text)).to_have_count(1)


def _lose_the_answer(route: Route) -> None:
    route.fetch()
    route.abort("connectionreset")


# --- back and again --------------------------------------------------------------------------------------
def test_after_a_reload_the_way_back_leads_one_step_back(phone: Page) -> None:
    phone.goto(f"/{QUARTIER}/ideen/neu/")
    phone.locator("input[name=title]").fill(_name("Mehr Schatten"))
    _forward(phone)
    _forward(phone)
    expect(phone.locator("input[name=entry-nickname]")).to_be_visible()
    phone.wait_for_timeout(400)  # the draft is kept a moment after the last key
    phone.reload()
    expect(phone.locator("input[name=title]")).to_be_visible()
    _forward(phone)
    expect(phone.locator("input[name=place]")).to_be_visible()
    phone.get_by_role("button", name="Zurück").click()
    expect(phone.locator("input[name=title]")).to_be_visible()


def test_a_photo_that_was_refused_is_let_go_and_the_idea_goes_without_it(open_page: OpenPage) -> None:
    phone = open_page(expected=[422])
    title = _name("Ein Trinkbrunnen")
    phone.goto(f"/{QUARTIER}/ideen/neu/")
    phone.locator("input[type=file]").set_input_files(
        {"name": "foto.jpg", "mimeType": "image/jpeg", "buffer": b"kein Foto" * 99}
    )
    phone.locator("input[name=title]").fill(title)
    _forward(phone)
    _forward(phone)
    come_in(phone, nickname=_name("Elch"))
    phone.get_by_role("button", name="Idee abschicken").click()
    expect(phone.get_by_text("Das ist kein Foto, das wir lesen können.", exact=False)).to_be_visible()
    _forward(phone)
    _forward(phone)
    phone.get_by_role("button", name="Idee abschicken").click()
    expect(phone.locator("h1")).to_have_text(title)


def test_a_vote_for_an_idea_that_has_gone_meanwhile_is_told_as_it_is(open_page: OpenPage) -> None:
    author, reader = open_page(java_script_enabled=False), open_page(expected=[404])
    address = submit_an_idea(author, _name("Doch nicht"), nickname=_name("Otter"))
    _enter(reader)
    reader.goto(address)
    author.goto(f"{address}zurueckziehen/")
    author.get_by_role("button", name="Ja, zurückziehen").click()
    reader.locator("button.vote").click()
    expect(reader.get_by_text("Diese Idee gibt es nicht mehr.")).to_be_visible()
    expect(reader.locator("button.vote")).to_have_attribute("aria-pressed", "false")


# --- endless words ---------------------------------------------------------------------------------------
def test_words_without_a_place_to_break_do_not_widen_the_page(open_page: OpenPage) -> None:
    author = open_page(java_script_enabled=False)
    author.goto(f"/{QUARTIER}/ideen/neu/")
    author.locator("input[name=title]").fill(f"{ENDLESS}{uuid4().hex[:6]}")
    author.locator("input[name=place]").fill("L" * 110)
    author.locator("textarea[name=text]").fill("m" * 500)
    come_in(author, nickname=f"{'W' * 18}{uuid4().hex[:6]}")
    author.get_by_role("button", name="Idee abschicken").click()
    author.locator("textarea[name=text]").fill("k" * 450)
    author.get_by_role("button", name="Kommentar abschicken").click()
    expect(author.locator(".comment")).to_have_count(1)
    no_sideways_scroll(author)
    for address in (f"/{QUARTIER}/ideen/?q={'w' * 80}", f"/suche/?q={'w' * 100}", f"/{QUARTIER}/ideen/?sort=new"):
        author.goto(address)
        no_sideways_scroll(author)
