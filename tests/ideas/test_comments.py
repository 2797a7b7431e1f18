"""Writing, deleting, hiding; and the count that everybody sees."""

import uuid

import pytest

from common.errors import Refused
from ideas.models import Comment, Idea
from ideas.selectors import comments_of
from ideas.services import (
    decide_idea,
    delete_comment,
    hide_comment,
    unhide_comment,
    write_comment,
)
from tests.cast import make_idea


def write(author, idea, text="Bin dabei!", **facts) -> Comment:
    return write_comment(author=author, idea=idea, text=text, **{"client_id": uuid.uuid4(), **facts})


def refusal(act, **facts) -> tuple[str, str | None]:
    with pytest.raises(Refused) as refused:
        act(**facts)
    assert str(refused.value)
    return refused.value.code, refused.value.field


def count_of(idea: Idea) -> int:
    return Idea.objects.get(pk=idea.pk).comment_count


@pytest.mark.parametrize(
    ("who", "by_staff"),
    [("resident", False), ("neighbour", False), ("contact_person", True), ("coordinator", True)],
)
def test_write_comment_remembers_who_spoke_for_the_team(idea, who, by_staff, request):
    comment = write(request.getfixturevalue(who), idea)
    assert (comment.by_staff, count_of(idea)) == (by_staff, 1)


def test_write_comment_twice_with_one_id_is_one(idea, resident):
    client_id = uuid.uuid4()
    comments = {write(resident, idea, client_id=client_id, text=text) for text in ("Eins", "Zwei")}
    assert ([comment.text for comment in comments], count_of(idea)) == (["Eins"], 1)


def test_write_comment_lets_only_the_team_pass_on_how_to_reach_somebody(idea, resident, contact_person):
    text = "Ruf im Jugendhaus an: 0340 1234567"
    assert refusal(write_comment, author=resident, idea=idea, client_id=uuid.uuid4(), text=text) == ("phone", "text")
    assert write(contact_person, idea, text).text == text


def test_write_comment_with_an_id_used_elsewhere_is_refused(idea, resident):
    comment = write(resident, idea)
    other = make_idea(resident, "Noch eine")
    assert refusal(write, author=resident, idea=other, client_id=comment.client_id) == ("repeated", None)


@pytest.mark.parametrize(("text", "code"), [("  \n ", "missing"), ("x" * 501, "too_long")])
def test_write_comment_refuses_what_does_not_fit(idea, resident, text, code):
    assert refusal(write, author=resident, idea=idea, text=text) == (code, "text")


def test_write_comment_counts_a_line_break_as_one_character(idea, resident):
    assert write(resident, idea, text="x" * 249 + "\r\n" + "y" * 250).text == "x" * 249 + "\n" + "y" * 250


def test_write_comment_of_a_strangers_team_is_refused(idea, other_staff):
    assert refusal(write, author=other_staff, idea=idea)[0] == "forbidden"


@pytest.mark.parametrize(("state", "code"), [("submitted", "absent"), ("withdrawn", "absent"), ("merged", "closed")])
def test_write_comment_where_nobody_talks_is_refused(idea, resident, state, code):
    gone = {"published_at": None} if state == "submitted" else {}
    Idea.objects.filter(pk=idea.pk).update(state=state, merged_into=idea.pk, **gone)
    assert refusal(write, author=resident, idea=idea)[0] == code


def test_write_comment_after_the_decision_is_possible(idea, resident, contact_person):
    decide_idea(idea=idea, by=contact_person, kind="not_possible", reason="Das Rohr liegt zu tief.")
    assert write(resident, idea).pk


def test_delete_comment_leaves_the_place_and_counts_down_once(idea, resident):
    comment = write(resident, idea)
    for _time in range(2):
        delete_comment(comment=comment, by=resident)
    [shown] = comments_of(resident, idea).comments
    assert (shown.readable, shown.text, count_of(idea)) == (False, "", 0)


@pytest.mark.parametrize("who", ["neighbour", "contact_person"])
def test_delete_comment_of_somebody_else_is_refused(idea, resident, who, request):
    comment = write(resident, idea)
    assert refusal(delete_comment, comment=comment, by=request.getfixturevalue(who))[0] == "forbidden"


def test_hide_comment_hides_it_from_others_and_not_from_its_author(idea, resident, neighbour, contact_person):
    hide_comment(comment=write(resident, idea), by=contact_person)
    found = [comments_of(user, idea).comments[0].text for user in (neighbour, resident, contact_person)]
    assert (found, count_of(idea)) == (["", "Bin dabei!", "Bin dabei!"], 0)


def test_unhide_comment_brings_it_back(idea, resident, neighbour, contact_person):
    comment = write(resident, idea)
    hide_comment(comment=comment, by=None)
    unhide_comment(comment=comment, by=contact_person)
    assert (comments_of(neighbour, idea).comments[0].text, count_of(idea)) == ("Bin dabei!", 1)


@pytest.mark.parametrize("act", [hide_comment, unhide_comment])
@pytest.mark.parametrize("who", ["resident", "other_staff"])
def test_hiding_by_somebody_outside_the_team_is_refused(idea, resident, act, who, request):
    comment = write(resident, idea)
    assert refusal(act, comment=comment, by=request.getfixturevalue(who))[0] == "forbidden"


def test_comments_of_come_in_pages_from_the_newest(idea, resident):
    Comment.objects.bulk_create(
        Comment(idea=idea, author=resident, client_id=uuid.uuid4(), text=str(n)) for n in range(120)
    )
    texts, before, page = [], None, None
    while page is None or page.older is not None:
        page = comments_of(resident, idea, before=before)
        texts.append([comment.text for comment in page.comments])
        before = page.older
    assert [(len(part), part[0], part[-1]) for part in texts] == [
        (50, "70", "119"),
        (50, "20", "69"),
        (20, "0", "19"),
    ]
