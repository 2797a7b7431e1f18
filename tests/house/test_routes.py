"""Who gets which answer where: every public page and API address × method × person.

`TABLE` says what everybody gets; an address that is not in it fails the suite. Every call is rolled back and has
the cookies of the beginning, so that nobody's act is in the way of the next one's.
"""

import json
import logging
import uuid
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from http.cookies import SimpleCookie
from typing import Any

import pytest
from django.core.cache import cache
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from accounts.models import User
from common import photos
from ideas.services import hide_idea, write_comment
from moderation.services import file_report
from participation.services.ballots import create_ballot, void_ballot
from participation.services.chat import open_room, post_message
from participation.services.events import scribe_topic
from participation.services.events.helping import take_helped_seat
from participation.services.harvest import make_outcome
from participation.services.projects import add_task, create_project
from tests import cast

# In this order stand the answers in the table; `wall` is a resident who has nothing to do with anything.
PEOPLE = ("visitor", "author", "wall", "neighbour", "member", "team", "foreign", "coordinator", "admin")
# What is proved elsewhere: Wagtail's admin (tests/cms), its pages and files.
ELSEWHERE = ("verwaltung/", "dokumente/", "^media/", "^((?:", "_util/authenticate_with_password/")
# A long poll reads in threads of its own, which do not see a test's transaction (tests/participation/events).
UNCALLED = {"api:event_sync"}

METHODS = ("get", "post", "put", "delete")
R, OK, NO = 302, 200, 404
ALL_OK, NOBODY = [200] * 9, [405] * 9
SIGNED_IN_ONLY = [401, *[405] * 8]
LED_IN = [302, *[405] * 8]
RESIDENTS = {"put": [401, 200, 200, 200, 200, 403, 403, 403, 403]}
HELD = [404, 404, 404, 200, 404, 200, 404, 200, 200]
HIDDEN = [404, 200, 404, 404, 404, 200, 404, 200, 200]
DRAFT = [404, 404, 404, 404, 404, 200, 404, 200, 200]
IN_ROOM = [401, 404, 404, 404, 200, 200, 404, 200, 200]


def led(answers: Iterable[int]) -> list[int]:
    """The same people, led on to another page where they would have seen one."""
    return [R if status == OK else status for status in answers]


def alike(methods: Iterable[str], answers: Iterable[int]) -> dict[str, Iterable[int]]:
    """The same answers for each of these methods."""
    return dict.fromkeys(methods, answers)


@dataclass(frozen=True)
class Row:
    """An address (its arguments are names in `World`), what is sent there, and what everybody gets back."""

    name: str
    args: tuple[str, ...] = ()
    body: tuple[tuple[str, str], ...] = ()
    get: Iterable[int] = tuple(ALL_OK)
    post: Iterable[int] = tuple(NOBODY)
    put: Iterable[int] = tuple(NOBODY)
    delete: Iterable[int] = tuple(NOBODY)

    def __str__(self) -> str:
        return "-".join((self.name, *self.args))


def api(name: str, *args: str, **answers: Any) -> Row:
    return _row(f"api:{name}", args, answers)


def page(name: str, *args: str, **answers: Any) -> Row:
    return _row(name, args, answers)


def _row(name: str, args: tuple[str, ...], answers: dict[str, Any]) -> Row:
    body = tuple(answers.pop("body", {}).items())
    return Row(name, args, body, **{method: tuple(all_of) for method, all_of in answers.items()})


