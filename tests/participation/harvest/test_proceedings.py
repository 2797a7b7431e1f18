"""The proceedings: the same facts as page, PDF, tables and JSON, for the public once it is over."""

import csv
import io
import json
import re
import uuid
import zipfile
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from participation.models import Event, Note, Outcome, Seat, Topic
from participation.selectors.proceedings import proceedings_of
from participation.serializers.proceedings import safe
from participation.services import ballots, harvest
from participation.services import events as services
from tests import cast
from tests.participation.events.test_views import text_of


def address(event: Event, kind: str = "") -> str:
    if kind:
        return reverse("events:proceedings_file", args=[event.join_code, kind])
    return reverse("events:proceedings", args=[event.join_code])


@pytest.fixture
def day(
    rounds: Event, topic: Topic, outcome: Outcome, guest: Seat, contact_person: User, write: Callable[..., Note],
    join: Any,
) -> Event:  # fmt: skip
    """A day with notes (one hidden), photos (one released), an outcome that became a project, and a hidden topic."""
    write(guest, "Leinwand leihen", "want")
    harvest.hide_note(note=write(guest, "Das soll niemand lesen", "talked"), by=contact_person)
    write(guest, "=HYPERLINK(1)", "open")
    topic.refresh_from_db()
    photos = [
        harvest.add_photo(topic=topic, author=guest, client_id=uuid.uuid4(), upload=cast.make_photo(), caption=caption)
        for caption in ("Unser Plan", "Noch nicht")
    ]
    harvest.release_photo(photo=photos[0], by=contact_person)
    join(outcome, guest)
    harvest.grow_project(outcome=outcome, by=contact_person)
    _vote(rounds, contact_person)
    hidden = services.propose_topic(seat=guest, op=uuid.uuid4(), title="Verborgenes")
    services.hide_topic(topic=hidden, by=contact_person, reason="Werbung")
    Event.objects.filter(pk=rounds.pk).update(state="closed", outcomes="Wir treffen uns wieder.")
    rounds.refresh_from_db()
    return rounds


@pytest.mark.parametrize("kind", ["", "pdf", "zip", "json"])
@pytest.mark.parametrize(("state", "public"), [("live", 404), ("wrap_up", 404), ("closed", 200), ("archived", 200)])
def test_the_public_reads_them_once_it_is_over_and_the_team_before(
    client: Client, phone: Client, contact_client: Client, other_staff_client: Client, event: Event, kind: str,
    state: str, public: int,
) -> None:  # fmt: skip
    Event.objects.update(state=state)
    found = [c.get(address(event, kind)).status_code for c in (client, phone, other_staff_client, contact_client)]
    assert found == [public, public, public, 200]


def _vote(event: Event, by: User) -> None:
    """Two ballots that were counted; only of the first the result was shown to the public, with papers from a box."""
    counted = {"papers": 3, "abstentions": 1, "points": 2}
    for question, shown in (("Was zuerst?", True), ("Noch geheim?", False)):
        made = ballots.create_ballot(event=event, by=by, question=question, options=["Kino", "Rad"])
        options = [{"number": 1, "label": "Kino", "points": 0}, {"number": 2, "label": "Rad", "points": 2}]
        made.result = {"options": options, **counted}
        made.paper_totals = {"papers": 4, "abstentions": 0, "options": {"1": 3, "2": 1}}
        made.state, made.revealed_on = "revealed", ["public"] if shown else ["projector"]
        made.save()


def test_an_unknown_form_is_absent(client: Client, day: Event) -> None:
    assert client.get(address(day, "exe")).status_code == 404


def test_the_page_shows_what_was_released_and_nothing_else(client: Client, day: Event) -> None:
    shown = text_of(client.get(address(day)))
    wanted = [
        "Kino im Hof",
        "Leinwand leihen",
        "Unser Plan",
        "Drei Kinoabende",
        "1 ist dabei",
        "Wir treffen uns wieder.",
    ]
    unwanted = ["Das soll niemand lesen", "Noch nicht", "Verborgenes", "Noch geheim?"]
    assert [word for word in wanted if word not in shown] == []
    assert [word for word in unwanted if word in shown] == []


def test_every_topic_and_outcome_can_be_reported_there(client: Client, contact_client: Client, day: Event) -> None:
    wanted = [reverse("events:report", args=[day.join_code, what, 1]) for what in ("ergebnis", "thema")]
    pages = [c.get(address(day)).content.decode() for c in (client, contact_client)]
    assert [re.findall(r'class="report" href="([^"]+)"', page) for page in pages] == [wanted, []]


def test_names_stand_at_topics_only(day: Event, guest: Seat) -> None:
    facts = proceedings_of(day)
    assert facts["topics"][0].pop("by") == guest.nickname
    assert guest.nickname not in json.dumps(facts, default=str)


def texts(value: Any) -> list[str]:
    """Every text that the JSON holds for people."""
    if isinstance(value, dict):
        technical = {
            "format",
            "state",
            "kind",
            "section",
            "key",
            "url",
            "became",
            "starts_at",
            "ends_at",
            "checksum",
            "sheet",
        }
        return [text for name, part in value.items() if name not in technical for text in texts(part)]
    if isinstance(value, list):
        return [text for part in value for text in texts(part)]
    return [value] if isinstance(value, str) and value else []


