"""One resident, one vote, taken back at any time; the count is what the table holds."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from common.errors import Refused
from ideas.models import Idea, Vote
from ideas.services import cast_vote, hide_idea, take_back_vote
from tests.cast import make_idea, make_quartier, make_resident, make_residents


def counted(idea: Idea) -> tuple[int, int]:
    """The count on the idea and the rows of the table."""
    return Idea.objects.get(pk=idea.pk).vote_count, Vote.objects.filter(idea=idea).count()


def test_cast_vote_counts(idea, resident, neighbour):
    answers = [cast_vote(voter=resident, idea=idea), cast_vote(voter=neighbour, idea=idea)]
    assert (answers, counted(idea)) == ([1, 2], (2, 2))


def test_cast_vote_twice_is_one_vote(idea, resident):
    answers = [cast_vote(voter=resident, idea=idea) for _time in range(3)]
    assert (answers, counted(idea)) == ([1, 1, 1], (1, 1))


def test_take_back_vote_counts_down_once(idea, resident, neighbour):
    cast_vote(voter=resident, idea=idea)
    cast_vote(voter=neighbour, idea=idea)
    answers = [take_back_vote(voter=resident, idea=idea) for _time in range(3)]
    assert (answers, counted(idea)) == ([1, 1, 1], (1, 1))


def test_take_back_vote_without_a_vote_changes_nothing(idea, resident):
    assert (take_back_vote(voter=resident, idea=idea), counted(idea)) == (0, (0, 0))


def test_cast_vote_takes_four_statements(idea, resident, django_assert_num_queries):
    with django_assert_num_queries(6):  # savepoint, lock, look, insert, count, release
        cast_vote(voter=resident, idea=idea)


@pytest.mark.parametrize("act", [cast_vote, take_back_vote])
@pytest.mark.parametrize(
    ("state", "code"),
    [
        (Idea.State.SUBMITTED, "closed"),
        (Idea.State.PARKED, "closed"),
        (Idea.State.NOT_POSSIBLE, "closed"),
        (Idea.State.BECOMES_PROJECT, "closed"),
        (Idea.State.WITHDRAWN, "absent"),
    ],
)
def test_vote_for_a_closed_idea_is_refused(idea, resident, act, state, code):
    Idea.objects.filter(pk=idea.pk).update(state=state)
    with pytest.raises(Refused) as refused:
        act(voter=resident, idea=idea)
    assert (refused.value.code, counted(idea)) == (code, (0, 0))


@pytest.mark.parametrize("who", ["contact_person", "other_staff", "administrator"])
def test_vote_of_staff_is_refused(idea, who, request):
    with pytest.raises(Refused) as refused:
        cast_vote(voter=request.getfixturevalue(who), idea=idea)
    assert refused.value.code == "forbidden"


def test_vote_for_a_hidden_idea_is_refused(idea, resident, contact_person):
    hide_idea(idea=idea, by=contact_person)
    with pytest.raises(Refused) as refused:
        cast_vote(voter=resident, idea=idea)
    assert refused.value.code == "absent"


def test_vote_for_an_idea_that_is_gone_is_refused(idea, resident):
    Idea.objects.filter(pk=idea.pk).delete()
    with pytest.raises(Refused) as refused:
        cast_vote(voter=resident, idea=idea)
    assert refused.value.code == "absent"


def all_at_once(acts) -> None:
    """Runs every act in a thread of its own, all let go in the same moment."""
    start = Barrier(len(acts))

    def run(act):
        try:
            start.wait()
            return act()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        list(pool.map(run, acts))


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_votes_at_once_are_all_counted_once():
    quartier = make_quartier("wettlauf", "Wettlauf", programme="Soziale Stadt")
    idea = make_idea(make_resident("Start", quartier))
    voters = make_residents(12, quartier)
    # Everybody presses twice at the same time, on two devices.
    all_at_once([lambda v=voter: cast_vote(voter=v, idea=idea) for voter in voters * 2])
    assert counted(idea) == (12, 12)
    all_at_once([lambda v=voter: take_back_vote(voter=v, idea=idea) for voter in voters[:5] * 2])
    assert counted(idea) == (7, 7)


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_an_idea_sent_twice_at_once_is_one():
    import uuid

    quartier = make_quartier("wettlauf", "Wettlauf", programme="Soziale Stadt")
    author, client_id = make_resident("Start", quartier), uuid.uuid4()
    all_at_once([lambda: make_idea(author, client_id=client_id) for _time in range(6)])
    idea = Idea.objects.get()
    assert idea.story.count() == 1
