"""Stopping everything, taking back, scenes, doors and help calls, through their services."""

import uuid
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.contrib.auth.models import AnonymousUser
from django.http import Http404
from django.utils import timezone

from accounts.models import User
from common.errors import Refused
from participation.models import Event, FormerCode, HelpCall, LogEntry, Seat, StageAct, Undo
from participation.selectors import events as selectors
from participation.services import ballots as ballot_services
from participation.services import events as services
from participation.services import hall, operations


def refusal(act: Callable[[], object]) -> str:
    with pytest.raises(Refused) as refused:
        act()
    return refused.value.code


def operate(seat: Seat, kind: str, **arguments: Any) -> Any:
    asked = operations.ask(seat=seat, op=uuid.uuid4(), kind=kind, arguments=arguments)
    return operations.carry_out(asked=asked)


def undo(event: Event, by: User) -> Event:
    event.refresh_from_db()
    return hall.undo(event=event, by=by, key=event.undo.key.hex)


# --- stop everything -------------------------------------------------------------------------------------
def test_a_stopped_hall_takes_no_operation_but_a_help_call(event: Event, guest: Seat, contact_person: User) -> None:
    topic = services.propose_topic(seat=guest, op=uuid.uuid4(), title="Kino")
    made = ballot_services.create_ballot(event=event, by=contact_person, question="?", options=["a", "b"])
    ballot = ballot_services.open_ballot(ballot=made, by=contact_person)
    asked = [
        ("topic.interest", {"topic": topic.number, "on": True}),
        ("topic.propose", {"title": "Neu"}),
        ("topic.withdraw", {"topic": topic.number}),
        ("paper.cast", {"ballot": ballot.pk, "choice": {"1": 1}}),
    ]
    hall.freeze(event=event, by=contact_person, on=True)
    assert [operate(guest, kind, **a).code for kind, a in asked] == ["paused"] * 4
    assert operate(guest, "help.call", where="Aula")["state"] == "open"
    ballot.refresh_from_db()
    assert ballot.state == "paused"
    hall.freeze(event=event, by=contact_person, on=False)
    ballot.refresh_from_db()
    assert ballot.state == "open"
    assert all("rev" in operate(guest, kind, **a) for kind, a in asked)


def test_a_ballot_that_was_paused_by_hand_stays_paused(event: Event, contact_person: User) -> None:
    made = ballot_services.create_ballot(event=event, by=contact_person, question="?", options=["a", "b"])
    ballot = ballot_services.open_ballot(ballot=made, by=contact_person)
    ballot_services.pause_ballot(ballot=ballot, by=contact_person)
    for on in (True, False):
        hall.freeze(event=event, by=contact_person, on=on)
    ballot.refresh_from_db()
    assert ballot.state == "paused"


def test_no_clock_runs_while_everything_stands(event: Event, contact_person: User) -> None:
    made = ballot_services.create_ballot(event=event, by=contact_person, question="?", options=["a", "b"])
    ballot = ballot_services.open_ballot(ballot=made, by=contact_person, seconds=60)
    hall.freeze(event=event, by=contact_person, on=True)
    assert refusal(lambda: ballot_services.resume_ballot(ballot=ballot, by=contact_person)) == "frozen"
    ballot.refresh_from_db()
    assert ballot.state == "paused"


def test_who_needs_longer_has_it_after_the_stop_as_well(event: Event, guest: Seat, contact_person: User) -> None:
    made = ballot_services.create_ballot(event=event, by=contact_person, question="?", options=["a", "b"])
    ballot = ballot_services.open_ballot(ballot=made, by=contact_person)
    ballot_services.extend_ballot(ballot=ballot, by=contact_person, seat=guest.number, seconds=60)
    ballot_services.close_ballot(ballot=ballot, by=contact_person)
    hall.freeze(event=event, by=contact_person, on=True)
    with time_machine.travel(timezone.now() + timedelta(seconds=30), tick=False):
        assert operate(guest, "paper.cast", ballot=ballot.pk, choice={"1": 1}).code == "paused"
    with time_machine.travel(timezone.now() + timedelta(minutes=10), tick=False):
        assert operate(guest, "paper.cast", ballot=ballot.pk, choice={"1": 1}).code == "paused"
        assert ballot_services.settle_due(event_ids=[event.pk]) == 0
        hall.freeze(event=event, by=contact_person, on=False)
        assert ballot_services.settle_due(event_ids=[event.pk]) == 0
        assert "receipt" in operate(guest, "paper.cast", ballot=ballot.pk, choice={"1": 1})
    with time_machine.travel(timezone.now() + timedelta(minutes=12), tick=False):
        assert ballot_services.settle_due(event_ids=[event.pk]) == 1
    ballot.refresh_from_db()
    assert (ballot.state, ballot.paper_count) == ("counted", 1)


