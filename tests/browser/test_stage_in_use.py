"""The stage in a hurried hand: others change things while the facilitator types, ticks and presses."""

import re
from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from playwright.sync_api import Page, Route, expect

from cms.demo.sack import PASSWORD

from .conftest import OpenPage
from .hall import STAFF, make_an_event, unfold
from .watch import no_sideways_scroll

pytestmark = pytest.mark.browser


class Desk:
    """A stage in Chromium, and a colleague of the team who presses from elsewhere."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.code = make_an_event(page, f"Saal {uuid4().hex[:6]}")
        for state in ("announced", "lobby", "live"):
            self.colleague("state", state=state)
        expect(page.locator("[data-part=state]")).to_contain_text("läuft")

    def colleague(self, act: str, path: str = "", **fields: Any) -> None:
        """Another button of the same stage."""
        token = self.page.locator("[name=csrfmiddlewaretoken]").first.input_value()
        answer = self.page.request.post(
            f"/e/{self.code}/leitung/{path}",
            form={"act": act, **fields},
            headers={"X-CSRFToken": token},
            max_redirects=0,
        )
        assert answer.status == 302, answer.text()

    def topics(self, *titles: str) -> None:
        """Papers that a colleague writes down; the last one hangs when this returns."""
        for title in titles:
            self.colleague("", "zettel/", title=title, op=str(uuid4()))
        expect(self.page.locator("[data-part=topics] .rows").get_by_text(titles[-1], exact=True)).to_be_attached()

    def phase(self, phase: str, words: str) -> None:
        """The colleague leads on; the page shows it."""
        self.colleague("phase", phase=phase)
        expect(self.page.locator("#schritte [aria-current]")).to_have_text(words)

    def grid(self) -> None:
        self.colleague("add_room", name="Saal", step_free="on")
        self.colleague("add_slots", starts_at="2026-11-22T15:00", minutes="45", count="2", pause="15")
        expect(self.page.locator("button.free")).to_have_count(2)

    def ballot(self, question: str) -> None:
        facts = {"kind": "choice", "options": "Ja\nNein", "tier": "signal", "max_choices": "1"}
        self.colleague("new_ballot", client_id=str(uuid4()), question=question, **facts)
        expect(self.page.get_by_text(question, exact=True).first).to_be_attached()

    def has_hand(self, selector: str) -> None:
        expect(self.page.locator(selector)).to_be_focused()


@pytest.fixture
def desk_of(open_page: OpenPage) -> Callable[..., Desk]:
    return lambda **options: Desk(open_page(**options))


@pytest.fixture
def desk(desk_of: Callable[..., Desk]) -> Desk:
    return desk_of()


def test_what_was_saved_stands_in_its_form_and_is_not_sent_away_by_the_next_press(desk: Desk) -> None:
    page = desk.page
    intro = page.locator("#settings_intro")
    unfold(intro)
    for field, words in (("intro", "Alle sind willkommen"), ("title", "Ein anderer Titel")):
        page.locator(f"#settings_{field}").fill(words)
        page.locator("#angaben form button").click()
        expect(page.locator("#angaben [aria-busy]")).to_have_count(0)
        expect(intro).to_have_value("Alle sind willkommen")
    page.reload()
    expect(page.locator("#settings_title")).to_have_value("Ein anderer Titel")
    expect(intro).to_have_value("Alle sind willkommen")


def test_what_is_chosen_stays_itself_when_others_leave_the_list(desk: Desk) -> None:
    page = desk.page
    desk.grid()
    desk.topics("Kino", "Bolzplatz", "Garten", "Werkstatt")
    page.goto(f"/e/{desk.code}/leitung/?thema=4")
    into, tick = page.locator("#into"), page.locator("input[name=topics][value='3']")
    tile = page.locator(".placing label").filter(has_text="Bolzplatz").locator("input")
    for one in (into, tick, tile):
        unfold(one)
    into.select_option("3")
    tick.check()
    tile.check()
    desk.colleague("topic", topic="1", state="hidden", reason="doppelt")
    expect(page.locator("input[name=topics]")).to_have_count(3)
    expect(into.locator("option:checked")).to_have_text("Garten")
    ticked = page.locator(".chip").filter(has=page.locator("input[name=topics]:checked"))
    expect(ticked).to_have_text("Garten")
    expect(page.locator("input[name=topics]:checked")).to_have_attribute("value", "3")
    expect(page.locator(".placing label").filter(has=page.locator("input:checked"))).to_contain_text("Bolzplatz")
    expect(page.locator(".placing input:checked")).to_have_attribute("value", re.compile("^2-"))


def test_a_button_elsewhere_leaves_the_topic_that_is_looked_at_alone(desk: Desk) -> None:
    page = desk.page
    desk.phase("collect", "Themen sammeln")
    desk.topics("Kino", "Bolzplatz", "Garten")
    page.locator("#zeile-2 a").focus()
    page.keyboard.press("Enter")
    desk.has_hand("#thema")
    page.locator("#ausblenden summary").click()
    page.locator("#grund-2").fill("halb getippt")
    page.locator("#szene-news .button-wide").click()
    expect(page.locator("#szene-news")).to_have_attribute("data-now", "")
    expect(page.locator("#grund-2")).to_have_value("halb getippt")
    expect(page).to_have_url(re.compile("thema=2"))
    page.locator("#thema a[data-look]").focus()
    page.keyboard.press("Enter")
    desk.has_hand("#zeile-2 a")


def test_a_form_that_was_sent_is_empty_again_whatever_came_meanwhile(desk: Desk) -> None:
    page = desk.page

    def slowly(route: Route) -> None:
        if route.request.method == "POST":
            desk.topics("Eine Neuigkeit")
        route.continue_()

    question = page.locator("input[name=question]")
    unfold(question)
    question.fill("Wohin?")
    page.locator("textarea[name=options]").fill("Kino\nGarten")
    page.route("**/leitung/", slowly)
    page.get_by_role("button", name="Vorbereiten").click()
    expect(page.locator("[data-part=ballots] h3").filter(has_text="Wohin?")).to_be_attached()
    expect(question).to_have_value("")
    page.unroute("**/leitung/")


def test_typed_text_goes_along_when_its_part_of_the_page_moves(desk: Desk) -> None:
    page = desk.page
    desk.grid()
    for phase, words, field in (
        ("market", "Marktplatz", "#ansage"),
        ("convergence", "Entscheiden", "[name=question]"),
    ):
        unfold(page.locator(field))
        page.locator(field).click()
        page.keyboard.type("halb ")
        desk.phase(phase, words)
        desk.has_hand(field)
        page.keyboard.type("getippt")
        expect(page.locator(field)).to_have_value("halb getippt")
    minutes = page.locator("#slot-2-minutes")
    unfold(minutes)
    minutes.fill("50")
    desk.colleague("add_room", name="Küche", step_free="on")
    expect(page.locator("#raum-2")).to_be_attached()
    expect(minutes).to_have_value("50")
    desk.has_hand("#slot-2-minutes")


def test_one_press_is_one_step(desk: Desk) -> None:
    """Tapping twice, or holding Enter on a button that says "hold", never presses what comes to stand there."""
    page = desk.page
    go = page.locator("[data-part=main] button").last
    go.tap()
    expect(go).to_contain_text("Weiter: Vorstellen")
    go.tap()
    expect(page.locator("#schritte [aria-current]")).to_have_text("Themen sammeln")
    page.wait_for_timeout(800)
    go.tap()
    expect(page.locator("#schritte [aria-current]")).to_have_text("Vorstellen")
    desk.colleague("state", state="wrap_up")
    expect(go).to_contain_text("Veranstaltung beenden (halten)")
    page.wait_for_timeout(800)
    go.focus()
    page.keyboard.down("Enter")
    expect(go).to_contain_text("Ablegen (halten)")
    for _ in range(20):
        page.keyboard.down("Enter")
        page.wait_for_timeout(40)
    page.keyboard.up("Enter")
    page.reload()
    expect(page.locator("[data-part=state]")).to_have_text("beendet")


def test_the_last_wish_without_a_network_counts(desk: Desk) -> None:
    page = desk.page
    page.context.set_offline(True)
    for scene in ("wall", "lobby", "wall"):
        page.locator(f"#szene-{scene} .button-wide").click()
    expect(page.locator("[data-unsent]")).to_have_text("Noch nicht gesendet: Wand · Code groß · Wand")
    page.context.set_offline(False)
    expect(page.locator("[data-unsent]")).to_be_hidden()
    expect(page.locator("#szene-wall")).to_have_attribute("data-now", "")


def test_a_press_outlives_the_sign_in(desk_of: Callable[..., Desk]) -> None:
    """Who has signed in again elsewhere, or has to, has pressed for good."""
    desk = desk_of(expected=[403])
    page = desk.page
    page.evaluate("document.querySelectorAll('[name=csrfmiddlewaretoken]').forEach((f) => (f.value = 'x'.repeat(64)))")
    page.locator("#szene-wall .button-wide").click()
    expect(page.locator("#szene-wall")).to_have_attribute("data-now", "")
    page.context.clear_cookies(name="sessionid")
    page.locator("#szene-news .button-wide").click()
    page.locator("input[name=login]").fill(STAFF)
    page.locator("input[name=password]").fill(PASSWORD)
    page.get_by_role("button", name="Anmelden").click()
    expect(page.locator("#szene-news")).to_have_attribute("data-now", "")


def test_what_is_refused_is_said_and_stays_to_be_mended(desk: Desk) -> None:
    page = desk.page
    desk.ballot("Erste Frage?")
    desk.colleague("open", ballot="1")
    seat = page.locator("#platz-1")
    unfold(seat)
    seat.fill("77")
    page.get_by_role("button", name="Zeit geben").click()
    expect(page.locator(".toasts")).to_contain_text("Diesen Platz gibt es nicht.")
    expect(seat).to_have_value("77")


def test_endless_words_fit_a_small_phone(desk: Desk) -> None:
    page = desk.page
    desk.topics(
        *(f"Donaudampfschifffahrtsgesellschaftskapitaensmuetzenfabrikantenverbandssitzung{n}" for n in range(3))
    )
    desk.phase("pitch", "Vorstellen")
    no_sideways_scroll(page)
    desk.grid()
    for path in ("zettel", "plan"):
        page.goto(f"/e/{desk.code}/leitung/{path}/")
        no_sideways_scroll(page)
