"""Events, seats and topics through their services."""

import datetime
import uuid
from collections.abc import Callable
from itertools import product
from typing import Any

import pytest
from django.utils import timezone

from accounts.models import Quartier, User
from common.errors import Refused
from participation.live.events import apply
from participation.models import Event, LogEntry, Operation, Seat, Topic
from participation.rules.events import MOVES
from participation.selectors import events as selectors
from participation.services import ballots as ballot_services
from participation.services import events as services
from participation.services import hall


def refusal(act: Callable[[], object]) -> str:
    with pytest.raises(Refused) as refused:
        act()
    return refused.value.code


def propose(seat: Seat, title: str = "Kino im Hof", **facts: Any) -> Topic:
    return services.propose_topic(seat=seat, title=title, **{"op": uuid.uuid4(), **facts})


def mark(seat: Seat, topic: Topic, *, on: bool = True, op: uuid.UUID | None = None) -> Any:
    one = services.InterestMark(seat_id=seat.pk, op=op or uuid.uuid4(), topic=topic.number, on=on)
    return services.mark_interests(event_id=seat.event_id, marks=[one])[0]


# --- events ----------------------------------------------------------------------------------------------
def test_create_event_makes_a_draft_with_a_code_that_people_can_read(quartier: Quartier, contact_person: User) -> None:
    event = services.create_event(
        quartier=quartier, by=contact_person, title=" Freie  Plätze ", starts_at=timezone.now()
    )
    assert (event.state, event.title, len(event.join_code)) == ("draft", "Freie Plätze", 6)
    assert set(event.join_code) & set("ILOU") == set()


def test_create_event_gives_the_first_one_for_a_repeated_request(quartier: Quartier, contact_person: User) -> None:
    facts = {"quartier": quartier, "by": contact_person, "starts_at": timezone.now(), "client_id": uuid.uuid4()}
    first = services.create_event(title="Eins", **facts)
    assert services.create_event(title="Zwei", **facts) == first


@pytest.mark.parametrize(
    ("facts", "code"),
    [
        ({"title": " "}, "empty"),
        ({"ends_at": timezone.now() - datetime.timedelta(days=1)}, "ends_too_early"),
        ({"join_code": "ab"}, "code_taken"),
    ],
)
def test_create_event_refuses_mistakes(
    quartier: Quartier, contact_person: User, facts: dict[str, Any], code: str
) -> None:
    facts = {"title": "Tag", "starts_at": timezone.now(), **facts}
    assert refusal(lambda: services.create_event(quartier=quartier, by=contact_person, **facts)) == code


def test_strangers_neither_make_nor_lead_an_event(
    event: Event, quartier: Quartier, other_staff: User, resident: User
) -> None:
    now = timezone.now()
    for person in (other_staff, resident):
        acts = [
            lambda by=person: services.create_event(quartier=quartier, by=by, title="X", starts_at=now),
            lambda by=person: services.change_state(event=event, by=by, state="wrap_up"),
            lambda by=person: services.set_phase(event=event, by=by, phase="pitch"),
            lambda by=person: services.set_scene(event=event, by=by, kind="wall"),
            lambda by=person: services.set_switches(event=event, by=by, proposals_open=False),
        ]
        assert [refusal(act) for act in acts] == ["forbidden"] * len(acts)


@pytest.mark.parametrize(("before", "after"), [*product(Event.State.values, Event.State.values)])
def test_every_illegal_step_of_an_event_is_refused(event: Event, contact_person: User, before: str, after: str) -> None:
    Event.objects.filter(pk=event.pk).update(state=before)
    if before == after or after in MOVES[before]:
        assert services.change_state(event=event, by=contact_person, state=after).state == after
    else:
        act = lambda: services.change_state(event=event, by=contact_person, state=after)  # noqa: E731
        assert refusal(act) == "not_now"


def test_an_event_does_not_end_over_a_running_ballot(event: Event, contact_person: User) -> None:
    ballot = ballot_services.create_ballot(event=event, by=contact_person, question="?", options=["a", "b"])
    ballot_services.open_ballot(ballot=ballot, by=contact_person)
    services.change_state(event=event, by=contact_person, state="wrap_up")
    act = lambda: services.change_state(event=event, by=contact_person, state="closed")  # noqa: E731
    assert refusal(act) == "ballot_running"


def test_phases_set_the_proposals(event: Event, contact_person: User) -> None:
    closed = services.set_phase(event=event, by=contact_person, phase="convergence")
    opened = services.set_phase(event=event, by=contact_person, phase="collect")
    assert (closed.proposals_open, opened.proposals_open) == (False, True)


