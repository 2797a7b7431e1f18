"""Results of every kind, where they are shown, sums from paper, and new rounds."""

from collections.abc import Callable
from typing import Any

import pytest

from accounts.models import User
from participation.models import Ballot, Event, LogEntry, Seat
from participation.selectors.ballots import ballot_facts, full_result, ranked, shown_result
from participation.selectors.events import state_of
from participation.services import ballots as services
from participation.services.events import set_scene

from .test_services import count, refusal

Make = Callable[..., Ballot]
Say = Callable[..., Any]
Counted = Callable[..., Ballot]


@pytest.fixture
def counted(open_one: Make, seats: list[Seat], say: Say, contact_person: User) -> Counted:
    """A ballot in which the first seats said these choices."""

    def make(*choices: dict[str, int], **facts: Any) -> Ballot:
        ballot = open_one(**facts)
        for seat, choice in zip(seats, choices, strict=False):
            assert isinstance(say(ballot, seat, choice), dict)
        return count(services.close_ballot(ballot=ballot, by=contact_person))

    return make


# --- kinds -----------------------------------------------------------------------------------------------
def test_a_scale_has_five_steps_of_its_own_and_a_mean(counted: Counted) -> None:
    ballot = counted({"5": 1}, {"4": 1}, {"4": 1}, {"1": 1}, {}, kind="scale", options=["x"], max_choices=3)
    assert [(option.number, option.label) for option in ballot.options.all()] == [(n, str(n)) for n in range(1, 6)]
    assert ballot.max_choices == 1
    assert ballot.result is not None
    assert [option["points"] for option in ballot.result["options"]] == [1, 0, 0, 2, 1]
    assert {**ballot.result, "options": None} == {
        "options": None, "papers": 5, "abstentions": 1, "points": 4, "mean": 3.5,
    }  # fmt: skip
    assert [row["number"] for row in ranked(ballot.result)] == [1, 2, 3, 4, 5]


def test_words_are_merged_and_counted(counted: Counted) -> None:
    ballot = counted(
        {"Kino": 1, "Rad": 1}, {" kino ": 1, "KINO": 1}, {"Kino": 1}, {}, kind="words", options=[], max_choices=3
    )
    assert ballot.result == {
        "options": [{"number": 1, "label": "Kino", "points": 3}, {"number": 2, "label": "Rad", "points": 1}],
        "papers": 4,
        "abstentions": 1,
        "points": 4,
    }


@pytest.mark.parametrize(
    ("choice", "code"),
    [
        ({"eins": 1, "zwei": 1, "drei": 1}, "over_budget"),
        ({"schreib mir 01701234567": 1}, "contact"),
        ({"x" * 25: 1}, "word_too_long"),
        ({"Kino": 2}, "bad_paper"),
    ],
)
def test_words_that_cannot_be_taken(
    open_one: Make, seats: list[Seat], say: Say, choice: dict[str, int], code: str
) -> None:
    assert say(open_one(kind="words", max_choices=2), seats[0], choice) == code


@pytest.mark.parametrize("kind", Ballot.Kind.values)
@pytest.mark.parametrize("secrecy", Ballot.Secrecy.values)
def test_every_kind_takes_an_abstention(counted: Counted, kind: str, secrecy: str) -> None:
    ballot = counted({}, {}, kind=kind, secrecy=secrecy, max_choices=2)
    assert ballot.result is not None
    assert (ballot.result["papers"], ballot.result["abstentions"], ballot.result["points"]) == (2, 2, 0)
    assert len(ballot.receipts) == 2


# --- words are held --------------------------------------------------------------------------------------
def test_only_released_words_leave_the_house(counted: Counted, contact_person: User, event: Event) -> None:
    ballot = counted({"Kino": 1, "Doof": 1}, {"kino": 1}, kind="words", max_choices=2)
    ballot = services.reveal_ballot(ballot=ballot, by=contact_person)
    assert "Kino" not in str(state_of(event)) + str(state_of(event, "public"))
    ballot = services.release_words(ballot=ballot, by=contact_person, words=["KINO", "nie gesagt"])
    assert ballot.released == ["kino"]
    shown = shown_result(ballot)
    assert shown == {
        "options": [{"number": 1, "label": "Kino", "points": 2}],
        "papers": 2, "abstentions": 0, "points": 3, "held": 1,
    }  # fmt: skip
    told = list(LogEntry.objects.filter(event=event).values_list("data", flat=True))
    assert told[-1]["result"] == shown
    assert "Doof" not in str(told)
    services.release_words(ballot=ballot, by=contact_person, words=["kino"], on=False)
    assert state_of(event)["ballots"][0]["result"]["options"] == []
    assert "Kino" not in str(list(LogEntry.objects.filter(event=event).values_list("data", flat=True)))


# --- where it is shown -----------------------------------------------------------------------------------
@pytest.mark.parametrize("target", ["projector", "phones", "public"])
def test_a_result_is_shown_where_it_was_revealed_and_nowhere_else(
    counted: Counted, contact_person: User, event: Event, target: str
) -> None:
    before = event.scene
    ballot = services.reveal_ballot(ballot=counted({"1": 3}), by=contact_person, targets=[target])
    seen = {place for place in ("projector", "phones", "public") if ballot_facts(ballot, place)["result"]}
    assert (ballot.state, ballot.revealed_on, seen) == ("revealed", [target], {target})
    (told,) = LogEntry.objects.filter(event=event, kind="ballot.revealed")
    assert (told.data["result"] is not None) is (target == "phones")
    event.refresh_from_db()
    assert event.scene["kind"] == ("result" if target == "projector" else "ballot")
    assert before["kind"] == "wall"


