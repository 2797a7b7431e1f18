"""The list: what it shows to whom, how it sorts, filters and searches, and what it costs."""

import re
import uuid
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone

from ideas import selectors
from ideas.models import Entry, Field, Idea, TaggedIdea, Vote
from ideas.services import cast_vote, decide_idea, hide_idea, withdraw_idea
from tests.cast import make_idea, make_photo


def titles(client, quartier, **wish) -> list[str]:
    return titles_of(client.get(f"/{quartier.slug}/ideen/", wish))


def titles_of(response) -> list[str]:
    assert response.status_code == 200
    return [idea.title for idea in response.context["page_obj"]]


@pytest.fixture
def three(resident, neighbour, contact_person, quartier):
    """Old with one vote, middle with two, new with none; all undecided, the promises in this order."""
    ideas = [make_idea(resident, title) for title in ("Alt", "Mittel", "Neu")]
    for number, idea in enumerate(ideas):
        Idea.objects.filter(pk=idea.pk).update(
            published_at=timezone.now() - timedelta(days=9 - number),
            answer_by=timezone.localdate() + timedelta(days=number),
        )
    cast_vote(voter=resident, idea=ideas[0])
    cast_vote(voter=resident, idea=ideas[1])
    cast_vote(voter=neighbour, idea=ideas[1])
    return ideas


@pytest.mark.parametrize(
    ("sort", "expected"),
    [
        ("hot", ["Mittel", "Alt", "Neu"]),
        ("new", ["Neu", "Mittel", "Alt"]),
        ("waiting", ["Alt", "Mittel", "Neu"]),
        ("answered", []),
        ("nonsense", ["Mittel", "Alt", "Neu"]),
    ],
)
def test_list_sorts(client, quartier, three, sort, expected):
    assert titles(client, quartier, sort=sort) == expected


@pytest.mark.parametrize(
    ("sort", "expected"),
    [
        ("hot", ["Alt"]),
        ("new", ["Neu", "Mittel", "Alt"]),
        ("waiting", ["Alt"]),
        ("answered", ["Neu", "Mittel"]),
    ],
)
def test_list_sorts_decided_ideas_apart(client, quartier, three, contact_person, sort, expected):
    decide_idea(idea=three[1], by=contact_person, kind=Entry.Kind.PARKED, reason="Später.")
    decide_idea(idea=three[2], by=contact_person, kind=Entry.Kind.NOT_POSSIBLE, reason="Geht nicht.")
    assert titles(client, quartier, sort=sort) == expected


def test_list_leaves_out_what_is_not_public(client, quartier, three, resident, contact_person, neighbour):
    hide_idea(idea=three[0], by=contact_person)
    withdraw_idea(idea=three[1], by=resident)
    make_idea(neighbour, "Von woanders, wartet", quartier=quartier)
    make_idea(neighbour, "In einem anderen Quartier")
    assert titles(client, quartier, sort="new") == ["Neu"]


def test_list_of_own_ideas_shows_them_in_every_state(
    resident_client, neighbour_client, quartier, three, resident, contact_person
):
    hide_idea(idea=three[0], by=contact_person)
    withdraw_idea(idea=three[1], by=resident)
    assert titles(resident_client, quartier, meine="1") == ["Neu", "Mittel", "Alt"]
    assert titles(neighbour_client, quartier, meine="1") == []


def test_list_of_own_ideas_means_nothing_to_a_visitor(client, quartier, three):
    assert titles(client, quartier, meine="1") == ["Mittel", "Alt", "Neu"]


def test_list_filters_by_field(client, quartier, three):
    sport = Field.objects.create(name="Sport", slug="sport")
    three[2].fields.set([sport])
    assert titles(client, quartier, feld="sport") == ["Neu"]
    assert titles(client, quartier, feld="gibt-es-nicht") == ["Mittel", "Alt", "Neu"]


