"""What nobody types by mistake: every door answers it with something below 500."""

import logging
import re
import uuid
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

import msgspec
import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.cache import cache
from django.test import Client, RequestFactory
from django.urls import URLResolver, get_resolver, reverse
from django.utils.functional import SimpleLazyObject

from accounts.models import User
from config.errors import server_error
from ideas.models import Comment, Idea
from ideas.services import decide_idea, delete_comment, hide_idea, write_comment
from participation.services import operations
from participation.services.chat import delete_message, open_room, post_message
from tests import cast

HUGE = "9" * 40
# As they stand in an address: NUL, half a letter, a lone surrogate, turned writing, digits of other scripts.
ODD = ["%00", "a%00b", HUGE, "9" * 5000, "-1", "%ff%fe", "%ED%A0%80", "%F0%9F%92%A5", "%E2%80%AE", "%D9%A1", "%C2%B2",
       "", "1.5", quote("'\"<>\\&|!:*()"), "a" * 5000]  # fmt: skip
TEXTS = [
    "a\0b", "💥👍", "\u202eabc", "\u200b\u200b", "<script>alert(1)</script>", "\r\n" * 300, "\u00a0", "x" * 2_000_000,
]  # fmt: skip
BODIES = [b"{", b'{"text":"\xff"}', b"[]", b"null", b'"x"', b"[" * 50_000, b'{"a":' * 50_000, b'{"text":NaN}', b"",
          b'{"client_id":' + b"9" * 6000 + b"}", b'{"text":"\\ud800","title":"\\ud800","nickname":"\\ud800"}',
          b'{"client_id":[],"text":{},"title":[],"fields_of_action":{"a":1},"photo":"x","nickname":{},"k":{},"a":[]}',
          b'{"title":"x","client_id":"6f9619ff-8b86-d011-b42d-00cf4fc964ff","fields_of_action":["\\u0000",null,["x"]]}',
          b'{"text":"a","text":"b","client_id":"x"}', b" " * 2_000_000 + b"{}"]  # fmt: skip
KINDS = ["application/json; charset=utf-16", "text/plain", "multipart/form-data", "multipart/form-data; boundary=x",
         "application/x-www-form-urlencoded", "application/x-www-form-urlencoded; charset=bogus", "",
         "garbage/;;;"]  # fmt: skip


@pytest.fixture(autouse=True)
def quiet() -> Iterator[None]:
    """Django logs every refusal; here they are the rule."""
    logging.disable(logging.WARNING)
    yield
    logging.disable(logging.NOTSET)


@pytest.fixture
def room(project: Any) -> Any:
    return open_room(project=project)


@pytest.fixture
def place(idea: Any, room: Any, event: Any, project: Any) -> dict[str, str]:
    """The addresses to try, by name."""
    quartier = idea.quartier.slug
    return {
        "list": reverse("ideas:list", args=[quartier]),
        "new": reverse("ideas:new", args=[quartier]),
        "idea": idea.get_absolute_url(),
        "vote": reverse("ideas:vote", args=[quartier, idea.pk]),
        "comment": reverse("ideas:comment", args=[quartier, idea.pk]),
        "room": reverse("chat:room", args=[room.pk]),
        "report": reverse("moderation:report", args=["idea", idea.pk]),
        "join": reverse("projects:join", args=[quartier, project.slug]),
        "api_ideas": reverse("api:ideas", args=[quartier]),
        "api_comments": reverse("api:idea-comments", args=[idea.pk]),
        "api_vote": reverse("api:idea-vote", args=[idea.pk]),
        "api_projects": reverse("api:projects", args=[quartier]),
        "api_messages": reverse("api:messages", args=[room.pk]),
        "api_membership": reverse("api:membership", args=[project.pk]),
        "api_events": reverse("api:events"),
        "api_seat": reverse("api:event_seat", args=[event.join_code]),
        "api_ops": reverse("api:event_ops", args=[event.join_code]),
        "enter": reverse("accounts:enter"),
        "come_back": reverse("accounts:come_back"),
        "me": reverse("accounts:me"),
        "search": reverse("cms:search"),
        "language": reverse("set_language"),
        "code": reverse("events:join"),
        "door": reverse("events:join", args=[event.join_code]),
        "login": reverse("account_login"),
    }


