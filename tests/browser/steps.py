"""What people do in more than one journey."""

from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Locator, Page, expect

from cms.demo.sack import PASSWORD
from tests import cast

QUARTIER = "dessau-nord"


def photo() -> dict[str, Any]:
    """A photo for a file field."""
    return {"name": "bolzplatz.jpg", "mimeType": "image/jpeg", "buffer": cast.make_photo().read()}


def come_in(page: Page, *, nickname: str) -> None:
    """The door's three facts, on whatever page asks for them; the Quartier is chosen already."""
    offered = page.locator("input[name=entry-nickname]")
    assert offered.input_value() != ""
    offered.fill(nickname)
    page.locator("input[name=entry-age_band][value='16-19']").check()


def sign_in_to_the_team(page: Page, email: str) -> None:
    page.goto("/verwaltung/")
    page.locator("input[name=login]").fill(email)
    page.locator("input[name=password]").fill(PASSWORD)
    page.get_by_role("button", name="Anmelden").click()
    page.wait_for_url(lambda url: urlsplit(url).path.startswith("/verwaltung/"))


def card_of(page: Page, title: str) -> Locator:
    """The card of an idea in a list."""
    card = page.locator(".card").filter(has_text=title)
    expect(card).to_have_count(1)
    return card


def find_among_the_ideas(desk: Page, title: str) -> None:
    """Staff looks an idea up in the listing and opens it."""
    desk.goto(f"/verwaltung/ideen/?q={title.rpartition(' ')[2]}")
    desk.get_by_role("link", name=title).first.click()
    expect(desk.get_by_role("heading", name=title).first).to_be_visible()


def submit_an_idea(page: Page, title: str, *, nickname: str) -> str:
    """The short way, on a page without JavaScript; gives the idea's address."""
    page.goto(f"/{QUARTIER}/ideen/neu/")
    page.locator("input[name=title]").fill(title)
    come_in(page, nickname=nickname)
    page.get_by_role("button", name="Idee abschicken").click()
    expect(page.locator("h1")).to_have_text(title)
    return page.url
