"""A group writes down what it wants, on phones that lose their network; afterwards everybody reads it."""

import re
from uuid import uuid4

import pytest
from playwright.sync_api import Locator, Page, expect

from .conftest import OpenPage
from .hall import take_a_seat
from .steps import photo, sign_in_to_the_team
from .watch import axe, stands

pytestmark = pytest.mark.browser
RUNNING, OVER = "AB3K7Q", "G9KR3T"


def _at_a_topic(open_page: OpenPage, nickname: str) -> Page:
    """A phone with a seat in the running event of the demo, at its third topic."""
    phone = open_page()
    take_a_seat(phone, RUNNING, nickname)
    phone.locator("[data-topic='3'] a[data-notes]").click()
    phone.wait_for_url(re.compile(r"/thema/3/"))
    expect(phone.locator(".link-state")).to_have_attribute("data-link", "on")
    return phone


def _words() -> str:
    """Words of this test alone."""
    return "Decken " + re.sub(r"\d", "", uuid4().hex)


def _write(phone: Page, section: str, text: str) -> None:
    form = phone.locator(f"#{section} form[data-note]")
    form.locator("textarea").fill(text)
    form.locator("button").click()


def _notes(phone: Page, section: str, text: str) -> Locator:
    return phone.locator(f"#{section} [data-part] .note > p").filter(has_text=text)


def test_notes_of_one_reach_the_other_and_what_is_half_typed_stays(open_page: OpenPage) -> None:
    anna, ben = _at_a_topic(open_page, "Amsel"), _at_a_topic(open_page, "Biber")
    half = ben.locator("#want textarea")
    half.fill("halb getippt")
    said = _words()
    _write(anna, "want", said)
    expect(_notes(anna, "want", said)).to_have_count(1)
    expect(_notes(ben, "want", said)).to_have_count(1)
    expect(half).to_have_value("halb getippt")
    ben.reload()
    expect(half).to_have_value("halb getippt")
    stands(anna)


def test_a_note_without_a_network_waits_and_arrives_once(open_page: OpenPage) -> None:
    phone = _at_a_topic(open_page, "Amsel")
    said = _words()
    phone.context.set_offline(True)
    _write(phone, "talked", said)
    expect(phone.locator("#talked [data-waiting]")).to_contain_text("wartet auf Netz")
    phone.context.set_offline(False)
    expect(_notes(phone, "talked", said)).to_have_count(1)
    expect(phone.locator("#talked [data-waiting] li")).to_have_count(0)


def test_contact_data_comes_back_with_a_sentence(open_page: OpenPage) -> None:
    phone = _at_a_topic(open_page, "Amsel")
    _write(phone, "carry", "Ruf an: 0171 2345678")
    expect(phone.locator(".toasts")).to_contain_text("Lass die Telefonnummer lieber weg")
    expect(phone.locator("#carry textarea")).to_have_value("Ruf an: 0171 2345678")


def test_a_note_and_a_photo_need_no_javascript(open_page: OpenPage) -> None:
    phone = open_page(java_script_enabled=False)
    take_a_seat(phone, RUNNING, "Amsel")
    phone.goto(f"/e/{RUNNING}/thema/3/")
    said = _words()
    _write(phone, "open", said)
    expect(_notes(phone, "open", said)).to_have_count(1)
    phone.locator("input[name=photo]").set_input_files(photo())
    phone.get_by_role("button", name="Foto aufhängen").click()
    expect(phone.locator(".messages")).to_contain_text("Sobald das Team geschaut hat")
    expect(phone.locator("#fotos")).to_contain_text("wartet auf einen Blick")


def test_who_is_in_is_counted_everywhere(open_page: OpenPage) -> None:
    anna, ben = open_page(), open_page()
    for phone, name in ((anna, "Amsel"), (ben, "Biber")):
        take_a_seat(phone, RUNNING, name)
        expect(phone.locator(".link-state")).to_have_attribute("data-link", "on")
    count = ben.locator("[data-outcome='1'] [data-count]")
    before = int(count.inner_text())
    anna.locator("[data-outcome='1'] [data-join] button").click()
    expect(count).to_have_text(str(before + 1))
    anna.reload()
    expect(anna.locator("[data-outcome='1'] [data-join] button")).to_have_attribute("aria-pressed", "true")


def test_the_proceedings_stand_for_everybody_and_lead_on(open_page: OpenPage) -> None:
    reader = open_page()
    reader.goto(f"/j/{OVER}/")
    reader.get_by_role("link", name="Protokoll lesen").click()
    expect(reader.locator("h1")).to_have_text("Grünau, wie weiter?")
    stands(reader)
    reader.get_by_role("link", name="Zum Projekt").click()
    expect(reader.locator("h1")).to_have_text("Drei Sonntage im Jugendclub")


def test_the_team_s_part_of_the_stage_stands(open_page: OpenPage) -> None:
    stage = open_page()
    sign_in_to_the_team(stage, "yasemin@anstoss.example")
    stage.goto(f"/e/{RUNNING}/leitung/")
    stage.locator("#teil-harvest > summary").click()
    expect(stage.locator("#ernte")).to_be_visible()
    axe(stage)
