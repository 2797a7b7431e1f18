"""Writing an idea: the form, a newcomer's way in one go, every mistake, and a request that comes twice."""

import re
import uuid
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from accounts.models import User
from accounts.services import ENTRY_REPEATS_FOR
from ideas.models import Field, Idea
from tests.cast import make_photo

NEW = "/nordstadt/ideen/neu/"
JSON = {"accept": "application/json"}


@pytest.fixture
def sport(db):
    return Field.objects.create(name="Sport", slug="sport")


def facts(**more):
    return {"client_id": uuid.uuid4(), "title": "Ein Dach für den Bolzplatz", **more}


def newcomer(quartier, **more):
    entry = {"nickname": "Dachs-8", "age_band": "12-15", "quartier": quartier.pk, "entry_id": uuid.uuid4()}
    return facts(**{f"entry-{name}": value for name, value in entry.items()} | more)


def test_form_offers_an_id_and_to_a_newcomer_the_three_questions(client, resident_client, quartier, resident):
    pages = [one.get(NEW).text for one in (client, resident_client)]
    ids = [re.search(r'name="client_id" value="([^"]+)"', page)[1] for page in pages]
    assert len({uuid.UUID(one) for one in ids}) == 2
    assert ["entry-nickname" in page for page in pages] == [True, False]


def test_form_is_never_kept_by_a_cache(client, quartier):
    assert "no-store" in client.get(NEW).headers["cache-control"]


def test_form_of_an_unknown_quartier_is_absent(client, quartier):
    assert client.get("/gibt-es-nicht/ideen/neu/").status_code == 404


def test_submit_with_everything(resident_client, resident, quartier, sport):
    response = resident_client.post(
        NEW,
        facts(
            text="Damit wir auch bei Regen spielen.",
            place="Parkweg",
            fields_of_action=["sport"],
            photo=make_photo(),
        ),
    )
    idea = Idea.objects.get()
    assert (response.status_code, response.url) == (302, f"/nordstadt/ideen/{idea.pk}/")
    assert (idea.author, idea.text, idea.place, idea.field_slug, bool(idea.photo)) == (
        resident,
        "Damit wir auch bei Regen spielen.",
        "Parkweg",
        "sport",
        True,
    )
    assert "Deine Idee ist da!" in resident_client.get(response.url).text


def test_submit_by_script_answers_with_the_address(resident_client, quartier):
    response = resident_client.post(NEW, facts(), headers=JSON)
    assert (response.status_code, response.json()) == (
        201,
        {"url": f"/nordstadt/ideen/{Idea.objects.get().pk}/"},
    )


def test_submit_as_a_newcomer_creates_person_and_idea_in_one_go(client, quartier):
    response = client.post(NEW, newcomer(quartier))
    person, idea = User.objects.get(), Idea.objects.get()
    assert (person.nickname, person.age_band, person.quartier, person.email) == (
        "Dachs-8",
        "12-15",
        quartier,
        None,
    )
    assert (idea.author, idea.state, response.url) == (person, "published", f"/nordstadt/ideen/{idea.pk}/")
    assert client.get(response.url).status_code == 200


def test_submit_where_the_team_looks_first_tells_the_author(client, quartier):
    quartier.publish_residents = "after_look"
    quartier.save()
    page = client.post(NEW, newcomer(quartier), follow=True)
    assert Idea.objects.get().state == "submitted"
    assert "Jemand vom Team schaut kurz drauf" in page.text
    assert Client().get(page.redirect_chain[-1][0]).status_code == 404


def test_submit_twice_is_one_idea_at_one_address(resident_client, quartier):
    twice = facts()
    targets = {resident_client.post(NEW, twice).url for _time in range(2)}
    assert (len(targets), Idea.objects.count()) == (1, 1)


def test_submit_as_a_newcomer_whose_answer_was_lost_is_the_same_person_again(quartier):
    sent = newcomer(quartier)
    first, again = Client(), Client()  # the second one never got the session of the first
    targets = {one.post(NEW, sent).url for one in (first, again)}
    assert (len(targets), Idea.objects.count(), User.objects.count()) == (1, 1, 1)
    assert again.session["_auth_user_id"] == str(User.objects.get().pk)


def test_submit_as_a_newcomer_much_later_doubles_nothing_and_lets_nobody_in(quartier):
    sent = newcomer(quartier)
    target = Client().post(NEW, sent).url
    person = User.objects.get()
    person.date_joined -= ENTRY_REPEATS_FOR + timedelta(minutes=1)
    person.save()
    late = Client()
    assert late.post(NEW, sent | {"entry-nickname": "Ganz-anders-9"}).url == target
    assert (Idea.objects.count(), User.objects.count(), "_auth_user_id" in late.session) == (1, 1, False)
    Idea.objects.update(published_at=None, state="submitted")
    assert late.post(NEW, sent).url == "/nordstadt/ideen/"


