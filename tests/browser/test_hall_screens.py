"""What stands beside the journeys: the plain wall, a code that was changed, and two facilitators with one grid."""

import re

import pytest
from playwright.sync_api import Page, Route, expect

from .conftest import PROJECTOR, OpenPage
from .hall import STAFF, change_the_code, make_a_grid, make_an_event, press, step
from .steps import sign_in_to_the_team
from .watch import axe, stands

pytestmark = pytest.mark.browser
KINO, BUS = "Kino im Hof", "Nachtbus am Wochenende"


@pytest.fixture
def stage(open_page: OpenPage) -> tuple[Page, str]:
    """The stage of a new event that is live, and its code."""
    page = open_page()
    code = make_an_event(page, "Zwei Hände")
    step(page, "Ankündigen", "Einlass öffnen")
    step(page, "Einlass öffnen", "Los geht’s")
    step(page, "Los geht’s", "Weiter: Themen sammeln")
    return page, code


class HoldsStill:
    """Lets a page come once. What it asks for every few seconds changes nothing: it stays under a slow look."""

    def __init__(self) -> None:
        self.came = False

    def __call__(self, route: Route) -> None:
        if self.came:
            route.fulfill(status=204)
        else:
            self.came = True
            route.continue_()


def test_the_plain_wall_can_be_read_by_everybody(stage: tuple[Page, str], open_page: OpenPage) -> None:
    _page, code = stage
    wall = open_page(**PROJECTOR, has_touch=False, is_mobile=False)
    wall.route(re.compile(r"/wall/$"), HoldsStill())
    wall.goto(f"/e/{code}/wall/")
    expect(wall.locator(".screen-code")).to_have_text(f"{code[:3]} {code[3:]}")
    # Coming again by itself is what this page is for, though axe would not have it.
    wall.evaluate("document.querySelector('meta[http-equiv=refresh]').remove()")
    for scheme in ("light", "dark"):
        wall.emulate_media(color_scheme=scheme)
        axe(wall)


def test_a_former_code_says_where_to_ask(stage: tuple[Page, str], open_page: OpenPage) -> None:
    page, code = stage
    change_the_code(page)
    guest = open_page(expected=[410])
    answer = guest.goto(f"/j/{code}/")
    assert answer is not None
    assert answer.status == 410
    stands(guest)


# --- two facilitators, one cell
def _market(page: Page, home: str) -> None:
    """Two topics without a place, two rooms and one round."""
    step(page, "Weiter: Themen sammeln", "Weiter: Vorstellen")
    page.goto(f"{home}zettel/")
    for title in (KINO, BUS):
        page.locator("input[name=title], textarea[name=title]").fill(title)
        press(page, "An die Wand, nächster Zettel")
        expect(page.locator("[data-part=latest]")).to_contain_text(title)
    page.goto(home)
    step(page, "Weiter: Vorstellen", "Weiter: Marktplatz")
    step(page, "Weiter: Marktplatz", "Weiter: Runden")
    make_a_grid(page, rounds=1)


def _two_taps(page: Page, title: str) -> None:
    """A topic, and the first free cell."""
    page.locator(".placing-topics .tile").filter(has_text=title).click()
    page.locator("button.free").first.click()


def _cell(page: Page, title: str) -> str:
    """The room in whose column a topic stands."""
    return str(
        page.locator(".plan-grid td")
        .filter(has_text=title)
        .evaluate("(td) => td.closest('table').tHead.rows[0].cells[td.cellIndex].querySelector('span').textContent")
    )


def test_who_comes_second_is_offered_the_nearest_free_cell(stage: tuple[Page, str], open_page: OpenPage) -> None:
    first, _code = stage
    _market(first, first.url)
    second = open_page(expected=[422])
    sign_in_to_the_team(second, STAFF)
    second.goto(first.url)
    expect(second.locator(".link-state")).to_have_attribute("data-link", "on")
    second.context.set_offline(True)  # so it still believes that the cell is free
    _two_taps(first, KINO)
    expect(first.locator("button.free")).to_have_count(1)
    _two_taps(second, BUS)
    expect(second.locator("[data-unsent]")).to_be_visible()
    second.context.set_offline(False)
    refused = second.locator("#raster [role=alert]")
    expect(refused).to_contain_text("Küche")
    stands(second)
    refused.get_by_role("button").first.click()
    for page in (first, second):
        expect(page.locator("button.free")).to_have_count(0)
        assert {title: _cell(page, title) for title in (KINO, BUS)} == {KINO: "Großer Saal", BUS: "Küche"}
