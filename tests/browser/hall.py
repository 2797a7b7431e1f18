"""What people do in a hall: the team at the stage, and guests with their phones."""

import re
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Locator, Page, expect

from .steps import sign_in_to_the_team

STAFF = "yasemin@anstoss.example"
REPLAY = """
async (code) => {
  const address = `/api/v1/events/${code}/sync/`;
  const whole = await (await fetch(address)).json();
  const { events } = await (await fetch(`${address}?epoch=${whole.epoch}&seq=0`)).json();
  const { apply } = await import("/static/js/live/state.js");
  const nothing = Object.fromEntries(Object.keys(whole.state).map((name) => [name, []]));
  return { replayed: events.reduce(apply, nothing), state: whole.state, events: events.length };
}
"""


def press(page: Page, words: str) -> None:
    """A button, by how its words begin; folded ones are unfolded first."""
    button = page.get_by_role("button", name=re.compile(f"^{re.escape(words)}"), include_hidden=True).first
    unfold(button)
    button.click()


def unfold(place: Locator) -> None:
    """Open what is folded around something."""
    place.evaluate(
        "(one) => { for (let d = one.closest('details'); d; d = d.parentElement.closest('details')) d.open = true; }"
    )


def hold(stage: Page, words: str) -> None:
    """What cannot be taken back is held for a second, so that no thumb does it by accident."""
    button = stage.get_by_role("button", name=re.compile(f"^{re.escape(words)}")).first
    _press_down(stage, button)
    expect(button).to_have_count(0)
    stage.mouse.up()


def change_the_code(stage: Page) -> str:
    """Hold the button until the stage has a new code; gives that."""
    [old] = re.findall(r"/e/([^/]+)/", stage.url)
    button = stage.get_by_role("button", name=re.compile("^Code wechseln"), include_hidden=True)
    unfold(button)
    _press_down(stage, button)
    expect(stage).not_to_have_url(re.compile(old))
    stage.mouse.up()
    return str(re.findall(r"/e/([^/]+)/", stage.url)[0])


def _press_down(stage: Page, button: Locator) -> None:
    """Whoever has missed a button that news have moved lifts the finger and puts it down again."""
    for _ in range(5):
        button.hover()
        stage.mouse.down()
        if stage.locator("[data-holding]").count() or not button.count():
            return
        stage.mouse.up()
    pytest.fail(f"{stage.url}: the button cannot be held")


def local_now() -> str:
    """Now as a field of date and time takes it: in the product's time zone, whatever the machine's is."""
    return timezone.localtime().strftime("%Y-%m-%dT%H:%M")


def make_an_event(stage: Page, title: str) -> str:
    """Staff makes an open space; gives the join code."""
    sign_in_to_the_team(stage, STAFF)
    stage.goto("/e/neu/")
    stage.locator("input[name=title]").fill(title)
    stage.locator("input[name=starts_at]").fill(local_now())
    press(stage, "Anlegen")
    stage.wait_for_url(re.compile(r"/leitung/"))
    return str(re.findall(r"/e/([^/]+)/", stage.url)[0])


def step(stage: Page, words: str, then: str) -> None:
    """The one big button for what comes next, and the button that stands there afterwards."""
    press(stage, words)
    expect(stage.locator("[data-part=next] button").first).to_contain_text(then)


def make_a_grid(stage: Page, *, rounds: int) -> None:
    """Two rooms and so many rounds; every cell is free."""
    for name in ("Großer Saal", "Küche"):
        form = stage.locator("form").filter(has=stage.locator("input[value=add_room]"))
        unfold(form)
        form.locator("input[name=name]").fill(name)
        form.get_by_role("button", name="Raum hinzufügen").click()
        expect(stage.locator("details summary").filter(has_text=name).first).to_be_attached()
    form = stage.locator("form").filter(has=stage.locator("input[value=add_slots]"))
    unfold(form)
    form.locator("input[name=count]").fill(str(rounds))
    form.get_by_role("button", name="Runden hinzufügen").click()
    expect(stage.locator("button.free")).to_have_count(2 * rounds)


def take_a_seat(phone: Page, code: str, nickname: str) -> None:
    """By code, without an account."""
    phone.goto("/j/")
    phone.locator("input[name=code]").fill(f"{code[:3]} {code[3:]}".lower())
    phone.get_by_role("button", name="Rein", exact=True).click()
    phone.locator("input[name=nickname]").fill(nickname)
    phone.get_by_role("button", name="Rein", exact=True).click()
    phone.wait_for_url(re.compile(r"/e/[^/]+/$"))


def propose(phone: Page, title: str) -> None:
    phone.get_by_text("Thema vorschlagen").click()
    phone.locator("[data-propose] input[name=title]").fill(title)
    phone.get_by_role("button", name="An die Wand").click()
    expect(phone.locator("[data-topics] b[data-title]").filter(has_text=title)).to_be_visible()


def replayed(page: Page, code: str) -> None:
    """What the phone's script makes of the whole log is what the server shows to somebody new."""
    found: dict[str, Any] = page.evaluate(REPLAY, code)
    assert found["events"] > 0
    assert found["replayed"] == found["state"]
