"""The sources speak German and the catalogue speaks English: neither language leaks into the other."""

import re
from collections.abc import Iterator
from html.parser import HTMLParser

import polib
import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils.translation import get_language, gettext, ngettext, npgettext, override, pgettext
from wagtail.users.models import UserProfile

from cms import services
from common.management.commands.compile_translations import catalogues, read
from tests import cast

# What only German says; a page in English that shows one of these shows a sentence nobody marked.
GERMAN = re.compile(
    r"\b(?:und|oder|nicht|kein|keine|für|mit|von|vom|zum|zur|bei|ist|sind|wird|noch|schon|hier|dein|deine|"
    r"dich|dir|du|wir|alle|der|die|das|den|dem|ein|eine|einen|auf|aus|wenn|dann|gerade|zurück|weiter)\b",
    re.IGNORECASE,
)


def _entries(locale: str = "en") -> list[polib.POEntry]:
    return [entry for found, path in catalogues() if found == locale for entry in read(path) if not entry.obsolete]


def _as_shown(entry: polib.POEntry) -> list[tuple[str, str]]:
    """Pairs of what the sources say and what is shown for it, in the language that is active."""
    context, one, many = entry.msgctxt, entry.msgid, entry.msgid_plural
    if many:
        forms = [(npgettext(context, one, many, n) if context else ngettext(one, many, n)) for n in (1, 2)]
        return list(zip((one, many), forms, strict=True))
    return [(one, pgettext(context, one) if context else gettext(one))]


@pytest.fixture(autouse=True)
def language_as_before() -> Iterator[None]:
    """A request leaves its language behind in the thread; the next test is not to find it there."""
    with override(get_language()):
        yield


# --- German ----------------------------------------------------------------------------------------------
def test_german_shows_every_sentence_as_the_sources_say_it():
    """Otherwise a library translates an English word that is spelt like ours: choose another word or a context."""
    with override("de"):
        collisions = [pair for entry in _entries() for pair in _as_shown(entry) if pair[0] != pair[1]]
    assert collisions == []


# --- English ---------------------------------------------------------------------------------------------
def test_english_shows_every_sentence_as_the_catalogue_says_it():
    with override("en"):
        shown = [pair[1] for entry in _entries() for pair in _as_shown(entry)]
    written = [form for entry in _entries() for form in (list(entry.msgstr_plural.values()) or [entry.msgstr])]
    assert shown == written, "or the compiled catalogue is old: manage.py compile_translations"


def test_the_catalogue_holds_no_places_on_a_machine_and_no_people():
    for locale, path in catalogues():
        catalogue = read(path)
        assert (locale, catalogue.metadata["Project-Id-Version"]) == (locale, "Anstoß")
        assert {"Last-Translator", "Language-Team"}.isdisjoint(catalogue.metadata)
        assert [entry.occurrences for entry in catalogue if entry.occurrences] == []


