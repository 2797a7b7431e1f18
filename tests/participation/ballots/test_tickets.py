"""Printed tickets: each is good for one seat, once, and nobody can look a code up."""

import uuid
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.utils import timezone

from accounts.models import User
from common.errors import Refused
from participation.models import Ballot, Event, RollEntry, Seat, Ticket
from participation.selectors.ballots import progress_of
from participation.selectors.tickets import ticket_counts, ticket_wanted
from participation.services.ballots import close_ballot, count_ballot, open_ballot, rerun_ballot, void_ballot
from participation.services.ballots.tickets import TRIES_OF_A_SEAT, Card, print_tickets, redeem_ticket
from tests import cast
from tests.participation.crowd import all_at_once

Print = Callable[..., list[Card]]


@pytest.fixture
def ballot(make_ballot: Callable[..., Ballot]) -> Ballot:
    return make_ballot(tier="binding")


@pytest.fixture
def printed(ballot: Ballot, contact_person: User) -> Print:
    """Print tickets of the ballot; three if nothing else is said."""

    def act(**facts: Any) -> list[Card]:
        return print_tickets(**{"ballot": ballot, "by": contact_person, "count": 3, "client_id": uuid.uuid4(), **facts})

    return act


def refusal(act: Callable[..., object], **facts: Any) -> str:
    with pytest.raises(Refused) as refused:
        act(**facts)
    return refused.value.code


# --- printing --------------------------------------------------------------------------------------------
def test_codes_are_ten_signs_and_only_their_hashes_are_kept(printed: Print, ballot: Ballot) -> None:
    cards = printed()
    assert [(card.number, len(card.code)) for card in cards] == [(1, 10), (2, 10), (3, 10)]
    assert len({card.code for card in cards}) == 3
    kept = str(list(Ticket.objects.values_list()))
    assert [card.code in kept for card in cards] == [False] * 3


def test_everybody_with_a_good_ticket_is_entitled(printed: Print, ballot: Ballot) -> None:
    printed()
    printed(count=2)
    ballot.refresh_from_db()
    assert progress_of(ballot, 99)["of"] == 5
    assert list(ballot.tickets.order_by("number").values_list("number", flat=True)) == [1, 2, 3, 4, 5]


def test_the_same_request_gives_the_same_tickets(printed: Print, ballot: Ballot) -> None:
    request = uuid.uuid4()
    assert printed(client_id=request) == printed(client_id=request, count=7)
    assert ballot.tickets.count() == 3


def test_new_tickets_void_those_that_nobody_has_redeemed(printed: Print, ballot: Ballot, seats: list[Seat]) -> None:
    request = uuid.uuid4()
    old = printed(client_id=request)
    redeem_ticket(seat=seats[0], code=old[0].code)
    new = printed(count=2, replace=True)
    assert refusal(redeem_ticket, seat=seats[1], code=old[1].code) == "replaced"
    assert refusal(printed, client_id=request) == "replaced"
    assert redeem_ticket(seat=seats[1], code=new[0].code).number == 4
    assert ticket_counts(ballot) == {"printed": 3, "redeemed": 2, "replaced": 2}
    ballot.refresh_from_db()
    assert ballot.entitled == 3


@pytest.mark.parametrize(("facts", "code"), [({"count": 0}, "limits"), ({"count": 501}, "limits")])
def test_a_number_of_tickets_that_makes_no_sense_is_refused(printed: Print, facts: dict[str, Any], code: str) -> None:
    assert refusal(printed, **facts) == code


def test_only_the_team_prints(printed: Print, other_staff: User, resident: User) -> None:
    assert [refusal(printed, by=person) for person in (other_staff, resident)] == ["forbidden"] * 2


@pytest.mark.parametrize("tier", ["signal", "event"])
def test_other_ballots_have_no_tickets(printed: Print, make_ballot: Callable[..., Ballot], tier: str) -> None:
    assert refusal(printed, ballot=make_ballot(tier=tier)) == "not_now"


