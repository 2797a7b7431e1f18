import uuid
from datetime import timedelta

import pytest
from django.utils import timezone

from accounts import services
from accounts.models import ReentryCard, Role, User
from common.errors import Refused


def _enter(quartier, **facts):
    return services.enter(**{"nickname": "Luchs-17", "age_band": "16-19", "quartier": quartier, **facts})


def test_entering_keeps_nickname_age_band_and_quartier_and_nothing_else(quartier):
    user = User.objects.get(pk=_enter(quartier, nickname="  Luchs   17 ").pk)
    assert (user.nickname, user.age_band, user.quartier) == ("Luchs 17", "16-19", quartier)
    assert (user.email, user.full_name, user.is_staff, user.has_usable_password()) == (None, "", False, False)


@pytest.mark.parametrize(
    ("nickname", "code"),
    [
        ("x", "nickname_odd"),
        ("x" * 25, "nickname_odd"),
        ("a@b.de", "nickname_odd"),
        ("https://x", "nickname_odd"),
        ("--", "nickname_odd"),
        ("Admin", "nickname_odd"),
        ("rosa.example.de", "link"),
        ("0176 1234567", "phone"),
        ("luchs-17", "nickname_taken"),
    ],
)
def test_entering_refuses_an_odd_or_taken_nickname_at_its_field(quartier, nickname, code):
    _enter(quartier)
    with pytest.raises(Refused) as refusal:
        _enter(quartier, nickname=nickname)
    assert (refusal.value.code, refusal.value.field) == (code, "nickname")
    assert User.objects.count() == 1


def test_entering_refuses_an_unknown_age_band(quartier):
    with pytest.raises(Refused) as refusal:
        _enter(quartier, age_band="13")
    assert refusal.value.field == "age_band"


def test_entering_twice_with_the_same_id_gives_the_same_person(quartier):
    entry_id = uuid.uuid4()
    assert _enter(quartier, entry_id=entry_id) == _enter(quartier, entry_id=entry_id, nickname="Andere-2")


def test_an_entry_id_is_worth_nothing_after_half_an_hour(quartier):
    entry_id = uuid.uuid4()
    first = _enter(quartier, entry_id=entry_id)
    User.objects.filter(pk=first.pk).update(date_joined=timezone.now() - timedelta(minutes=31))
    with pytest.raises(Refused):
        _enter(quartier, entry_id=entry_id, nickname="Andere-2")


def test_a_card_brings_its_person_back_once(resident):
    code = services.issue_card(user=resident)
    assert code not in str(list(ReentryCard.objects.values()))
    assert services.redeem_card(code=f" {code[:4].lower()} {code[4:]}-") == resident
    with pytest.raises(Refused) as refusal:
        services.redeem_card(code=code)
    assert refusal.value.code == "card_unknown"


def test_a_new_card_makes_the_older_one_worthless(resident):
    older = services.issue_card(user=resident)
    services.issue_card(user=resident)
    with pytest.raises(Refused):
        services.redeem_card(code=older)


def test_a_card_of_a_locked_out_person_opens_nothing(resident):
    code = services.issue_card(user=resident)
    User.objects.filter(pk=resident.pk).update(is_active=False)
    with pytest.raises(Refused):
        services.redeem_card(code=code)


def test_staff_get_no_card(contact_person):
    with pytest.raises(Refused):
        services.issue_card(user=contact_person)


@pytest.mark.parametrize(
    ("who", "may"),
    [
        ("resident", False),
        ("neighbour", False),
        ("contact_person", True),
        ("coordinator", True),
        ("administrator", True),
        ("other_staff", False),
    ],
)
def test_only_its_team_changes_a_quartier(request, quartier, who, may):
    user = request.getfixturevalue(who)
    if not may:
        with pytest.raises(Refused):
            services.update_quartier(quartier=quartier, by=user, answer_days=7)
    else:
        services.update_quartier(quartier=quartier, by=user, answer_days=7)
    quartier.refresh_from_db()
    assert quartier.answer_days == (7 if may else 14)


def test_only_administrators_move_a_quartier_to_another_address(quartier, contact_person, administrator):
    with pytest.raises(Refused):
        services.update_quartier(quartier=quartier, by=contact_person, slug="anders")
    assert services.update_quartier(quartier=quartier, by=administrator, slug="anders").slug == "anders"


def test_granting_a_role_twice_changes_nothing(quartier, other_staff):
    first = services.grant_role(user=other_staff, kind="staff", quartier=quartier)
    assert services.grant_role(user=other_staff, kind="staff", quartier=quartier) == first
    services.revoke_role(role=first)
    assert not Role.objects.filter(user=other_staff, quartier=quartier).exists()


def test_a_resident_gets_no_role(quartier, resident):
    with pytest.raises(Refused):
        services.grant_role(user=resident, kind="staff", quartier=quartier)
