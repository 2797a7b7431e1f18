"""Join → chat: two phones in one project's room, live, through a dropped line, and out again."""

import re
from uuid import uuid4

import pytest
from playwright.sync_api import Locator, Page, expect

from .conftest import OpenPage
from .steps import QUARTIER, come_in, sign_in_to_the_team
from .watch import stands

pytestmark = pytest.mark.browser
PROJECT = f"/{QUARTIER}/projekte/schaufenster-statt-staub/"
STAFF = "yasemin@anstoss.example"


def _join(page: Page, nickname: str) -> None:
    """A newcomer takes part: one tap, three facts, in."""
    page.goto(PROJECT)
    page.get_by_role("button", name="Ich mach mit").click()
    come_in(page, nickname=nickname)
    page.locator("main form button.button-main").last.click()
    expect(page.get_by_text("Du machst mit.")).to_be_visible()


def _enter_room(page: Page) -> None:
    page.locator("#mitmachen").get_by_role("link", name="Zum Chat").click()
    expect(page.locator("[data-chat]")).to_be_visible()


def _say(page: Page, text: str) -> None:
    page.locator("[data-composer] textarea").fill(text)
    page.get_by_role("button", name="Senden").click()


def _line(page: Page, text: str) -> Locator:
    return page.locator(".message").filter(has_text=text)


def test_two_phones_talk_in_a_projects_room(open_page: OpenPage, desk: Page) -> None:
    mark = uuid4().hex[:6]
    anna, ben = open_page(), open_page()
    anna.goto(PROJECT)
    stands(anna)
    _join(anna, f"Hase {mark}")
    stands(anna)
    _join(ben, f"Hummel {mark}")
    _enter_room(anna)
    _enter_room(ben)
    stands(anna)

    # News arrive without asking for them, in both directions.
    _say(anna, f"Wer bringt Farbe mit? {mark}")
    expect(_line(ben, f"Wer bringt Farbe mit? {mark}")).to_have_count(1)
    _say(ben, f"Ich! {mark}")
    expect(_line(anna, f"Ich! {mark}")).to_have_count(1)
    expect(_line(anna, f"Ich! {mark}").locator("[data-name]")).to_have_text(f"Hummel {mark}")

    # The team writes with a badge.
    sign_in_to_the_team(desk, STAFF)
    desk.goto(anna.url)
    _say(desk, f"Am Freitag um vier im Laden. {mark}")
    expect(_line(anna, f"Am Freitag um vier im Laden. {mark}").locator(".pill")).to_have_text("Team")

    # A dropped line: what was said meanwhile is there afterwards, once and in order.
    ben.context.set_offline(True)
    _say(anna, f"Erstens {mark}")
    _say(anna, f"Zweitens {mark}")
    expect(_line(anna, f"Zweitens {mark}")).to_have_count(1)
    ben.context.set_offline(False)
    expect(_line(ben, f"Zweitens {mark}")).to_have_count(1)
    assert [text for text in ben.locator("[data-text]").all_inner_texts() if text.endswith(mark)][-2:] == [
        f"Erstens {mark}",
        f"Zweitens {mark}",
    ]

    # Leaving closes the open room.
    other_tab = ben.context.new_page()
    other_tab.goto(PROJECT)
    other_tab.get_by_role("button", name="Doch nicht mehr").click()
    expect(ben.locator("[data-closed]")).to_be_visible()
    _say(anna, f"Nur noch für uns {mark}")
    expect(_line(anna, f"Nur noch für uns {mark}")).to_have_count(1)
    expect(_line(ben, f"Nur noch für uns {mark}")).to_have_count(0)


def test_a_message_written_without_network_waits_and_arrives_once(open_page: OpenPage) -> None:
    mark = uuid4().hex[:6]
    anna, ben = open_page(), open_page()
    _join(anna, f"Marder {mark}")
    _join(ben, f"Meise {mark}")
    _enter_room(anna)
    _enter_room(ben)
    anna.context.set_offline(True)
    _say(anna, f"Aus dem Funkloch {mark}")
    expect(_line(anna, f"Aus dem Funkloch {mark}").locator("[data-waiting]")).to_be_visible()
    anna.context.set_offline(False)
    expect(_line(ben, f"Aus dem Funkloch {mark}")).to_have_count(1)
    anna.reload()
    expect(_line(anna, f"Aus dem Funkloch {mark}")).to_have_count(1)


def test_joining_and_writing_need_no_javascript(open_page: OpenPage) -> None:
    mark = uuid4().hex[:6]
    page = open_page(java_script_enabled=False)
    _join(page, f"Pfau {mark}")
    page.locator("#mitmachen").get_by_role("link", name="Zum Chat").click()
    _say(page, f"Ganz ohne Skript {mark}")
    expect(_line(page, f"Ganz ohne Skript {mark}")).to_have_count(1)
    assert re.search(r"/chat/\d+/", page.url)
