"""Fresh parts laid over a page in use: what somebody has opened, typed or holds in hand stays theirs."""

import pytest
from playwright.sync_api import Page

pytestmark = pytest.mark.browser

LAY_OVER = """
async ([old, next, busy]) => {
  const { morph } = await import("/static/js/live/morph.js");
  const made = (html) => new DOMParser().parseFromString(`<main>${html}</main>`, "text/html").querySelector("main");
  const main = document.querySelector("main");
  main.replaceChildren(...made(old).childNodes);
  const marked = [...main.querySelectorAll("[class]")];
  for (const fold of main.querySelectorAll("details")) fold.open = true;
  main.querySelector(busy).focus();
  for (const field of main.querySelectorAll("input[type=text]")) field.value = "getippt";
  morph(main, Object.assign(made(next), { id: main.id, className: main.className }));
  return {
    kept: marked.filter((one) => one.isConnected).map((one) => one.className),
    open: main.querySelectorAll("details[open]").length,
    typed: [...main.querySelectorAll("input[type=text]")].map(({ value }) => value),
    focus: document.activeElement?.className ?? "",
    order: [...main.children].map((one) => one.className || one.id),
  };
}
"""
TRAY = (
    '<div class="tray"><details class="fold" id="a"><summary>A</summary><input class="in" type="text"></details></div>'
)
NEXT = '<form class="next"><input type="hidden" name="after"><input type="hidden" name="remove"></form>'
SCENES = '<section class="scenes" id="scenes">Beamer</section>'
CLOSE = '<p class="close">Ende</p>'


def test_what_comes_or_goes_before_an_opened_fold_leaves_it_open(phone: Page) -> None:
    phone.goto("/j/")
    short, long = f"\n{SCENES}\n {TRAY}\n{CLOSE}", f"\n{NEXT}{SCENES}\n\n{TRAY}{CLOSE}"
    for old, new, order in (
        (short, long, ["next", "scenes", "tray", "close"]),
        (long, short, ["scenes", "tray", "close"]),
    ):
        seen = phone.evaluate(LAY_OVER, [old, new, ".in"])
        assert seen["order"] == order
        assert {"scenes", "tray", "fold", "in", "close"} <= set(seen["kept"])
        assert (seen["open"], seen["typed"], seen["focus"]) == (1, ["getippt"], "in")


def test_what_changes_places_stays_what_it_was(phone: Page) -> None:
    phone.goto("/j/")
    for busy in (".in", ".other"):
        other = '<p class="row" id="other"><input class="other" type="text"></p>'
        seen = phone.evaluate(LAY_OVER, [TRAY + NEXT + other, other + TRAY + NEXT, busy])
        assert seen["order"] == ["row", "tray", "next"]
        assert {"tray", "in", "row", "other", "next"} <= set(seen["kept"])
        assert (seen["open"], seen["typed"], seen["focus"]) == (1, ["getippt", "getippt"], busy[1:])
