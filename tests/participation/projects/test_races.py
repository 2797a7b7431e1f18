"""Many at once, with real row locks."""

import pytest

from accounts.models import Quartier, User
from participation.models import Membership, Project, Task
from participation.services import projects as services
from tests import cast
from tests.participation.crowd import all_at_once

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]
CROWD, PLACES = 12, 4


def test_places_hold_when_a_crowd_joins_at_once(project: Project, quartier: Quartier) -> None:
    Project.objects.update(capacity=PLACES)
    crowd = cast.make_residents(CROWD, quartier)
    answers = all_at_once(
        [lambda person=person: services.join_project(resident=person, project=project) for person in crowd]  # type: ignore[misc]
    )
    project.refresh_from_db()
    assert sorted(answers) == [""] * PLACES + ["full"] * (CROWD - PLACES)
    assert (project.member_count, Membership.objects.count()) == (PLACES, PLACES)


def test_ten_taps_of_one_person_are_one_membership(project: Project, resident: User) -> None:
    answers = all_at_once([lambda: services.join_project(resident=resident, project=project)] * 10)
    project.refresh_from_db()
    assert (answers, project.member_count, Membership.objects.count()) == ([""] * 10, 1, 1)


def test_one_task_goes_to_one_of_many(project: Project, quartier: Quartier, contact_person: User) -> None:
    crowd = cast.make_residents(6, quartier)
    for person in crowd:
        services.join_project(resident=person, project=project)
    task = services.add_task(project=project, by=contact_person, title="Fegen")
    answers = all_at_once(
        [lambda person=person: services.take_task(resident=person, task=task) for person in crowd]  # type: ignore[misc]
    )
    assert sorted(answers) == [""] + ["taken"] * 5
    assert Task.objects.get().taken_by in crowd
