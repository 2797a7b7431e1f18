"""The page of one idea: who sees it, what it tells, what can be done there, and what it costs."""

import uuid
from datetime import timedelta

import pytest
from django.utils import timezone

from ideas.models import Comment, Entry, Idea
from ideas.selectors import story_of
from ideas.services import (
    cast_vote,
    decide_idea,
    hide_comment,
    hide_idea,
    publish_idea,
    withdraw_idea,
    write_comment,
)
from tests.cast import make_idea, make_resident

Kind = Entry.Kind
REASON = "Der Platz gehört der Bahn, und sie sagt nein."


def url(idea: Idea) -> str:
    return f"/{idea.quartier.slug}/ideen/{idea.pk}/"


def test_detail_shows_words_author_promise_and_contact(client, idea):
    page = client.get(url(idea)).text
    for words in (
        idea.title,
        "Rosa 27",
        "gerade eben",
        "Was wird draus?",
        "noch 14 Tage",
        "Yasemin kümmert sich",
    ):
        assert words in page


@pytest.mark.parametrize(
    "who", ["client", "resident_client", "neighbour_client", "contact_client", "other_staff_client"]
)
def test_detail_of_a_public_idea_is_there_for_everybody(idea, who, request):
    assert request.getfixturevalue(who).get(url(idea)).status_code == 200


@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("client", 404),
        ("neighbour_client", 404),
        ("other_staff_client", 404),
        ("resident_client", 200),
        ("contact_client", 200),
        ("coordinator_client", 200),
        ("administrator_client", 200),
    ],
)
@pytest.mark.parametrize("why", ["hidden", "withdrawn", "submitted"])
def test_detail_of_what_is_not_public_is_absent_for_others(idea, resident, who, status, why, request):
    if why == "hidden":
        hide_idea(idea=idea, by=None)
    elif why == "withdrawn":
        withdraw_idea(idea=idea, by=resident)
    else:
        Idea.objects.filter(pk=idea.pk).update(state="submitted", published_at=None)
    assert request.getfixturevalue(who).get(url(idea)).status_code == status


@pytest.mark.parametrize(
    "address", ["/suedhang/ideen/{pk}/", "/nordstadt/ideen/999999/", "/nordstadt/ideen/99999999999999999999/"]
)
def test_detail_at_a_wrong_address_is_absent(client, idea, other_quartier, address):
    assert client.get(address.format(pk=idea.pk)).status_code == 404


def test_detail_shows_what_a_person_typed_as_plain_text(client, resident, contact_person):
    nasty = make_idea(resident, "<script>alert(1)</script>", text="<b>fett</b>", place="<i>hier</i>")
    page = client.get(url(nasty)).text
    assert ("<script>alert(1)" in page, "<b>fett" in page, "<i>hier" in page) == (False, False, False)


def told(idea: Idea) -> list[tuple[str, str]]:
    idea.refresh_from_db()
    return [(step.state, step.title) for step in story_of(idea)]


def test_story_of_a_fresh_idea(idea):
    assert told(idea) == [("done", "Veröffentlicht"), ("now", "Wartet auf Antwort"), ("next", "Mikroprojekt")]


def test_story_of_a_held_idea(neighbour, quartier, contact_person):
    idea = make_idea(neighbour, quartier=quartier)
    assert told(idea) == [("now", "Wartet auf einen Blick")]
    publish_idea(idea=idea, by=contact_person)
    assert told(idea)[0] == ("done", "Veröffentlicht")


def test_story_of_an_idea_under_review(idea, contact_person):
    decide_idea(idea=idea, by=contact_person, kind=Kind.UNDER_REVIEW)
    assert told(idea) == [("done", "Veröffentlicht"), ("now", "Wird geprüft"), ("next", "Mikroprojekt")]
    assert "noch 14 Tage" in story_of(idea)[1].text


def test_story_of_an_answered_idea_promises_no_day_any_more(idea, contact_person):
    decide_idea(idea=idea, by=contact_person, kind=Kind.ANSWER, reason=REASON)
    assert told(idea) == [
        ("done", "Veröffentlicht"),
        ("done", "Antwort"),
        ("now", "Wie geht es weiter?"),
        ("next", "Mikroprojekt"),
    ]