NEW_IDEA = {"client_id": "new", "title": "Neu"}
WORDS = {"client_id": "new", "text": "Hallo"}
SPAM = {"client_id": "new", "reason": "spam"}
INNER = alike(METHODS[1:], SIGNED_IN_ONLY)
TABLE = [
    api("quartiere"),
    api("quartier", "quartier"),
    api("schema"),
    api("ideas", "quartier", body=NEW_IDEA, **INNER | {"post": [401, 201, 201, 201, 201, 403, 403, 403, 403]}),
    api("idea", "idea"),
    api("idea", "held", get=HELD),
    api("idea", "hidden", get=HIDDEN),
    api("idea-vote", "idea", get=NOBODY, post=SIGNED_IN_ONLY, **RESIDENTS, delete=RESIDENTS["put"]),
    api("idea-vote", "held", get=NOBODY, post=SIGNED_IN_ONLY, put=[401, *[404] * 4, 403, 404, 403, 403],
        delete=[401, *[404] * 4, 403, 404, 403, 403]),
    api("idea-comments", "idea", body=WORDS, **INNER | {"post": [401, *[201] * 5, 403, 201, 201]}),
    api("idea-comments", "hidden", body=WORDS, get=HIDDEN, **INNER | {"post": [401, *[404] * 8]}),
    api("projects", "quartier"),
    api("project", "project"),
    api("project", "draft", get=DRAFT),
    api("membership", "project", get=SIGNED_IN_ONLY, post=SIGNED_IN_ONLY, put=[401, *[200] * 4, *[409] * 4],
        delete=[401, *[200] * 8]),
    api("membership", "draft", get=SIGNED_IN_ONLY, post=SIGNED_IN_ONLY, put=[401, *[404] * 8],
        delete=[401, *[404] * 4, 200, 404, 200, 200]),
    api("messages", "room", body=WORDS, **INNER | {"get": IN_ROOM, "post": [201 if s == 200 else s for s in IN_ROOM]}),
    api("message", "room", "message", **INNER | {"get": SIGNED_IN_ONLY, "delete": IN_ROOM}),
    api("events"),
    api("event", "event"),
    api("event_seat", "event", body={"nickname": "Gast 9"}, get=NOBODY, post=[201] * 9),
    api("event_ops", "event", get=NOBODY, post=[401] * 9),
    api("event_sync", "event"),
    # --- oneself
    page("set_language", body={"language": "en"}, get=[R] * 9, post=[R] * 9, put=[R] * 9, delete=[R] * 9),
    page("accounts:enter", get=[OK, *[R] * 8], post=[OK, *[R] * 8]),
    page("accounts:come_back", post=ALL_OK),
    page("accounts:me", post=ALL_OK),
    page("accounts:card", get=[R] * 9, post=[R, *[OK] * 4, *[R] * 4], put=LED_IN, delete=LED_IN),
    page("accounts:leave", post=[R] * 9),
    page("accounts:quartiere"),
    # --- the team's doors
    page("account_login", get=[OK, *[R] * 8], post=[OK, *[R] * 8], put=[OK, *[R] * 8], delete=[405, *[R] * 8]),
    page("account_logout", get=[R, *[OK] * 8], post=[R] * 9),
    page("account_inactive"),
    page("account_reauthenticate", **alike(METHODS[:3], [R, *[NO] * 4, *[OK] * 4]),
         delete=[R, *[NO] * 4, *[405] * 4]),
    page("account_change_password", **alike(METHODS[:3], [R, *[NO] * 4, *[OK] * 4]),
         delete=[R, *[NO] * 4, *[405] * 4]),
    page("mfa_index", get=[R, *[NO] * 4, *[OK] * 4], **alike(METHODS[1:], [R, *[NO] * 4, *[405] * 4])),
    page("mfa_authenticate", **alike(METHODS, [R] * 9)),
    page("mfa_reauthenticate", **alike(METHODS, [R, *[NO] * 4, *[R] * 4])),
    page("mfa_activate_totp", **alike(METHODS, [R, *[NO] * 4, *[R] * 4])),
    page("mfa_generate_recovery_codes", **alike(METHODS, [R, *[NO] * 4, *[R] * 4])),
    page("mfa_deactivate_totp", **alike(METHODS, [R, *[NO] * 8])),
    page("mfa_download_recovery_codes", **alike(METHODS, [R, *[NO] * 8])),
    page("mfa_view_recovery_codes", get=[R, *[NO] * 8],
         **alike(METHODS[1:], [R, *[NO] * 4, *[405] * 4])),
    *(
        page(f"account_{name}", **alike(METHODS, [NO] * 9))
        for name in ("signup", "email", "set_password", "reset_password", "email_verification_sent")
    ),
    page("wagtailcore_login", **alike(METHODS, [R] * 9)),
    # --- reports
    page("moderation:receipt", "receipt"),
    page("moderation:report", "thing_idea", "idea", body=SPAM, post=[R] * 9),
    page("moderation:report", "thing_comment", "comment", body=SPAM, post=[R] * 9),
    page("moderation:report", "thing_idea", "hidden", body=SPAM, get=HIDDEN, post=led(HIDDEN)),
    page("moderation:report", "thing_message", "message", body=SPAM, get=[404, *IN_ROOM[1:]],
         post=[404, *led(IN_ROOM[1:])]),
    # --- events
    page("events:join", post=ALL_OK),
    page("events:join", "event", post=ALL_OK),
    page("events:new", get=[R, *[NO] * 4, *[OK] * 4], post=[R, *[NO] * 4, *[OK] * 4], put=LED_IN, delete=LED_IN),
    page("events:phone", "event", get=[R] * 9, post=[R] * 9),
    page("events:screen", "event"),
    page("events:wall", "event"),
    page("events:scribe", "event", body={"op": "new", "title": "Kino"}, get=[R, *[NO] * 4, OK, NO, OK, OK],
         post=[R, *[NO] * 4, R, NO, R, R], put=LED_IN, delete=LED_IN),
    page("events:stage", "event", get=[R, *[NO] * 4, OK, NO, OK, OK],
         post=[R, *[NO] * 4, R, NO, R, R], put=LED_IN, delete=LED_IN),
    page("events:plan", "event", get=[R, *[NO] * 4, OK, NO, OK, OK],
         post=[R, *[NO] * 4, R, NO, R, R], put=LED_IN, delete=LED_IN),
    page("events:poster", "event"),
    page("events:wall_paper", "event", get=[R, *[NO] * 4, OK, NO, OK, OK], post=LED_IN, put=LED_IN, delete=LED_IN),
    page("events:tickets", "event", "binding", body={"client_id": "new", "count": "2"},
         get=[R, *[NO] * 4, OK, NO, OK, OK], post=[R, *[NO] * 4, OK, NO, OK, OK], put=LED_IN, delete=LED_IN),
    page("events:sheet", "event", "void", get=DRAFT),
    page("events:sheet", "event", "binding", get=[NO] * 9),
    page("events:sheet_json", "event", "void", get=[NO] * 9),
    page("events:sheet_csv", "event", "void", get=[NO] * 9),
    page("events:ticket", "event", post=[422] * 9),
    page("events:ticket", "event", "card", post=[422] * 9),
    page("events:helper", "event", body={"op": "new"}, get=[R, *[NO] * 4, OK, NO, OK, OK],
         post=[R, *[NO] * 4, R, NO, R, R], put=LED_IN, delete=LED_IN),
    page("events:helped", "event", "helped", body={"k": "topic.propose", "op": "new", "title": "Kino"},
         get=[R, *[NO] * 4, OK, NO, OK, OK], post=[R, *[NO] * 4, R, NO, R, R], put=LED_IN, delete=LED_IN),
    page("events:topic", "event", "topic", get=[R, *[R] * 4, OK, R, OK, OK],
         post=[R, *[R] * 4, 409, R, 409, 409]),
    page("events:withheld_photo", "no_photo", get=[NO] * 9),
    page("events:outcome", "event", "outcome", get=[R] * 9),
    page("events:report", "event", "what_topic", "topic", get=[R] * 9),
    page("events:report", "event", "what_outcome", "outcome", get=[R] * 9),
    page("events:proceedings", "event", get=DRAFT),
    *(page("events:proceedings_file", "event", kind, get=DRAFT) for kind in ("json", "zip", "pdf")),
    # --- chat
    page("chat:mine"),
    page("chat:room", "room", body=WORDS, get=[R, R, R, R, OK, OK, R, OK, OK], post=[OK, *[R] * 8]),
    page("chat:help", "room", get=[R, *IN_ROOM[1:]]),
    page("chat:mode", "room", body={"mode": "frozen"}, get=[R, *led(IN_ROOM[1:])],
         post=[OK, *led(IN_ROOM[1:])]),
    page("chat:delete", "room", "message", get=[R, *IN_ROOM[1:]], post=[OK, *led(IN_ROOM[1:])]),
    # --- the rest of the public pages
    page("illustration", "field", "seed"),
    page("cms:search"),
    page("cms:door", get=[R, *[403] * 8]),
    # --- projects
    page("projects:of_idea", "idea", get=[R] * 9),
    *(
        page(f"projects:{act}", *args, get=[R] * 9, post=[OK, *[R] * 8], put=[R] * 9, delete=[R] * 9)
        for act, args in {
            "join": ("quartier", "slug"),
            "leave": ("quartier", "slug"),
            "take": ("quartier", "slug", "task"),
            "release": ("quartier", "slug", "task"),
        }.items()
    ),
    *(
        page(f"projects:{act}", "quartier", "draft_slug", get=led(DRAFT), post=[OK, *led(DRAFT[1:])], put=led(DRAFT),
             delete=led(DRAFT))
        for act in ("join", "leave")
    ),
    # --- ideas
    page("ideas:list", "quartier"),
    page("ideas:new", "quartier", body=NEW_IDEA, post=[OK, *[R] * 4, *[403] * 4]),
    page("ideas:detail", "quartier", "idea"),
    page("ideas:detail", "quartier", "held", get=HELD),
    page("ideas:detail", "quartier", "hidden", get=HIDDEN),
    page("ideas:detail", "other_quartier", "idea", get=[NO] * 9),
    page("ideas:withheld_photo", "withheld", get=HIDDEN),
    page("ideas:vote", "quartier", "idea", body={"act": "cast"}, get=[R] * 9, post=[OK, *[R] * 8], put=LED_IN,
         delete=LED_IN),
    page("ideas:comment", "quartier", "idea", body=WORDS, get=[R] * 9, post=[OK, *[R] * 5, 422, R, R], put=LED_IN,
         delete=LED_IN),
    page("ideas:delete_comment", "quartier", "idea", "comment", get=[R] * 9, post=[OK, *[R] * 8], put=LED_IN,
         delete=LED_IN),
    page("ideas:withdraw", "quartier", "idea", get=[R, OK, *[NO] * 7], post=[OK, R, *[NO] * 7], put=LED_IN,
         delete=LED_IN),
]  # fmt: skip


