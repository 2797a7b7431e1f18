"""Each permission as a table: who × state."""

import pytest
from django.contrib.auth.models import AnonymousUser

from ideas import rules
from ideas.models import Comment, Entry, Idea
from tests.cast import make_idea

State, Kind = Idea.State, Entry.Kind
PEOPLE = ("visitor", "author", "neighbour", "contact_person", "other_staff", "coordinator", "administrator")
EVERYBODY = set(PEOPLE)
RESIDENTS = {"author", "neighbour"}
TEAM = {"contact_person", "coordinator", "administrator"}


@pytest.fixture
def people(resident, neighbour, contact_person, other_staff, coordinator, administrator):
    everybody = (
        AnonymousUser(),
        resident,
        neighbour,
        contact_person,
        other_staff,
        coordinator,
        administrator,
    )
    return dict(zip(PEOPLE, everybody, strict=True))


def in_state(idea: Idea, state: str, *, hidden: bool = False) -> Idea:
    """The idea in a state; what has never been published has no day of publishing."""
    idea.state = state
    if state == State.SUBMITTED:
        idea.published_at = None
    idea.hidden_at = idea.submitted_at if hidden else None
    return idea


def allowed(people, question, *things) -> set[str]:
    return {name for name, user in people.items() if question(user, *things)}


PUBLIC = (
    State.PUBLISHED,
    State.UNDER_REVIEW,
    State.BECOMES_PROJECT,
    State.PARKED,
    State.NOT_POSSIBLE,
    State.MERGED,
)


@pytest.mark.parametrize("state", State.values)
def test_can_see_public_ideas_everybody_others_author_and_team(people, idea, state):
    expected = EVERYBODY if state in PUBLIC else {"author"} | TEAM
    assert allowed(people, rules.can_see, in_state(idea, state)) == expected


@pytest.mark.parametrize("state", State.values)
def test_can_see_hidden_ideas_author_and_team_only(people, idea, state):
    assert allowed(people, rules.can_see, in_state(idea, state, hidden=True)) == {"author"} | TEAM


@pytest.mark.parametrize("state", State.values)
def test_can_vote_residents_while_nothing_is_decided(people, idea, state):
    expected = RESIDENTS if state in {State.PUBLISHED, State.UNDER_REVIEW} else set()
    assert allowed(people, rules.can_vote, in_state(idea, state)) == expected


@pytest.mark.parametrize("state", State.values)
def test_can_vote_nobody_for_a_hidden_idea(people, idea, state):
    assert allowed(people, rules.can_vote, in_state(idea, state, hidden=True)) == set()


@pytest.mark.parametrize("state", State.values)
def test_can_comment_residents_and_own_team_under_public_ideas(people, idea, state):
    expected = RESIDENTS | TEAM if state in set(PUBLIC) - {State.MERGED} else set()
    assert allowed(people, rules.can_comment, in_state(idea, state)) == expected


@pytest.mark.parametrize("state", State.values)
def test_can_withdraw_author_until_something_final_is_decided(people, idea, state):
    living = {State.SUBMITTED, State.PUBLISHED, State.UNDER_REVIEW, State.PARKED}
    expected = {"author"} if state in living else set()
    assert allowed(people, rules.can_withdraw, in_state(idea, state)) == expected


@pytest.mark.parametrize("state", State.values)
def test_can_decide_own_team_in_every_state(people, idea, state):
    assert allowed(people, rules.can_decide, in_state(idea, state)) == TEAM


def test_can_submit_residents_of_any_quartier(people, quartier):
    assert allowed(people, rules.can_submit, quartier) == RESIDENTS


def test_can_act_nobody_who_is_locked_out(idea, resident, quartier):
    resident.is_active = False
    questions = [
        rules.can_submit(resident, quartier),
        rules.can_vote(resident, idea),
        rules.can_comment(resident, idea),
        rules.can_withdraw(resident, idea),
    ]
    assert questions == [False, False, False, False]


