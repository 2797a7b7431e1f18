"""A walk over the whole site by its own links: two pages of every shape, each looked at from all sides."""

import re
from collections import Counter, deque
from collections.abc import Iterator
from urllib.parse import parse_qs, urljoin, urlsplit

import pytest
from playwright.sync_api import Page

from .conftest import OpenPage
from .steps import come_in
from .watch import stands

pytestmark = pytest.mark.browser
OF_A_SHAPE = 2
# Staff's admin has its own look, and files are no pages.
LEAVE = re.compile(r"^/(verwaltung|team|media|static|dokumente|bild|api)/|\.(pdf|csv|zip|json|ics|svg)$")
PAGES = {"/", "/*/", "/*/ideen/", "/*/ideen/*/", "/*/ideen/neu/", "/*/projekte/", "/*/projekte/*/"}


def _shape(address: str) -> str:
    """The address with names and numbers blotted out: `/dessau-nord/ideen/17/` → `/*/ideen/*/`."""
    parts = urlsplit(address)
    words = ["*" if re.search(r"[-\d]", word) else word for word in parts.path.split("/")]
    return "/".join(words) + ("?" + "&".join(sorted(parse_qs(parts.query))) if parts.query else "")


def _links(page: Page, server: str) -> Iterator[str]:
    """Where this page leads to, as far as it is ours and a page."""
    for link in page.locator("a[href]").all():
        parts = urlsplit(urljoin(page.url, link.get_attribute("href")))
        if f"{parts.scheme}://{parts.netloc}" == server and not LEAVE.search(parts.path):
            yield parts.path + (f"?{parts.query}" if parts.query else "")


def _look(page: Page, path: str) -> None:
    answer = page.goto(path)
    assert answer is not None
    assert answer.status == 200, path
    assert page.title().strip() not in {"", "Anstoß"}, path
    assert page.locator("html[lang][dir]").count() == 1, path
    stands(page)


def _walk(page: Page, server: str) -> tuple[set[str], list[str]]:
    """Visits and looks at everything that can be reached; the shapes that were seen, and what was wrong."""
    waiting, known, seen, faults = deque(["/"]), {"/"}, Counter[str](), list[str]()
    while waiting:
        path = waiting.popleft()
        if seen[_shape(path)] >= OF_A_SHAPE:
            continue
        seen[_shape(path)] += 1
        try:
            _look(page, path)
        except AssertionError as fault:
            faults.append(str(fault)[:600])
        fresh = dict.fromkeys(link for link in _links(page, server) if link not in known)
        known.update(fresh)
        waiting.extend(fresh)
    return set(seen), faults


def test_every_page_stands_for_a_visitor(phone: Page, server: str) -> None:
    seen, faults = _walk(phone, server)
    assert faults == []
    assert PAGES - seen == set()


def test_every_page_stands_for_a_resident_in_english(open_page: OpenPage, server: str) -> None:
    page = open_page(locale="en-GB")
    page.goto("/rein/")
    come_in(page, nickname="Wanderin 1")
    page.locator("select[name=entry-quartier]").select_option(index=1)
    page.locator("main form button.button-main").last.click()
    page.wait_for_url(re.compile(r"^(?!.*/rein/)"))
    seen, faults = _walk(page, server)
    assert faults == []
    assert (PAGES | {"/ich/", "/chat/"}) - seen == set()