@pytest.mark.parametrize("kind", ["dance", "ballot", "result"])
def test_the_projector_shows_only_what_there_is(event: Event, contact_person: User, kind: str) -> None:
    act = lambda: services.set_scene(event=event, by=contact_person, kind=kind, ballot=7)  # noqa: E731
    assert refusal(act) == "unknown_scene"


# --- seats -----------------------------------------------------------------------------------------------
def test_a_device_gets_the_same_seat_again(event: Event, guest: Seat, guest_token: str) -> None:
    again = services.take_seat(event=event, token=guest_token, nickname="Anders")
    event.refresh_from_db()
    assert (again, again.nickname, event.seat_count) == (guest, "Gast 1", 1)


def test_a_token_is_kept_as_a_hash_only(guest: Seat, guest_token: str) -> None:
    assert guest_token not in str(Seat.objects.filter(pk=guest.pk).values())


def test_a_resident_has_one_seat_on_two_devices(event: Event, resident: User) -> None:
    first = services.take_seat(event=event, token="one-device-with-a-long-token", user=resident)
    second = services.take_seat(event=event, token="two-device-with-a-long-token", user=resident)
    assert (first, first.nickname) == (second, "Rosa 27")


def test_a_guests_seat_is_joined_to_the_account_later(
    event: Event, guest: Seat, guest_token: str, resident: User
) -> None:
    topic = propose(guest)
    joined = services.take_seat(event=event, token=guest_token, user=resident)
    assert (joined.pk, joined.user, topic.seat) == (guest.pk, resident, guest)


def test_nobody_sits_down_behind_closed_doors(event: Event) -> None:
    Event.objects.filter(pk=event.pk).update(state="closed")
    act = lambda: services.take_seat(event=event, token="a-long-token-for-a-device", nickname="Spät")  # noqa: E731
    assert refusal(act) == "doors_closed"


@pytest.mark.parametrize(("nickname", "code"), [("", "nickname_odd"), ("<b>", "nickname_odd")])
def test_a_guest_needs_a_nickname(event: Event, nickname: str, code: str) -> None:
    act = lambda: services.take_seat(event=event, token="a-long-token-for-a-device", nickname=nickname)  # noqa: E731
    assert refusal(act) == code


# --- topics ----------------------------------------------------------------------------------------------
def test_a_topic_hangs_on_the_wall_at_once_and_a_repeated_proposal_is_one(guest: Seat) -> None:
    op = uuid.uuid4()
    first = propose(guest, " Kino  im Hof ", op=op)
    assert propose(guest, "Anderes", op=op) == first
    assert (first.title, first.by, first.state, first.number) == ("Kino im Hof", "Gast 1", "on_wall", 1)


@pytest.mark.parametrize(
    ("facts", "code"), [({"title": " "}, "empty"), ({"title": "x" * 81}, "too_long"), ({"text": "x" * 301}, "too_long")]
)
def test_a_topic_is_short(guest: Seat, facts: dict[str, str], code: str) -> None:
    assert refusal(lambda: propose(guest, **facts)) == code


def test_proposals_can_be_closed(event: Event, guest: Seat, contact_person: User) -> None:
    services.set_switches(event=event, by=contact_person, proposals_open=False)
    assert refusal(lambda: propose(guest)) == "not_open"


def test_a_seat_cannot_paper_the_wall(guest: Seat) -> None:
    for number in range(8):
        propose(guest, f"Thema {number}")
    assert refusal(lambda: propose(guest, "Noch eins")) == "rate"


def test_a_hidden_topic_leaves_the_log_too(event: Event, guest: Seat, contact_person: User) -> None:
    topic = propose(guest, "Etwas Böses")
    services.hide_topic(topic=topic, by=contact_person, reason="Beleidigt")
    kept = list(LogEntry.objects.filter(event=event).values_list("kind", "data"))
    assert "Etwas Böses" not in str(kept)
    bare = {"n": 1, "state": "hidden", "title": "", "text": "", "by": "", "step_free": False}
    assert kept[-1] == ("topic.hidden", {**bare, "rev": event.seq + 2})


def test_interest_is_counted_once_and_taken_back(guest: Seat) -> None:
    topic = propose(guest)
    for _ in range(2):
        mark(guest, topic)
    topic.refresh_from_db()
    assert topic.interest_count == 1
    services.withdraw_interest(seat=guest, topic=topic)
    topic.refresh_from_db()
    assert (topic.interest_count, topic.interests.count()) == (0, 0)


def test_a_late_repetition_of_an_old_mark_changes_nothing(guest: Seat) -> None:
    topic, op = propose(guest), uuid.uuid4()
    first = mark(guest, topic, op=op)
    mark(guest, topic, on=False)
    assert mark(guest, topic, op=op) == {**first, "dup": True}
    topic.refresh_from_db()
    assert topic.interest_count == 0


