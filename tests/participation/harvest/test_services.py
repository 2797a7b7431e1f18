"""Notes, photos and outcomes: who may, when, once, and what every screen learns of it."""

import uuid
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.core.files.storage import default_storage, storages
from django.utils import timezone

from accounts.models import User
from common import photos
from common.errors import Refused
from moderation.registry import find
from moderation.services import decide_report, file_report
from participation.models import Event, LogEntry, Note, NotePhoto, Outcome, OutcomeJoin, Seat, Topic
from participation.services import events as services
from participation.services import harvest
from tests import cast


def code_of(act: Callable[[], object]) -> str:
    """The code of the refusal, or nothing."""
    try:
        act()
    except Refused as refusal:
        return refusal.code
    return ""


def entries(event: Event, *kinds: str) -> list[dict[str, Any]]:
    return list(LogEntry.objects.filter(event=event, kind__in=kinds).order_by("seq").values_list("data", flat=True))


# --- notes -----------------------------------------------------------------------------------------------
def test_a_note_is_written_once_and_told_as_a_number(
    rounds: Event, topic: Topic, guest: Seat, write: Callable[..., Note]
) -> None:
    op = uuid.uuid4()
    first, again = write(guest, op=op), write(guest, op=op)
    assert (first, first.number, first.by, first.text) == (again, 1, "Gast 1", "Leinwand leihen")
    assert entries(rounds, "note.written") == [{"topic": topic.number, "notes": 1}]


@pytest.mark.parametrize(
    ("text", "section", "code"),
    [
        ("", "want", "empty"),
        ("   ", "want", "empty"),
        ("x" * 501, "want", "too_long"),
        ("Hallo", "elsewhere", "section"),
        ("Schreib mir: 0171 2345678", "carry", "phone"),
        ("mia@example.org", "carry", "email"),
        ("Alles auf example.org", "talked", "link"),
        ("Milan und die Gruppe vom Sportplatz", "carry", ""),
        ("<b>fett</b> =1+1", "open", ""),
    ],
)
def test_a_note_says_something_and_leads_nobody_elsewhere(
    rounds: Event, guest: Seat, write: Callable[..., Note], text: str, section: str, code: str
) -> None:
    assert code_of(lambda: write(guest, text, section)) == code


def test_the_team_may_name_an_office(rounds: Event, contact_person: User, write: Callable[..., Note]) -> None:
    assert write(contact_person, "Antrag unter example.org").by == "Team"


@pytest.mark.parametrize(
    ("state", "notes_open", "seat", "team"),
    [
        ("lobby", True, "notes_closed", ""),
        ("live", True, "", ""),
        ("live", False, "notes_closed", ""),
        ("wrap_up", True, "", ""),
        ("closed", True, "notes_closed", ""),
    ],
)
def test_seats_note_while_notes_are_open_and_the_team_at_any_time(
    event: Event, topic: Topic, guest: Seat, contact_person: User, write: Callable[..., Note],
    state: str, notes_open: bool, seat: str, team: str,
) -> None:  # fmt: skip
    Event.objects.filter(pk=event.pk).update(state=state, notes_open=notes_open)
    assert (code_of(lambda: write(guest)), code_of(lambda: write(contact_person))) == (seat, team)


def test_a_seat_of_another_event_writes_nothing_here(
    rounds: Event, contact_person: User, write: Callable[..., Note]
) -> None:
    other = cast.make_event(contact_person, rounds.quartier, "Anderswo")
    stranger = services.take_seat(event=other, token="another-token-that-is-long-enough", nickname="Gast 9")
    assert code_of(lambda: write(stranger)) == "notes_closed"


def test_one_takes_back_only_ones_own_note_and_only_for_a_while(
    rounds: Event, guest: Seat, sit: Callable[..., Seat], write: Callable[..., Note]
) -> None:
    note, other = write(guest), sit("Gast 2")
    assert code_of(lambda: harvest.remove_note(note=note, seat=other)) == "not_yours"
    with time_machine.travel(timezone.now() + timedelta(minutes=16)):
        assert code_of(lambda: harvest.remove_note(note=note, seat=guest)) == "too_late"
    harvest.remove_note(note=note, seat=guest)
    harvest.remove_note(note=note, seat=guest)
    assert entries(rounds, "note.removed") == [{"topic": note.topic.number, "notes": 0}]