@pytest.mark.parametrize(
    ("kind", "state", "title"),
    [
        (Kind.PARKED, "stopped", "Geparkt"),
        (Kind.NOT_POSSIBLE, "stopped", "Geht nicht"),
        (Kind.BECOMES_PROJECT, "done", "Wird ein Projekt"),
    ],
)
def test_story_of_a_decided_idea_ends_with_the_reason(idea, contact_person, kind, state, title):
    decide_idea(idea=idea, by=contact_person, kind=kind, reason=REASON)
    assert told(idea) == [("done", "Veröffentlicht"), (state, title)]
    assert story_of(idea)[-1].text == REASON


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        (14, "noch 14 Tage"),
        (1, "noch 1 Tag"),
        (0, "Antwort bis heute"),
        (-1, "1 Tag drüber"),
        (-12, "12 Tage drüber"),
    ],
)
def test_story_says_honestly_how_far_the_answer_is(idea, days, expected):
    idea.answer_by = timezone.localdate() + timedelta(days=days)
    assert expected in story_of(idea)[1].text


def test_detail_of_a_merged_idea_leads_on(client, idea, resident, contact_person):
    other = make_idea(resident, "Ein Zelt statt Dach")
    decide_idea(idea=idea, by=contact_person, kind=Kind.MERGED, reason=REASON, into=other)
    page = client.get(url(idea)).text
    assert (f'<a href="{url(other)}">Ein Zelt statt Dach</a>' in page, "kommentar-schreiben" in page) == (
        True,
        False,
    )


def test_detail_of_an_idea_that_became_a_project_leads_there(client, idea, contact_person):
    decide_idea(idea=idea, by=contact_person, kind=Kind.BECOMES_PROJECT, reason=REASON)
    assert f'href="/idee/{idea.pk}/projekt/"' in client.get(url(idea)).text


@pytest.mark.parametrize("number", [1, 3, 200])
def test_detail_takes_the_same_queries_with_many_comments(
    resident_client, idea, resident, contact_person, number, django_assert_num_queries
):
    authors = [resident, contact_person, *(make_resident(f"Gast {n}", idea.quartier) for n in range(5))]
    Comment.objects.bulk_create(
        Comment(idea=idea, author=authors[n % 7], client_id=uuid.uuid4(), text=f"Nr. {n}", by_staff=n % 7 == 1)
        for n in range(number)
    )
    # Session, person, Quartier, idea, its fields, comments, story.
    with django_assert_num_queries(7):
        page = resident_client.get(url(idea)).text
    assert (page.count('class="comment"'), "Ältere zeigen" in page) == (min(number, 50), number > 50)


def test_detail_takes_two_more_queries_for_staff_of_older_comments(
    contact_client, idea, resident, django_assert_num_queries
):
    made = Comment.objects.bulk_create(
        Comment(idea=idea, author=resident, client_id=uuid.uuid4(), text=f"Nr. {n}") for n in range(60)
    )
    with django_assert_num_queries(9):  # the roles, and the comment to start from
        page = contact_client.get(url(idea), {"vor": made[10].pk}).text
    assert (page.count('class="comment"'), "Ältere zeigen" in page, "Neueste zeigen" in page) == (
        10,
        False,
        True,
    )


@pytest.mark.parametrize("number", ["x", "-1", "", "²", "9" * 30, "999999"])
def test_detail_with_a_nonsense_place_in_the_comments_is_absent(client, idea, number):
    assert client.get(url(idea), {"vor": number}).status_code == 404


# --- votes -------------------------------------------------------------------------------------------------
def votes(idea: Idea) -> int:
    return Idea.objects.get(pk=idea.pk).vote_count


@pytest.mark.parametrize(("cast", "back"), [({"act": "cast"}, {"act": "take_back"}), ({"on": "1"}, {"on": "0"})])
def test_vote_by_form_leads_back_to_where_the_tap_was(resident_client, idea, cast, back):
    came_from = {"referer": "http://testserver/nordstadt/ideen/?sort=new"}
    found = []
    for wish in (cast, cast, back):
        response = resident_client.post(f"{url(idea)}stimme/", wish, headers=came_from)
        found.append((response.status_code, response.url, votes(idea)))
    target = f"http://testserver/nordstadt/ideen/?sort=new#idee-{idea.pk}"
    assert found == [(302, target, 1), (302, target, 1), (302, target, 0)]


@pytest.mark.parametrize("elsewhere", ["https://evil.example/", "//evil.example", "javascript:alert(1)"])
def test_vote_never_leads_to_a_foreign_address(resident_client, idea, elsewhere):
    response = resident_client.post(
        f"{url(idea)}stimme/", {"act": "cast", "next": elsewhere}, headers={"referer": elsewhere}
    )
    assert response.url == f"{url(idea)}#idee-{idea.pk}"


def test_vote_by_script_answers_with_the_count(resident_client, idea):
    answers = [
        resident_client.post(f"{url(idea)}stimme/", {"act": act}, headers={"accept": "application/json"}).json()
        for act in ("cast", "cast", "take_back")
    ]
    assert answers == [{"count": 1, "voted": True}, {"count": 1, "voted": True}, {"count": 0, "voted": False}]


