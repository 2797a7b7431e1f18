import pytest
from django.contrib.auth.models import AnonymousUser

from accounts import rules, selectors
from accounts.models import ContactPerson

CAST = ["visitor", "resident", "neighbour", "contact_person", "other_staff", "coordinator", "administrator"]
#                                visitor resident neighbour contact other_staff coordinator administrator
TABLE = {
    rules.may_act: (False, True, True, True, True, True, True),
    rules.is_resident: (False, True, True, False, False, False, False),
    rules.is_any_staff: (False, False, False, True, True, True, True),
    rules.is_administrator: (False, False, False, False, False, False, True),
}
STAFF_OF = (False, False, False, True, False, True, True)


def _user(request, who):
    return AnonymousUser() if who == "visitor" else request.getfixturevalue(who)


@pytest.mark.django_db
@pytest.mark.parametrize("rule", TABLE)
@pytest.mark.parametrize("who", CAST)
def test_rule_answers_as_the_table_says(request, rule, who):
    assert rule(_user(request, who)) == TABLE[rule][CAST.index(who)]


@pytest.mark.parametrize("who", CAST)
def test_staff_of_a_quartier_is_its_team_its_coordinator_and_administrators(request, quartier, who):
    user = _user(request, who)
    assert rules.is_staff_of(user, quartier) == STAFF_OF[CAST.index(who)]
    assert (quartier in selectors.quartiere_of(user)) == STAFF_OF[CAST.index(who)]


def test_staff_without_a_role_are_nobody(administrator, quartier):
    administrator.is_superuser = False
    assert not rules.is_any_staff(administrator)
    assert not rules.is_staff_of(administrator, quartier)


def test_asking_for_roles_again_costs_no_query(contact_person, quartier, other_quartier, django_assert_num_queries):
    with django_assert_num_queries(1):
        rules.is_staff_of(contact_person, quartier)
        rules.is_staff_of(contact_person, other_quartier)
        rules.is_any_staff(contact_person)


def test_contact_for_prefers_somebody_with_an_account(quartier, contact_person):
    ContactPerson.objects.create(quartier=quartier, name="Aa Ohnekonto")
    assert selectors.contact_for(quartier) == contact_person.contact


def test_contact_for_an_empty_quartier_is_nobody(quartier):
    assert selectors.contact_for(quartier) is None


def test_initials_take_first_and_last_name():
    assert [ContactPerson(name=name).initials for name in ("Yasemin Kaya", "Tom", "Ana Maria Ruiz")] == [
        "YK",
        "T",
        "AR",
    ]
