"""What a person sees of faults: a network that is gone, a page that was closed, a second tab, a clock that is wrong."""

import re
from uuid import uuid4

import pytest
from playwright.sync_api import Page, WebSocketRoute, expect

from .conftest import OpenPage
from .hall import take_a_seat
from .test_journey_ballot import _counted, _open_an_event

pytestmark = pytest.mark.browser
WITHOUT_ITS_FORM = """
const take = () => document.querySelector("[data-slot=ballot] form").remove();
document.addEventListener("readystatechange", take, { once: true });
"""
AN_HOUR_FAST = "{ const now = Date.now.bind(Date); Date.now = () => now() + 3600e3; }"


class Stage:
    """The team of an event whose ballot is open. It acts without its page, whose look is told elsewhere."""

    def __init__(self, page: Page, *, seconds: str = "") -> None:
        self.page, self.code = page, _open_an_event(page)
        ballot = {"question": "Was zuerst?", "kind": "choice", "options": "Rad\nDach\nKino\nBus"}
        limits = {"min_choices": "1", "max_choices": "1", "budget": "5", "max_per_option": "3"}
        self._act("new_ballot", **ballot, **limits, tier="signal", secrecy="counted", client_id=str(uuid4()))
        self._act("open", ballot="1", seconds=seconds)
        assert self.papers() == 0

    def _act(self, act: str, **facts: str) -> None:
        token = next(kept["value"] for kept in self.page.context.cookies() if kept["name"] == "csrftoken")
        headers = {"X-CSRFToken": token, "Referer": self.page.url}
        answer = self.page.request.post(f"/e/{self.code}/leitung/", form={"act": act, **facts}, headers=headers)
        assert answer.ok, answer.text()

    def papers(self) -> int:
        """How many papers are in."""
        news = self.page.request.get(f"/api/v1/events/{self.code}/sync/").json()
        return int(news["tallies"]["ballots"]["1"]["n"])


def _choose(page: Page, option: int) -> None:
    page.locator(f"input[name=wahl][value='{option}']").check()


def test_a_vote_without_a_network_is_counted_once_although_the_page_was_closed(open_page: OpenPage) -> None:
    stage = Stage(open_page())
    phone = open_page()
    take_a_seat(phone, stage.code, "Amsel")
    expect(phone.locator(".link-state")).to_have_attribute("data-link", "on")
    phone.context.set_offline(True)
    _choose(phone, 2)
    phone.locator("[data-submit]").click()
    expect(phone.locator("[data-receipt]")).to_contain_text("wartet auf Netz")
    address = phone.url
    phone.goto("about:blank")
    phone.context.set_offline(False)
    assert stage.papers() == 0

    phone.goto(address)
    expect(_counted(phone)).to_be_visible()
    expect(phone.locator("input[name=wahl][value='2']")).to_be_checked()
    assert stage.papers() == 1
    phone.reload()
    expect(_counted(phone)).to_be_visible()
    assert stage.papers() == 1


def test_a_half_filled_ballot_survives_a_reload_and_what_others_do(open_page: OpenPage) -> None:
    stage = Stage(open_page())
    anna, ben = open_page(), open_page()
    take_a_seat(anna, stage.code, "Amsel")
    _choose(anna, 3)
    anna.reload()
    expect(anna.locator("input[name=wahl][value='3']")).to_be_checked()
    expect(_counted(anna)).to_have_count(0)
    take_a_seat(ben, stage.code, "Biber")
    _choose(ben, 1)
    ben.locator("[data-submit]").click()
    expect(anna.locator("[data-progress]")).to_contain_text("1 von 2")
    expect(anna.locator("input[name=wahl][value='3']")).to_be_checked()
    anna.locator("[data-submit]").click()
    expect(_counted(anna)).to_be_visible()
    _choose(anna, 4)
    anna.reload()
    expect(anna.locator("input[name=wahl][value='4']")).to_be_checked()
    expect(anna.locator("[data-receipt]")).to_contain_text("noch nicht abgestimmt")


