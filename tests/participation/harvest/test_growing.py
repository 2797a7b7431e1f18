"""An outcome becomes an idea or a project, once, with the people who are in: now or when they get an account."""

from collections.abc import Callable
from typing import Any

import pytest

from accounts.models import Publish, User
from common.errors import Refused
from ideas.models import Idea
from participation.models import Event, Membership, Outcome, Project, Seat
from participation.services import events as services
from participation.services import harvest
from participation.services.projects import join_project
from tests import cast

Sit = Callable[..., Seat]


def members(project: Project) -> list[str]:
    rows = Membership.objects.filter(project=project, left_at__isnull=True).order_by("pk")
    return list(rows.values_list("member__nickname", flat=True))


@pytest.fixture
def everybody(sit: Sit, guest: Seat, outcome: Outcome, join: Any, quartier: Any, contact_person: User) -> list[Seat]:
    """Two residents, a guest and somebody of the team are in."""
    people = [cast.make_resident(f"Jemand {n}", quartier) for n in range(2)]
    seats = [sit(user=people[0]), guest, sit(user=people[1]), sit("Yasemin", user=contact_person)]
    join(outcome, *seats)
    return seats


def test_an_idea_is_published_with_the_votes_of_all_who_have_an_account(
    everybody: list[Seat], outcome: Outcome, contact_person: User
) -> None:
    idea = harvest.grow_idea(outcome=outcome, by=contact_person)
    again = harvest.grow_idea(outcome=outcome, by=contact_person)
    idea.refresh_from_db()
    outcome.refresh_from_db()
    assert (idea, outcome.idea, idea.state) == (again, idea, Idea.State.PUBLISHED)
    assert (idea.title, idea.text, idea.author, idea.vote_count) == (
        "Drei Kinoabende", "Ab Mai, freitags", everybody[0].user, 2,
    )  # fmt: skip


def test_the_convener_brings_the_idea_in(
    event: Event, sit: Sit, everybody: list[Seat], outcome: Outcome, contact_person: User, resident: User
) -> None:
    topic = outcome.topic
    assert topic is not None
    topic.seat = sit(user=resident)
    topic.save()
    assert harvest.grow_idea(outcome=outcome, by=contact_person).author == resident


def test_an_idea_of_somebody_from_elsewhere_appears_because_the_team_says_so(
    event: Event, sit: Sit, neighbour: User, outcome: Outcome, contact_person: User, join: Any
) -> None:
    event.quartier.publish_guests = Publish.AFTER_LOOK
    event.quartier.save()
    join(outcome, sit(user=neighbour))
    assert harvest.grow_idea(outcome=outcome, by=contact_person).state == Idea.State.PUBLISHED


def test_guests_alone_have_nobody_who_brings_an_idea_in(
    guest: Seat, outcome: Outcome, contact_person: User, join: Any
) -> None:
    join(outcome, guest)
    with pytest.raises(Refused) as refused:
        harvest.grow_idea(outcome=outcome, by=contact_person)
    assert (refused.value.code, Idea.objects.count()) == ("nobody", 0)
    # There is a way on, and the sentence says so.
    assert "Mach ein Projekt daraus" in str(refused.value)


def test_a_project_begins_with_everybody_who_is_in(
    everybody: list[Seat], outcome: Outcome, contact_person: User
) -> None:
    project = harvest.grow_project(outcome=outcome, by=contact_person, guardian_consent=True)
    again = harvest.grow_project(outcome=outcome, by=contact_person)
    outcome.refresh_from_db()
    assert (project, outcome.project, project.format) == (again, project, Project.Format.OPEN_SPACE)
    assert (members(project), project.member_count, project.guardian_consent) == (["Jemand 0", "Jemand 1"], 2, True)


def test_a_project_takes_as_many_as_it_has_places(
    everybody: list[Seat], outcome: Outcome, contact_person: User
) -> None:
    project = harvest.grow_project(outcome=outcome, by=contact_person, capacity=1)
    outcome.refresh_from_db()
    assert (members(project), outcome.join_count) == (["Jemand 0"], 4)


def test_a_guest_comes_along_when_the_seat_gets_an_account(
    event: Event, guest_token: str, everybody: list[Seat], outcome: Outcome, contact_person: User, resident: User
) -> None:
    project = harvest.grow_project(outcome=outcome, by=contact_person)
    services.take_seat(event=event, token=guest_token, user=resident)
    assert members(project) == ["Jemand 0", "Jemand 1", "Rosa 27"]


def test_a_guest_votes_for_the_idea_when_the_seat_gets_an_account(
    event: Event, guest_token: str, everybody: list[Seat], outcome: Outcome, contact_person: User, resident: User
) -> None:
    idea = harvest.grow_idea(outcome=outcome, by=contact_person)
    for _ in range(2):
        services.take_seat(event=event, token=guest_token, user=resident)
    idea.refresh_from_db()
    assert idea.vote_count == 3


def test_who_says_so_later_comes_along_at_once(
    everybody: list[Seat], outcome: Outcome, contact_person: User, sit: Sit, resident: User, join: Any
) -> None:
    project = harvest.grow_project(outcome=outcome, by=contact_person)
    join(outcome, sit(user=resident))
    assert members(project) == ["Jemand 0", "Jemand 1", "Rosa 27"]


def test_an_outcome_becomes_one_thing_only(everybody: list[Seat], outcome: Outcome, contact_person: User) -> None:
    harvest.grow_idea(outcome=outcome, by=contact_person)
    with pytest.raises(Refused) as refused:
        harvest.grow_project(outcome=outcome, by=contact_person)
    assert (refused.value.code, Project.objects.count()) == ("became", 0)


@pytest.mark.parametrize("who", ["resident", "other_staff"])
def test_only_the_own_team_lets_something_grow(
    who: str, request: pytest.FixtureRequest, everybody: list[Seat], outcome: Outcome
) -> None:
    by = request.getfixturevalue(who)
    for act in (harvest.grow_idea, harvest.grow_project, harvest.hide_outcome):
        with pytest.raises(Refused) as refused:
            act(outcome=outcome, by=by)
        assert refused.value.code == "forbidden"


def test_a_project_that_nobody_sees_yet_can_be_joined_by_nobody_else(
    everybody: list[Seat], outcome: Outcome, contact_person: User, resident: User
) -> None:
    project = harvest.grow_project(outcome=outcome, by=contact_person)
    with pytest.raises(Refused) as refused:
        join_project(resident=resident, project=project)
    assert (project.announced_at, refused.value.code) == (None, "absent")
