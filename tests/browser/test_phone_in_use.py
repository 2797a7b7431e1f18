"""The phone in impatient hands: double taps, a mind that changes on the way, topics and ballots that move meanwhile."""

import json
import re
from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from playwright.sync_api import Locator, Page, WebSocketRoute, expect

from .conftest import OpenPage
from .hall import local_now, make_an_event, propose, take_a_seat
from .watch import no_sideways_scroll

pytestmark = pytest.mark.browser
LIMITS = {"min_choices": "1", "max_choices": "1", "budget": "5", "max_per_option": "3"}


class Hall:
    """The team of an event that is live. It acts by its forms, without its page."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.code = make_an_event(page, f"Halle {uuid4().hex[:6]}")
        self.ballots = 0
        for state in ("announced", "lobby", "live"):
            self.act("state", state=state)

    def act(self, act: str, **facts: str) -> None:
        token = next(kept["value"] for kept in self.page.context.cookies() if kept["name"] == "csrftoken")
        headers = {"X-CSRFToken": token, "Referer": self.page.url}
        address = f"/e/{self.code}/leitung/"
        answer = self.page.request.post(address, form={"act": act, **facts}, headers=headers)
        assert answer.ok, answer.text()

    def open_ballot(self, kind: str = "choice", **facts: str) -> str:
        """A ballot that runs; gives its number."""
        self.ballots += 1
        number = str(self.ballots)
        options = "Rad\nDach\nKino" if kind in {"choice", "dots"} else ""
        usual = {"question": f"Frage {number}?", "tier": "signal", "secrecy": "counted", **LIMITS}
        self.act("new_ballot", **{**usual, "kind": kind, "options": options, "client_id": str(uuid4()), **facts})
        self.act("open", ballot=number)
        return number

    def news(self) -> Any:
        return self.page.request.get(f"/api/v1/events/{self.code}/sync/").json()

    def topics(self) -> list[str]:
        return [topic["title"] for topic in self.news()["state"]["topics"]]

    def seat(self, phone: Page, name: str = "Amsel") -> Page:
        take_a_seat(phone, self.code, name)
        expect(phone.locator(".link-state")).to_have_attribute("data-link", "on")
        return phone


def _receipt(phone: Page) -> Locator:
    return phone.locator("[data-receipt]")


def _choose(phone: Page, option: int) -> None:
    phone.locator(f"input[name=wahl][value='{option}']").check()


def _held_back(page: Page) -> Callable[[], None]:
    """Answers to operations wait until the function is called."""
    waiting: list[Callable[[], None]] = []
    held = [True]

    def line(route: WebSocketRoute) -> None:
        server = route.connect_to_server()

        def pass_on(message: str | bytes) -> None:
            if held[0] and json.loads(message)["t"] in {"ack", "nack"}:
                waiting.append(lambda: route.send(message))
            else:
                route.send(message)

        server.on_message(pass_on)

    def let_go() -> None:
        held[0] = False
        for send in waiting:
            send()

    page.route_web_socket(re.compile("/ws/e/"), line)
    return let_go


def test_a_double_tap_on_a_secret_paper_keeps_its_receipt(open_page: OpenPage) -> None:
    hall, phone = Hall(open_page()), open_page()
    hall.seat(phone)
    hall.open_ballot(secrecy="secret")
    _choose(phone, 2)
    phone.locator("[data-submit]").dblclick()
    expect(_receipt(phone)).to_contain_text("geheim drin · Beleg")
    expect(phone.locator("[data-slot=ballot] form")).to_have_count(0)


def test_a_mind_that_changes_before_the_answer_is_told_so(open_page: OpenPage) -> None:
    hall, phone = Hall(open_page()), open_page()
    let_go = _held_back(phone)
    hall.seat(phone)
    hall.open_ballot()
    _choose(phone, 1)
    phone.locator("[data-submit]").click()
    expect(_receipt(phone)).to_contain_text("gesendet")
    _choose(phone, 2)
    let_go()
    phone.wait_for_timeout(300)
    expect(_receipt(phone)).to_contain_text("geändert, noch nicht abgestimmt")
    _choose(phone, 1)
    expect(_receipt(phone)).to_contain_text("gezählt")


def test_a_paper_cast_in_a_pause_counts_when_the_ballot_closes(open_page: OpenPage) -> None:
    hall, phone = Hall(open_page()), open_page()
    hall.seat(phone)
    ballot = hall.open_ballot()
    hall.act("pause", ballot=ballot)
    expect(phone.locator("[data-paused]")).to_be_visible()
    _choose(phone, 1)
    phone.locator("[data-submit]").click()
    expect(_receipt(phone)).to_contain_text("Technik-Pause")
    hall.act("close", ballot=ballot)
    expect(phone.get_by_text("Zu! Das Ergebnis kommt gleich.")).to_be_visible()
    expect(_receipt(phone)).to_contain_text("gezählt")


def test_a_double_tap_proposes_one_topic(open_page: OpenPage) -> None:
    hall, phone = Hall(open_page()), open_page()
    hall.act("phase", phase="collect")
    hall.seat(phone)
    phone.get_by_text("Thema vorschlagen").click()
    phone.locator("[data-propose] input[name=title]").fill("Nachtbus")
    phone.get_by_role("button", name="An die Wand").dblclick()
    expect(phone.locator("[data-topics] b[data-title]")).to_have_text(["Nachtbus"])
    phone.wait_for_timeout(700)
    assert hall.topics() == ["Nachtbus"]


def test_interest_without_a_network_is_shown_and_counted_when_it_is_back(open_page: OpenPage) -> None:
    hall, anna, ben = Hall(open_page()), open_page(), open_page()
    hall.act("phase", phase="collect")
    propose(hall.seat(anna), "Nachtbus")
    button = hall.seat(ben, "Biber").locator("[data-interest] button")
    ben.context.set_offline(True)
    button.click()
    expect(button).to_have_attribute("aria-pressed", "true")
    address = ben.url
    ben.goto("about:blank")
    ben.context.set_offline(False)
    ben.goto(address)
    expect(anna.locator("[data-interest] [data-count]")).to_have_text("1")
    expect(button).to_have_attribute("aria-pressed", "true")


def test_two_tabs_agree_on_what_interests_them(open_page: OpenPage) -> None:
    hall, phone = Hall(open_page()), open_page()
    hall.act("phase", phase="collect")
    propose(hall.seat(phone), "Nachtbus")
    second = phone.context.new_page()
    second.goto(phone.url)
    expect(second.locator(".link-state")).to_have_attribute("data-link", "on")
    phone.locator("[data-interest] button").click()
    expect(second.locator("[data-interest] button")).to_have_attribute("aria-pressed", "true")


def test_an_own_topic_goes_into_the_grid_and_out_again_without_complaint(open_page: OpenPage) -> None:
    hall, phone = Hall(open_page()), open_page()
    hall.act("phase", phase="collect")
    sent: list[str] = []
    phone.on("websocket", lambda line: line.on("framesent", lambda frame: sent.append(str(frame))))
    propose(hall.seat(phone), "Nachtbus")
    for room in ("Saal", "Küche"):
        hall.act("add_room", name=room, step_free="on")
    hall.act("add_slots", starts_at=local_now(), minutes="45", count="2", pause="15")
    hall.act("placing", on="1")
    card = phone.locator("[data-card]")
    card.locator("select").select_option(index=1)
    card.get_by_role("button", name="Einplanen").dblclick()
    expect(phone.locator(".toasts")).to_contain_text("Dein Thema ist eingeplant.")
    expect(card.locator("[data-placed]")).to_contain_text("Saal")
    card.get_by_role("button", name="Wieder an die Wand").click()
    expect(card.locator("[data-placed]")).to_be_hidden()
    expect(phone.locator(".toasts .tone-blush")).to_have_count(0)
    assert [sum(kind in frame for frame in sent) for kind in ("topic.place", "topic.unplace")] == [1, 1]


def test_an_outcome_is_proposed_and_its_form_is_empty_again(open_page: OpenPage) -> None:
    hall, phone = Hall(open_page()), open_page()
    hall.act("phase", phase="collect")
    propose(hall.seat(phone), "Nachtbus")
    hall.act("phase", phase="action")
    phone.get_by_text("Ergebnis vorschlagen").click()
    phone.locator("[name=outcome-topic]").select_option(index=1)
    phone.locator("[name=outcome-title]").fill("Brief an die Stadt")
    phone.get_by_role("button", name="Vorschlagen").dblclick()
    expect(phone.locator("[data-outcome] b[data-title]")).to_have_text(["Brief an die Stadt"])
    expect(phone.locator("[data-make]")).not_to_have_attribute("open", "")
    expect(phone.locator("[name=outcome-title]")).to_have_value("")


def test_a_topic_that_was_taken_down_and_hangs_again_is_told_so(open_page: OpenPage) -> None:
    hall, phone = Hall(open_page()), open_page()
    hall.act("phase", phase="collect")
    propose(hall.seat(phone), "Nachtbus")
    hall.act("topic", topic="1", state="hidden", reason="Verletzt jemanden")
    expect(phone.get_by_text("Das Team hat dein Thema abgehängt.")).to_be_visible()
    phone.reload()
    expect(phone.locator(".link-state")).to_have_attribute("data-link", "on")
    hall.act("topic", topic="1", state="on_wall")
    expect(phone.locator("[data-topics] b[data-title]")).to_have_text(["Nachtbus"])
    expect(phone.get_by_text("Das Team hat dein Thema abgehängt.")).to_have_count(0)


def test_a_refused_note_comes_back_before_what_was_begun_since(open_page: OpenPage) -> None:
    hall, phone = Hall(open_page()), open_page()
    hall.act("phase", phase="collect")
    hall.act("notes", on="1")
    propose(hall.seat(phone), "Nachtbus")
    let_go = _held_back(phone)
    phone.goto(f"/e/{hall.code}/thema/1/")
    expect(phone.locator(".link-state")).to_have_attribute("data-link", "on")
    field = phone.locator("form[data-note] [name=text]").first
    field.fill("Ruft an: 0171 2345678")
    phone.locator("form[data-note] button").first.click()
    field.fill("Und noch")
    let_go()
    expect(field).to_have_value("Ruft an: 0171 2345678\nUnd noch")


def test_a_consent_paper_without_a_choice_is_not_an_abstention(
    open_page: OpenPage, phone_without_javascript: Page
) -> None:
    hall, phone, plain = Hall(open_page()), open_page(), phone_without_javascript
    hall.seat(phone)
    take_a_seat(plain, hall.code, "Biber")
    ballot = hall.open_ballot("consent")
    plain.reload()
    for page in (phone, plain):
        page.locator("[data-submit]").click()
        # Whoever has forgotten to choose is told so by the browser, at the first choice.
        expect(page.locator("[name=wahl]").first).to_be_focused()
    assert hall.news()["tallies"]["ballots"][ballot]["n"] == 0


def test_a_title_without_spaces_leaves_everybody_s_phone_as_wide_as_it_is(open_page: OpenPage) -> None:
    hall, phone = Hall(open_page()), open_page(viewport={"width": 320, "height": 640})
    hall.act("phase", phase="collect")
    propose(hall.seat(phone), "W" * 80)
    no_sideways_scroll(phone)


def test_who_leaves_in_one_tab_has_left_in_the_other(open_page: OpenPage) -> None:
    hall, phone = Hall(open_page()), open_page()
    hall.seat(phone)
    second = phone.context.new_page()
    second.goto(phone.url)
    second.get_by_text("Dieses Gerät soll mich vergessen").click()
    second.get_by_role("button", name="Platz auf diesem Gerät vergessen").click()
    second.wait_for_url(re.compile("/j/"))
    phone.wait_for_url(re.compile("/j/"))


def test_a_new_code_stands_on_the_page_of_a_topic(open_page: OpenPage) -> None:
    hall, phone = Hall(open_page()), open_page()
    hall.act("phase", phase="collect")
    propose(hall.seat(phone), "Nachtbus")
    phone.goto(f"/e/{hall.code}/thema/1/")
    expect(phone.locator(".link-state")).to_have_attribute("data-link", "on")
    hall.act("rotate", old=hall.code)
    expect(phone).not_to_have_url(re.compile(hall.code))
    [new] = re.findall(r"/e/([^/]+)/", phone.url)
    expect(phone.locator("[data-code]")).to_have_text(f"{new[:3]} {new[3:]}")


def test_an_event_that_is_over_promises_no_result(open_page: OpenPage) -> None:
    hall, phone = Hall(open_page()), open_page()
    hall.seat(phone)
    hall.act("close", ballot=hall.open_ballot())
    coming = phone.get_by_text("Das Ergebnis kommt gleich.")
    expect(coming).to_be_visible()
    expect(phone.locator("[data-progress]")).to_be_hidden()  # it is counted
    hall.act("state", state="wrap_up")
    hall.act("state", state="closed")
    expect(phone.get_by_text("Das war’s!")).to_be_visible()
    expect(coming).to_have_count(0)


def test_a_topic_that_is_hidden_leaves_the_phones_that_have_it_open(open_page: OpenPage) -> None:
    hall, phone = Hall(open_page()), open_page(expected=[404])
    hall.seat(phone)
    propose(phone, "Kino im Hof")
    phone.locator("[data-topics] a[data-notes]").click()
    phone.wait_for_url(re.compile("/thema/1/"))
    expect(phone.locator(".link-state")).to_have_attribute("data-link", "on")
    hall.act("topic", topic="1", state="hidden", reason="Das passt hier nicht.")
    phone.wait_for_url(re.compile(f"/e/{hall.code}/(#.*)?$"))
    expect(phone.locator("[data-topics]")).not_to_contain_text("Kino im Hof")