@pytest.mark.parametrize(
    ("deleted", "hidden", "expected"),
    [
        (False, False, EVERYBODY),
        (False, True, {"author"} | TEAM),
        (True, False, set()),
        (True, True, set()),
    ],
)
def test_can_read_a_comment(people, idea, resident, deleted, hidden, expected):
    then = idea.submitted_at
    comment = Comment(
        idea=idea, author=resident, deleted_at=then if deleted else None, hidden_at=then if hidden else None
    )
    assert allowed(people, rules.can_read, comment, idea) == expected


def test_can_delete_the_writer_only(people, idea, resident):
    assert allowed(people, rules.can_delete, Comment(idea=idea, author=resident)) == {"author"}


@pytest.mark.parametrize(
    ("residents", "guests", "at_home", "elsewhere"),
    [
        ("at_once", "after_look", True, False),
        ("after_look", "at_once", False, True),
        ("at_once", "at_once", True, True),
        ("after_look", "after_look", False, False),
    ],
)
def test_publishes_at_once_as_the_quartier_is_set(quartier, resident, neighbour, residents, guests, at_home, elsewhere):
    quartier.publish_residents, quartier.publish_guests = residents, guests
    found = [rules.publishes_at_once(person, quartier) for person in (resident, neighbour)]
    assert found == [at_home, elsewhere]


# The whole state machine: which kind of entry may follow in which state, and where it leads.
STORY = {
    (Kind.PUBLISHED, State.SUBMITTED): State.PUBLISHED,
    (Kind.UNDER_REVIEW, State.PUBLISHED): State.UNDER_REVIEW,
    (Kind.UNDER_REVIEW, State.PARKED): State.UNDER_REVIEW,
    (Kind.ANSWER, State.PUBLISHED): State.PUBLISHED,
    (Kind.ANSWER, State.UNDER_REVIEW): State.UNDER_REVIEW,
    (Kind.ANSWER, State.PARKED): State.PARKED,
    (Kind.PARKED, State.PUBLISHED): State.PARKED,
    (Kind.PARKED, State.UNDER_REVIEW): State.PARKED,
    (Kind.NOT_POSSIBLE, State.SUBMITTED): State.NOT_POSSIBLE,
    (Kind.NOT_POSSIBLE, State.PUBLISHED): State.NOT_POSSIBLE,
    (Kind.NOT_POSSIBLE, State.UNDER_REVIEW): State.NOT_POSSIBLE,
    (Kind.NOT_POSSIBLE, State.PARKED): State.NOT_POSSIBLE,
    (Kind.BECOMES_PROJECT, State.PUBLISHED): State.BECOMES_PROJECT,
    (Kind.BECOMES_PROJECT, State.UNDER_REVIEW): State.BECOMES_PROJECT,
    (Kind.BECOMES_PROJECT, State.PARKED): State.BECOMES_PROJECT,
    (Kind.MERGED, State.SUBMITTED): State.MERGED,
    (Kind.MERGED, State.PUBLISHED): State.MERGED,
    (Kind.MERGED, State.UNDER_REVIEW): State.MERGED,
    (Kind.MERGED, State.PARKED): State.MERGED,
    (Kind.WITHDRAWN, State.SUBMITTED): State.WITHDRAWN,
    (Kind.WITHDRAWN, State.PUBLISHED): State.WITHDRAWN,
    (Kind.WITHDRAWN, State.UNDER_REVIEW): State.WITHDRAWN,
    (Kind.WITHDRAWN, State.PARKED): State.WITHDRAWN,
}


def test_steps_are_exactly_the_story():
    found = {(kind, state): step.to or state for kind, step in rules.STEPS.items() for state in step.leaves}
    assert found == STORY


@pytest.mark.parametrize("kind", Kind.values)
def test_can_step_only_where_the_story_allows_it(idea, kind):
    found = {state for state in State.values if rules.can_step(in_state(idea, state), kind)}
    assert found == {state for known, state in STORY if known == kind}


def test_is_overdue_only_while_an_answer_is_missing(resident, contact_person):
    from datetime import timedelta

    from django.utils import timezone

    idea = make_idea(resident)
    today = timezone.localdate()
    found = []
    for days, answered in ((1, False), (0, False), (-1, False), (-1, True)):
        idea.answer_by = today + timedelta(days=days)
        idea.answered_at = timezone.now() if answered else None
        found.append(idea.is_overdue)
    assert found == [False, False, True, False]
