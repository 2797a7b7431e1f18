"""Filing and deciding reports: two different people hide a thing, the team has the last word."""

import uuid

import pytest

from accounts.models import Quartier
from common.errors import Refused
from ideas.models import Comment, Idea
from ideas.services import hide_idea, write_comment
from moderation import registry, rules, selectors
from moderation.models import Report
from moderation.services import decide_report, file_report
from tests.cast import make_idea, make_resident

State = Report.State


def report(idea: Idea, reporter=None, **facts) -> Report:
    return file_report(
        **{
            "thing": "idea",
            "thing_id": idea.pk,
            "quartier": idea.quartier,
            "url": idea.get_absolute_url(),
            "copy": idea.title,
            "reason": "spam",
            "note": "",
            "reporter": reporter,
            "client_id": uuid.uuid4(),
            **facts,
        }
    )


def refusal(act, *args, **facts) -> tuple[str, str | None]:
    with pytest.raises(Refused) as refused:
        act(*args, **facts)
    assert str(refused.value)
    return refused.value.code, refused.value.field


def hidden(idea: Idea) -> bool:
    return Idea.objects.get(pk=idea.pk).hidden_at is not None


def test_file_report_keeps_a_copy_and_gives_a_receipt(idea, neighbour):
    filed = report(idea, neighbour, reason="hurts", note="Das tut weh.")
    Idea.objects.filter(pk=idea.pk).update(title="Etwas ganz anderes")
    filed.refresh_from_db()
    assert (filed.copy, filed.reason, filed.note, filed.reporter, filed.state) == (
        "Ein Dach für den Bolzplatz",
        "hurts",
        "Das tut weh.",
        neighbour,
        State.OPEN,
    )
    assert (len(filed.receipt), filed.receipt[4]) == (9, "-")


def test_file_report_twice_with_one_id_is_one(idea, neighbour):
    client_id = uuid.uuid4()
    reports = {report(idea, neighbour, client_id=client_id) for _time in range(3)}
    assert (len(reports), Report.objects.count(), hidden(idea)) == (1, 1, False)


def test_file_report_with_an_id_of_another_thing_is_refused(idea, resident, neighbour):
    filed = report(idea, neighbour)
    other = make_idea(resident, "Noch eine")
    assert refusal(report, other, neighbour, client_id=filed.client_id) == ("repeated", None)


@pytest.mark.parametrize(
    ("facts", "expected"),
    [({"reason": "boring"}, ("reason", "reason")), ({"note": "x" * 501}, ("note", "note"))],
)
def test_file_report_refuses_what_does_not_fit(idea, facts, expected):
    assert refusal(report, idea, **facts) == expected
    assert Report.objects.count() == 0


def test_one_person_alone_hides_nothing(idea, neighbour):
    for _time in range(3):
        report(idea, neighbour)
    assert hidden(idea) is False


def test_people_without_account_count_as_one(idea):
    for _time in range(3):
        report(idea, None)
    assert hidden(idea) is False


@pytest.mark.parametrize("second_has_account", [True, False])
def test_two_different_people_hide_a_thing(idea, neighbour, quartier, second_has_account):
    report(idea, neighbour)
    report(idea, make_resident("Milan 5", quartier) if second_has_account else None)
    assert hidden(idea) is True


def test_two_reports_of_different_things_hide_none(idea, resident, neighbour, quartier):
    other = make_idea(resident, "Noch eine")
    report(idea, neighbour)
    report(other, make_resident("Milan 5", quartier))
    assert (hidden(idea), hidden(other)) == (False, False)


def test_reported_comment_is_hidden_like_an_idea(idea, resident, neighbour):
    comment = write_comment(author=resident, idea=idea, client_id=uuid.uuid4(), text="Unfug")
    for reporter in (neighbour, None):
        report(idea, reporter, thing="comment", thing_id=comment.pk, copy=comment.text)
    comment.refresh_from_db()
    assert (comment.hidden_at is not None, hidden(idea)) == (True, False)


def test_decide_report_upholds_and_hides(idea, neighbour, contact_person):
    decided = decide_report(report=report(idea, neighbour), by=contact_person, state=State.UPHELD, answer="Stimmt.")
    assert (decided.state, decided.decided_by, decided.answer, hidden(idea)) == (
        State.UPHELD,
        contact_person,
        "Stimmt.",
        True,
    )
    assert decided.decided_at is not None