@pytest.mark.parametrize(
    ("state", "code"),
    [("draft", ""), ("ready", ""), ("open", ""), ("paused", ""), *((s, "not_now") for s in (
        "closing", "counted", "revealed", "filed", "void"))],
)  # fmt: skip
def test_tickets_are_printed_before_the_count_only(printed: Print, ballot: Ballot, state: str, code: str) -> None:
    Ballot.objects.filter(pk=ballot.pk).update(state=state)
    if code:
        assert refusal(printed) == code
    else:
        assert len(printed()) == 3


# --- redeeming -------------------------------------------------------------------------------------------
def test_a_ticket_puts_the_seat_on_the_roll_and_lets_it_vote(
    printed: Print, ballot: Ballot, seats: list[Seat], contact_person: User, say: Callable[..., Any]
) -> None:
    with_ticket, without = seats[:2]
    card = printed()[0]
    redeem_ticket(seat=with_ticket, code=card.code)
    opened = open_ballot(ballot=ballot, by=contact_person)
    assert list(RollEntry.objects.values_list("ballot", "seat")) == [(ballot.pk, with_ticket.pk)]
    assert say(opened, with_ticket, {"1": 1})["rev"] == 1
    assert say(opened, without, {"1": 1}) == "not_on_roll"
    opened.refresh_from_db()
    assert progress_of(opened, 99) == {"n": 1, "of": 3, "rev": 1}


@pytest.mark.parametrize("typed", ["{}", " {} ", "lower"])
def test_a_code_is_understood_however_it_is_typed(printed: Print, seats: list[Seat], typed: str) -> None:
    code = printed()[0].code
    typed = f"{code[:5]}-{code[5:]}".lower() if typed == "lower" else typed.format(code)
    assert redeem_ticket(seat=seats[0], code=typed).number == 1


def test_the_same_seat_gets_the_same_answer_also_when_the_ballot_is_over(
    printed: Print, ballot: Ballot, seats: list[Seat]
) -> None:
    code = printed()[0].code
    first = redeem_ticket(seat=seats[0], code=code)
    Ballot.objects.filter(pk=ballot.pk).update(state="counted")
    again = redeem_ticket(seat=seats[0], code=code)
    assert (again.pk, again.redeemed_at) == (first.pk, first.redeemed_at)


def test_a_ticket_is_good_for_one_seat_and_a_seat_for_one_ticket(printed: Print, seats: list[Seat]) -> None:
    cards = printed()
    redeem_ticket(seat=seats[0], code=cards[0].code)
    assert refusal(redeem_ticket, seat=seats[1], code=cards[0].code) == "ticket_used"
    assert refusal(redeem_ticket, seat=seats[0], code=cards[1].code) == "on_roll"
    assert redeem_ticket(seat=seats[1], code=cards[1].code).number == 2


@pytest.mark.parametrize("state", ["closing", "counted", "void"])
def test_after_the_close_no_ticket_is_taken(printed: Print, ballot: Ballot, seats: list[Seat], state: str) -> None:
    code = printed()[0].code
    Ballot.objects.filter(pk=ballot.pk).update(state=state)
    assert refusal(redeem_ticket, seat=seats[0], code=code) == "closed"


def test_a_ticket_of_another_event_is_unknown_here(
    printed: Print, contact_person: User, other_quartier: Any, other_staff: User
) -> None:
    from participation.services.events import take_seat

    elsewhere = cast.make_event(other_staff, other_quartier)
    stranger = take_seat(event=elsewhere, token="a-stranger-token-that-is-long-enough", nickname="Gast 9")
    assert refusal(redeem_ticket, seat=stranger, code=printed()[0].code) == "no_ticket"