def test_a_hidden_note_stays_in_the_table_and_leaves_the_count(
    rounds: Event, guest: Seat, contact_person: User, other_staff: User, write: Callable[..., Note]
) -> None:
    note = write(guest)
    assert code_of(lambda: harvest.hide_note(note=note, by=other_staff)) == "forbidden"
    for _ in range(2):
        harvest.hide_note(note=note, by=contact_person)
    harvest.show_note(note=note, by=contact_person)
    counts = [entry["notes"] for entry in entries(rounds, "note.written", "note.removed")]
    assert (counts, Note.objects.get().hidden) == ([1, 0, 1], False)


def test_two_reports_hide_a_note_until_the_team_has_looked(
    rounds: Event, guest: Seat, resident: User, write: Callable[..., Note]
) -> None:
    note = write(guest)
    facts: dict[str, Any] = {
        "thing": "note",
        "thing_id": note.pk,
        "quartier": rounds.quartier,
        "url": "/",
        "copy": note.text,
    }
    for reporter in (None, resident):
        file_report(**facts, reason="hurts", reporter=reporter, client_id=uuid.uuid4())
    note.refresh_from_db()
    assert note.hidden


@pytest.mark.parametrize(("decision", "hidden"), [("dismissed", False), ("upheld", True)])
def test_two_reports_hide_an_outcome_until_the_team_has_decided(
    outcome: Outcome, resident: User, contact_person: User, decision: str, hidden: bool
) -> None:
    seen = find("outcome").load(resident, outcome.pk)
    assert (seen.copy, seen.quartier) == ("Drei Kinoabende\nAb Mai, freitags", outcome.event.quartier)
    facts: dict[str, Any] = {
        "thing": "outcome",
        "thing_id": outcome.pk,
        "quartier": seen.quartier,
        "url": seen.url,
        "copy": seen.copy,
    }
    for reporter in (None, resident):
        report = file_report(**facts, reason="hurts", reporter=reporter, client_id=uuid.uuid4())
    outcome.refresh_from_db()
    assert outcome.hidden
    assert find("outcome").load(resident, outcome.pk) is None
    decide_report(report=report, by=contact_person, state=decision)
    outcome.refresh_from_db()
    assert outcome.hidden is hidden


# --- photos ----------------------------------------------------------------------------------------------
def add(topic: Topic, author: Seat | User, **facts: Any) -> NotePhoto:
    topic.refresh_from_db()
    topic.event.refresh_from_db()
    return harvest.add_photo(
        topic=topic, author=author, client_id=facts.pop("op", None) or uuid.uuid4(), upload=cast.make_photo(), **facts
    )


def files_of(photo: NotePhoto) -> tuple[list[bool], list[bool]]:
    """Which files of a photo lie in the public storage, and which in the other one."""
    names = photos.names(photo.photo).values()
    public, withheld = ([storage.exists(name) for name in names] for storage in (default_storage, storages["withheld"]))
    return public, withheld


def test_the_files_are_public_only_while_the_photo_is_released(
    rounds: Event, topic: Topic, guest: Seat, contact_person: User, django_capture_on_commit_callbacks: Any
) -> None:
    found = []
    with django_capture_on_commit_callbacks(execute=True):
        photo = add(topic, guest)
    found.append(files_of(photo))
    for act in (harvest.release_photo, harvest.conceal_photo):
        with django_capture_on_commit_callbacks(execute=True):
            photo = act(photo=photo, by=contact_person)
        found.append(files_of(photo))
    here, gone = [True] * 3, [False] * 3
    assert found == [(gone, here), (here, gone), (gone, here)]


def test_a_photo_waits_for_a_look_and_one_by_the_team_does_not(
    rounds: Event, topic: Topic, guest: Seat, contact_person: User
) -> None:
    op = uuid.uuid4()
    photo, again = add(topic, guest, op=op, caption="Unser  Plan"), add(topic, guest, op=op)
    assert (photo, photo.released, photo.caption) == (again, False, "Unser Plan")
    assert add(topic, contact_person).released
    harvest.release_photo(photo=photo, by=contact_person)
    assert entries(rounds, "photo.changed") == [{"topic": 1, "photos": n} for n in (0, 1, 2)]


def test_a_rejected_photo_leaves_no_file(
    rounds: Event, topic: Topic, guest: Seat, contact_person: User, other_staff: User,
    django_capture_on_commit_callbacks: Any,
) -> None:  # fmt: skip
    with django_capture_on_commit_callbacks(execute=True):
        photo = add(topic, guest)
    assert code_of(lambda: harvest.reject_photo(photo=photo, by=other_staff)) == "forbidden"
    with django_capture_on_commit_callbacks(execute=True):
        harvest.reject_photo(photo=photo, by=contact_person)
    assert (files_of(photo), NotePhoto.objects.count()) == (([False] * 3, [False] * 3), 0)


