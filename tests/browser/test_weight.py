"""What a first visit costs a phone, counted on the wire (compressed, with headers)."""

from typing import Any

import pytest
from playwright.sync_api import Page

from .conftest import OpenPage
from .hall import make_an_event, step, take_a_seat
from .steps import QUARTIER

pytestmark = pytest.mark.browser
KB = 1024
RUNNING = "AB3K7Q"
EARLY_SCRIPTS, LATE_SCRIPTS = 34 * KB, 39 * KB
"""Of the phone in the hall, with headers: before there is a grid, and with grid and outcomes."""
WIRE = dict[str, tuple[str, int]]


def _transferred(page: Page, address: str) -> WIRE:
    """Address → (type, bytes) of everything that a visit fetches until nothing more comes."""
    wire: WIRE = {}
    kinds: dict[str, tuple[str, str]] = {}

    def answered(event: dict[str, Any]) -> None:
        kinds[event["requestId"]] = (event["response"]["url"], event["type"])

    def finished(event: dict[str, Any]) -> None:
        url, kind = kinds[event["requestId"]]
        wire[url] = (kind, int(event["encodedDataLength"]))

    line = page.context.new_cdp_session(page)
    line.on("Network.responseReceived", answered)
    line.on("Network.loadingFinished", finished)
    line.send("Network.enable")
    page.goto(address, wait_until="networkidle")
    line.detach()
    return wire


@pytest.mark.parametrize("path", [f"/{QUARTIER}/ideen/", f"/{QUARTIER}/", f"/{QUARTIER}/projekte/"])
def test_a_first_visit_is_light(phone: Page, path: str) -> None:
    wire = _transferred(phone, path)
    scripts = sum(size for kind, size in wire.values() if kind == "Script")
    total = sum(size for _kind, size in wire.values())
    told = sorted(((size, url) for url, (_kind, size) in wire.items()), reverse=True)[:6]
    assert len(wire) >= 3
    assert (scripts <= 30 * KB, total <= 120 * KB) == (True, True), (scripts, total, told)


def test_a_second_visit_is_lighter_still(phone: Page) -> None:
    _transferred(phone, f"/{QUARTIER}/ideen/")
    again = _transferred(phone, f"/{QUARTIER}/ideen/")
    assert sum(size for _kind, size in again.values()) <= 15 * KB


def _in_the_hall(open_page: OpenPage, code: str) -> WIRE:
    """The first visit of a phone that has a seat, with nothing in its cache."""
    door = open_page(java_script_enabled=False)
    take_a_seat(door, code, "Amsel")
    phone = open_page(storage_state=door.context.storage_state())
    return _transferred(phone, f"/e/{code}/")


def _scripts(wire: WIRE) -> int:
    return sum(size for kind, size in wire.values() if kind == "Script")


def test_a_phone_in_the_hall_fetches_the_plan_when_there_is_one(open_page: OpenPage) -> None:
    stage = open_page()
    code = make_an_event(stage, "Noch ohne Plan")
    step(stage, "Ankündigen", "Einlass öffnen")
    step(stage, "Einlass öffnen", "Los geht’s")
    early, late = _in_the_hall(open_page, code), _in_the_hall(open_page, RUNNING)
    names = [[url.rpartition("/")[2].partition(".")[0] for url in wire] for wire in (early, late)]
    parts = ("plan", "outcomes", "refresh")
    assert [{part: part in seen for part in parts} for seen in names] == [
        {"plan": False, "outcomes": False, "refresh": False},
        {"plan": True, "outcomes": True, "refresh": False},
    ]
    assert (_scripts(early) <= EARLY_SCRIPTS, _scripts(late) <= LATE_SCRIPTS) == (True, True), (
        _scripts(early),
        _scripts(late),
    )
