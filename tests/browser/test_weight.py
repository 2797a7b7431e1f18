"""What a first visit costs a phone, counted on the wire (compressed, with headers)."""

from typing import Any

import pytest
from playwright.sync_api import Page

from .steps import QUARTIER

pytestmark = pytest.mark.browser
KB = 1024
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