def test_json_says_what_the_page_says(client: Client, day: Event) -> None:
    """Every text of the JSON stands on the page; labels of empty sections are the only ones that need not."""
    page = text_of(client.get(address(day)))
    found = json.loads(client.get(address(day, "json")).content)
    empty = {part["label"] for topic in found["topics"] for part in topic["notes"] if not part["notes"]}
    assert [text for text in texts(found) if text not in page and text not in empty] == [found["event"]["state_label"]]
    assert (found["format"], found["outcomes"][0]["became"], found["outcomes"][0]["joined"]) == (
        "anstoss.proceedings.v1", "project", 1,
    )  # fmt: skip
    assert found["topics"][0]["photos"][0]["url"].startswith("http://testserver/")


def tables(client: Client, event: Event) -> dict[str, list[list[str]]]:
    archive = zipfile.ZipFile(io.BytesIO(client.get(address(event, "zip")).content))
    read = {name: archive.read(name) for name in archive.namelist()}
    assert {content[:3] for content in read.values()} == {b"\xef\xbb\xbf"}
    return {
        name: list(csv.reader(io.StringIO(content.decode("utf-8-sig")), delimiter=";"))
        for name, content in read.items()
    }


def test_tables_hold_the_same_and_no_formula(client: Client, day: Event) -> None:
    found = tables(client, day)
    assert sorted(found) == ["abstimmungen.csv", "ergebnisse.csv", "notizen.csv", "themen.csv"]
    assert found["notizen.csv"][1:] == [
        ["1", "Kino im Hof", "Was wir wollen", "Leinwand leihen"],
        ["1", "Kino im Hof", "Was offen ist", "'=HYPERLINK(1)"],
    ]
    assert found["abstimmungen.csv"][1:] == [
        ["1", "Was zuerst?", "Punkte", "Kino", "0", "3", "3"],
        ["1", "Was zuerst?", "Punkte", "Rad", "2", "1", "3"],
    ]
    assert [row[:5] for row in found["ergebnisse.csv"][1:]] == [["1", "Drei Kinoabende", "Ab Mai, freitags", "1", "1"]]


@pytest.mark.parametrize(
    ("value", "cell"),
    [
        ("Kino", "Kino"), ("=1+1", "'=1+1"), ("+49", "'+49"), ("-2", "'-2"), ("@a", "'@a"), (" =1", "' =1"),
        ("\t=1", "'\t=1"), ("\r=1", "'\r=1"), ("＝1", "'＝1"), ("a=1", "a=1"), ("", ""), (None, ""), (7, 7), (-7, -7),
    ],
)  # fmt: skip
def test_a_cell_is_shown_and_never_calculated(value: Any, cell: Any) -> None:
    assert safe(value) == cell


def test_the_pdf_is_tagged_and_holds_the_photo(client: Client, day: Event) -> None:
    response = client.get(address(day, "pdf"))
    name = f'inline; filename="protokoll-{day.join_code.lower()}.pdf"'
    assert (response["Content-Type"], response["Content-Disposition"]) == ("application/pdf", name)
    assert [mark in response.content for mark in (b"/StructTreeRoot", b"pdfuaid:part", b"/Image")] == [True] * 3


@pytest.mark.parametrize("count", [1, 3])
def test_it_is_gathered_in_eight_queries(
    day: Event, guest: Seat, contact_person: User, count: int, django_assert_num_queries: Any
) -> None:
    Event.objects.filter(pk=day.pk).update(state="live", proposals_open=True)
    day.refresh_from_db()
    for number in range(count - 1):
        about = services.propose_topic(seat=guest, op=uuid.uuid4(), title=f"Thema {number}")
        harvest.write_note(topic=about, author=contact_person, op=uuid.uuid4(), section="want", text="Mehr")
        harvest.make_outcome(event=day, by=contact_person, title=f"Ergebnis {number}", topic=about.number)
    event = Event.objects.select_related("quartier").get(pk=day.pk)
    with django_assert_num_queries(8):
        facts = proceedings_of(event)
    assert len(facts["topics"]) == count


def test_an_outcome_leads_to_what_it_became(client: Client, day: Event, contact_person: User, quartier: Any) -> None:
    link = reverse("events:outcome", args=[day.join_code, 1])
    assert client.get(link)["Location"] == f"{address(day)}#ergebnis-1"
    project = Outcome.objects.get().project
    assert project is not None
    cast.make_project(contact_person, quartier)  # another one, which has nothing to do with it
    project.announced_at = project.created_at
    project.save()
    assert client.get(link)["Location"] == project.get_absolute_url()


def test_the_door_of_a_closed_event_leads_to_the_proceedings(client: Client, day: Event) -> None:
    door = client.get(reverse("events:join", args=[day.join_code]))
    assert f'href="{address(day)}"' in door.content.decode()
