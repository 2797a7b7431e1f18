"""What the team decides, what the author takes back; every illegal step is refused with a sentence."""

import pytest

from accounts.models import ContactPerson
from common.errors import Refused
from ideas import rules
from ideas.models import Entry, Idea
from ideas.services import decide_idea, hide_idea, set_contact, unhide_idea, withdraw_idea
from tests.cast import make_idea

Kind, State = Entry.Kind, Idea.State
REASON = "Der Platz gehört der Bahn, und sie sagt nein."


def refusal(act, **facts) -> tuple[str, str | None]:
    with pytest.raises(Refused) as refused:
        act(**facts)
    assert str(refused.value)
    return refused.value.code, refused.value.field


def put(idea: Idea, state: str, **facts) -> Idea:
    Idea.objects.filter(pk=idea.pk).update(state=state, merged_into=idea.pk if state == State.MERGED else None, **facts)
    idea.refresh_from_db()
    return idea


@pytest.fixture
def other(resident, contact_person):
    return make_idea(resident, "Ein Zelt statt Dach")


@pytest.mark.parametrize("state", State.values)
@pytest.mark.parametrize("kind", sorted(rules.DECISIONS))
def test_decide_idea_takes_legal_steps_and_refuses_all_others(idea, other, contact_person, kind, state):
    put(idea, state)
    facts = {"idea": idea, "by": contact_person, "kind": kind, "reason": REASON, "into": other}
    step = rules.STEPS[kind]
    if state in step.leaves:
        entry = decide_idea(**facts)
        idea.refresh_from_db()
        assert (entry.kind, entry.reason, entry.by) == (kind, REASON, contact_person)
        assert (idea.state, idea.answered_at is not None) == (step.to or state, step.answers)
    else:
        assert refusal(decide_idea, **facts) == ("wrong_state", None)
        idea.refresh_from_db()
        assert (idea.state, idea.story.count()) == (state, 1)


@pytest.mark.parametrize("kind", sorted(rules.DECISIONS - {Kind.UNDER_REVIEW}))
def test_decide_idea_needs_a_public_reason(idea, other, contact_person, kind):
    facts = {"idea": idea, "by": contact_person, "kind": kind, "into": other}
    assert refusal(decide_idea, reason="  ", **facts) == ("missing", "reason")


def test_decide_idea_takes_a_review_without_a_reason(idea, contact_person):
    decide_idea(idea=idea, by=contact_person, kind=Kind.UNDER_REVIEW)
    idea.refresh_from_db()
    assert (idea.state, idea.answered_at) == (State.UNDER_REVIEW, None)


@pytest.mark.parametrize("who", ["resident", "neighbour", "other_staff"])
def test_decide_idea_refuses_everybody_but_the_team(idea, who, request):
    facts = {"idea": idea, "by": request.getfixturevalue(who), "kind": Kind.PARKED, "reason": REASON}
    assert refusal(decide_idea, **facts) == ("forbidden", None)


@pytest.mark.parametrize("who", ["contact_person", "coordinator", "administrator"])
def test_decide_idea_is_open_to_all_of_the_team(idea, who, request):
    person = request.getfixturevalue(who)
    assert decide_idea(idea=idea, by=person, kind=Kind.ANSWER, reason=REASON).by == person


@pytest.mark.parametrize("kind", [Kind.PUBLISHED, Kind.WITHDRAWN, "", "nonsense"])
def test_decide_idea_refuses_what_is_no_decision(idea, contact_person, kind):
    assert refusal(decide_idea, idea=idea, by=contact_person, kind=kind, reason=REASON) == ("invalid", "kind")


def test_decide_idea_refuses_a_reason_that_is_too_long(idea, contact_person):
    facts = {"idea": idea, "by": contact_person, "kind": Kind.PARKED, "reason": "x" * 1001}
    assert refusal(decide_idea, **facts) == ("too_long", "reason")


@pytest.mark.parametrize("kind", sorted(rules.DECISIONS))
def test_decide_idea_twice_is_one_step(idea, other, contact_person, kind):
    facts = {"idea": idea, "by": contact_person, "kind": kind, "reason": REASON, "into": other}
    assert decide_idea(**facts) == decide_idea(**facts)
    assert idea.story.count() == 2