def faults(answers: Iterator[tuple[str, Any]]) -> list[str]:
    """What was answered with a fault of ours. Limits are lifted between the calls."""
    found = []
    for what, response in answers:
        cache.clear()
        if response.status_code >= 500:
            found.append(f"{what}: {response.exc_info}")
    return found


def client_of(user: User | None) -> Client:
    client = Client(raise_request_exception=False)
    if user is not None:
        client.force_login(user)
    return client


QUESTIONS = {
    "list": ("q", "page", "sort", "feld", "meine"),
    "idea": ("vor",),
    "room": ("vor",),
    "search": ("q", "quartier"),
    "come_back": ("code",),
    "language": ("next",),
    "api_ideas": ("page", "page_size", "q", "field", "state", "sort"),
    "api_projects": ("page", "state", "format"),
    "api_comments": ("before",),
    "api_messages": ("before", "after", "limit"),
    "api_events": ("page", "quartier"),
}


@pytest.mark.parametrize("name", QUESTIONS)
def test_odd_questions_are_no_fault_of_ours(place: dict[str, str], member: User, name: str) -> None:
    client = client_of(member)
    addresses = [f"{place[name]}?{key}={value}" for key in QUESTIONS[name] for value in ODD]
    assert faults((address[:90], client.get(address)) for address in addresses) == []


def test_odd_entrances_are_no_fault_of_ours(place: dict[str, str], resident: User) -> None:
    found = []
    for client in (client_of(None), client_of(resident)):
        addresses = [f"{place['enter']}?{key}={value}" for key in ("next", "quartier") for value in ODD]
        found += faults((address[:90], client.get(address)) for address in addresses)
    assert found == []


def test_odd_numbers_are_absent(place: dict[str, str], room: Any, member: User) -> None:
    client = client_of(member)
    addresses = [
        f"{place['list']}{HUGE}/", f"{place['list']}{'9' * 5000}/", f"/chat/{HUGE}/", f"/chat/{HUGE}/1/loeschen/",
        f"/chat/{room.pk}/{HUGE}/loeschen/", f"/idee/{HUGE}/projekt/", f"/melden/idea/{HUGE}/",
        f"/melden/comment/{HUGE}/", f"/melden/message/{HUGE}/", "/melden/nix/1/", f"/api/v1/ideas/{HUGE}/",
        f"/api/v1/ideas/{HUGE}/comments/", f"/api/v1/projects/{HUGE}/", f"/api/v1/rooms/{HUGE}/messages/",
    ]  # fmt: skip
    assert [(address[:60], client.get(address).status_code) for address in addresses] == [
        (address[:60], 404) for address in addresses
    ]
    gone = client.generic("DELETE", f"/api/v1/rooms/{HUGE}/messages/{HUGE}/")
    assert (gone.status_code, faults((a[:60], client.post(a)) for a in addresses)) == (404, [])


FORMS = {
    "enter": ("entry-nickname", "entry-age_band", "entry-quartier", "entry-entry_id", "next"),
    "come_back": ("code",),
    "me": ("nickname", "age_band", "quartier"),
    "new": ("title", "text", "place", "fields_of_action", "client_id", "photo"),
    "comment": ("text", "client_id"),
    "vote": ("act", "next", "on"),
    "room": ("text", "client_id"),
    "report": ("reason", "note", "client_id"),
    "language": ("language", "next"),
    "code": ("code",),
    "door": ("nickname",),
    "login": ("login", "password"),
    "join": ("next",),
}


@pytest.mark.parametrize("name", FORMS)
def test_odd_forms_are_no_fault_of_ours(place: dict[str, str], member: User, name: str) -> None:
    found = []
    for client in (client_of(None), client_of(member)):
        forms = [
            {"client_id": str(uuid.uuid4()), "title": "Neu", "act": "cast", "reason": "spam", key: value}
            for key in FORMS[name]
            for value in TEXTS
        ]
        found += faults(
            (f"{list(form)[-1]}={form[list(form)[-1]][:9]!r}", client.post(place[name], form)) for form in forms
        )
        raw = b"text=%ff&title=%ff&entry-nickname=%ff&client_id=1&client_id=2\xff\xfe--x\r\n\r\n{"
        found += faults((kind, client.generic("POST", place[name], raw, content_type=kind)) for kind in KINDS)
    assert found == []