@pytest.fixture
def findable(resident, contact_person):
    make_idea(resident, "Fahrradwerkstatt im leeren Laden", text="Wir reparieren Räder.")
    make_idea(resident, "Bänke am Bahnhof", place="Zerbster Straße")
    decided = make_idea(resident, "Trinkbrunnen")
    decide_idea(idea=decided, by=contact_person, kind=Entry.Kind.NOT_POSSIBLE, reason="Das Rohr liegt zu tief.")


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("fahrrad", ["Fahrradwerkstatt im leeren Laden"]),
        ("LADEN fahr", ["Fahrradwerkstatt im leeren Laden"]),
        ("repar", ["Fahrradwerkstatt im leeren Laden"]),
        ("zerbster", ["Bänke am Bahnhof"]),
        ("bänke", ["Bänke am Bahnhof"]),
        ("trink", ["Trinkbrunnen"]),
        ("fahrrad bahnhof", []),
        ("raumschiff", []),
        ('"*:( -', ["Trinkbrunnen", "Bänke am Bahnhof", "Fahrradwerkstatt im leeren Laden"]),
        ("NOT AND OR", []),
        ("x" * 500, []),
    ],
)
def test_list_searches_words_by_their_beginning(client, quartier, findable, words, expected):
    assert titles(client, quartier, q=words) == expected


def test_list_search_stays_within_the_quartier_and_the_public(client, quartier, neighbour, findable):
    make_idea(neighbour, "Fahrrad woanders")
    make_idea(neighbour, "Fahrrad wartet", quartier=quartier)
    assert titles(client, quartier, q="fahrrad") == ["Fahrradwerkstatt im leeren Laden"]


def test_list_shows_the_rest_page_by_page(client, quartier, resident, contact_person):
    for number in range(14):
        make_idea(resident, f"Idee {number:02}")
    first = client.get(f"/{quartier.slug}/ideen/", {"sort": "new"})
    second = client.get(f"/{quartier.slug}/ideen/", {"sort": "new", "page": 2})
    last = client.get(f"/{quartier.slug}/ideen/", {"sort": "new", "page": "99"})
    assert [len(answer.context["page_obj"].object_list) for answer in (first, second, last)] == [12, 2, 2]
    assert 'rel="next" href="?sort=new&amp;page=2"' in first.text
    assert "Mehr zeigen" not in second.text


@pytest.mark.parametrize(
    ("wish", "title"),
    [
        ({}, "Noch keine Idee"),
        ({"q": "luft"}, "Nichts gefunden zu „luft“"),
        ({"sort": "answered"}, "Noch keine Idee"),
        ({"meine": "1"}, "Du hast hier noch keine Idee"),
    ],
)
def test_list_without_ideas_says_what_to_do(resident_client, quartier, wish, title):
    page = resident_client.get(f"/{quartier.slug}/ideen/", wish).text
    assert title in page
    assert page.count('<p><a class="button button-main"') == 1


@pytest.mark.parametrize("wish", [{}, {"sort": "waiting"}, {"q": "luft"}, {"feld": "sport"}])
def test_list_that_leaves_out_all_ideas_leads_to_all_of_them(client, quartier, idea, contact_person, wish):
    Field.objects.create(name="Sport", slug="sport")
    decide_idea(idea=idea, by=contact_person, kind=Entry.Kind.NOT_POSSIBLE, reason="Geht nicht.")
    page = client.get(f"/{quartier.slug}/ideen/", wish).text
    way_out = re.search(r'<a class="button button-main" href="([^"]+)">Alle Ideen zeigen', page)
    assert ("Noch keine Idee" in page, titles_of(client.get(f"/{quartier.slug}/ideen/{way_out[1]}"))) == (
        False,
        [idea.title],
    )


def test_my_ideas_are_mine(resident_client, neighbour, quartier, idea):
    make_idea(neighbour, "Von nebenan", quartier=quartier)
    link = re.search(r'<a class="row-link" href="([^"]+)"><b>Meine Ideen', resident_client.get("/ich/").text)
    assert titles_of(resident_client.get(link[1])) == [idea.title]


def test_list_of_own_ideas_leads_back_to_everybodys(resident_client, quartier, three):
    page = resident_client.get(f"/{quartier.slug}/ideen/", {"meine": "1"})
    assert [address for _name, _label, address in page.context["sorts"]] == [
        "?sort=hot",
        "?sort=new",
        "?sort=waiting",
        "?sort=answered",
    ]


def test_list_of_an_unknown_quartier_is_absent(client, quartier):
    assert client.get("/gibt-es-nicht/ideen/").status_code == 404


def test_list_shows_votes_buttons_to_everybody_but_staff(client, resident_client, contact_client, quartier, idea):
    pages = [one.get(f"/{quartier.slug}/ideen/").text for one in (client, resident_client, contact_client)]
    assert [page.count("data-vote data-once") for page in pages] == [1, 1, 0]