def test_an_operation_that_was_counted_before_the_stop_is_still_answered(
    event: Event, guest: Seat, contact_person: User
) -> None:
    asked = operations.ask(seat=guest, op=uuid.uuid4(), kind="topic.propose", arguments={"title": "Kino"})
    first = operations.carry_out(asked=asked)
    hall.freeze(event=event, by=contact_person, on=True)
    assert operations.carry_out(asked=asked) == {**first, "dup": True}


# --- take back -------------------------------------------------------------------------------------------
ACTS: dict[str, Callable[[Event, User], object]] = {
    "scene": lambda event, by: services.set_scene(event=event, by=by, kind="message", text="Pause"),
    "phase": lambda event, by: services.set_phase(event=event, by=by, phase="closing"),
    "freeze": lambda event, by: hall.freeze(event=event, by=by, on=True),
}
SEEN = ("scene", "phase", "proposals_open", "notes_open", "frozen")


@pytest.mark.parametrize("name", ACTS)
def test_an_act_is_taken_back_within_ten_seconds(event: Event, contact_person: User, name: str) -> None:
    before = [getattr(event, field) for field in SEEN]
    ACTS[name](event, contact_person)
    event.refresh_from_db()
    assert [getattr(event, field) for field in SEEN] != before
    undo(event, contact_person)
    event.refresh_from_db()
    assert [getattr(event, field) for field in SEEN] == before


@pytest.mark.parametrize("name", ACTS)
def test_after_that_it_stays(event: Event, contact_person: User, name: str) -> None:
    ACTS[name](event, contact_person)
    with time_machine.travel(timezone.now() + timedelta(seconds=13), tick=False):
        assert refusal(lambda: undo(event, contact_person)) == "too_late"


def test_an_older_key_takes_nothing_back_and_a_key_only_once(event: Event, contact_person: User) -> None:
    ACTS["scene"](event, contact_person)
    old = event.undo.key.hex
    ACTS["phase"](event, contact_person)
    assert refusal(lambda: hall.undo(event=event, by=contact_person, key=old)) == "too_late"
    event.refresh_from_db()
    new = event.undo.key.hex
    hall.undo(event=event, by=contact_person, key=new)
    assert refusal(lambda: hall.undo(event=event, by=contact_person, key=new)) == "too_late"


def test_presses_and_offers_are_forgotten_once_nobody_needs_them(event: Event, contact_person: User) -> None:
    op = uuid.uuid4()

    def press() -> None:
        hall.press(
            event=event, by=contact_person, op=op, name="scene", act=lambda: ACTS["scene"](event, contact_person)
        )

    press()
    assert hall.forget_presses(event_ids=[event.pk]) == 0
    with time_machine.travel(timezone.now() + timedelta(seconds=13), tick=False):
        assert hall.forget_presses(event_ids=[event.pk]) == 1
        assert (StageAct.objects.count(), Undo.objects.count()) == (1, 0)
    with time_machine.travel(timezone.now() + timedelta(days=1, seconds=1), tick=False):
        assert hall.forget_presses(event_ids=[event.pk]) == 1
        assert StageAct.objects.count() == 0


def test_strangers_neither_stop_nor_take_back(
    event: Event, contact_person: User, other_staff: User, resident: User
) -> None:
    ACTS["scene"](event, contact_person)
    for by in (other_staff, resident):
        acts = [
            lambda by=by: undo(event, by),
            lambda by=by: hall.freeze(event=event, by=by, on=True),
            lambda by=by: services.rotate_code(event=event, by=by, old=event.join_code),
            lambda by=by: services.prepare_scene(event=event, by=by, kind="wall"),
            lambda by=by: services.take_scene(event=event, by=by),
            lambda by=by: services.take_help(event=event, by=by, call=1),
            lambda by=by: services.order_pitches(event=event, by=by, order="number"),
        ]
        assert [refusal(act) for act in acts] == ["forbidden"] * 7


def test_a_button_that_was_sent_twice_is_pressed_once(event: Event, contact_person: User) -> None:
    op, pressed = uuid.uuid4(), []
    for _ in range(2):
        hall.press(event=event, by=contact_person, op=op, name="x", act=lambda: pressed.append(1))
    assert (pressed, StageAct.objects.count()) == ([1], 1)


def test_a_button_that_was_refused_can_be_pressed_again(event: Event, contact_person: User) -> None:
    op = uuid.uuid4()
    act = lambda: services.set_phase(event=event, by=contact_person, phase="nonsense")  # noqa: E731
    press = lambda: hall.press(event=event, by=contact_person, op=op, name="phase", act=act)  # noqa: E731
    assert [refusal(press), refusal(press)] == ["unknown_phase"] * 2


