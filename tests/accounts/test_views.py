import uuid

import pytest
from allauth.mfa.totp.internal.auth import TOTP
from django.contrib.auth import get_user
from django.http import HttpResponse
from django.test import RequestFactory
from django.urls import reverse

from accounts.models import User


def _facts(quartier, **changes):
    return {"entry-nickname": "Luchs-17", "entry-age_band": "16-19", "entry-quartier": quartier.pk, **changes}


def test_the_door_offers_a_ready_made_nickname(client, quartier):
    form = client.get(reverse("accounts:enter")).context["form"]
    assert form["nickname"].value() == form["nickname"].value() != ""


def test_entering_signs_in_and_leads_to_the_quartier(client, quartier):
    response = client.post(reverse("accounts:enter"), _facts(quartier))
    assert response["Location"] == "/nordstadt/"
    assert get_user(client).nickname == "Luchs-17"


@pytest.mark.parametrize(
    ("target", "location"),
    [
        ("/nordstadt/ideen/", "/nordstadt/ideen/"),
        ("https://evil.example/", "/nordstadt/"),
        ("//evil.example", "/nordstadt/"),
    ],
)
def test_entering_leads_onward_within_the_house_only(client, quartier, target, location):
    response = client.post(reverse("accounts:enter"), _facts(quartier, next=target))
    assert response["Location"] == location


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"entry-nickname": ""}, "Such dir einen Spitznamen aus."),
        ({"entry-nickname": "x" * 200}, "Nimm einen Spitznamen mit 2 bis 24 Zeichen."),
        ({"entry-age_band": ""}, "Such dir aus, wie alt du ungefähr bist."),
        ({"entry-quartier": "999"}, "Dieses Quartier gibt es nicht. Such dir eins aus der Liste aus."),
        ({"entry-quartier": "drop table"}, "Dieses Quartier gibt es nicht. Such dir eins aus der Liste aus."),
        ({"entry-nickname": "luchs17.de"}, "Links gehen hier nicht."),
        ({"entry-nickname": "0176 1234567"}, "Lass die Telefonnummer lieber weg"),
        ({"entry-nickname": "Insta luchs_17"}, "Lass deinen Namen aus anderen Apps lieber weg"),
        ({"entry-nickname": "nuri 12"}, "Diesen Spitznamen gibt es schon. Nimm einen anderen."),
    ],
)
def test_a_mistake_at_the_door_is_said_and_keeps_what_was_typed(client, quartier, neighbour, changes, sentence):
    facts = _facts(quartier, **changes)
    response = client.post(reverse("accounts:enter"), facts)
    assert response.status_code == 422
    assert sentence in response.content.decode()
    assert response.context["form"]["nickname"].value() == facts["entry-nickname"]
    assert User.objects.count() == 1


def test_pressing_twice_gives_one_person(client, quartier):
    facts = _facts(quartier, **{"entry-entry_id": str(uuid.uuid4())})
    client.post(reverse("accounts:enter"), facts)
    client.logout()
    client.post(reverse("accounts:enter"), facts)
    assert User.objects.count() == 1
    assert get_user(client).is_authenticated


class TestAnActOfANewcomer:
    """`resident_required`: the entry page carries the act along."""

    @pytest.fixture
    def act(self, db, settings):
        from django.contrib.sessions.backends.db import SessionStore

        from accounts.entry import resident_required

        @resident_required
        def view(request, quartier):
            return HttpResponse(f"{request.user.nickname}: {request.POST['text']}")

        def post(data, **headers):
            request = RequestFactory().post("/nordstadt/etwas/", data, headers=headers)
            from django.contrib.auth.models import AnonymousUser

            request.user, request.session = AnonymousUser(), SessionStore()
            return view(request, quartier="nordstadt")

        return post

    def test_is_kept_in_the_entry_page(self, act, quartier):
        page = act({"text": "<b>Hallo</b>"}).content.decode()
        assert '<input type="hidden" name="text" value="&lt;b&gt;Hallo&lt;/b&gt;">' in page
        assert 'action="/nordstadt/etwas/"' in page
        assert f'<option value="{quartier.pk}" selected>' in page

    def test_is_done_once_the_person_is_known(self, act, quartier):
        assert act({"text": "Hallo", **_facts(quartier)}).content.decode() == "Luchs-17: Hallo"

    def test_is_still_kept_when_the_entry_has_a_mistake(self, act, quartier):
        response = act({"text": "Hallo", **_facts(quartier, **{"entry-age_band": ""})})
        assert response.status_code == 422
        assert '<input type="hidden" name="text" value="Hallo">' in response.content.decode()

    def test_by_a_script_is_answered_with_a_sentence(self, act, quartier):
        response = act({"text": "Hallo"}, accept="application/json")
        assert response.status_code == 401


