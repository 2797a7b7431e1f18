"""The facilitator's phone on a bad day: take back, look before showing, no network, help, a new code, all stopped."""

import re

import pytest
from playwright.sync_api import Page, expect

from .conftest import PROJECTOR, OpenPage
from .hall import change_the_code, take_a_seat
from .test_journey_ballot import _open_an_event
from .watch import axe, stands

pytestmark = pytest.mark.browser
# The join codes of every link and form, also of those that are still to be copied.
ADDRESSES = """
() => {
  const roots = [document, ...[...document.querySelectorAll("template")].map(({ content }) => content)];
  const found = roots.flatMap((root) => [...root.querySelectorAll("[href*='/e/'], [action*='/e/']")])
    .map((one) => (one.getAttribute("href") ?? one.getAttribute("action")).match(/\\/e\\/([^/]+)/)[1]);
  return [...new Set(found)];
}
"""


@pytest.fixture
def hall(open_page: OpenPage) -> tuple[Page, Page, Page]:
    """Stage, projector and one phone of a new event."""
    stage = open_page()
    code = _open_an_event(stage)
    projector = open_page(**PROJECTOR, has_touch=False, is_mobile=False)
    projector.goto(f"/e/{code}/beamer/")
    phone = open_page()
    take_a_seat(phone, code, "Amsel")
    return stage, projector, phone


def test_a_day_at_the_desk(hall: tuple[Page, Page, Page]) -> None:
    stage, projector, phone = hall
    _take_back(stage, projector)
    _look_before_showing(stage, projector)
    _press_without_a_network(stage, projector)
    _call_for_help(stage, projector, phone)
    _stop_everything(stage, phone)
    _change_the_code(stage, projector, phone)


def _press(stage: Page, words: str) -> None:
    stage.get_by_role("button", name=re.compile(f"^{re.escape(words)}")).first.click()


def _shows(projector: Page, kind: str) -> None:
    expect(projector.locator("[data-part=scene]")).to_have_attribute("data-kind", kind)


def _take_back(stage: Page, projector: Page) -> None:
    stage.locator("#szene-news .button-wide").click()
    _shows(projector, "news")
    axe(projector)
    expect(stage.locator("[data-undo]")).to_be_visible()
    _press(stage, "Rückgängig")
    _shows(projector, "wall")
    expect(stage.locator("[data-undo]")).to_have_count(0)


def _look_before_showing(stage: Page, projector: Page) -> None:
    stage.locator("#mehr-beamer > summary").click()
    stage.locator("#ansage").fill("Bitte alle in die Aula")
    stage.get_by_role("button", name="Erst ansehen", exact=True).click()
    expect(stage.frame_locator(".preview").locator("h1")).to_have_text("Bitte alle in die Aula")
    _shows(projector, "wall")
    stands(stage)
    _press(stage, "Auf den Beamer")
    _shows(projector, "message")
    expect(stage.locator(".preview")).to_have_count(0)


def _press_without_a_network(stage: Page, projector: Page) -> None:
    """It says what is not sent, keeps what is typed, and sends it by itself."""
    stage.locator("#ansage").fill("halb getippt")
    stage.context.set_offline(True)
    stage.locator("#szene-lobby .button-wide").click()
    expect(stage.locator("[data-unsent]")).to_have_text("Noch nicht gesendet: Code groß")
    stage.context.set_offline(False)
    _shows(projector, "lobby")
    expect(stage.locator("[data-unsent]")).to_be_hidden()
    expect(stage.locator("#ansage")).to_have_value("halb getippt")


def _call_for_help(stage: Page, projector: Page, phone: Page) -> None:
    phone.locator(".live-bar a[href='#hilfe']").click()
    phone.locator("#hilfe-wo").fill("Café")
    phone.get_by_role("button", name="Das Team soll kommen").click()
    expect(phone.locator("#hilfe")).to_contain_text("Jemand vom Team kommt")
    expect(stage.locator("[data-part=help]")).to_contain_text("Café")
    assert "Café" not in projector.content()
    _press(stage, "Ich gehe hin")
    expect(phone.locator("#hilfe")).to_contain_text("unterwegs zu dir")
    stands(phone)
    _press(stage, "Erledigt")
    expect(stage.locator("[data-call]")).to_have_count(0)


def _stop_everything(stage: Page, phone: Page) -> None:
    """What a phone sends meanwhile is kept there, and counts when it goes on."""
    _press(stage, "Alles anhalten")
    expect(phone.locator("[data-frozen]")).to_be_visible()
    phone.get_by_text("Thema vorschlagen").click()
    phone.locator("input[name=title]").fill("Kino im Hof")
    phone.get_by_role("button", name="An die Wand").click()
    expect(stage.get_by_role("heading", name="Alles steht")).to_be_visible()
    stands(stage)
    assert phone.locator("[data-topics] > li").count() == 0
    _press(stage, "Weiter geht’s")
    expect(phone.locator("[data-topics] b[data-title]")).to_have_text("Kino im Hof")
    expect(phone.locator("[data-frozen]")).to_be_hidden()


def _change_the_code(stage: Page, projector: Page, phone: Page) -> None:
    """Twice; who is in, and who is typing, notices nothing."""
    stage.locator("#ansage").fill("halb getippt")
    for interested in (1, 0):
        new = change_the_code(stage)
        expect(projector.locator(".screen-code")).to_have_text(f"{new[:3]} {new[3:]}")
        expect(phone).to_have_url(re.compile(f"/e/{new}/"))
        assert phone.evaluate(ADDRESSES) == [new]
        assert stage.evaluate(ADDRESSES) == [new]
        phone.locator("[data-topics] button").first.click()
        expect(phone.locator("[data-topics] [data-count]").first).to_have_text(str(interested))
        expect(stage.locator("#ansage")).to_have_value("halb getippt")
    phone.locator("[data-topics] a[data-notes]").click()
    expect(phone).to_have_url(re.compile(f"/e/{new}/thema/1/"))
    new = change_the_code(stage)
    expect(phone).to_have_url(re.compile(f"/e/{new}/thema/1/"))