def test_decide_idea_may_come_back_to_an_earlier_step(idea, contact_person):
    for kind in (Kind.PARKED, Kind.UNDER_REVIEW, Kind.PARKED):
        decide_idea(idea=idea, by=contact_person, kind=kind, reason=REASON)
    assert [entry.kind for entry in idea.story.all()] == [
        Kind.PUBLISHED,
        Kind.PARKED,
        Kind.UNDER_REVIEW,
        Kind.PARKED,
    ]


def test_decide_idea_keeps_the_day_of_the_first_answer(idea, contact_person):
    decide_idea(idea=idea, by=contact_person, kind=Kind.ANSWER, reason=REASON)
    first = Idea.objects.get(pk=idea.pk).answered_at
    decide_idea(idea=idea, by=contact_person, kind=Kind.PARKED, reason=REASON)
    assert Idea.objects.get(pk=idea.pk).answered_at == first


def merge(idea, into, by) -> tuple[str, str | None]:
    return refusal(decide_idea, idea=idea, by=by, kind=Kind.MERGED, reason=REASON, into=into)


def test_merging_needs_another_idea(idea, contact_person):
    assert merge(idea, None, contact_person) == ("into", "into")
    assert merge(idea, idea, contact_person) == ("into", "into")


def test_merging_into_another_quartier_is_refused(idea, contact_person, neighbour):
    assert merge(idea, make_idea(neighbour), contact_person) == ("into", "into")


@pytest.mark.parametrize("state", [State.WITHDRAWN, State.MERGED])
def test_merging_into_what_is_gone_is_refused(idea, other, contact_person, state):
    assert merge(idea, put(other, state), contact_person) == ("into", "into")


def test_merging_in_a_ring_is_refused(idea, other, contact_person):
    decide_idea(idea=idea, by=contact_person, kind=Kind.MERGED, reason=REASON, into=other)
    assert merge(other, idea, contact_person) == ("into", "into")


@pytest.mark.parametrize("state", State.values)
def test_withdraw_idea_in_every_state(idea, resident, state):
    put(idea, state)
    if state in rules.STEPS[Kind.WITHDRAWN].leaves or state == State.WITHDRAWN:
        assert withdraw_idea(idea=idea, by=resident).state == State.WITHDRAWN
    else:
        assert refusal(withdraw_idea, idea=idea, by=resident) == ("wrong_state", None)


def test_withdraw_idea_twice_is_one_entry(idea, resident):
    withdraw_idea(idea=idea, by=resident)
    withdraw_idea(idea=idea, by=resident)
    assert [entry.kind for entry in idea.story.all()] == [Kind.PUBLISHED, Kind.WITHDRAWN]


@pytest.mark.parametrize("who", ["neighbour", "contact_person", "administrator"])
def test_withdraw_idea_of_somebody_else_is_refused(idea, who, request):
    assert refusal(withdraw_idea, idea=idea, by=request.getfixturevalue(who)) == ("forbidden", None)


def test_hide_and_unhide_idea(idea, contact_person):
    hidden = hide_idea(idea=idea, by=None).hidden_at
    assert hide_idea(idea=idea, by=contact_person).hidden_at == hidden
    assert unhide_idea(idea=idea, by=contact_person).hidden_at is None


@pytest.mark.parametrize("act", [hide_idea, unhide_idea])
@pytest.mark.parametrize("who", ["resident", "other_staff"])
def test_hiding_an_idea_by_somebody_outside_the_team_is_refused(idea, act, who, request):
    assert refusal(act, idea=idea, by=request.getfixturevalue(who)) == ("forbidden", None)


def test_set_contact_within_the_quartier(idea, contact_person, quartier):
    tom = ContactPerson.objects.create(quartier=quartier, name="Tom Brandt")
    assert set_contact(idea=idea, contact=tom, by=contact_person).contact == tom
    assert set_contact(idea=idea, contact=None, by=contact_person).contact is None


def test_set_contact_from_elsewhere_is_refused(idea, contact_person, other_staff):
    stranger = ContactPerson.objects.get(user=other_staff)
    assert refusal(set_contact, idea=idea, contact=stranger, by=contact_person) == ("contact", "contact")


def test_set_contact_by_somebody_outside_the_team_is_refused(idea, other_staff):
    assert refusal(set_contact, idea=idea, contact=None, by=other_staff) == ("forbidden", None)