def test_a_resident_changes_the_own_facts(resident_client, resident, other_quartier):
    facts = {"nickname": "Neu-3", "age_band": "20-26", "quartier": other_quartier.pk}
    assert resident_client.post(reverse("accounts:me"), facts).status_code == 302
    resident.refresh_from_db()
    assert (resident.nickname, resident.age_band, resident.quartier) == ("Neu-3", "20-26", other_quartier)


def test_a_taken_nickname_keeps_the_old_one_in_the_page_head(resident_client, resident, neighbour):
    facts = {"nickname": "NURI 12", "age_band": "20-26", "quartier": resident.quartier_id}
    response = resident_client.post(reverse("accounts:me"), facts)
    assert response.status_code == 422
    assert '<h1 dir="auto">Rosa 27</h1>' in response.content.decode()
    assert response.context["form"]["nickname"].value() == "NURI 12"


def test_a_card_is_shown_and_opens_the_door(resident_client, resident, client):
    page = resident_client.post(reverse("accounts:card"))
    code = page.context["code"]
    assert client.post(reverse("accounts:come_back"), {"code": code})["Location"] == reverse("accounts:me")
    assert get_user(client) == resident


def test_a_wrong_card_is_said_and_stays_typed(client, db):
    response = client.post(reverse("accounts:come_back"), {"code": "FALSCH"})
    assert response.status_code == 422
    assert response.context["form"]["code"].value() == "FALSCH"


def test_leaving_asks_first_and_then_clears_the_device(resident_client):
    assert resident_client.get(reverse("accounts:leave")).status_code == 200
    assert get_user(resident_client).is_authenticated
    assert resident_client.post(reverse("accounts:leave"))["Clear-Site-Data"] == '"cache", "storage"'
    assert not get_user(resident_client).is_authenticated


@pytest.mark.parametrize(
    "name",
    [
        "accounts:enter",
        "accounts:come_back",
        "accounts:me",
        "accounts:leave",
        "accounts:quartiere",
        "account_login",
    ],
)
def test_pages_of_the_door_answer_a_visitor(client, quartier, name):
    assert client.get(reverse(name)).status_code == 200


def test_staff_sign_in_with_email_and_get_a_short_session(client, contact_person):
    response = client.post(
        reverse("account_login"), {"login": contact_person.email, "password": "abstoss-und-los-2026"}
    )
    assert response["Location"] == reverse("wagtailadmin_home")
    assert client.session.get_expiry_age() == 12 * 60 * 60


def test_nobody_signs_up_as_staff(client, db):
    facts = {"email": "x@y.example", "password1": "abstoss-und-los-2026"}
    assert client.post(reverse("account_signup"), facts).status_code == 404
    assert User.objects.count() == 0


def test_no_door_lets_staff_in_past_their_second_factor(client, contact_person):
    TOTP.activate(contact_person, "JBSWY3DPEHPK3PXP")
    facts = {"login": contact_person.email, "username": contact_person.email, "password": "abstoss-und-los-2026"}
    for door in (reverse("account_login"), reverse("wagtailcore_login"), "/verwaltung/login/"):
        client.post(door, facts)
        assert "_auth_user_id" not in client.session


def test_a_resident_can_leave_neither_email_nor_password_with_us(resident_client, resident):
    facts = {
        "action_add": "",
        "email": "kind@example.org",
        "password1": "abstoss-und-los",
        "password2": "abstoss-und-los",
    }
    for name in ("account_email", "account_set_password", "account_change_password", "account_reset_password"):
        assert resident_client.post(reverse(name), facts).status_code == 404
    resident.refresh_from_db()
    assert (resident.email, resident.has_usable_password()) == (None, False)


def test_staff_without_a_second_factor_are_sent_to_set_one_up(contact_client, settings):
    settings.SECOND_FACTOR_REQUIRED = True
    response = contact_client.get(reverse("accounts:me"))
    assert response["Location"] == reverse("mfa_activate_totp")
    # allauth asks for the password again before it shows the secret.
    assert contact_client.get(reverse("mfa_activate_totp")).status_code == 302


def test_residents_need_no_second_factor(resident_client, settings):
    settings.SECOND_FACTOR_REQUIRED = True
    assert resident_client.get(reverse("accounts:me")).status_code == 200