def test_a_ballot_that_opened_while_the_page_was_made_can_be_cast(open_page: OpenPage) -> None:
    """The page was drawn before the moment of which its facts tell."""
    stage = Stage(open_page())
    phone = open_page()
    take_a_seat(phone, stage.code, "Amsel")
    phone.add_init_script(WITHOUT_ITS_FORM)
    phone.reload()
    _choose(phone, 2)
    phone.locator("[data-submit]").click()
    expect(_counted(phone)).to_be_visible()
    assert stage.papers() == 1


def test_a_second_tab_sees_the_vote_of_the_first(open_page: OpenPage) -> None:
    stage = Stage(open_page())
    first = open_page()
    take_a_seat(first, stage.code, "Amsel")
    second = first.context.new_page()
    second.goto(first.url)
    third = first.context.new_page()
    third.goto(first.url)
    _choose(third, 4)
    _choose(first, 2)
    first.locator("[data-submit]").click()
    expect(_counted(second)).to_be_visible()
    expect(second.locator("input[name=wahl][value='2']")).to_be_checked()
    # What is being typed in another tab is left alone.
    expect(third.locator("input[name=wahl][value='4']")).to_be_checked()
    _choose(second, 1)
    second.locator("[data-submit]").click()
    expect(first.locator("input[name=wahl][value='1']")).to_be_checked()
    assert stage.papers() == 1


def test_a_clock_that_is_wrong_by_an_hour_counts_down_rightly(open_page: OpenPage) -> None:
    stage = Stage(open_page(), seconds="120")
    phone = open_page()
    phone.add_init_script(AN_HOUR_FAST)
    take_a_seat(phone, stage.code, "Amsel")
    expect(phone.locator("[data-part=ballot] [data-timer]")).to_have_text(re.compile(r"^1:\d\d$"))


class Cable:
    """What lies between a phone and the server: it can be cut, or fall silent without anybody noticing."""

    def __init__(self, phone: Page) -> None:
        self.cut = False
        self.dead = 0  # so many of the first lines deliver nothing any more
        self.lines: list[WebSocketRoute] = []
        phone.route_web_socket(re.compile("/ws/e/"), self._connect)

    def _connect(self, line: WebSocketRoute) -> None:
        if self.cut:
            line.close(code=1006)
            return
        self.lines.append(line)
        server = line.connect_to_server()
        number = len(self.lines)
        line.on_message(lambda text: self._pass(number, server, text))
        server.on_message(lambda text: self._pass(number, line, text))

    def _pass(self, number: int, to: WebSocketRoute, text: str | bytes) -> None:
        if number > self.dead:
            to.send(text)


def test_a_server_that_restarts_in_mid_vote_loses_nothing(open_page: OpenPage) -> None:
    stage = Stage(open_page())
    phone = open_page()
    cable = Cable(phone)
    take_a_seat(phone, stage.code, "Amsel")
    expect(phone.locator(".link-state")).to_have_attribute("data-link", "on")
    cable.cut = True
    cable.lines[0].close(code=1012)
    expect(phone.locator(".link-state")).to_have_attribute("data-link", "waiting")
    _choose(phone, 2)
    phone.locator("[data-submit]").click()
    expect(phone.locator("[data-receipt]")).to_contain_text("wartet auf Netz")
    cable.cut = False
    expect(_counted(phone)).to_be_visible()
    expect(phone.locator(".link-state")).to_have_attribute("data-link", "on")
    assert stage.papers() == 1


def test_a_phone_that_wakes_up_with_a_dead_line_finds_a_new_one(open_page: OpenPage) -> None:
    stage = Stage(open_page())
    phone = open_page()
    cable = Cable(phone)
    take_a_seat(phone, stage.code, "Amsel")
    expect(phone.locator(".link-state")).to_have_attribute("data-link", "on")
    cable.dead = len(cable.lines)
    _choose(phone, 3)
    phone.locator("[data-submit]").click()
    expect(phone.locator("[data-receipt]")).to_contain_text("gesendet")
    phone.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    expect(_counted(phone)).to_be_visible()
    assert len(cable.lines) > cable.dead
    assert stage.papers() == 1
