"""Every state of a ballot × every act on it, by the team and by strangers."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from accounts.models import User
from common.errors import Refused
from participation.models import Ballot, Seat
from participation.services import ballots as services

Make = Callable[..., Ballot]
Act = Callable[[Ballot, User], object]
ACTS: dict[str, Act] = {
    "ready": lambda ballot, by: services.ready_ballot(ballot=ballot, by=by),
    "open": lambda ballot, by: services.open_ballot(ballot=ballot, by=by),
    "pause": lambda ballot, by: services.pause_ballot(ballot=ballot, by=by),
    "resume": lambda ballot, by: services.resume_ballot(ballot=ballot, by=by),
    "close": lambda ballot, by: services.close_ballot(ballot=ballot, by=by),
    "extend": lambda ballot, by: services.extend_ballot(ballot=ballot, by=by, seat=1, seconds=60),
    "totals": lambda ballot, by: services.enter_totals(ballot=ballot, by=by, papers=1, options={"Kino": 1}),
    "release": lambda ballot, by: services.release_words(ballot=ballot, by=by, words=["Kino"]),
    "reveal": lambda ballot, by: services.reveal_ballot(ballot=ballot, by=by),
    "file": lambda ballot, by: services.file_ballot(ballot=ballot, by=by),
    "void": lambda ballot, by: services.void_ballot(ballot=ballot, by=by, reason="Technik"),
    "rerun": lambda ballot, by: services.rerun_ballot(ballot=ballot, by=by),
}
LEGAL = {
    "draft": {"ready", "void"},
    "ready": {"ready", "open", "void"},
    "open": {"open", "pause", "resume", "close", "extend", "totals", "void"},
    "paused": {"pause", "resume", "close", "extend", "totals", "void"},
    "closing": {"close", "extend", "totals", "void"},
    "counted": {"close", "totals", "release", "reveal", "void"},
    "revealed": {"close", "release", "reveal", "file", "void"},
    "filed": {"close", "reveal", "file"},
    "void": {"void", "rerun"},
}
"""What each state takes; doing what is done already is no mistake."""
RESULT = {"options": [{"number": 1, "label": "Kino", "points": 1}], "papers": 1, "abstentions": 0, "points": 1}


@pytest.fixture
def stand(make_ballot: Make, seats: list[Seat]) -> Callable[[str], Ballot]:
    """A ballot for words that stands in a state."""

    def put(state: str) -> Ballot:
        ballot = make_ballot(kind="words", max_choices=3)
        now = timezone.now()
        facts: dict[str, Any] = {"state": state}
        if state == "paused":
            facts["paused_at"] = now
        if state in {"closing", "counted", "revealed", "filed"}:
            facts["closed_at"] = now
        if state in {"counted", "revealed", "filed"}:
            facts["result"] = RESULT
        Ballot.objects.filter(pk=ballot.pk).update(**facts)
        return Ballot.objects.select_related("event__quartier").get(pk=ballot.pk)

    return put


def row_of(ballot: Ballot) -> dict[str, Any]:
    """Everything that is kept of the ballot, with its dependants counted."""
    row = Ballot.objects.filter(pk=ballot.pk).values().get()
    return row | {"extensions": ballot.extensions.count(), "reruns": ballot.reruns.count()}


def code_of(act: Act, ballot: Ballot, by: User) -> str:
    try:
        act(ballot, by)
    except Refused as refusal:
        return refusal.code
    return ""


def test_the_tables_name_every_state_and_every_act() -> None:
    assert set(LEGAL) == set(Ballot.State.values)
    assert set().union(*LEGAL.values()) == set(ACTS)


@pytest.mark.parametrize("act", ACTS)
@pytest.mark.parametrize("state", LEGAL)
def test_every_illegal_act_is_refused_and_changes_nothing(
    stand: Callable[[str], Ballot], contact_person: User, state: str, act: str
) -> None:
    ballot = stand(state)
    before = row_of(ballot)
    code = code_of(ACTS[act], ballot, contact_person)
    if act in LEGAL[state]:
        assert code == ""
    else:
        assert (code, row_of(ballot)) == ("not_now", before)


@pytest.mark.parametrize("state", LEGAL)
def test_strangers_move_nothing(stand: Callable[[str], Ballot], other_staff: User, resident: User, state: str) -> None:
    ballot = stand(state)
    before = row_of(ballot)
    refused = {code_of(act, ballot, stranger) for act in ACTS.values() for stranger in (other_staff, resident)}
    assert (refused, row_of(ballot)) == ({"forbidden"}, before)


@pytest.mark.parametrize("state", LEGAL)
def test_counting_is_for_ballots_whose_time_is_over(stand: Callable[[str], Ballot], state: str) -> None:
    ballot = stand(state)
    Ballot.objects.filter(pk=ballot.pk).update(closed_at=timezone.now() - timedelta(seconds=3))
    before = row_of(ballot)
    if state in {"open", "closing"}:
        assert services.count_ballot(ballot=ballot).state == "counted"
    elif state in {"counted", "revealed", "filed"}:
        services.count_ballot(ballot=ballot)
        assert row_of(ballot) == before
    else:
        assert code_of(lambda b, _by: services.count_ballot(ballot=b), ballot, User()) == "not_now"
        assert row_of(ballot) == before
