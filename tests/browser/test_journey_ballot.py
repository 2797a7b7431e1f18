"""Event → live ballot: two phones, the stage and a projector, from the first code to the revealed result."""

import re
from uuid import uuid4

import pytest
from playwright.sync_api import Locator, Page, expect

from .conftest import PROJECTOR, OpenPage
from .hall import hold, local_now, take_a_seat, unfold
from .steps import sign_in_to_the_team
from .watch import axe, stands

pytestmark = pytest.mark.browser
STAFF = "yasemin@anstoss.example"


def _press(stage: Page, words: str) -> None:
    stage.get_by_role("button", name=re.compile(f"^{re.escape(words)}")).first.click()


def _open_an_event(stage: Page) -> str:
    """Staff makes an open space, announces it, opens the doors and goes live; gives the join code."""
    sign_in_to_the_team(stage, STAFF)
    stage.goto("/e/neu/")
    stands(stage)
    stage.locator("input[name=title]").fill(f"Halle {uuid4().hex[:6]}")
    stage.locator("input[name=starts_at]").fill(local_now())
    _press(stage, "Anlegen")
    stage.wait_for_url(re.compile(r"/leitung/"))
    for words in ("Ankündigen", "Einlass öffnen", "Los geht’s: live gehen"):
        _press(stage, words)
    expect(stage.locator("[data-part=state]")).to_contain_text("läuft")
    return re.findall(r"/e/([^/]+)/", stage.url)[0]


def _prepare(stage: Page, question: str, kind: str, options: list[str]) -> None:
    unfold(stage.locator("input[name=question]"))
    stage.locator("input[name=question]").fill(question)
    stage.locator(f"input[name=kind][value={kind}]").check()
    if options:
        stage.locator("textarea[name=options]").fill("\n".join(options))
    _press(stage, "Vorbereiten")
    expect(stage.get_by_role("heading", name=question)).to_be_visible()


def _counted(phone: Page) -> Locator:
    return phone.locator("[data-receipt][data-state=counted]").filter(has_text="gezählt")


def test_a_hall_proposes_votes_and_sees_the_result(open_page: OpenPage) -> None:
    stage = open_page()
    code = _open_an_event(stage)
    stands(stage)
    projector = open_page(**PROJECTOR, has_touch=False, is_mobile=False)
    projector.goto(f"/e/{code}/beamer/")
    expect(projector.locator(".screen-rail")).to_be_visible()
    axe(projector)
    anna, ben = open_page(), open_page()
    anna.goto(f"/j/{code}/")
    stands(anna)
    take_a_seat(anna, code, "Amsel")
    take_a_seat(ben, code, "Biber")
    stands(anna)
    expect(projector.locator("[data-count=joined]")).to_have_text("2")

    _propose(anna, ben)
    _vote(stage, anna, ben, projector)
    _see_the_result(stage, anna, ben, projector)


def _propose(anna: Page, ben: Page) -> None:
    """A topic from one phone hangs on the wall of the other, and interest comes back."""
    anna.get_by_text("Thema vorschlagen").click()
    anna.locator("input[name=title]").fill("Nachtbus am Wochenende")
    anna.get_by_role("button", name="An die Wand").click()
    expect(ben.locator("[data-topics] b[data-title]").first).to_have_text("Nachtbus am Wochenende")
    ben.locator("[data-topics] button").first.click()
    expect(anna.locator("[data-topics] [data-count]").first).to_have_text("1")


def _vote(stage: Page, anna: Page, ben: Page, projector: Page) -> None:
    """A ballot opens on both phones at once; each says its word, one of them through a dropped line."""
    question = "Fahren wir im Juni alle zusammen?"
    _prepare(stage, question, "consent", [])
    hold(stage, "Abstimmung öffnen")
    for phone in (anna, ben):
        expect(phone.locator("[data-slot=ballot] [data-question]")).to_have_text(question)
    stage.locator("[data-part=scenes]").get_by_role("button", name="Abstimmung", exact=True).click()
    stands(anna)
    anna.locator("input[name=wahl][value=yes]").check()
    anna.locator("[data-submit]").click()
    expect(_counted(anna)).to_be_visible()
    expect(ben.locator("[data-progress]")).to_contain_text("1 von 2")
    expect(projector.locator("[data-n]")).to_have_text("1")
    axe(projector)

    ben.context.set_offline(True)
    ben.locator("input[name=wahl][value=yes]").check()
    ben.locator("[data-submit]").click()
    expect(ben.locator("[data-receipt]")).to_have_attribute("data-state", re.compile("^(waiting|sent)$"))
    expect(projector.locator("[data-n]")).to_have_text("1")
    ben.context.set_offline(False)
    expect(_counted(ben)).to_be_visible()
    expect(ben.locator(".link-state")).to_have_attribute("data-link", "on")
    ben.locator("input[name=wahl][value=no]").check()
    expect(ben.locator("[data-receipt]")).to_contain_text("noch nicht abgestimmt")
    ben.locator("[data-submit]").click()
    expect(_counted(ben)).to_be_visible()
    expect(projector.locator("[data-n]")).to_have_text("2")
    stands(ben)


def _see_the_result(stage: Page, anna: Page, ben: Page, projector: Page) -> None:
    """Nobody sees bars before the reveal; then everybody does: one yes, one no, the last choice of each."""
    hold(stage, "Abstimmung schließen")
    expect(stage.get_by_text("Vorschau: Das sieht noch niemand außer dir.")).to_be_visible()
    expect(projector.locator(".results")).to_have_count(0)
    stands(stage)
    hold(stage, "Ergebnis zeigen")
    for page in (projector, anna, ben):
        expect(page.locator(".results .result-value")).to_have_text(["1", "1"])
    axe(projector)
    stands(anna)