def test_vote_for_a_closed_idea_says_so(resident_client, idea, contact_person):
    decide_idea(idea=idea, by=contact_person, kind=Kind.PARKED, reason=REASON)
    sentence = "Über diese Idee ist schon entschieden. Schau nach, was daraus wird."
    script = resident_client.post(f"{url(idea)}stimme/", {"act": "cast"}, headers={"accept": "application/json"})
    assert (script.status_code, script.json()) == (409, {"code": "closed", "detail": sentence, "field": None})
    assert sentence in resident_client.post(f"{url(idea)}stimme/", {"act": "cast"}, follow=True).text


def test_vote_for_an_idea_that_was_withdrawn_meanwhile_says_so_to_the_script(neighbour_client, idea, resident):
    withdraw_idea(idea=idea, by=resident)
    address, wish = f"{url(idea)}stimme/", {"act": "cast"}
    script = neighbour_client.post(address, wish, headers={"accept": "application/json"})
    assert (script.status_code, script.json()["detail"]) == (404, "Diese Idee gibt es nicht mehr.")
    assert neighbour_client.post(address, wish).status_code == 404


@pytest.mark.parametrize("wish", [{}, {"act": "double"}, {"on": "7"}])
def test_vote_that_makes_no_sense_is_refused(resident_client, idea, wish):
    response = resident_client.post(f"{url(idea)}stimme/", wish, headers={"accept": "application/json"})
    assert (response.status_code, response.json()["code"], votes(idea)) == (400, "invalid", 0)


def test_vote_of_a_visitor_by_script_asks_for_a_nickname(client, idea):
    response = client.post(f"{url(idea)}stimme/", {"act": "cast"}, headers={"accept": "application/json"})
    assert (response.status_code, response.json()["code"]) == (401, "sign_in")


def test_vote_of_a_visitor_by_form_enters_and_votes_in_one_go(client, idea):
    page = client.post(f"{url(idea)}stimme/", {"on": "1"})
    assert (page.status_code, '<input type="hidden" name="on" value="1">' in page.text) == (200, True)
    entry = {"entry-nickname": "Dachs-8", "entry-age_band": "12-15", "entry-quartier": idea.quartier_id}
    answer = client.post(
        f"{url(idea)}stimme/",
        {"on": "1", **entry},
        headers={"referer": f"http://testserver{url(idea)}stimme/"},
    )
    assert (answer.status_code, answer.url, votes(idea)) == (302, f"{url(idea)}#idee-{idea.pk}", 1)


def test_vote_of_staff_is_refused(contact_client, idea):
    response = contact_client.post(f"{url(idea)}stimme/", {"act": "cast"}, headers={"accept": "application/json"})
    assert (response.status_code, response.json()["code"]) == (403, "forbidden")


def test_vote_too_often_asks_to_wait(resident_client, idea):
    script = {"accept": "application/json"}
    answers = [
        resident_client.post(f"{url(idea)}stimme/", {"act": "cast"}, headers=script).status_code for _time in range(61)
    ]
    assert answers == [200] * 60 + [429]


def test_vote_address_opened_by_hand_leads_to_the_idea(resident_client, idea):
    assert resident_client.get(f"{url(idea)}stimme/").url == url(idea)


# --- comments ----------------------------------------------------------------------------------------------
def say(client, idea, text="Bin dabei!", **facts):
    return client.post(f"{url(idea)}kommentare/", {"client_id": uuid.uuid4(), "text": text, **facts})


def test_comment_is_there_at_its_own_anchor(resident_client, idea):
    response = say(resident_client, idea)
    comment = Comment.objects.get()
    assert (response.status_code, response.url) == (302, f"{url(idea)}#kommentar-{comment.pk}")
    assert "Bin dabei!" in resident_client.get(url(idea)).text


def test_comment_sent_twice_is_one(resident_client, idea):
    client_id = uuid.uuid4()
    targets = {say(resident_client, idea, client_id=client_id).url for _time in range(2)}
    assert (len(targets), Comment.objects.count()) == (1, 1)