@pytest.mark.parametrize(
    "name", ["api_ideas", "api_comments", "api_vote", "api_messages", "api_membership", "api_seat", "api_ops"]
)
def test_odd_bodies_are_no_fault_of_ours(place: dict[str, str], member: User, name: str) -> None:
    client = client_of(member)
    sent = [(method, body, "application/json") for method in ("POST", "PUT", "DELETE") for body in BODIES]
    sent += [("POST", b"{}", kind) for kind in KINDS]
    assert (
        faults(
            (f"{method} {kind} {body[:40]!r}", client.generic(method, place[name], body, content_type=kind))
            for method, body, kind in sent
        )
        == []
    )


def test_a_program_reads_about_odd_json_in_plain_words(place: dict[str, str], resident_client: Client) -> None:
    response = resident_client.generic("POST", place["api_ideas"], b"[" * 50_000, content_type="application/json")
    sentence = "Das kam nicht richtig an. Geh zurück und versuch es noch einmal."
    assert (response.status_code, response.json()["detail"]) == (400, sentence)


def test_a_program_without_the_token_of_its_page_reads_what_to_do(place: dict[str, str], resident: User) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(resident)
    response = client.put(place["api_vote"])
    assert (response.status_code, response.json()["code"]) == (403, "stale_page")


@pytest.mark.parametrize(
    "target", ["//evil.example/", "https://evil.example/", "javascript:alert(1)", "accounts:me", "💥", "a"]
)
def test_nobody_is_led_astray(place: dict[str, str], resident_client: Client, target: str) -> None:
    entered = resident_client.get(place["enter"], {"next": target})
    voted = resident_client.post(place["vote"], {"act": "cast", "next": target})
    assert (entered.url, voted.url.partition("#")[0]) == (reverse("accounts:me"), place["idea"])


def test_the_page_of_a_fault_asks_the_database_nothing(rf: RequestFactory) -> None:
    """No database in this test: whoever asks it for the person or the session makes the test fail."""

    def gone() -> AnonymousUser:
        raise AssertionError("the database was asked")

    request = rf.get("/")
    request.user = SimpleLazyObject(gone)
    request.session = SimpleLazyObject(gone)
    response = server_error(request)
    assert (response.status_code, "Das liegt an uns" in response.text) == (500, True)


# --- control characters where no form looks ------------------------------------------------------------------
COOKIES = ("sessionid", "csrftoken", "django_language", "messages", "seat", "nobodys")
# A cookie's value in octal, as servers let it pass, and the sign itself.
CONTROLS = (r'"\000"', r'"aaaaaaaa\000bbbb"', r'"a\001b"', r'"\177"', "a\0b")


def every_address() -> list[str]:
    """Each address of the product with `%00` wherever it takes something, Wagtail's admin included."""
    found: list[str] = []

    def walk(patterns: Any, prefix: str) -> None:
        for pattern in patterns:
            address = prefix + str(pattern.pattern)
            if isinstance(pattern, URLResolver):
                walk(pattern.url_patterns, address)
            elif "<" in address or "(" in address:
                found.append(address)

    walk(get_resolver().url_patterns, "/")
    return [filled for filled in map(_filled, found) if "%00" in filled]


def _filled(address: str) -> str:
    """`/<slug:quartier>/ideen/<int:pk>/` → `/a%00b/ideen/1/`; a regular expression's groups likewise."""
    address = re.sub(r"<int:\w+>", "1", address)
    address = re.sub(r"<(?:\w+:)?\w+>|\((?:[^()]|\([^()]*\))*\)[*+?]?", "a%00b", address)
    return re.sub(r"[\^$?\\]", "", address)


