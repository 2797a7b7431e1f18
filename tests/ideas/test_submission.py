"""Submitting and publishing."""

import uuid
from datetime import timedelta

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from accounts.models import ContactPerson, Quartier
from common import photos
from common.errors import Refused
from ideas.models import Entry, Field, Idea
from ideas.services import publish_idea, submit_idea
from tests.cast import make_idea, make_photo


def refusal(act, **facts) -> tuple[str, str | None]:
    with pytest.raises(Refused) as refused:
        act(**facts)
    assert str(refused.value)
    return refused.value.code, refused.value.field


def files() -> set[str]:
    return set(default_storage.listdir("ideas")[1]) if default_storage.exists("ideas") else set()


def test_submit_idea_publishes_with_promise_contact_and_story(resident, contact_person, quartier):
    quartier.answer_days = 9
    idea = make_idea(resident, quartier=quartier)
    assert idea.state == Idea.State.PUBLISHED
    assert idea.answer_by == timezone.localdate() + timedelta(days=9)
    assert idea.contact == ContactPerson.objects.get(user=contact_person)
    assert [(entry.kind, entry.by) for entry in idea.story.all()] == [(Entry.Kind.PUBLISHED, None)]
    assert abs(timezone.now() - idea.published_at) < timedelta(minutes=1)


def test_submit_idea_without_any_contact_person_still_appears(resident):
    assert make_idea(resident).contact is None


def test_submit_idea_waits_for_a_look_where_it_is_set(resident, quartier):
    quartier.publish_residents = "after_look"
    idea = make_idea(resident, quartier=quartier)
    assert (idea.state, idea.published_at, idea.answer_by, idea.story.count()) == (
        Idea.State.SUBMITTED,
        None,
        None,
        0,
    )


def test_submit_idea_of_somebody_from_elsewhere_waits_like_a_guests(neighbour, quartier):
    assert make_idea(neighbour, quartier=quartier).state == Idea.State.SUBMITTED


def test_submit_idea_twice_with_one_id_is_one_idea(resident):
    client_id = uuid.uuid4()
    first = make_idea(resident, client_id=client_id, title="Eins")
    again = make_idea(resident, client_id=client_id, title="Zwei", photo=make_photo())
    assert (again, again.title, Idea.objects.count()) == (first, "Eins", 1)


def test_submit_idea_with_the_same_id_by_two_people_is_two_ideas(resident, neighbour):
    client_id = uuid.uuid4()
    ideas = {make_idea(person, client_id=client_id) for person in (resident, neighbour)}
    assert len(ideas) == 2


def test_submit_idea_keeps_plain_text_tidy(resident):
    idea = make_idea(resident, title="  Ein   Dach\n für alle ", place=" Am  Tor ", text=" a\r\nb ")
    assert (idea.title, idea.place, idea.text) == ("Ein Dach für alle", "Am Tor", "a\nb")


def test_submit_idea_takes_the_photo_in(resident):
    idea = make_idea(resident, photo=make_photo(size=(900, 600)))
    assert photos.size(idea.photo) == (900, 600)
    assert [default_storage.exists(url.removeprefix("/media/")) for url in photos.urls(idea.photo).values()] == [
        True,
        True,
        True,
    ]


def test_submit_idea_refuses_what_is_no_photo_and_keeps_nothing(resident):
    before = files()
    upload = SimpleUploadedFile("foto.jpg", b"<svg></svg>", content_type="image/jpeg")
    assert refusal(make_idea, author=resident, photo=upload)[0] == "photo_kind"
    assert (Idea.objects.count(), files()) == (0, before)


def test_submit_idea_that_fails_late_leaves_no_photo(resident):
    before = files()
    with pytest.raises(ValueError, match="unsaved related object"):
        make_idea(resident, photo=make_photo(), quartier=Quartier(slug="nie-gespeichert"))
    assert (Idea.objects.count(), files()) == (0, before)


def test_submit_idea_sets_its_fields(resident):
    chosen = [Field.objects.create(name=name, slug=name.lower()) for name in ("Sport", "Musik")]
    assert set(make_idea(resident, fields=chosen).fields.all()) == set(chosen)


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({"title": "   "}, ("missing", "title")),
        ({"title": "x" * 81}, ("too_long", "title")),
        ({"text": "x" * 601}, ("too_long", "text")),
        ({"place": "x" * 121}, ("too_long", "place")),
        ({"title": "Kommt alle auf luchs.de"}, ("link", "title")),
        ({"text": "Ruf an: 0176 1234567"}, ("phone", "text")),
        ({"place": "bei rosa@example.org"}, ("email", "place")),
    ],
)
def test_submit_idea_refuses_what_does_not_fit(resident, facts, expected):
    assert refusal(make_idea, author=resident, **facts) == expected


def test_submit_idea_refuses_more_than_three_fields(resident):
    many = [Field.objects.create(name=f"Feld {n}", slug=f"feld-{n}") for n in range(4)]
    assert refusal(make_idea, author=resident, fields=many) == ("too_many", "fields")


def test_submit_idea_refuses_staff(contact_person, quartier):
    assert refusal(make_idea, author=contact_person, quartier=quartier)[0] == "forbidden"


@pytest.fixture
def held(resident, contact_person, quartier):
    quartier.publish_residents = "after_look"
    quartier.save()
    return submit_idea(author=resident, quartier=quartier, client_id=uuid.uuid4(), title="Ein Dach")


def test_publish_idea_makes_the_promise(held, contact_person):
    idea = publish_idea(idea=held, by=contact_person)
    assert idea.state == Idea.State.PUBLISHED
    assert idea.answer_by == timezone.localdate() + timedelta(days=14)
    assert [(entry.kind, entry.by) for entry in idea.story.all()] == [(Entry.Kind.PUBLISHED, contact_person)]


def test_publish_idea_twice_is_one_entry(held, contact_person):
    publish_idea(idea=held, by=contact_person)
    publish_idea(idea=held, by=contact_person)
    assert held.story.count() == 1


@pytest.mark.parametrize("who", ["resident", "other_staff"])
def test_publish_idea_refuses_everybody_but_the_team(held, who, request):
    assert refusal(publish_idea, idea=held, by=request.getfixturevalue(who))[0] == "forbidden"


def test_publish_idea_refuses_what_is_decided(held, contact_person):
    Idea.objects.filter(pk=held.pk).update(state=Idea.State.NOT_POSSIBLE)
    assert refusal(publish_idea, idea=held, by=contact_person)[0] == "wrong_state"