# --- pages -----------------------------------------------------------------------------------------------
class _Words(HTMLParser):
    """What a page says: its text and the attributes that are read out; not what somebody wrote (`dir="auto"`)."""

    SAID = {"aria-label", "alt", "title", "placeholder", "data-offline-text", "data-close-label"}
    EMPTY = {"meta", "link", "input", "img", "br", "hr", "source", "path", "circle", "rect", "use", "wbr"}

    def __init__(self) -> None:
        super().__init__()
        self.said: list[str] = []
        self._silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        facts = dict(attrs)
        if not self._silent:
            self.said += [value for name, value in attrs if name in self.SAID and value]
        if tag not in self.EMPTY and (self._silent or self._is_silent(tag, facts)):
            self._silent += 1

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Closes itself, so that nothing lies inside."""

    def handle_endtag(self, tag: str) -> None:
        if self._silent and tag not in self.EMPTY:
            self._silent -= 1

    def handle_data(self, data: str) -> None:
        if not self._silent and data.strip():
            self.said.append(data.strip())

    @staticmethod
    def _is_silent(tag: str, facts: dict[str, str | None]) -> bool:
        return tag in {"script", "style"} or facts.get("dir") == "auto"


def _said(response: HttpResponse) -> list[str]:
    reader = _Words()
    reader.feed(response.content.decode())
    return reader.said


def _german(response: HttpResponse) -> list[str]:
    return [said for said in _said(response) if GERMAN.search(said)]


@pytest.fixture
def english() -> Client:
    """A browser that asks for English."""
    return Client(headers={"accept-language": "en-GB,en;q=0.9"})


@pytest.mark.parametrize(
    ("path", "sentence"),
    [
        ("/rein/", "What should we call you?"),
        ("/rein/karte/", "Back with the card"),
        ("/ich/", "You’re visiting"),
        ("/quartiere/", "Where is home?"),
        ("/j/", "Into the Open Space"),
        ("/nordstadt/ideen/", "No idea yet"),
        ("/nordstadt/ideen/neu/", "What’s it about?"),
        ("/suche/", "What are you looking for?"),
        ("/team/login/", "Sign-in for the team"),
    ],
)
def test_a_browser_that_asks_for_english_gets_no_german(english, quartier, path, sentence):
    response = english.get(path)
    assert (response.status_code, response["Content-Language"]) == (200, "en")
    assert sentence in _said(response)
    assert _german(response) == []


def test_a_quartier_full_of_life_has_no_german_around_it(english, quartier, resident, contact_person):
    """What people wrote stays as they wrote it; here it is English, so that only our own words could be German."""
    services.ensure_home(title="Kick it off", intro="Your turn.", steps=[("Idea", "One sentence.")])
    services.ensure_quartier_page(quartier=quartier, intro="By the river.")
    idea = cast.make_idea(resident, title="BMX track", place="Park", text="Two hills.")
    project = cast.make_project(contact_person, quartier, title="BMX workshop", place="Park", age_min=12, age_max=26)
    services.publish_page(services.draft_page_for(project=project, by=contact_person), contact_person)
    event = cast.make_event(contact_person, quartier, title="Open day", place="Hall")
    english.force_login(resident)

    paths = ["/", "/nordstadt/", "/nordstadt/ideen/", idea.get_absolute_url(), "/nordstadt/projekte/"]
    paths += [project.get_absolute_url(), event.get_absolute_url(), "/ich/", "/ich/raus/", "/chat/"]
    paths += [f"/melden/idea/{idea.pk}/", "/suche/?q=BMX", reverse("events:screen", args=[event.join_code])]
    pages = {path: english.get(path, follow=True) for path in paths}
    assert {path: (page.status_code, _german(page)) for path, page in pages.items()} == dict.fromkeys(paths, (200, []))


def test_the_team_may_work_in_english(signed_in, quartier, resident, contact_person):
    services.ensure_home(title="Kick it off", intro="Your turn.", steps=[("Idea", "One sentence.")])
    services.ensure_quartier_page(quartier=quartier, intro="By the river.")
    idea = cast.make_idea(resident, title="BMX track", place="Park", text="Two hills.")
    cast.make_project(contact_person, quartier, title="BMX workshop", place="Park")
    event = cast.make_event(contact_person, quartier, title="Open day", place="Hall")
    UserProfile.objects.update_or_create(user=contact_person, defaults={"preferred_language": "en"})
    team = signed_in(contact_person)

    names = [
        "wagtailadmin_home",
        "staff_ideas:index",
        "staff_reports:index",
        "staff_projects:index",
        "staff_events:index",
    ]
    paths = [
        *map(reverse, names),
        reverse("staff_ideas:one", args=[idea.pk]),
        reverse("staff_ideas:turn", args=[idea.pk]),
        reverse("events:stage", args=[event.join_code]),
    ]
    pages = {path: team.get(path, headers={"accept-language": "en"}) for path in paths}
    assert "Waiting for you" in _said(pages[reverse("wagtailadmin_home")])
    assert {path: (page.status_code, _german(page)) for path, page in pages.items()} == dict.fromkeys(paths, (200, []))


def test_choosing_a_language_holds_for_the_next_pages(client, quartier):
    door = reverse("accounts:enter")
    assert client.get(door)["Content-Language"] == "de"

    chosen = client.post(reverse("set_language"), {"language": "en", "next": door})
    assert (chosen.status_code, chosen["Location"]) == (302, door)
    assert _german(client.get(door)) == []

    client.post(reverse("set_language"), {"language": "de", "next": door})
    assert "Wie sollen wir dich nennen?" in _said(client.get(door))


def test_the_reader_of_these_tests_finds_german(client, quartier):
    """The same page in German is full of it: the check above can fail."""
    assert "Wie sollen wir dich nennen?" in _said(client.get(reverse("accounts:enter")))
    assert len(_german(client.get(reverse("accounts:enter")))) > 5


def test_a_mistake_is_explained_in_english(english, quartier):
    said = _said(english.post(reverse("accounts:come_back"), {"code": ""}))
    assert "Type in the code from your card." in said


def test_a_page_that_is_not_there_says_so_in_english(english, quartier):
    response = english.get("/nordstadt/ideen/999/")
    assert (response.status_code, _german(response)) == (404, [])
    assert "Nothing here" in _said(response)