@pytest.mark.parametrize("who", ["nobody", "resident", "contact_person"])
def test_a_nul_in_any_address_is_not_understood(
    place: dict[str, str], who: str, request: pytest.FixtureRequest
) -> None:
    client = client_of(None if who == "nobody" else request.getfixturevalue(who))
    addresses = every_address()
    assert len(addresses) > 40
    answers = {
        address: client.get(address).status_code for address in [*addresses, "/%00", "/%00/", "/media/%00", "/x%01/"]
    }
    assert {address: status for address, status in answers.items() if status not in {400, 404}} == {}


@pytest.mark.parametrize("who", ["nobody", "member", "contact_person"])
def test_a_nul_in_any_question_is_not_understood(
    place: dict[str, str], who: str, request: pytest.FixtureRequest
) -> None:
    client = client_of(None if who == "nobody" else request.getfixturevalue(who))
    staff = ["/verwaltung/", "/verwaltung/pages/", "/verwaltung/images/", "/verwaltung/pages/search/", "/tuer/"]
    asked = [f"{address}?{query}" for address in [*place.values(), *staff] for query in ("q=%00", "a%00b=1", "%00")]
    assert {address: client.get(address).status_code for address in asked} == dict.fromkeys(asked, 400)
    assert client.post(f"{place['enter']}?next=%00", {"entry-nickname": "X"}).status_code == 400


@pytest.mark.parametrize("name", COOKIES)
def test_a_cookie_with_control_characters_is_not_understood_and_taken_away(place: dict[str, str], name: str) -> None:
    for value in CONTROLS:
        client = client_of(None)
        for where in ("list", "room", "me", "login", "api_ideas", "api_messages", "door"):
            response = client.get(place[where], headers={"cookie": f"{name}={value}"})
            assert (where, value, response.status_code) == (where, value, 400)
            assert (response.cookies[name].value, response.cookies[name]["max-age"]) == ("", 0)
        for where in ("enter", "vote", "api_ops"):
            assert client.post(place[where], {"a": "b"}, headers={"cookie": f"{name}={value}"}).status_code == 400


def test_what_is_not_understood_is_said_on_a_page_and_to_a_program(place: dict[str, str], client: Client) -> None:
    page = client.get(f"{place['list']}?q=%00")
    program = client.get(f"{place['api_ideas']}?q=%00")
    assert "Das haben wir nicht verstanden" in page.text
    assert program.json() == {
        "code": "bad_request",
        "detail": "Das kam nicht richtig an. Geh zurück und versuch es noch einmal.",
        "field": None,
    }


NUL_IN_JSON: dict[str, dict[str, Any]] = {
    "api_ideas": {"client_id": str(uuid.UUID(int=1)), "title": "a\0b", "text": "\0", "place": "\0", "fields": ["\0"]},
    "api_comments": {"client_id": str(uuid.UUID(int=1)), "text": "a\0b"},
    "api_messages": {"client_id": str(uuid.UUID(int=1)), "text": "a\0b"},
    "api_seat": {"nickname": "a\0b", "token": "a\0b" * 10},
}


@pytest.mark.parametrize("name", NUL_IN_JSON)
def test_a_nul_in_json_is_not_understood(place: dict[str, str], member: User, name: str) -> None:
    client = client_of(member)
    wholes = [NUL_IN_JSON[name], *({**NUL_IN_JSON[name], key: "a\0b"} for key in NUL_IN_JSON[name]), {"a\0b": "a\0b"}]
    answers = [client.post(place[name], whole, content_type="application/json") for whole in wholes]
    assert [answer.status_code for answer in answers[:-1]] == [400] * (len(wholes) - 1)
    assert answers[-1].status_code < 500


def test_a_nul_in_any_operation_is_not_understood(
    place: dict[str, str], event: Any, guest: Any, guest_token: str
) -> None:
    client = client_of(None)
    client.cookies[f"seat_{event.pk}"] = guest_token
    texts = {
        name: [field.name for field in msgspec.structs.fields(kind.arguments) if field.type in {str, str | None}]
        for name, kind in operations.KINDS.items()
    }
    assert sum(map(len, texts.values())) >= 2
    for name, fields in texts.items():
        numbers = {"topic": 1, "ballot": 1, "outcome": 1, "on": True, "choice": {"a\0b": 1}}
        asked = {"op": str(uuid.uuid4()), "k": name, "a": numbers | dict.fromkeys(fields, "a\0b")}
        answer = client.post(place["api_ops"], asked, content_type="application/json")
        assert (name, answer.status_code) == (name, 400)


