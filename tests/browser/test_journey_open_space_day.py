"""A whole open-space day: from the poster on the door to the proceedings, with phones, a helper and a projector."""

import re
from uuid import uuid4

import pytest
from playwright.sync_api import Page, expect

from .conftest import PROJECTOR, OpenPage
from .hall import change_the_code, hold, make_a_grid, make_an_event, press, propose, replayed, step, take_a_seat, unfold
from .steps import photo
from .watch import axe, stands

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]
KINO, BUS, BANK = "Kino im Hof", "Nachtbus am Wochenende", "Bänke am Kanal"


def test_an_open_space_from_the_poster_to_the_proceedings(open_page: OpenPage) -> None:
    stage = open_page()
    code = make_an_event(stage, f"Sommer {uuid4().hex[:6]}")
    _hang_up_the_poster(stage, code)
    projector = open_page(**PROJECTOR, has_touch=False, is_mobile=False)
    anna, ben, plain = open_page(), open_page(), open_page(java_script_enabled=False)

    _open_the_doors(stage, code, projector, [(anna, "Amsel"), (ben, "Biber"), (plain, "Dachs")])
    _collect(stage, anna, plain)
    _pitch(stage, projector)
    _fill_the_grid(stage, anna, code)
    _work_in_groups(stage, anna, ben, code)
    code = _get_a_new_code(stage, ben)
    _decide(stage, projector, anna, ben, code)
    _make_something_of_it(stage, anna, ben, code)
    _go_home(stage, anna, code)


def _hang_up_the_poster(stage: Page, code: str) -> None:
    step(stage, "Ankündigen", "Einlass öffnen")
    poster = stage.request.get(f"/e/{code}/plakat.pdf")
    assert (poster.status, poster.headers["content-type"]) == (200, "application/pdf")
    assert poster.body().startswith(b"%PDF-")


def _open_the_doors(stage: Page, code: str, projector: Page, guests: list[tuple[Page, str]]) -> None:
    """Three phones come in by the code, one of them without scripts, and a person without a phone."""
    step(stage, "Einlass öffnen", "Los geht’s")
    projector.goto(f"/e/{code}/beamer/")
    for phone, nickname in guests:
        take_a_seat(phone, code, nickname)
    stage.goto(f"/e/{code}/helfen/")
    stands(stage)
    press(stage, "Neue Person")
    expect(stage.locator(".helped-number")).to_have_text("4")
    expect(projector.locator("[data-count=joined]")).to_have_text("4")
    stage.goto(f"/e/{code}/leitung/")
    step(stage, "Los geht’s", "Weiter: Themen sammeln")


def _collect(stage: Page, anna: Page, plain: Page) -> None:
    """Topics come from a phone, from a phone without scripts, and from a sheet of paper."""
    step(stage, "Weiter: Themen sammeln", "Weiter: Vorstellen")
    propose(anna, KINO)
    plain.reload()
    unfold_without_script(plain)
    plain.locator("[data-propose] input[name=title]").fill(BUS)
    plain.get_by_role("button", name="An die Wand").click()
    expect(plain.get_by_text("Dein Thema hängt an der Wand.")).to_be_visible()
    home = stage.url
    stage.goto(f"{home}zettel/")
    stands(stage)
    stage.locator("input[name=title], textarea[name=title]").fill(BANK)
    press(stage, "An die Wand, nächster Zettel")
    expect(stage.locator("[data-part=latest]")).to_contain_text(BANK)
    for title in (KINO, BUS, BANK):
        expect(anna.locator("[data-topics] b[data-title]").filter(has_text=title)).to_be_visible()
    stands(anna)
    stage.goto(home)


def unfold_without_script(plain: Page) -> None:
    plain.get_by_text("Thema vorschlagen").click()


def _pitch(stage: Page, projector: Page) -> None:
    """NEXT puts one topic after the other on the projector."""
    step(stage, "Weiter: Vorstellen", "Weiter: Marktplatz")
    press(stage, f"Anfangen mit: {KINO}")
    expect(projector.locator("main, [data-screen]").first).to_contain_text(KINO)
    axe(projector)
    press(stage, f"Nächstes: {BUS}")
    expect(projector.locator("main, [data-screen]").first).to_contain_text(BUS)
    stands(stage)


def _fill_the_grid(stage: Page, anna: Page, code: str) -> None:
    """Two rooms, two rounds, a topic placed by two taps, and a seat that means to go there."""
    step(stage, "Weiter: Marktplatz", "Weiter: Runden")
    make_a_grid(stage, rounds=2)
    free = stage.locator("button.free")
    topic = stage.locator(".placing-topics .tile").filter(has_text=KINO)
    unfold(topic)
    topic.click()
    free.first.click()
    expect(stage.locator("button.free")).to_have_count(3)
    stands(stage)
    session = anna.locator("[data-session]").filter(has_text=KINO)
    expect(session).to_contain_text("Großer Saal")
    stands(anna)


