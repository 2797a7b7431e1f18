"""Rights in Wagtail's own parts follow from roles, and end with them."""

from typing import Any

import pytest

from accounts.models import Quartier, Role, User
from accounts.services import grant_role, revoke_role
from cms import services
from cms.models import QuartierPage
from common.errors import Refused
from tests.cast import make_quartier, make_staff


def workspaces(user: User) -> set[str]:
    return {group.workspace.quartier.slug for group in user.groups.all()}


def test_team_gets_the_group_of_its_quartier(page: QuartierPage, contact_person: User) -> None:
    services.sync_staff_access(contact_person)
    assert workspaces(contact_person) == {"nordstadt"}


def test_coordinator_gets_the_groups_of_all_quartiere_of_the_programme(
    page: QuartierPage, coordinator: User, quartier: Quartier, other_page: QuartierPage
) -> None:
    second = make_quartier("suedstadt", "Südstadt", programme=quartier.programme.name)
    services.ensure_quartier_page(quartier=second, intro="")
    assert workspaces(coordinator) == {"nordstadt", "suedstadt"}


def test_administrator_and_staff_without_a_role_get_no_group(page: QuartierPage, administrator: User) -> None:
    bare = make_staff("Nele")
    for user in (administrator, bare):
        services.sync_staff_access(user)
    assert (workspaces(administrator), workspaces(bare)) == (set(), set())


def test_access_ends_with_the_role(page: QuartierPage, contact_person: User) -> None:
    services.sync_staff_access(contact_person)
    revoke_role(role=contact_person.roles.get())
    services.sync_staff_access(contact_person)
    assert workspaces(contact_person) == set()


def test_log_in_brings_rights_up_to_date(page: QuartierPage, client: Any) -> None:
    user = make_staff("Nele")
    grant_role(user=user, kind=Role.Kind.STAFF, quartier=page.quartier)
    client.force_login(user)
    assert workspaces(user) == {"nordstadt"}


@pytest.mark.parametrize(
    ("who", "rights"), [("contact_person", (True, True, True)), ("other_staff", (False, False, False))]
)
def test_page_rights_hold_below_the_own_quartier_only(
    project_page: Any, other_page: QuartierPage, who: str, rights: tuple[bool, ...], request: pytest.FixtureRequest
) -> None:
    user = request.getfixturevalue(who)
    services.sync_staff_access(user)
    user = User.objects.get(pk=user.pk)
    tester = project_page.permissions_for_user(user)
    assert (tester.can_edit(), tester.can_publish(), tester.can_unpublish()) == rights


def test_nobody_of_the_team_may_touch_the_home_page(home: Any, page: QuartierPage, contact_person: User) -> None:
    services.sync_staff_access(contact_person)
    tester = home.permissions_for_user(User.objects.get(pk=contact_person.pk))
    assert (tester.can_edit(), tester.can_add_subpage(), tester.can_delete()) == (False, False, False)


def test_colleague_is_made_with_roles_and_rights(page: QuartierPage, administrator: User) -> None:
    user = services.save_colleague(
        by=administrator,
        password="ein-langer-satz-2026",
        quartiere=[page.quartier],
        nickname="Nele",
        full_name="Nele Nord",
        email="nele@team.example",
        is_active=True,
        is_superuser=False,
    )
    assert (workspaces(user), user.is_staff, user.check_password("ein-langer-satz-2026")) == ({"nordstadt"}, True, True)


def test_colleague_loses_what_is_no_longer_chosen(
    page: QuartierPage, administrator: User, contact_person: User
) -> None:
    facts = {
        "nickname": "Yasemin",
        "full_name": "Y",
        "email": contact_person.email,
        "is_active": True,
        "is_superuser": False,
    }
    services.save_colleague(by=administrator, user=contact_person, quartiere=[], **facts)
    assert (workspaces(contact_person), contact_person.roles.count()) == (set(), 0)


@pytest.mark.parametrize("who", ["contact_person", "coordinator", "resident"])
def test_colleagues_are_made_by_administrators_only(who: str, request: pytest.FixtureRequest) -> None:
    with pytest.raises(Refused) as caught:
        services.save_colleague(by=request.getfixturevalue(who), nickname="X", is_active=True, is_superuser=True)
    assert caught.value.code == "forbidden"


def test_administrator_cannot_lock_themselves_out(administrator: User) -> None:
    facts = {
        "nickname": "Adam",
        "full_name": "A",
        "email": administrator.email,
        "is_active": True,
        "is_superuser": False,
    }
    with pytest.raises(Refused) as caught:
        services.save_colleague(by=administrator, user=administrator, **facts)
    assert caught.value.code == "own_account"


def test_contact_person_of_a_project_stays(project: Any, contact_person: User) -> None:
    with pytest.raises(Refused) as caught:
        services.delete_record(record=contact_person.contact, by=contact_person)
    assert caught.value.code == "in_use"


def test_record_cannot_be_moved_out_of_foreign_hands(
    contact_person: User, other_staff: User, quartier: Quartier
) -> None:
    record = other_staff.contact
    record.quartier = quartier
    with pytest.raises(Refused) as caught:
        services.save_record(record=record, by=contact_person)
    assert caught.value.code == "forbidden"
