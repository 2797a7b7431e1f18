"""What is looked at on every page: errors, policies, foreign hosts, accessibility, width."""

from typing import Any
from urllib.parse import urlsplit

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import ConsoleMessage, Page, Request, Response, expect

POLICY = """
document.addEventListener("securitypolicyviolation", (event) =>
  console.error(`policy: ${event.violatedDirective} ${event.blockedURI} ${event.sourceFile}`));
"""
TOO_WIDE = """
() => {
  const scrolls = (one) => one && one !== document.body &&
    (getComputedStyle(one).overflowX !== "visible" || scrolls(one.parentElement));
  return [...document.querySelectorAll("body *")]
    .filter((one) => one.getBoundingClientRect().right > 321 && !scrolls(one.parentElement))
    .slice(0, 5).map((one) => one.outerHTML.slice(0, 160));
}
"""


STILL = """
() => Promise.allSettled(document.getAnimations()
  .filter((one) => one.effect.getTiming().iterations !== Infinity).map((one) => one.finished))
"""


class Watch:
    """Collects what must not happen on a page."""

    def __init__(self, page: Page, server: str, expected: frozenset[int]) -> None:
        self.complaints: list[str] = []
        self.expected = expected
        self.host = urlsplit(server).netloc
        page.add_init_script(POLICY)
        page.on("console", self._console)
        page.on("pageerror", lambda error: self._complain(page, f"error: {error}"))
        page.on("request", self._request)
        page.on("response", self._response)
        page.on("websocket", lambda line: self._reached(page, line.url))

    def _complain(self, page: Page | None, complaint: str) -> None:
        self.complaints.append(f"{page.url if page else '?'}: {complaint}")

    def _console(self, message: ConsoleMessage) -> None:
        # A failed response is told by `_response`, with its address.
        if message.type == "error" and not message.text.startswith("Failed to load resource"):
            self._complain(message.page, message.text)

    def _request(self, request: Request) -> None:
        self._reached(None, request.url)

    def _reached(self, page: Page | None, address: str) -> None:
        parts = urlsplit(address)
        if parts.scheme in {"http", "https", "ws", "wss"} and parts.netloc != self.host:
            self._complain(page, f"asked another host: {address}")

    def _response(self, response: Response) -> None:
        if response.status >= 400 and response.status not in self.expected:
            self._complain(None, f"{response.status} for {response.request.method} {response.url}")


def axe(page: Page) -> None:
    """No violation of accessibility rules, as axe sees the page now."""
    page.evaluate(STILL)
    found = Axe().run(page).response["violations"]
    assert found == [], f"{page.url}: " + " | ".join(map(_told, found))


def _told(violation: dict[str, Any]) -> str:
    nodes = "; ".join(node["html"][:160] for node in violation["nodes"][:3])
    return f"{violation['id']}: {violation['help']}: {nodes}"


def no_sideways_scroll(page: Page, width: int = 320) -> None:
    """Everything fits the width of the smallest phone."""
    usual = page.viewport_size
    page.set_viewport_size({"width": width, "height": 700})
    wide = page.evaluate("() => document.documentElement.scrollWidth")
    assert wide <= width, f"{page.url} is {wide} px wide: {page.evaluate(TOO_WIDE)}"
    if usual:
        page.set_viewport_size(usual)


def stands(page: Page) -> None:
    """The whole look at one screen: axe in light and dark, and no sideways scroll at 320 px."""
    page.wait_for_load_state()
    expect(page.locator("h1"), page.url).to_have_count(1)
    axe(page)
    page.emulate_media(color_scheme="dark")
    axe(page)
    page.emulate_media(color_scheme="light")
    no_sideways_scroll(page)