def test_a_refused_photo_is_never_stored(event: Event, topic: Topic, guest: Seat) -> None:
    assert code_of(lambda: add(topic, guest)) == "notes_closed"
    Event.objects.filter(pk=event.pk).update(notes_open=True, frozen=True)
    assert code_of(lambda: add(topic, guest)) == "paused"
    Event.objects.filter(pk=event.pk).update(frozen=False)
    assert code_of(lambda: add(topic, guest, caption="Ruf an: 0171 2345678")) == "phone"
    assert NotePhoto.objects.count() == 0


# --- outcomes --------------------------------------------------------------------------------------------
def propose(seat: Seat, topic: int = 1, **facts: Any) -> Outcome:
    seat.event.refresh_from_db()
    facts = {"title": "Drei Kinoabende", "op": uuid.uuid4(), **facts}
    return harvest.propose_outcome(seat=seat, topic=topic, **facts)


@pytest.mark.parametrize(("phase", "code"), [("rounds", "not_open"), ("convergence", ""), ("action", "")])
def test_seats_propose_outcomes_once_the_talking_is_done(
    event: Event, topic: Topic, guest: Seat, contact_person: User, phase: str, code: str
) -> None:
    services.set_phase(event=event, by=contact_person, phase=phase)
    assert code_of(lambda: propose(guest)) == code


def test_a_proposal_waits_where_topics_wait_and_comes_once(event: Event, topic: Topic, guest: Seat) -> None:
    Event.objects.filter(pk=event.pk).update(phase="action", topics_held=True)
    op = uuid.uuid4()
    held, again = propose(guest, op=op), propose(guest, op=op)
    assert (held, held.hidden, code_of(lambda: propose(guest, topic=7))) == (again, True, "absent")
    assert entries(event, "outcome.changed") == [{"n": 1, "gone": True}]


def test_a_hidden_outcome_takes_its_words_out_of_the_log(event: Event, outcome: Outcome, contact_person: User) -> None:
    harvest.edit_outcome(outcome=outcome, by=contact_person, title="Vier Kinoabende")
    harvest.hide_outcome(outcome=outcome, by=contact_person)
    assert entries(event, "outcome.changed") == [{"n": 1, "gone": True}] * 3
    harvest.show_outcome(outcome=outcome, by=contact_person)
    shown = {"n": 1, "title": "Vier Kinoabende", "text": "", "topic": 1, "became": ""}
    assert entries(event, "outcome.changed")[-1] == shown


def test_many_join_at_once_and_each_counts_once(
    event: Event, outcome: Outcome, sit: Callable[..., Seat], join: Callable[..., Any]
) -> None:
    seats = [sit(f"Gast {n}") for n in range(5)]
    answers = join(outcome, *seats, *seats)
    join(outcome, seats[0], on=False)
    outcome.refresh_from_db()
    assert (outcome.join_count, OutcomeJoin.objects.count()) == (4, 4)
    assert answers == [{"rev": event_seq(event), "on": True}] * 10


def event_seq(event: Event) -> int:
    event.refresh_from_db()
    return event.seq


def test_the_same_operation_gets_the_same_answer(event: Event, outcome: Outcome, guest: Seat) -> None:
    mark = harvest.JoinMark(guest, uuid.uuid4(), outcome.number, on=True)
    first, second = harvest.join_outcomes(event_id=event.pk, marks=[mark, mark])
    (third,) = harvest.join_outcomes(event_id=event.pk, marks=[mark])
    answer = {"rev": event_seq(event), "on": True}
    assert (first, second, third) == (answer, {**answer, "dup": True}, {**answer, "dup": True})


@pytest.mark.parametrize(
    ("facts", "code"),
    [({"state": "closed"}, ""), ({"state": "archived"}, "closed"), ({"frozen": True}, "paused"), ({}, "")],
)
def test_one_can_still_say_so_on_the_way_home(
    event: Event, outcome: Outcome, guest: Seat, join: Callable[..., Any], facts: dict[str, Any], code: str
) -> None:
    Event.objects.filter(pk=event.pk).update(**facts)
    (answer,) = join(outcome, guest)
    assert (answer.code if isinstance(answer, Refused) else "") == code


def test_joining_what_is_hidden_or_was_never_there_is_refused(
    event: Event, outcome: Outcome, guest: Seat, contact_person: User, join: Callable[..., Any]
) -> None:
    harvest.hide_outcome(outcome=outcome, by=contact_person)
    assert [answer.code for answer in join(outcome, guest)] == ["absent"]
