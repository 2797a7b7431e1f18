"""Curating in Wagtail: what waits, an answer, and a project with its page out of an idea in one sitting."""

import re
from uuid import uuid4

import pytest
from playwright.sync_api import Page, expect

from .conftest import OpenPage
from .steps import find_among_the_ideas, sign_in_to_the_team, submit_an_idea
from .watch import no_sideways_scroll, stands

pytestmark = pytest.mark.browser
STAFF, COLLEAGUE = "yasemin@anstoss.example", "cem@anstoss.example"
REASON = "Das passt zu uns, und die Stadt gibt den Platz dazu. Wer macht mit?"


def _overdue_days(desk: Page) -> list[int]:
    """By how many days the answers on the start page are late, from top to bottom."""
    return [int(days) for days in re.findall(r"(\d+) Tage", desk.locator("main").inner_text())]


def test_staff_turn_an_idea_into_a_project(open_page: OpenPage, desk: Page) -> None:
    mark = uuid4().hex[:6]
    title = f"Eine Bühne am Kanal {mark}"
    address = submit_an_idea(open_page(java_script_enabled=False), title, nickname=f"Otter {mark}")

    # The start page: what waits, the oldest first.
    sign_in_to_the_team(desk, STAFF)
    desk.goto("/verwaltung/")  # without Wagtail's own greeting
    assert desk.locator("main a[href^='/verwaltung/ideen/']").count() >= 4
    stands(desk)

    find_among_the_ideas(desk, title)
    stands(desk)
    desk.get_by_role("link", name="Wird ein Projekt").click()
    desk.locator("textarea[name=reason]").fill(REASON)
    stands(desk)
    desk.locator(".staff-buttons button").first.click()

    # Project and draft page are there; the public sees it once the page is published.
    desk.wait_for_url(re.compile(r"/verwaltung/pages/\d+/edit/"))
    phone = open_page(expected=[404])
    phone.goto(address)
    expect(phone.get_by_text(REASON)).to_be_visible()
    desk.get_by_role("button", name="Mehr Aktionen").click()
    desk.get_by_role("button", name="Veröffentlichen").click()
    expect(desk.get_by_text("veröffentlicht").first).to_be_visible()
    phone.reload()
    phone.get_by_role("link", name="Zum Projekt, mitmachen!").click()
    expect(phone.locator("h1")).to_have_text(title)
    expect(phone.get_by_role("button", name="Ich mach mit")).to_be_visible()
    stands(phone)


def test_staff_see_their_own_quartiere_only(open_page: OpenPage) -> None:
    mark = uuid4().hex[:6]
    title = f"Licht im Tunnel {mark}"
    submit_an_idea(open_page(java_script_enabled=False), title, nickname=f"Uhu {mark}")
    own = open_page()
    sign_in_to_the_team(own, STAFF)
    find_among_the_ideas(own, title)
    number = re.findall(r"/ideen/(\d+)/", own.url)[0]
    no_sideways_scroll(own)

    stranger = open_page(expected=[404])
    sign_in_to_the_team(stranger, COLLEAGUE)
    stranger.goto(f"/verwaltung/ideen/?q={mark}")
    expect(stranger.get_by_role("link", name=title)).to_have_count(0)
    for path in ("", "antworten/", "projekt/"):
        answer = stranger.goto(f"/verwaltung/ideen/{number}/{path}")
        assert answer is not None
        assert answer.status == 404


def test_what_waits_stands_with_the_oldest_first(desk: Page) -> None:
    sign_in_to_the_team(desk, STAFF)
    desk.goto("/verwaltung/ideen/?waiting=late")
    late = _overdue_days(desk)
    assert len(late) >= 2
    assert late == sorted(late, reverse=True)