def test_list_knows_what_one_has_voted_for(resident_client, neighbour_client, quartier, idea, resident):
    cast_vote(voter=resident, idea=idea)
    pages = [one.get(f"/{quartier.slug}/ideen/").text for one in (resident_client, neighbour_client)]
    assert ['aria-pressed="true"' in page for page in pages] == [True, False]


def test_list_shows_a_photo_in_three_sizes_or_a_drawing(client, quartier, resident, contact_person):
    make_idea(resident, "Mit", photo=make_photo(size=(1600, 900)))
    make_idea(resident, "Ohne")
    page = client.get(f"/{quartier.slug}/ideen/").text
    assert (page.count(" 320w, "), page.count(" 1280w"), page.count("/bild/idee/")) == (1, 1, 1)


def many(author, number: int) -> None:
    """Published ideas straight into the table, each with a field and a vote of its author."""
    field = Field.objects.get_or_create(name="Sport", slug="sport")[0]
    now = timezone.now()
    ideas = Idea.objects.bulk_create(
        Idea(
            client_id=uuid.uuid4(),
            author=author,
            quartier=author.quartier,
            title=f"Idee {n}",
            state=Idea.State.PUBLISHED,
            published_at=now - timedelta(minutes=n),
            answer_by=timezone.localdate() + timedelta(days=n % 20),
            vote_count=n % 50,
        )
        for n in range(number)
    )
    TaggedIdea.objects.bulk_create(TaggedIdea(tag=field, content_object=idea) for idea in ideas)
    Vote.objects.bulk_create(Vote(idea=idea, voter=author) for idea in ideas)


@pytest.mark.parametrize("number", [1, 3, 10, 10_000])
def test_list_takes_the_same_queries_for_a_resident(
    resident_client, quartier, resident, number, django_assert_num_queries
):
    many(resident, number)
    # Session, person, Quartier, fields, count, ideas, their fields.
    with django_assert_num_queries(7):
        response = resident_client.get(f"/{quartier.slug}/ideen/")
    assert len(response.context["page_obj"].object_list) == min(number, 12)


@pytest.mark.parametrize("number", [1, 3, 1_000])
def test_list_takes_the_same_queries_for_a_search_and_for_staff(
    contact_client, quartier, resident, number, django_assert_num_queries
):
    many(resident, number)
    call_command("wagtail_update_index", verbosity=0)
    # Which index entries are ideas is asked once a process; the search itself is one more than above.
    contact_client.get(f"/{quartier.slug}/ideen/", {"q": "idee"})
    with django_assert_num_queries(8):
        response = contact_client.get(f"/{quartier.slug}/ideen/", {"q": "idee", "feld": "sport", "sort": "waiting"})
    assert response.context["page_obj"].paginator.count == min(number, 500)


@pytest.mark.parametrize("number", [1, 3])
def test_list_takes_fewer_queries_for_a_visitor(client, quartier, resident, number, django_assert_num_queries):
    many(resident, number)
    with django_assert_num_queries(5):
        client.get(f"/{quartier.slug}/ideen/")


def test_hot_ideas_are_ready_for_cards(resident, neighbour, quartier, three):
    found = selectors.hot_ideas(neighbour, quartier, 2)
    assert [(idea.title, idea.voted) for idea in found] == [("Mittel", True), ("Alt", False)]


def test_waiting_ideas_of_the_own_quartiere_oldest_promise_first(
    three, contact_person, other_staff, coordinator, resident
):
    decide_idea(idea=three[0], by=contact_person, kind=Entry.Kind.ANSWER, reason="Wir fragen nach.")
    found = [[idea.title for idea in selectors.waiting_ideas(user)] for user in (contact_person, coordinator)]
    assert found == [["Mittel", "Neu"]] * 2
    assert [list(selectors.waiting_ideas(user)) for user in (other_staff, resident)] == [[], []]


def test_held_ideas_wait_for_a_look(neighbour, quartier, contact_person, other_staff, idea):
    held = make_idea(neighbour, "Wartet", quartier=quartier)
    assert list(selectors.held_ideas(contact_person)) == [held]
    assert list(selectors.held_ideas(other_staff)) == []


def test_staff_idea_is_absent_for_a_strangers_team(idea, contact_person, other_staff):
    from django.http import Http404

    assert selectors.staff_idea_or_404(contact_person, idea.pk) == idea
    with pytest.raises(Http404):
        selectors.staff_idea_or_404(other_staff, idea.pk)