def test_interest_in_a_hidden_topic_is_refused(guest: Seat, contact_person: User) -> None:
    topic = services.hide_topic(topic=propose(guest), by=contact_person, reason="Beleidigt")
    assert mark(guest, topic).code == "absent"
    assert Operation.objects.count() == 0


def test_many_marks_take_one_batch(event: Event, guest: Seat) -> None:
    topic = propose(guest)
    seats = [services.take_seat(event=event, token=f"{n}-long-enough-for-a-token", nickname=f"G {n}") for n in range(3)]
    marks = [services.InterestMark(seat.pk, uuid.uuid4(), topic.number, on=True) for seat in seats]
    answers = services.mark_interests(event_id=event.pk, marks=marks)
    topic.refresh_from_db()
    assert ([isinstance(answer, dict) for answer in answers], topic.interest_count) == ([True] * 3, 3)


# --- the log ---------------------------------------------------------------------------------------------
def test_the_log_has_no_gaps(event: Event, guest: Seat, contact_person: User) -> None:
    propose(guest)
    services.set_phase(event=event, by=contact_person, phase="pitch")
    event.refresh_from_db()
    numbers = list(LogEntry.objects.filter(event=event).order_by("seq").values_list("seq", flat=True))
    assert numbers == list(range(1, event.seq + 1))


def test_a_snapshot_and_the_entries_after_it_are_the_later_snapshot(
    event: Event, guest: Seat, contact_person: User
) -> None:
    """After every single act: what a phone has put together equals what a fresh one is told."""
    by = contact_person
    event.refresh_from_db()
    state, seq = selectors.state_of(event), event.seq
    topic = propose(guest, "Kino im Hof")
    ballot = ballot_services.create_ballot(event=event, by=by, question="?", options=["a", "b"], draft=True)
    acts: list[Callable[[], object]] = [
        lambda: propose(guest, "Nachtbus"),
        lambda: services.move_topic(topic=topic, by=by, state="pitched"),
        lambda: services.hide_topic(topic=topic, by=by, reason="Beleidigt"),
        lambda: services.move_topic(topic=topic, by=by, state="on_wall"),
        lambda: services.pitch_next(event=event, by=by),
        lambda: services.merge_topic(topic=event.topics.get(number=2), into=topic, by=by),
        lambda: services.withdraw_topic(seat=guest, topic=1),
        lambda: services.restore_topic(seat=guest, topic=1),
        lambda: services.call_help(seat=guest, op=uuid.uuid4()),
        lambda: services.scribe_topic(event=event, by=by, op=uuid.uuid4(), title="Vom Zettel"),
        lambda: services.prepare_scene(event=event, by=by, kind="wall"),
        lambda: services.take_scene(event=event, by=by),
        lambda: hall.freeze(event=event, by=by, on=True),
        lambda: hall.undo(event=event, by=by, key=event.undo.key.hex),
        lambda: services.update_event(event=event, by=by, title="Neuer Titel"),
        lambda: services.set_phase(event=event, by=by, phase="convergence"),
        lambda: services.set_scene(event=event, by=by, kind="message", text="Pause"),
        lambda: ballot_services.ready_ballot(ballot=ballot, by=by),
        lambda: ballot_services.open_ballot(ballot=ballot, by=by, seconds=60),
        lambda: ballot_services.pause_ballot(ballot=ballot, by=by),
        lambda: ballot_services.resume_ballot(ballot=ballot, by=by),
        lambda: ballot_services.close_ballot(ballot=ballot, by=by),
        lambda: ballot_services.void_ballot(ballot=ballot, by=by, reason="Technik"),
        lambda: services.change_state(event=event, by=by, state="wrap_up"),
    ]
    for act in acts:
        act()
        event.refresh_from_db()
        for entry in selectors.log_after(event.pk, seq) or []:
            state, seq = apply(state, entry.kind, entry.data), entry.seq
        assert (state, seq) == (selectors.state_of(event), event.seq)


def test_a_log_that_is_too_long_to_replay_gives_none(event: Event) -> None:
    event.refresh_from_db()
    LogEntry.objects.bulk_create(
        LogEntry(event=event, seq=event.seq + number, kind="event.changed", data={}) for number in range(1, 502)
    )
    assert selectors.log_after(event.pk, event.seq) is None
    assert len(selectors.log_after(event.pk, event.seq + 1) or []) == 500


@pytest.mark.parametrize("token", ["x" * 19, "x" * 201, "ü" * 30, "a" * 30 + "\r\nSet-Cookie: x=y", "💥" * 30])
def test_a_token_that_fits_no_cookie_gets_no_seat(event, token):
    with pytest.raises(Refused) as refusal:
        services.take_seat(event=event, token=token, nickname="Gast 9")
    assert refusal.value.code == "token_short"
    assert event.seats.count() == 0
