"""Ideas for programs: the same acts by the same services, mistakes in one shape."""

import json
import uuid

import pytest
from django.test import Client

from ideas.models import Comment, Entry, Field, Idea
from ideas.services import cast_vote, decide_idea, hide_comment, hide_idea, write_comment
from tests.cast import make_idea, make_photo

IDEAS = "/api/v1/quartiere/nordstadt/ideas/"


def facts(**more):
    return {"client_id": str(uuid.uuid4()), "title": "Ein Dach für den Bolzplatz", **more}


def send(client, method: str, url: str, data=None):
    return client.generic(method, url, json.dumps(data), content_type="application/json")


def test_idea_is_told_as_everybody_may_read_it(client, idea):
    told = client.get(f"/api/v1/ideas/{idea.pk}/").json()
    del told["submitted_at"], told["published_at"]
    assert told == {
        "id": idea.pk,
        "quartier": "nordstadt",
        "title": "Ein Dach für den Bolzplatz",
        "text": "",
        "place": "",
        "fields_of_action": [],
        "photo": None,
        "author": "Rosa 27",
        "state": "published",
        "answer_by": idea.answer_by.isoformat(),
        "answered_at": None,
        "overdue": False,
        "vote_count": 0,
        "comment_count": 0,
        "voted": False,
        "url": f"/nordstadt/ideen/{idea.pk}/",
    }


@pytest.mark.parametrize(
    ("who", "status"),
    [("client", 404), ("neighbour_client", 404), ("resident_client", 200), ("contact_client", 200)],
)
def test_hidden_idea_is_absent_for_others(idea, who, status, request):
    hide_idea(idea=idea, by=None)
    response = request.getfixturevalue(who).get(f"/api/v1/ideas/{idea.pk}/")
    assert response.status_code == status
    if status == 404:
        assert response.json() == {
            "code": "absent",
            "detail": "Das gibt es nicht oder nicht mehr.",
            "field": None,
        }


def titles(client, **wish) -> list[str]:
    return [one["title"] for one in client.get(IDEAS, wish).json()["results"]]


def test_list_filters_searches_and_sorts(client, resident, neighbour, contact_person):
    sport = Field.objects.create(name="Sport", slug="sport")
    loved = make_idea(resident, "Fahrradwerkstatt", fields=[sport])
    parked = make_idea(resident, "Kino im Hof")
    make_idea(neighbour, "Woanders")
    cast_vote(voter=neighbour, idea=loved)
    decide_idea(idea=parked, by=contact_person, kind=Entry.Kind.PARKED, reason="Später.")
    wishes = [
        {},
        {"field": "sport"},
        {"state": "parked"},
        {"q": "fahr"},
        {"sort": "hot"},
        {"sort": "answered"},
    ]
    assert [titles(client, **wish) for wish in wishes] == [
        ["Kino im Hof", "Fahrradwerkstatt"],
        ["Fahrradwerkstatt"],
        ["Kino im Hof"],
        ["Fahrradwerkstatt"],
        ["Fahrradwerkstatt"],
        ["Kino im Hof"],
    ]


@pytest.mark.parametrize("wish", [{"state": "lost"}, {"sort": "best"}])
def test_list_with_a_wish_that_makes_no_sense_says_so(client, quartier, wish):
    response = client.get(IDEAS, wish)
    assert (response.status_code, response.json()["code"], set(response.json()["fields"])) == (
        400,
        "invalid",
        set(wish),
    )


@pytest.mark.parametrize("number", [1, 3])
def test_list_takes_the_same_queries(client, resident, number, django_assert_num_queries):
    for n in range(number):
        make_idea(resident, f"Idee {n}")
    with django_assert_num_queries(4):  # Quartier, count, ideas, fields
        client.get(IDEAS)


def test_list_of_an_unknown_quartier_is_absent(client, db):
    assert client.get("/api/v1/quartiere/gibt-es-nicht/ideas/").status_code == 404


def test_submit_as_json(resident_client, quartier):
    Field.objects.create(name="Sport", slug="sport")
    response = send(resident_client, "POST", IDEAS, facts(text="Bei Regen.", fields_of_action=["sport"]))
    told = response.json()
    assert (response.status_code, told["author"], told["text"], told["fields_of_action"], told["state"]) == (
        201,
        "Rosa 27",
        "Bei Regen.",
        ["sport"],
        "published",
    )


def test_submit_with_a_photo_as_multipart(resident_client, quartier):
    told = resident_client.post(IDEAS, facts(photo=make_photo())).json()
    assert set(told["photo"]) == {"w320", "w640", "w1280"}


def test_submit_twice_is_one_idea(resident_client, quartier):
    twice = facts()
    ids = {send(resident_client, "POST", IDEAS, twice).json()["id"] for _time in range(2)}
    assert (len(ids), Idea.objects.count()) == (1, 1)


