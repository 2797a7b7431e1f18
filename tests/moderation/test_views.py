"""Reporting as a person does it: two taps, no account, a receipt."""

import re
import uuid

import pytest

from ideas.models import Idea
from ideas.services import delete_comment, hide_comment, hide_idea, write_comment
from moderation.models import Report
from moderation.services import decide_report
from tests.cast import make_resident


def tap(client, url: str, reason: str = "spam", **facts):
    """The second tap, with the id that the page offered."""
    client_id = re.search(r'name="client_id" value="([^"]+)"', client.get(url).text)[1]
    return client.post(url, {"client_id": client_id, "reason": reason, **facts})


@pytest.fixture
def url(idea):
    return f"/melden/idea/{idea.pk}/"


@pytest.fixture
def comment(idea, resident):
    return write_comment(author=resident, idea=idea, client_id=uuid.uuid4(), text="Unfug hoch drei")


def test_report_in_two_taps_without_an_account(client, idea, url):
    response = tap(client, url, "danger")
    filed = Report.objects.get()
    assert (response.status_code, response.url) == (302, f"/melden/beleg/{filed.receipt}/")
    assert (filed.thing, filed.thing_id, filed.reporter, filed.reason, filed.copy) == (
        "idea",
        idea.pk,
        None,
        "danger",
        idea.title,
    )
    page = client.get(response.url).text
    assert all(words in page for words in ("Danke, deine Meldung ist da", filed.receipt, "Ruf die 112"))


def test_report_of_a_comment_shows_what_is_reported(client, resident_client, comment):
    url = f"/melden/comment/{comment.pk}/"
    assert "Unfug hoch drei" in client.get(url).text
    tap(client, url, note="Schon wieder.")
    filed = Report.objects.get()
    assert (filed.copy, filed.note, filed.url) == (
        "Unfug hoch drei",
        "Schon wieder.",
        f"/nordstadt/ideen/{comment.idea_id}/#kommentar-{comment.pk}",
    )


def test_report_by_somebody_signed_in_names_them_to_the_team_only(neighbour_client, client, neighbour, url):
    receipt = tap(neighbour_client, url).url
    assert (Report.objects.get().reporter, neighbour.nickname in client.get(receipt).text) == (
        neighbour,
        False,
    )


def test_report_twice_is_one(client, url):
    sent = {"client_id": uuid.uuid4(), "reason": "spam"}
    targets = {client.post(url, sent).url for _time in range(2)}
    assert (len(targets), Report.objects.count()) == (1, 1)


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        ({"client_id": uuid.uuid4()}, "Such dir aus, was los ist."),
        ({"client_id": uuid.uuid4(), "reason": "boring"}, "Such dir aus, was los ist."),
        ({"client_id": "7", "reason": "spam"}, "Lade die Seite neu und tipp noch einmal."),
        ({"reason": "spam"}, "Lade die Seite neu und tipp noch einmal."),
        (
            {"client_id": uuid.uuid4(), "reason": "spam", "note": "y" * 501},
            "Das ist zu lang. Nimm höchstens 500 Zeichen.",
        ),
    ],
)
def test_report_with_a_mistake_says_what_to_do_and_keeps_the_note(client, url, sent, sentence):
    response = client.post(url, {"note": "Mein Hinweis", **sent})
    assert (response.status_code, sentence in response.text, Report.objects.count()) == (422, True, 0)
    assert sent.get("note", "Mein Hinweis") in response.text


@pytest.mark.parametrize("path", ["idea/999999", "idea/99999999999999999999", "nonsense/1", "user/1", "topic/999999"])
def test_report_of_what_does_not_exist_is_absent(client, quartier, path):
    assert client.get(f"/melden/{path}/").status_code == 404


def test_report_of_what_one_cannot_see_is_absent(client, resident_client, idea, comment, url, resident):
    hide_comment(comment=comment, by=None)
    statuses = [one.get(f"/melden/comment/{comment.pk}/").status_code for one in (client, resident_client)]
    delete_comment(comment=comment, by=resident)
    statuses.append(resident_client.get(f"/melden/comment/{comment.pk}/").status_code)
    hide_idea(idea=idea, by=None)
    statuses += [one.get(url).status_code for one in (client, resident_client)]
    assert statuses == [404, 200, 404, 404, 200]


def test_report_whose_answer_was_lost_gets_its_receipt_although_the_idea_is_hidden_now(client, neighbour_client, url):
    tap(neighbour_client, url)
    sent = {"client_id": uuid.uuid4(), "reason": "spam"}
    assert client.post(url, sent).url == client.post(url, sent).url
    assert (client.get(url).status_code, Report.objects.count()) == (404, 2)


def test_second_report_by_somebody_else_hides_the_idea(neighbour_client, signed_in, quartier, idea, url):
    tap(neighbour_client, url)
    tap(signed_in(make_resident("Milan 5", quartier)), url)
    assert Idea.objects.get().hidden_at is not None
    assert neighbour_client.get(f"/nordstadt/ideen/{idea.pk}/").status_code == 404


def test_a_browser_that_reports_as_somebody_and_then_as_nobody_counts_once(neighbour_client, client, idea, url):
    first = tap(neighbour_client, url)
    cookie = first.cookies["melden"]
    assert (cookie["path"], cookie["httponly"], cookie["samesite"], len(cookie.value)) == ("/melden/", True, "Lax", 32)
    neighbour_client.post("/ich/raus/")
    tap(neighbour_client, url)
    assert [filed.reporter_id is None for filed in Report.objects.order_by("pk")] == [False, True]
    assert Idea.objects.get().hidden_at is None
    tap(client, url)
    assert Idea.objects.get().hidden_at is not None


def test_no_report_keeps_what_the_browser_is_called(client, url):
    response = tap(client, url)
    assert response.cookies["melden"].value not in str(Report.objects.values().get())


@pytest.mark.parametrize(
    ("state", "heading"),
    [("upheld", "Entschieden: Es ist entfernt"), ("dismissed", "Entschieden: Es bleibt stehen")],
)
def test_receipt_tells_what_was_decided(client, contact_person, url, state, heading):
    receipt = tap(client, url).url
    decide_report(report=Report.objects.get(), by=contact_person, state=state, answer="Wir haben geschaut.")
    page = client.get(receipt).text
    assert (heading in page, "Wir haben geschaut." in page) == (True, True)


def test_receipt_leads_back_only_to_what_is_still_there(client, contact_person, idea, url):
    receipt = tap(client, url).url
    ways = []
    for hide in (False, True):
        if hide:
            hide_idea(idea=idea, by=contact_person)
        ways.append(f'href="{idea.get_absolute_url()}">Zurück' in client.get(receipt).text)
    assert ways == [True, False]


def test_receipt_is_read_in_small_letters_too(client, url):
    assert client.get(tap(client, url).url.lower()).status_code == 200


def test_receipt_that_nobody_has_is_absent(client, db):
    assert client.get("/melden/beleg/AAAA-BBBB/").status_code == 404


@pytest.mark.parametrize("who", ["client", "neighbour_client"])
def test_report_too_often_asks_to_wait(url, who, request):
    one = request.getfixturevalue(who)
    assert [tap(one, url).status_code for _time in range(21)] == [302] * 20 + [422]