@dataclass
class World:
    """Everybody's client with the cookies to begin with, and the things that addresses name."""

    clients: dict[str, tuple[Client, dict[str, str]]]
    things: dict[str, Any]

    def ask(self, who: str, method: str, row: Row) -> int:
        """The status that somebody gets; nothing of it stays."""
        client, cookies = self.clients[who]
        client.cookies = SimpleCookie(cookies)
        cache.clear()
        address = reverse(row.name, args=[self.things[name] for name in row.args])
        body = {name: str(uuid.uuid4()) if value == "new" else value for name, value in row.body}
        with transaction.atomic():
            status = _send(client, method, address, body, as_json=row.name.startswith("api:")).status_code
            transaction.set_rollback(True)
        return status


def _send(client: Client, method: str, address: str, body: dict[str, str], *, as_json: bool) -> Any:
    if method == "get":
        return client.get(address)
    if as_json:
        return client.generic(method.upper(), address, json.dumps(body), content_type="application/json")
    return client.post(address, body) if method == "post" else client.generic(method.upper(), address)


@pytest.fixture
def world(
    quartier: Any, other_quartier: Any, idea: Any, project: Any, event: Any, resident: User, neighbour: User,
    member: User, contact_person: User, other_staff: User, coordinator: User, administrator: User,
    django_capture_on_commit_callbacks: Any,
) -> World:  # fmt: skip
    new = uuid.uuid4
    room = open_room(project=project)
    with django_capture_on_commit_callbacks(execute=True):
        hidden = hide_idea(idea=cast.make_idea(resident, "Versteckt", photo=cast.make_photo()), by=None)
    draft = create_project(quartier=quartier, by=contact_person, title="Entwurf")
    facts = {"thing": "idea", "thing_id": idea.pk, "quartier": quartier, "url": "/", "copy": "x", "reason": "spam"}
    things = {
        "quartier": quartier.slug,
        "other_quartier": other_quartier.slug,
        "idea": idea.pk,
        "held": cast.make_idea(neighbour, "Wartet", quartier=quartier).pk,
        "hidden": hidden.pk,
        "withheld": photos.urls(hidden.photo)[320].rpartition("/")[2],
        "comment": write_comment(author=resident, idea=idea, client_id=new(), text="Super").pk,
        "project": project.pk,
        "slug": project.slug,
        "draft": draft.pk,
        "draft_slug": draft.slug,
        "task": add_task(project=project, by=contact_person, title="Bretter holen").pk,
        "room": room.pk,
        "message": post_message(author=member, room=room, client_id=new(), text="Hallo").pk,
        "event": event.join_code,
        "binding": create_ballot(event=event, by=contact_person, question="Ja?", kind="consent", tier="binding").number,
        "void": void_ballot(
            ballot=create_ballot(event=event, by=contact_person, question="Ja?", kind="consent"),
            by=contact_person,
            reason="Falsche Frage",
        ).number,
        "card": "0123456789",
        "helped": take_helped_seat(event=event, by=contact_person, client_id=new()).number,
        "topic": scribe_topic(event=event, by=contact_person, op=new(), title="Kino im Hof").number,
        "outcome": make_outcome(event=event, by=contact_person, title="Drei Kinoabende").number,
        "what_topic": "thema",
        "what_outcome": "ergebnis",
        **{kind: kind for kind in ("json", "zip", "pdf")},
        "no_photo": f"{'0' * 32}-640x480-320.webp",
        "receipt": file_report(**facts, reporter=None, client_id=new()).receipt,
        **{f"thing_{name}": name for name in ("idea", "comment", "message")},
        "field": "gruen",
        "seed": "7",
    }
    people = (None, resident, cast.make_resident("Otto 9", quartier), neighbour, member,
              contact_person, other_staff, coordinator, administrator)  # fmt: skip
    return World({name: _client(user) for name, user in zip(PEOPLE, people, strict=True)}, things)