MISTAKES = [
    ({"title": ""}, "title", "Schreib deine Idee in einem Satz."),
    ({"title": "   "}, "title", "Schreib deine Idee in einem Satz."),
    ({"title": "x" * 81}, "title", "Das ist zu lang für einen Satz. Nimm höchstens 80 Zeichen."),
    ({"text": "x" * 601}, "text", "Das ist zu lang. Nimm höchstens 600 Zeichen."),
    ({"place": "x" * 121}, "place", "Das ist zu lang. Nimm höchstens 120 Zeichen."),
    (
        {"fields_of_action": ["erfunden"]},
        "fields_of_action",
        "Dieses Feld gibt es nicht mehr. Such dir eins aus der Liste aus.",
    ),
    ({"client_id": ""}, "client_id", "Lade die Seite neu und schick es noch einmal."),
    ({"client_id": "7"}, "client_id", "Lade die Seite neu und schick es noch einmal."),
    (
        {"photo": b"kein Foto"},
        "photo",
        "Das ist kein Foto, das wir lesen können. Nimm ein JPEG, PNG, WebP oder ein iPhone-Foto (HEIC).",
    ),
    (
        {"photo": b""},
        "photo",
        "Dein Foto ist leer angekommen. Wähl es noch mal aus.",
    ),
    (
        {"title": "Kommt auf luchs.de"},
        "title",
        "Links gehen hier nicht. Sag in eigenen Worten, worum es geht, oder frag das Team.",
    ),
    (
        {"place": "Ruf an: 0176 1234567"},
        "place",
        "Lass die Telefonnummer lieber weg: Hier lesen viele mit. Das Team hilft dir weiter.",
    ),
]


def made(mistake):
    """The mistake as a request can carry it: a file is read once only."""
    return {
        name: SimpleUploadedFile("a.jpg", value, content_type="image/jpeg") if isinstance(value, bytes) else value
        for name, value in mistake.items()
    }


@pytest.mark.parametrize(("mistake", "field", "sentence"), MISTAKES)
def test_submit_with_a_mistake_says_it_and_keeps_the_rest(resident_client, quartier, mistake, field, sentence):
    sent = facts(place="Parkweg", text="Bei Regen.") | made(mistake)
    page = resident_client.post(NEW, sent)
    assert (page.status_code, Idea.objects.count()) == (422, 0)
    assert page.context["form"].errors == {field: [sentence]}
    kept = {name: value for name, value in sent.items() if name not in {"photo", field}}
    assert {name: page.context["form"][name].value() for name in kept} == {n: str(v) for n, v in kept.items()}


@pytest.mark.parametrize(("mistake", "field", "sentence"), MISTAKES)
def test_submit_with_a_mistake_by_script_names_the_field(resident_client, quartier, mistake, field, sentence):
    response = resident_client.post(NEW, facts() | made(mistake), headers=JSON)
    assert (response.status_code, response.json()) == (422, {"errors": {field: [sentence]}})


def test_submit_with_too_many_fields_says_so(resident_client, quartier):
    for number in range(4):
        Field.objects.create(name=f"Feld {number}", slug=f"feld-{number}")
    response = resident_client.post(NEW, facts(fields_of_action=[f"feld-{n}" for n in range(4)]), headers=JSON)
    assert response.json() == {"errors": {"fields_of_action": ["Such dir höchstens drei Felder aus."]}}


def test_submit_as_a_newcomer_hears_of_all_mistakes_at_once(client, quartier):
    response = client.post(
        NEW,
        newcomer(quartier, **{"title": "", "entry-age_band": "", "entry-nickname": "x" * 30}),
        headers=JSON,
    )
    assert set(response.json()["errors"]) == {"title", "entry-age_band", "entry-nickname"}
    assert User.objects.count() == 0


def test_submit_as_a_newcomer_with_a_taken_nickname_keeps_the_idea(client, resident, quartier):
    page = client.post(NEW, newcomer(quartier, **{"entry-nickname": resident.nickname.upper()}))
    assert (page.status_code, Idea.objects.count(), User.objects.count()) == (422, 0, 1)
    assert "Ein Dach für den Bolzplatz" in page.text


def test_submit_as_a_newcomer_with_a_broken_photo_needs_no_second_entry(client, quartier):
    broken = SimpleUploadedFile("a.jpg", b"kein Foto", content_type="image/jpeg")
    sent = newcomer(quartier, photo=broken)
    page = client.post(NEW, sent)
    assert (page.status_code, "entry-nickname" in page.text, User.objects.count()) == (422, False, 1)
    assert client.post(NEW, {name: sent[name] for name in ("client_id", "title")}).status_code == 302


def test_submit_after_the_session_was_lost_asks_for_a_nickname_and_keeps_the_idea(client, quartier):
    page = client.post(NEW, facts())
    assert ("entry-nickname" in page.text, "Ein Dach für den Bolzplatz" in page.text) == (True, True)
    assert client.post(NEW, facts(), headers=JSON).json() == {"errors": {}}
    assert (Idea.objects.count(), User.objects.count()) == (0, 0)


def test_submit_too_often_asks_to_wait(resident_client, quartier):
    answers = [resident_client.post(NEW, facts(), headers=JSON) for _time in range(6)]
    assert [answer.status_code for answer in answers] == [201] * 5 + [422]
    assert answers[-1].json()["errors"]["__all__"][0].startswith("Das war gerade ziemlich oft.")


def test_submit_by_staff_is_refused(contact_client, quartier):
    assert (contact_client.get(NEW).status_code, contact_client.post(NEW, facts()).status_code) == (200, 403)
    assert Idea.objects.count() == 0


def test_submit_without_a_csrf_token_changes_nothing(resident, quartier):
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(resident)
    assert (strict.post(NEW, facts()).status_code, Idea.objects.count()) == (403, 0)