def test_decide_report_dismisses_all_open_ones_and_shows_the_thing_again(idea, neighbour, contact_person):
    first, second = report(idea, neighbour), report(idea, None)
    assert hidden(idea) is True
    decide_report(report=first, by=contact_person, state=State.DISMISSED)
    second.refresh_from_db()
    assert (second.state, hidden(idea)) == (State.DISMISSED, False)


def test_decide_report_dismissed_leaves_hidden_what_the_team_has_hidden(idea, neighbour, contact_person):
    filed = report(idea, neighbour)
    hide_idea(idea=idea, by=contact_person)
    decide_report(report=filed, by=contact_person, state=State.DISMISSED)
    assert hidden(idea) is True


def test_dismissed_reports_count_no_more(idea, neighbour, contact_person, quartier):
    decide_report(report=report(idea, neighbour), by=contact_person, state=State.DISMISSED)
    report(idea, make_resident("Milan 5", quartier))
    assert hidden(idea) is False


def test_decide_report_twice_is_one_decision(idea, neighbour, contact_person, coordinator):
    filed = report(idea, neighbour)
    first = decide_report(report=filed, by=contact_person, state=State.UPHELD)
    again = decide_report(report=filed, by=coordinator, state=State.UPHELD)
    assert (again.decided_by, again.decided_at) == (contact_person, first.decided_at)


def test_decide_report_otherwise_afterwards_is_refused(idea, neighbour, contact_person):
    filed = report(idea, neighbour)
    decide_report(report=filed, by=contact_person, state=State.UPHELD)
    assert refusal(decide_report, report=filed, by=contact_person, state=State.DISMISSED) == ("decided", None)


@pytest.mark.parametrize("state", ["open", "", "nonsense"])
def test_decide_report_refuses_what_is_no_decision(idea, neighbour, contact_person, state):
    assert refusal(decide_report, report=report(idea, neighbour), by=contact_person, state=state) == (
        "state",
        "state",
    )


def test_decide_report_refuses_an_answer_that_is_too_long(idea, neighbour, contact_person):
    facts = {
        "report": report(idea, neighbour),
        "by": contact_person,
        "state": State.UPHELD,
        "answer": "x" * 501,
    }
    assert refusal(decide_report, **facts) == ("answer", "answer")


PEOPLE = ("resident", "neighbour", "contact_person", "other_staff", "coordinator", "administrator")
TEAM = {"contact_person", "coordinator", "administrator"}


@pytest.fixture
def people(request):
    return {name: request.getfixturevalue(name) for name in PEOPLE}


def test_can_moderate_the_team(people, quartier):
    assert {name for name, user in people.items() if rules.can_moderate(user, quartier)} == TEAM


@pytest.mark.parametrize("who", sorted(set(PEOPLE) - TEAM))
def test_decide_report_by_somebody_outside_the_team_is_refused(idea, who, request):
    facts = {"report": report(idea), "by": request.getfixturevalue(who), "state": State.UPHELD}
    assert refusal(decide_report, **facts) == ("forbidden", None)
    assert hidden(idea) is False


def test_open_reports_are_seen_by_the_team_oldest_first(people, idea, resident, contact_person):
    filed = [report(idea), report(make_idea(resident, "Noch eine"))]
    decide_report(report=report(make_idea(resident, "Dritte")), by=contact_person, state=State.UPHELD)
    found = {name: list(selectors.open_reports(user)) for name, user in people.items()}
    assert found == {name: filed if name in TEAM else [] for name in PEOPLE}


def test_report_is_absent_for_a_strangers_team(idea, contact_person, other_staff):
    from django.http import Http404

    filed = report(idea)
    assert selectors.report_or_404(contact_person, filed.pk) == filed
    with pytest.raises(Http404):
        selectors.report_or_404(other_staff, filed.pk)


@pytest.mark.parametrize(
    ("reporters", "expected"),
    [(set(), False), ({None}, False), ({1}, False), ({1, 2}, True), ({1, None}, True)],
)
def test_hides_two_different_people(reporters, expected):
    assert rules.hides(reporters) is expected


def test_registry_knows_what_the_floors_above_have_introduced():
    assert {thing for thing in ("idea", "comment") if registry.find(thing)} == {"idea", "comment"}
    assert registry.find("nonsense") is None


@pytest.mark.parametrize("thing", ["idea", "comment"])
def test_registered_things_bear_that_they_are_gone(db, thing):
    reportable = registry.find(thing)
    reportable.hide(4711)
    reportable.unhide(4711)
    assert (Idea.objects.count(), Comment.objects.count(), Quartier.objects.count()) == (0, 0, 0)