def _client(user: User | None) -> tuple[Client, dict[str, str]]:
    client = Client()
    if user is not None:
        client.force_login(user)
    return client, {name: morsel.value for name, morsel in client.cookies.items()}


CALLED = [row for row in TABLE if row.name not in UNCALLED]


@pytest.fixture(autouse=True)
def quiet() -> Iterator[None]:
    """Django logs every refusal; here they are the rule."""
    logging.disable(logging.WARNING)
    yield
    logging.disable(logging.NOTSET)


@pytest.mark.parametrize("first", range(0, len(CALLED), 12))
def test_everybody_gets_the_answer_of_the_table(world: World, first: int) -> None:
    """Some rows a test, because the world takes longer to make than to ask."""
    rows = CALLED[first : first + 12]
    asked = {(str(row), method): tuple(getattr(row, method)) for row in rows for method in METHODS}
    found = {
        (str(row), method): tuple(world.ask(who, method, row) for who in PEOPLE) for row in rows for method in METHODS
    }
    assert {key: answer for key, answer in found.items() if answer != asked[key]} == {}


def test_every_public_address_stands_in_the_table() -> None:
    assert {row.name for row in TABLE} == set(_names(get_resolver().url_patterns))


def _names(patterns: Iterable[URLPattern | URLResolver], before: str = "", space: str = "") -> Iterator[str]:
    for one in patterns:
        path = before + str(one.pattern)
        if path.startswith(ELSEWHERE):
            continue
        if isinstance(one, URLResolver):
            yield from _names(one.url_patterns, path, f"{space}{one.namespace}:" if one.namespace else space)
        elif one.name:
            yield f"{space}{one.name}"