def test_more_targets_can_be_added_and_none_is_taken_away(counted: Counted, contact_person: User) -> None:
    ballot = services.reveal_ballot(ballot=counted({"1": 3}), by=contact_person, targets=["public"])
    services.file_ballot(ballot=ballot, by=contact_person)
    ballot = services.reveal_ballot(ballot=ballot, by=contact_person, targets=["projector"])
    assert (ballot.state, ballot.revealed_on) == ("filed", ["projector", "public"])
    for targets in ([], ["billboard"]):
        act = lambda wanted=targets: services.reveal_ballot(ballot=ballot, by=contact_person, targets=wanted)  # noqa: E731
        assert refusal(act) == "no_target"


# --- paper -----------------------------------------------------------------------------------------------
def test_sums_from_paper_stand_apart(counted: Counted, contact_person: User) -> None:
    ballot = counted({"1": 3}, {"2": 1}, {})
    ballot = services.enter_totals(ballot=ballot, by=contact_person, papers=4, abstentions=1, options={"2": 5, "3": 1})
    result = full_result(ballot)
    assert result is not None
    assert [(o["points"], o["paper"], o["total"]) for o in result["options"]] == [
        (3, 0, 3), (1, 5, 6), (0, 1, 1), (0, 0, 0),
    ]  # fmt: skip
    assert (result["papers"], result["points"], result["on_paper"]) == (
        3, 4, {"papers": 4, "abstentions": 1, "points": 6},
    )  # fmt: skip
    assert [row["number"] for row in ranked(result)] == [2, 1, 3, 4]
    gone = services.enter_totals(ballot=ballot, by=contact_person, papers=0)
    assert (gone.paper_totals, full_result(gone)) == (None, gone.result)


def test_the_mean_of_a_scale_includes_the_paper(counted: Counted, contact_person: User) -> None:
    ballot = counted({"5": 1}, kind="scale")
    ballot = services.enter_totals(ballot=ballot, by=contact_person, papers=3, options={"1": 2, "2": 1})
    assert (ballot.result or {})["mean"] == 5.0
    assert (full_result(ballot) or {})["mean"] == 2.3


def test_words_from_paper_join_those_from_phones_and_are_held_too(counted: Counted, contact_person: User) -> None:
    ballot = counted({"Kino": 1}, kind="words", max_choices=2)
    ballot = services.enter_totals(ballot=ballot, by=contact_person, papers=3, options={"kino": 2, "Bus": 1})
    assert shown_result(ballot) == {
        "options": [], "papers": 1, "abstentions": 0, "points": 1, "held": 2,
        "on_paper": {"papers": 3, "abstentions": 0, "points": 3},
    }  # fmt: skip
    ballot = services.release_words(ballot=ballot, by=contact_person, words=["Kino"])
    assert (shown_result(ballot) or {})["options"] == [
        {"number": 1, "label": "kino", "points": 1, "paper": 2, "total": 3}
    ]


@pytest.mark.parametrize(
    ("papers", "abstentions", "options"),
    [(1, 0, {"1": 4}), (2, 0, {"1": 1}), (1, 2, {}), (-1, 0, {}), (1, 0, {"9": 1}), (1, 0, {"1": -1}), (10**6, 0, {})],
)
def test_sums_that_cannot_be_are_refused(
    counted: Counted, contact_person: User, papers: int, abstentions: int, options: dict[str, int]
) -> None:
    ballot = counted({"1": 3})
    facts = {"papers": papers, "abstentions": abstentions, "options": options}
    assert refusal(lambda: services.enter_totals(ballot=ballot, by=contact_person, **facts)) == "totals"
    ballot.refresh_from_db()
    assert ballot.paper_totals is None


# --- again -----------------------------------------------------------------------------------------------
def test_a_void_ballot_is_asked_again_once(counted: Counted, contact_person: User, event: Event) -> None:
    ballot = counted({"1": 1}, kind="choice", max_choices=2, secrecy="secret")
    services.reveal_ballot(ballot=ballot, by=contact_person)
    void = services.void_ballot(ballot=ballot, by=contact_person, reason="Falsche Frage gelesen")
    assert ballot_facts(void)["result"] is None
    again = services.rerun_ballot(ballot=void, by=contact_person)
    assert services.rerun_ballot(ballot=void, by=contact_person) == again
    same = ("kind", "question", "secrecy", "tier", "max_choices")
    assert [getattr(again, name) for name in same] == [getattr(ballot, name) for name in same]
    assert list(again.options.values_list("label", flat=True)) == ["Rad", "Dach", "Kino", "Bus"]
    assert (again.state, again.number, again.rerun_of_id, again.paper_count) == ("ready", 2, ballot.pk, 0)
    opened = services.open_ballot(ballot=again, by=contact_person)
    told = {facts["n"]: (facts["rerun"], facts["reason"]) for facts in state_of(event)["ballots"]}
    assert told == {1: (None, "Falsche Frage gelesen"), 2: (1, "")}
    set_scene(event=event, by=contact_person, kind="ballot", ballot=opened.number)