def _work_in_groups(stage: Page, anna: Page, ben: Page, code: str) -> None:
    """A group begins; a line of notes and a photo of the flipchart reach the others."""
    step(stage, "Weiter: Runden", "Weiter: Neuigkeiten")
    ben.locator("[data-session]").filter(has_text=KINO).get_by_role(
        "button", name=re.compile("^Da geh ich hin")
    ).click()
    press(stage, "Alle beginnen")
    for phone in (anna, ben):
        phone.goto(f"/e/{code}/thema/1/")
        expect(phone.locator(".link-state")).to_have_attribute("data-link", "on")
    anna.locator("#want input[name=text], #want textarea[name=text]").fill("Eine Leinwand am Trafohaus")
    anna.locator("#want form button.button-main").click()
    expect(ben.locator("#want [data-part]")).to_contain_text("Eine Leinwand am Trafohaus")
    anna.locator("input[type=file]").set_input_files(photo())
    anna.get_by_role("button", name="Foto aufhängen").click()
    expect(anna.locator("#fotos img")).to_be_visible()
    stands(anna)
    release = stage.locator("form").filter(has=stage.locator("input[value=photo_release]")).locator("button")
    unfold(release)
    release.click()
    expect(ben.locator("#fotos img")).to_be_visible()


def _get_a_new_code(stage: Page, ben: Page) -> str:
    """Whoever is writing a note when the code changes goes on writing, and has it after a reload."""
    half = ben.locator("#want input[name=text], #want textarea[name=text]")
    half.fill("halb getippt")
    code = change_the_code(stage)
    expect(ben).to_have_url(re.compile(f"/e/{code}/thema/1/"))
    expect(half).to_have_value("halb getippt")
    ben.reload()
    expect(half).to_have_value("halb getippt")
    ben.locator("#want form button.button-main").click()
    expect(ben.locator("#want [data-part]")).to_contain_text("halb getippt")
    return code


def _decide(stage: Page, projector: Page, anna: Page, ben: Page, code: str) -> None:
    """Dots on all topics; what was counted is revealed everywhere at once."""
    step(stage, "Weiter: Neuigkeiten", "Weiter: Entscheiden")
    step(stage, "Weiter: Entscheiden", "Weiter: Anpacken")
    unfold(stage.locator("input[name=question]"))
    stage.locator("input[name=question]").fill("Was packen wir an?")
    stage.locator("input[name=kind][value=choice]").check()
    for title in (KINO, BUS):
        stage.get_by_label(title, exact=True).check()
    press(stage, "Vorbereiten")
    hold(stage, "Abstimmung öffnen")
    for phone in (anna, ben):
        phone.goto(f"/e/{code}/")
        phone.locator("[data-slot=ballot] label").filter(has_text=KINO).click()
        phone.locator("[data-submit]").click()
        expect(phone.locator("[data-receipt][data-state=counted]")).to_be_visible()
    hold(stage, "Abstimmung schließen")
    reveal = stage.get_by_role("button", name=re.compile("^Ergebnis zeigen")).first
    expect(reveal).to_be_visible()
    hold(stage, "Ergebnis zeigen")
    for page in (projector, anna, ben):
        expect(page.locator(".results .result-value").first).to_have_text("2")
    axe(projector)


def _make_something_of_it(stage: Page, anna: Page, ben: Page, code: str) -> None:
    """The winner becomes an outcome, two people want in, and it becomes a project."""
    step(stage, "Weiter: Anpacken", "Weiter: Schlusskreis")
    press(stage, f"Vorn lag: {KINO}")
    for phone in (anna, ben):
        row = phone.locator("[data-outcome]").filter(has_text=KINO)
        row.get_by_role("button", name=re.compile("^Ich bin dabei")).click()
    expect(anna.locator("[data-outcome]").filter(has_text=KINO).locator("[data-count]")).to_have_text("2")
    press(stage, "Projekt anlegen")
    expect(anna.locator("[data-became-project]")).to_be_visible()
    stands(anna)
    replayed(anna, code)


def _go_home(stage: Page, anna: Page, code: str) -> None:
    """The event ends; its proceedings are there at once, for everybody and in every form."""
    step(stage, "Weiter: Schlusskreis", "Zum Abschluss")
    step(stage, "Zum Abschluss", "Veranstaltung beenden")
    hold(stage, "Veranstaltung beenden")
    expect(stage.locator("[data-part=state]")).to_contain_text("beendet")
    anna.goto(f"/e/{code}/protokoll/")
    for words in (KINO, BUS, BANK, "Eine Leinwand am Trafohaus", "Was packen wir an?"):
        expect(anna.locator("main")).to_contain_text(words)
    stands(anna)
    kinds = {"pdf": "application/pdf", "zip": "application/zip", "json": "application/json"}
    for kind, content_type in kinds.items():
        answer = anna.request.get(f"/e/{code}/protokoll.{kind}")
        assert (answer.status, answer.headers["content-type"].partition(";")[0]) == (200, content_type)
    sheet = anna.request.get(f"/e/{code}/abstimmung/1.json").json()["sheet"]
    assert len(sheet["receipts"]) == 2