@pytest.mark.parametrize("name", ["a b", "a@b", "\u00e4"])
def test_an_odd_cookie_with_an_odd_name_is_no_fault_of_ours(place: dict[str, str], client: Client, name: str) -> None:
    assert client.get(place["list"], headers={"cookie": rf'{name}="\000"'}).status_code == 400


def test_ordinary_cookies_and_line_breaks_are_understood(place: dict[str, str], client: Client) -> None:
    cookies = r'sessionid=abcdefgh12345678; x="a\"b"; theme=dark; \u00fc=1'
    assert client.get(f"{place['list']}?q=a%0Ab", headers={"cookie": cookies}).status_code == 200


# --- texts that hide what they are ---------------------------------------------------------------------------
@pytest.mark.parametrize("title", ["\u200b\u200b", "\u202e\u202d", "\u2060 \u00a0"])
def test_an_idea_without_visible_words_is_refused(place: dict[str, str], resident_client: Client, title: str) -> None:
    form = {"client_id": str(uuid.uuid4()), "title": title}
    assert (resident_client.post(place["new"], form).status_code, Idea.objects.count()) == (422, 1)


def test_writing_cannot_be_turned_round(idea: Any, resident: User) -> None:
    comment = write_comment(author=resident, idea=idea, client_id=uuid.uuid4(), text="gut \u202egnu\u202c\x07!")
    assert comment.text == "gut gnu!"


@pytest.mark.parametrize("nickname", ["team", "T-e.a m", "ＴＥＡＭ", "Anstoß."])
def test_nobody_passes_for_the_house(place: dict[str, str], client: Client, quartier: Any, nickname: str) -> None:
    form = {"entry-nickname": nickname, "entry-age_band": "16-19", "entry-quartier": quartier.pk}
    assert client.post(place["enter"], form).status_code == 422


def test_names_that_look_the_same_are_the_same(place: dict[str, str], client: Client, quartier: Any) -> None:
    cast.make_resident("Zoë", quartier)
    form = {"entry-nickname": "Zoe\u0308", "entry-age_band": "16-19", "entry-quartier": quartier.pk}
    response = client.post(place["enter"], form)
    assert (response.status_code, "gibt es schon" in response.text) == (422, True)


# --- what is gone stays gone ---------------------------------------------------------------------------------
def test_a_deleted_comment_does_not_come_back_by_asking_again(
    idea: Any, resident: User, resident_client: Client
) -> None:
    wish = {"client_id": str(uuid.uuid4()), "text": "Ups"}
    comment = write_comment(author=resident, idea=idea, **wish)
    delete_comment(comment=comment, by=resident)
    answer = resident_client.post(reverse("api:idea-comments", args=[idea.pk]), wish, content_type="application/json")
    assert (answer.json()["text"], answer.json()["gone"], Comment.objects.count()) == ("", True, 1)


def test_deleted_words_are_gone_for_the_team_too(room: Any, member: User, contact_client: Client) -> None:
    message = post_message(author=member, room=room, client_id=uuid.uuid4(), text="Ups")
    delete_message(message=message, by=member)
    response = contact_client.get(reverse("chat:delete", args=[room.pk, message.pk]))
    assert response.url == f"/chat/{room.pk}/#m{message.pk}"


def test_a_merged_idea_does_not_tell_of_a_hidden_one(
    idea: Any, resident: User, contact_person: User, client: Client
) -> None:
    other = cast.make_idea(resident, "Verrät jemanden")
    decide_idea(idea=idea, by=contact_person, kind="merged", reason="Das ist dasselbe.", into=other)
    assert "Verrät jemanden" in client.get(idea.get_absolute_url()).text
    hide_idea(idea=other, by=contact_person)
    assert "Verrät jemanden" not in client.get(idea.get_absolute_url()).text