@pytest.mark.parametrize(
    ("facts", "sentence"),
    [
        ({"text": ""}, "Schreib erst etwas, dann schick es ab."),
        ({"text": "x" * 501}, "Das ist zu lang. Nimm höchstens 500 Zeichen."),
        ({"text": "Schreib mir: 0176 1234567"}, "Lass die Telefonnummer lieber weg: Hier lesen viele mit."),
        ({"text": "Mein Insta ist luchs_17"}, "Lass deinen Namen aus anderen Apps lieber weg"),
        ({"text": "a\x00b"}, "Nullzeichen sind nicht erlaubt."),
        ({"client_id": "nonsense"}, "Lade die Seite neu und schick es noch einmal."),
    ],
)
def test_comment_with_a_mistake_keeps_what_was_typed(resident_client, idea, facts, sentence):
    response = say(resident_client, idea, **facts)
    assert (response.status_code, sentence in response.text, Comment.objects.count()) == (422, True, 0)
    assert str(facts.get("text", "Bin dabei!")).replace("\x00", "") in response.text.replace("\x00", "")


def test_comment_of_a_team_from_elsewhere_is_refused_with_a_sentence(other_staff_client, idea):
    response = say(other_staff_client, idea)
    assert (response.status_code, "nicht das eines anderen" in response.text) == (422, True)


def test_comment_of_a_newcomer_enters_in_one_go(client, idea):
    entry = {"entry-nickname": "Dachs-8", "entry-age_band": "12-15", "entry-quartier": idea.quartier_id}
    assert say(client, idea, **entry).status_code == 302
    assert [comment.author.nickname for comment in Comment.objects.all()] == ["Dachs-8"]


def test_comment_too_often_asks_to_wait(resident_client, idea):
    assert [say(resident_client, idea).status_code for _time in range(11)] == [302] * 10 + [422]


def test_comment_of_the_team_carries_its_badge(client, contact_client, idea):
    say(contact_client, idea)
    assert '<span class="pill tone-mist">Team</span>' in client.get(url(idea)).text


def test_hidden_comment_is_shown_as_removed(client, resident_client, idea, resident):
    comment = write_comment(author=resident, idea=idea, client_id=uuid.uuid4(), text="Unfug hoch drei")
    hide_comment(comment=comment, by=None)
    pages = [one.get(url(idea)).text for one in (client, resident_client)]
    assert ["Unfug hoch drei" in page for page in pages] == [False, True]
    assert "Dieser Kommentar ist ausgeblendet." in pages[0]


def test_delete_comment_is_for_its_writer(resident_client, neighbour_client, idea, resident):
    comment = write_comment(author=resident, idea=idea, client_id=uuid.uuid4(), text="Ups")
    address = f"{url(idea)}kommentare/{comment.pk}/loeschen/"
    found = []
    for one in (neighbour_client, resident_client, resident_client):
        status = one.post(address).status_code
        found.append((status, Comment.objects.get().deleted_at is not None))
    assert found == [(302, False), (302, True), (302, True)]


def test_delete_comment_at_another_idea_is_absent(resident_client, idea, resident):
    comment = write_comment(author=resident, idea=idea, client_id=uuid.uuid4(), text="Ups")
    other = make_idea(resident, "Noch eine")
    assert resident_client.post(f"{url(other)}kommentare/{comment.pk}/loeschen/").status_code == 404


# --- withdrawing -------------------------------------------------------------------------------------------
def test_withdraw_asks_once_and_then_does_it(resident_client, client, idea):
    assert "Idee zurückziehen?" in resident_client.get(f"{url(idea)}zurueckziehen/").text
    assert resident_client.post(f"{url(idea)}zurueckziehen/").url == "/nordstadt/ideen/?meine=1"
    assert client.get(url(idea)).status_code == 404


def test_withdraw_asks_nothing_when_it_is_done_already(resident_client, idea, resident):
    withdraw_idea(idea=idea, by=resident)
    assert resident_client.get(f"{url(idea)}zurueckziehen/").url == url(idea)


def test_withdraw_is_absent_for_others(neighbour_client, contact_client, idea):
    found = [one.post(f"{url(idea)}zurueckziehen/").status_code for one in (neighbour_client, contact_client)]
    assert found == [404, 404]


def test_withdraw_after_the_decision_says_that_it_is_too_late(resident_client, idea, contact_person):
    decide_idea(idea=idea, by=contact_person, kind=Kind.BECOMES_PROJECT, reason=REASON)
    page = resident_client.post(f"{url(idea)}zurueckziehen/", follow=True).text
    assert "sie lässt sich nicht mehr zurückziehen" in page


def test_detail_offers_withdrawing_to_its_author_only(resident_client, neighbour_client, idea):
    pages = [one.get(url(idea)).text for one in (resident_client, neighbour_client)]
    assert ["zurueckziehen" in page for page in pages] == [True, False]


def test_detail_after_a_vote_shows_it_pressed(resident_client, idea, resident):
    cast_vote(voter=resident, idea=idea)
    assert 'aria-pressed="true"' in resident_client.get(url(idea)).text