@pytest.mark.parametrize(
    ("mistake", "field"),
    [
        ({"title": ""}, "title"),
        ({"title": "x" * 81}, "title"),
        ({"title": "a\x00b"}, "title"),
        ({"client_id": "7"}, "client_id"),
        ({"fields_of_action": ["erfunden"]}, "fields_of_action"),
        ({"text": ["a"]}, "text"),
    ],
)
def test_submit_with_a_mistake_names_the_field(resident_client, quartier, mistake, field):
    response = send(resident_client, "POST", IDEAS, facts(**mistake))
    assert (response.status_code, set(response.json()["fields"]), Idea.objects.count()) == (400, {field}, 0)


def test_submit_with_a_broken_body_is_refused(resident_client, quartier):
    response = resident_client.generic("POST", IDEAS, b"{", content_type="application/json")
    assert response.status_code == 400


def test_submit_by_staff_is_forbidden(contact_client, quartier):
    assert send(contact_client, "POST", IDEAS, facts()).status_code == 403


def test_vote_and_take_it_back(resident_client, idea):
    url = f"/api/v1/ideas/{idea.pk}/vote/"
    found = [send(resident_client, method, url).json() for method in ("PUT", "PUT", "DELETE", "DELETE")]
    assert found == [{"count": 1, "voted": True}] * 2 + [{"count": 0, "voted": False}] * 2


def test_vote_for_a_closed_idea_is_a_conflict(resident_client, idea, contact_person):
    decide_idea(idea=idea, by=contact_person, kind=Entry.Kind.PARKED, reason="Später.")
    response = send(resident_client, "PUT", f"/api/v1/ideas/{idea.pk}/vote/")
    assert (response.status_code, response.json()["code"]) == (409, "closed")


def test_voted_is_told_to_the_voter_only(client, resident_client, idea, resident):
    cast_vote(voter=resident, idea=idea)
    assert [one.get(f"/api/v1/ideas/{idea.pk}/").json()["voted"] for one in (client, resident_client)] == [
        False,
        True,
    ]


def test_comments_are_written_and_read(client, resident_client, idea):
    url = f"/api/v1/ideas/{idea.pk}/comments/"
    twice = {"client_id": str(uuid.uuid4()), "text": "Bin dabei!"}
    answers = [send(resident_client, "POST", url, twice) for _time in range(2)]
    assert [answer.status_code for answer in answers] == [201, 201]
    told = client.get(url).json()
    assert told == {"comments": [answers[0].json()], "older": None}
    assert {name: told["comments"][0][name] for name in ("text", "author", "by_staff", "gone")} == {
        "text": "Bin dabei!",
        "author": "Rosa 27",
        "by_staff": False,
        "gone": False,
    }


def test_hidden_comment_leaves_only_its_place(client, idea, resident):
    comment = write_comment(author=resident, idea=idea, client_id=uuid.uuid4(), text="Unfug")
    hide_comment(comment=comment, by=None)
    [told] = client.get(f"/api/v1/ideas/{idea.pk}/comments/").json()["comments"]
    assert (told["text"], told["author"], told["gone"]) == ("", None, True)


def test_older_comments_come_page_by_page(client, idea, resident, django_assert_num_queries):
    Comment.objects.bulk_create(
        Comment(idea=idea, author=resident, client_id=uuid.uuid4(), text=str(n)) for n in range(60)
    )
    url = f"/api/v1/ideas/{idea.pk}/comments/"
    with django_assert_num_queries(3):  # idea, its fields, comments
        newest = client.get(url).json()
    older = client.get(url, {"before": newest["older"]}).json()
    assert [(len(page["comments"]), page["older"] is None) for page in (newest, older)] == [
        (50, False),
        (10, True),
    ]
    assert client.get(url, {"before": "x"}).status_code == 404


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("POST", IDEAS),
        ("PUT", "/api/v1/ideas/{pk}/vote/"),
        ("DELETE", "/api/v1/ideas/{pk}/vote/"),
        ("POST", "/api/v1/ideas/{pk}/comments/"),
    ],
)
def test_writing_without_a_session_is_answered_with_401_and_a_sentence(client, idea, method, path):
    response = send(client, method, path.format(pk=idea.pk), facts(text="Hallo"))
    assert (response.status_code, response.json()) == (
        401,
        {"code": "sign_in", "detail": "Wähl zuerst einen Spitznamen, dann geht es weiter.", "field": None},
    )


def test_writing_without_a_csrf_token_is_refused(resident, idea):
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(resident)
    assert send(strict, "PUT", f"/api/v1/ideas/{idea.pk}/vote/").status_code == 403


@pytest.mark.parametrize("path", ["/api/v1/ideas/999999/", "/api/v1/ideas/99999999999999999999/vote/"])
def test_what_does_not_exist_is_absent(resident_client, quartier, path):
    method = "PUT" if path.endswith("vote/") else "GET"
    assert send(resident_client, method, path).status_code == 404
