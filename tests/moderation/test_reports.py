"""Filing and deciding reports: two different people, one of them known, hide a thing; the team has the last word."""

import uuid
from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.models import Quartier
from common.errors import Refused
from ideas.models import Comment, Idea
from ideas.services import hide_idea, write_comment
from moderation import registry, rules, selectors
from moderation.models import Report
from moderation.rules import Reporter
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


def person(account=None, device="", *, old=True, is_staff=False) -> Reporter:
    age = None if account is None else timedelta(days=1) if old else timedelta(hours=23, minutes=59)
    return Reporter(account, device, is_staff, age)


NEW = {"old": False}


@pytest.mark.parametrize(
    ("reporters", "number", "expected"),
    [
        ([], 0, False),
        ([person(), person()], 1, False),
        ([person(1)], 1, False),
        ([person(1), person(1, "b")], 1, False),
        ([person(1), person(2)], 2, True),
        ([person(1), person()], 2, True),
        ([person(1, **NEW), person(2, **NEW)], 2, False),
        ([person(1, **NEW), person(2, **NEW), person()], 3, False),
        ([person(1, **NEW), person()], 2, False),
        ([person(1, **NEW), person(2)], 2, True),
        ([person(1, **NEW, is_staff=True), person()], 2, True),
        ([person(1, "a"), person(2, "a")], 1, False),
        ([person(1, "a"), person(None, "a")], 1, False),
        ([person(None, "a"), person(1, "a")], 1, False),
        ([person(1, "a"), person(None, "b")], 2, True),
        ([person(1, "a"), person(None, "a"), person(None, "b")], 2, True),
        ([person(1, "a"), person(2, "b"), person(1, "b")], 1, False),
        ([person(None, "a"), person(None, "b")], 1, False),
    ],
)
def test_hides_two_different_people_one_of_them_known(reporters, number, expected):
    assert (rules.people(reporters), rules.hides(reporters)) == (number, expected)


def test_how_long_somebody_must_be_known_is_a_setting(settings):
    settings.REPORTER_KNOWN_AFTER = timedelta(0)
    assert rules.hides([person(1, **NEW), person()]) is True


def test_a_second_nickname_made_for_it_hides_nothing_and_its_report_is_kept(idea, quartier):
    fresh = [make_resident(f"Neu {n}", quartier, date_joined=timezone.now()) for n in range(2)]
    for reporter in (*fresh, None):
        report(idea, reporter)
    assert (hidden(idea), Report.objects.filter(state=State.OPEN).count()) == (False, 3)
    report(idea, make_resident("Alteingesessen", quartier))
    assert hidden(idea) is True


def test_one_browser_counts_once_whoever_it_says_it_is(idea, neighbour, quartier):
    for reporter in (neighbour, None, make_resident("Milan 5", quartier)):
        report(idea, reporter, device="one browser")
    assert (hidden(idea), Report.objects.count()) == (False, 3)
    report(idea, None, device="another browser")
    assert hidden(idea) is True


def test_the_mark_of_a_device_connects_no_two_things(idea, resident, neighbour):
    marks = [report(one, neighbour, device="x").device for one in (idea, make_idea(resident, "Noch eine"), idea)]
    assert (marks[0] == marks[2], marks[0] == marks[1], "x" in marks) == (True, False, False)


def test_dismissing_shows_nothing_that_the_team_had_hidden_while_new_accounts_reported(idea, quartier, contact_person):
    fresh = [make_resident(f"Neu {n}", quartier, date_joined=timezone.now()) for n in range(2)]
    filed = [report(idea, one) for one in fresh]
    hide_idea(idea=idea, by=contact_person)
    decide_report(report=filed[0], by=contact_person, state=State.DISMISSED)
    assert hidden(idea) is True


def test_registry_knows_what_the_floors_above_have_introduced():
    assert {thing for thing in ("idea", "comment") if registry.find(thing)} == {"idea", "comment"}
    assert registry.find("nonsense") is None


@pytest.mark.parametrize("thing", ["idea", "comment"])
def test_registered_things_bear_that_they_are_gone(db, thing):
    reportable = registry.find(thing)
    reportable.hide(4711)
    reportable.unhide(4711)
    assert (Idea.objects.count(), Comment.objects.count(), Quartier.objects.count()) == (0, 0, 0)