# --- scenes ----------------------------------------------------------------------------------------------
def test_a_scene_is_prepared_and_then_taken(event: Event, contact_person: User) -> None:
    shown = event.scene
    services.prepare_scene(event=event, by=contact_person, kind="timer", minutes=5, text="Aufräumen")
    event.refresh_from_db()
    assert (event.scene, event.next_scene) == (shown, {"kind": "timer", "minutes": 5, "text": "Aufräumen"})
    now = timezone.now()
    with time_machine.travel(now, tick=False):
        services.take_scene(event=event, by=contact_person)
    event.refresh_from_db()
    ends = int((now + timedelta(minutes=5)).timestamp() * 1000)
    assert (event.scene, event.next_scene) == ({"kind": "timer", "text": "Aufräumen", "ends": ends}, {})


@pytest.mark.parametrize(
    ("kind", "facts", "code"),
    [
        ("timer", {}, "unknown_scene"),
        ("timer", {"minutes": 999}, "unknown_scene"),
        ("pitch", {"topic": 7}, "unknown_scene"),
        ("message", {"text": "  "}, "empty"),
        ("dance", {}, "unknown_scene"),
    ],
)
def test_a_scene_needs_what_it_shows(
    event: Event, contact_person: User, kind: str, facts: dict[str, Any], code: str
) -> None:
    for act in (services.set_scene, services.prepare_scene):
        assert refusal(lambda act=act: act(event=event, by=contact_person, kind=kind, **facts)) == code


# --- doors -----------------------------------------------------------------------------------------------
def test_a_new_code_leads_seats_on_and_strangers_nowhere(
    event: Event, guest: Seat, guest_token: str, contact_person: User
) -> None:
    old = event.join_code
    for _ in range(2):
        changed = services.rotate_code(event=event, by=contact_person, old=old)
    assert changed.join_code != old
    assert list(FormerCode.objects.values_list("code", flat=True)) == [old]
    assert LogEntry.objects.last().data["code"] == changed.join_code
    assert selectors.former_event(old) == event
    cookies = {selectors.seat_cookie(event): guest_token}
    assert selectors.event_for_seat_or_404(AnonymousUser(), old, cookies=cookies) == event
    for nothing in ({}, {selectors.seat_cookie(event): "somebody-elses-token"}):
        with pytest.raises(Http404):
            selectors.event_for_seat_or_404(AnonymousUser(), old, cookies=nothing)


def test_a_full_hall_and_a_paused_door_let_nobody_new_in(
    event: Event, guest: Seat, guest_token: str, contact_person: User
) -> None:
    come = lambda: services.take_seat(event=event, token="another-long-enough-token", nickname="Spät")  # noqa: E731
    services.update_event(event=event, by=contact_person, capacity=1)
    assert refusal(come) == "full"
    services.update_event(event=event, by=contact_person, capacity=2)
    services.set_switches(event=event, by=contact_person, joining_open=False)
    assert refusal(come) == "joining_paused"
    assert services.take_seat(event=event, token=guest_token) == guest
    services.set_switches(event=event, by=contact_person, joining_open=True)
    assert come().number == 2


# --- help ------------------------------------------------------------------------------------------------
def test_a_help_call_is_one_and_is_taken_and_finished(event: Event, guest: Seat, contact_person: User) -> None:
    op = uuid.uuid4()
    call = services.call_help(seat=guest, op=op, where="Aula", text="Mir ist schlecht")
    assert services.call_help(seat=guest, op=op) == call
    assert services.call_help(seat=guest, op=uuid.uuid4(), text="Bitte schnell") == call
    services.take_help(event=event, by=contact_person, call=call.pk)
    taken = HelpCall.objects.get()
    assert (taken.where, taken.text, taken.state) == ("Aula", "Bitte schnell", "taken")
    services.finish_help(event=event, by=contact_person, call=call.pk)
    services.finish_help(event=event, by=contact_person, call=call.pk)
    kept = HelpCall.objects.get()
    assert (kept.where, kept.text, kept.state, kept.taken_by) == ("", "", "done", contact_person)
    told = list(LogEntry.objects.filter(kind="help.changed").values_list("data", flat=True))
    assert told == [{"n": call.pk, "state": state} for state in ("open", "open", "taken", "done")]


def test_a_help_call_is_called_off(guest: Seat) -> None:
    services.call_help(seat=guest, op=uuid.uuid4())
    for _ in range(2):
        services.cancel_help(seat=guest)
    assert HelpCall.objects.get().state == "done"


@pytest.mark.parametrize("state", ["draft", "announced", "closed", "archived"])
def test_nobody_rings_in_an_empty_hall(event: Event, guest: Seat, state: str) -> None:
    Event.objects.filter(pk=event.pk).update(state=state)
    assert refusal(lambda: services.call_help(seat=guest, op=uuid.uuid4())) == "not_running"
    assert HelpCall.objects.count() == 0