def test_guessing_is_stopped_for_the_seat_and_nobody_else(printed: Print, seats: list[Seat]) -> None:
    good = printed()
    with time_machine.travel(timezone.now(), tick=False):
        tries = [refusal(redeem_ticket, seat=seats[0], code=f"GUESS{n:05}") for n in range(TRIES_OF_A_SEAT.count + 1)]
        assert tries == ["no_ticket"] * TRIES_OF_A_SEAT.count + ["rate"]
        assert refusal(redeem_ticket, seat=seats[0], code=good[0].code) == "rate"
        assert redeem_ticket(seat=seats[1], code=good[0].code).number == 1
    with time_machine.travel(timezone.now() + timedelta(minutes=6), tick=False):
        assert redeem_ticket(seat=seats[0], code=good[1].code).number == 2


def test_a_stranger_who_guesses_with_many_seats_locks_nobody_out(event: Event, printed: Print) -> None:
    good = printed()[0]
    rows = [Seat(event=event, number=n, token_hash=f"{n:064}", nickname="Gast") for n in range(1000, 1504)]
    strangers = Seat.objects.bulk_create(rows)
    honest = strangers.pop()
    with time_machine.travel(timezone.now(), tick=False):
        tries = {
            refusal(redeem_ticket, seat=seat, code="0123456789")
            for seat in strangers
            for _try in range(TRIES_OF_A_SEAT.count)
        }
        assert tries == {"no_ticket"}
        assert redeem_ticket(seat=honest, code=good.code).number == good.number


def test_a_seat_is_asked_for_a_ticket_until_it_has_one(
    printed: Print, event: Event, ballot: Ballot, seats: list[Seat]
) -> None:
    assert ticket_wanted(event, seats[0]) == ballot
    redeem_ticket(seat=seats[0], code=printed()[0].code)
    assert ticket_wanted(event, seats[0]) is None
    Ballot.objects.filter(pk=ballot.pk).update(state="counted")
    assert ticket_wanted(event, seats[1]) is None


def test_the_count_leaves_tickets_and_roll_as_they_were(
    printed: Print, ballot: Ballot, seats: list[Seat], contact_person: User, say: Callable[..., Any]
) -> None:
    redeem_ticket(seat=seats[0], code=printed()[0].code)
    opened = open_ballot(ballot=ballot, by=contact_person)
    say(opened, seats[0], {"1": 3})
    closed = close_ballot(ballot=opened, by=contact_person)
    with time_machine.travel(timezone.now() + timedelta(seconds=3), tick=False):
        counted = count_ballot(ballot=closed)
    assert counted.result is not None
    assert (counted.result["papers"], counted.entitled, ticket_counts(counted)["redeemed"]) == (1, 3, 1)


def test_the_new_round_of_a_void_ballot_takes_the_tickets_over(
    printed: Print, ballot: Ballot, seats: list[Seat], contact_person: User, say: Callable[..., Any]
) -> None:
    cards = printed()
    redeem_ticket(seat=seats[0], code=cards[0].code)
    void = void_ballot(ballot=ballot, by=contact_person, reason="Die Frage war falsch")
    again = open_ballot(ballot=rerun_ballot(ballot=void, by=contact_person), by=contact_person)
    assert say(again, seats[0], {"1": 1})["rev"] == 1
    assert say(again, seats[1], {"1": 1}) == "not_on_roll"
    assert redeem_ticket(seat=seats[1], code=cards[1].code).ballot == again
    assert say(again, seats[1], {"1": 1})["rev"] == 2
    assert again.entitled == 3


# --- at once ---------------------------------------------------------------------------------------------
@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_two_people_with_the_same_ticket_at_once_get_one_vote(printed: Print, seats: list[Seat]) -> None:
    code = printed()[0].code
    answers = all_at_once([lambda seat=seat: redeem_ticket(seat=seat, code=code) for seat in seats])
    assert sorted(answers) == ["", *["ticket_used"] * 4]
    assert RollEntry.objects.count() == 1


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_one_person_with_the_same_ticket_twice_at_once_gets_the_same_answer(printed: Print, seats: list[Seat]) -> None:
    code = printed()[0].code
    assert all_at_once([lambda: redeem_ticket(seat=seats[0], code=code)] * 4) == [""] * 4
    assert RollEntry.objects.count() == 1
