"""The public sheet, its downloads, and the recount."""

import csv
import io
import json
from collections.abc import Callable
from hashlib import sha256
from typing import Any

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.test import Client
from django.urls import reverse

from accounts.models import User
from participation.models import Ballot, BallotPaper, Event, Seat
from participation.selectors.ballots import receipt_of
from participation.selectors.events import seat_cookie
from participation.services import ballots as services

from .test_services import count

Make = Callable[..., Ballot]
Say = Callable[..., Any]
Counted = Callable[..., Ballot]


@pytest.fixture
def counted(open_one: Make, seats: list[Seat], say: Say, contact_person: User) -> Counted:
    """A ballot in which the first seats said these choices, revealed at `targets`."""

    def make(*choices: dict[str, int], targets: tuple[str, ...] = ("public",), **facts: Any) -> Ballot:
        ballot = open_one(**facts)
        for seat, choice in zip(seats, choices, strict=False):
            say(ballot, seat, choice)
        ballot = count(services.close_ballot(ballot=ballot, by=contact_person))
        return services.reveal_ballot(ballot=ballot, by=contact_person, targets=targets) if targets else ballot

    return make


def address(ballot: Ballot, kind: str = "sheet") -> str:
    return reverse(f"events:{kind}", args=[ballot.event.join_code, ballot.number])


def seated(event: Event, seat: int = 0) -> Client:
    client = Client()
    client.cookies[seat_cookie(event)] = f"{seat}-a-token-that-is-long-enough"
    return client


# --- who sees it -----------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("targets", "statuses"),
    [
        ((), (404, 404, 200)),
        (("projector",), (404, 404, 200)),
        (("phones",), (404, 200, 200)),
        (("public",), [200] * 3),
    ],
)
def test_the_sheet_is_open_where_the_result_is(
    counted: Counted, event: Event, client: Client, contact_client: Client, targets: Any, statuses: Any
) -> None:
    ballot = counted({"1": 1}, targets=targets)
    for kind in ("sheet", "sheet_json", "sheet_csv"):
        readers = (client, seated(event), contact_client)
        assert [reader.get(address(ballot, kind)).status_code for reader in readers] == list(statuses)


def test_there_is_no_sheet_of_a_ballot_that_was_not_counted(
    make_ballot: Make, open_one: Make, client: Client, contact_client: Client
) -> None:
    for ballot in (make_ballot(), open_one()):
        assert {c.get(address(ballot)).status_code for c in (client, contact_client)} == {404}


# --- what it says ----------------------------------------------------------------------------------------
@pytest.mark.parametrize("kind", Ballot.Kind.values)
def test_the_sheet_of_every_kind(counted: Counted, client: Client, kind: str) -> None:
    paper = {"words": {"Kino": 1}, "dots": {"1": 2, "2": 1}}.get(kind, {"1": 1})
    ballot = counted(paper, {}, kind=kind)
    page = client.get(address(ballot)).content.decode()
    for said in ("Was zuerst?", "Das ist ein Meinungsbild und keine Wahl.", ballot.checksum, *ballot.receipts):
        assert said in page
    assert "Gast" not in page
    assert page.count("<h1") == 1


def test_the_checksum_is_that_of_the_canonical_json(counted: Counted, client: Client, contact_person: User) -> None:
    """Computed here again from the download alone, as docs/live-protocol.md tells it."""
    ballot = counted({"1": 3}, {"2": 1}, {}, targets=())
    services.enter_totals(ballot=ballot, by=contact_person, papers=2, options={"1": 4})
    services.reveal_ballot(ballot=ballot, by=contact_person)
    got = json.loads(client.get(address(ballot, "sheet_json")).content)
    text = json.dumps(got["sheet"], ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    assert got["checksum"] == sha256(text.encode()).hexdigest()
    assert got["sheet"]["choices"] == [{"1": 3}, {"2": 1}, {}]
    assert got["sheet"]["receipts"] == sorted(got["sheet"]["receipts"])
    assert set(got["sheet"]) == {
        *("format", "ballot", "number", "kind", "question", "options", "tier", "secrecy", "limits", "rerun_of"),
        *("entitled", "opened_at", "closed_at", "result", "receipts", "choices"),
    }


def test_words_that_are_held_are_on_no_sheet(counted: Counted, client: Client, contact_person: User) -> None:
    ballot = counted({"Kino": 1, "Doof": 1}, {"Doof": 1}, kind="words", max_choices=2)
    services.release_words(ballot=ballot, by=contact_person, words=["Kino"])
    pages = [client.get(address(ballot, kind)).content.decode() for kind in ("sheet", "sheet_json", "sheet_csv")]
    assert ["Doof" in page for page in pages] == [False] * 3
    assert ["Kino" in page for page in pages] == [True] * 3
    assert json.loads(pages[1])["sheet"]["choices"] == [{"Kino": 1, "…": 1}, {"…": 1}]


def test_a_spreadsheet_gets_a_table_and_no_formula(counted: Counted, client: Client, contact_person: User) -> None:
    ballot = counted({"1": 1}, kind="choice", options=["=HYPERLINK(1)", "Rad"], targets=())
    services.enter_totals(ballot=ballot, by=contact_person, papers=2, abstentions=1, options={"2": 1})
    services.reveal_ballot(ballot=ballot, by=contact_person)
    text = client.get(address(ballot, "sheet_csv")).content.decode("utf-8-sig")
    assert list(csv.reader(io.StringIO(text), delimiter=";")) == [
        ["Was zuerst?", "am Handy", "auf Papier", "zusammen"],
        ["'=HYPERLINK(1)", "1", "0", "1"],
        ["Rad", "0", "1", "1"],
        ["Enthaltungen", "0", "1", "1"],
        ["Stimmzettel", "1", "2", "3"],
    ]


def test_a_receipt_is_found_however_it_is_typed(counted: Counted, client: Client, seats: list[Seat]) -> None:
    ballot = counted({"1": 1})
    receipt = receipt_of(ballot.pk, seats[0].pk)
    for typed, found in ((receipt, True), (receipt.lower().replace("-", " "), True), ("AAA-AAA", False)):
        page = client.get(address(ballot), {"beleg": typed}).context
        assert page["found"] is found
    assert f'href="#{receipt}"' in client.get(address(ballot), {"beleg": receipt}).content.decode()


def test_a_seat_sees_its_own_receipt(counted: Counted, event: Event, seats: list[Seat]) -> None:
    ballot = counted({"1": 1})
    own = [seated(event, n).get(address(ballot)).context["own"] for n in (0, 1)]
    assert own == [receipt_of(ballot.pk, seats[0].pk), ""]


def test_a_void_sheet_says_why_and_leads_to_the_new_round(
    counted: Counted, client: Client, contact_person: User
) -> None:
    ballot = counted({"1": 1})
    void = services.void_ballot(ballot=ballot, by=contact_person, reason="Zwei Fragen in einer")
    again = services.rerun_ballot(ballot=void, by=contact_person)
    services.open_ballot(ballot=again, by=contact_person)
    page = client.get(address(ballot)).content.decode()
    assert ("Zwei Fragen in einer" in page, ballot.receipts[0] in page) == (True, False)
    assert "Abstimmung 2" in page
    assert client.get(address(ballot, "sheet_json")).status_code == 404


@pytest.mark.parametrize("size", [1, 3])
def test_the_sheet_takes_the_same_queries_whatever_its_size(
    counted: Counted, client: Client, size: int, django_assert_num_queries: Any
) -> None:
    ballot = counted(*[{"1": 1}] * size)
    client.get(address(ballot))
    with django_assert_num_queries(5):
        client.get(address(ballot))


# --- recount ---------------------------------------------------------------------------------------------
def recount(*args: str) -> tuple[int, str]:
    """Exit code and what is said."""
    out = io.StringIO()
    try:
        call_command("recount", *args, stdout=out)
    except CommandError as error:
        return error.returncode, f"{out.getvalue()}{error}"
    return 0, out.getvalue()


def test_recount_finds_everything_as_it_is_kept(counted: Counted, event: Event, contact_person: User) -> None:
    """Of every kind and every secrecy, with paper, with held words."""
    for kind in Ballot.Kind.values:
        for secrecy in Ballot.Secrecy.values:
            ballot = counted({"Kino": 1} if kind == "words" else {"1": 1}, {}, kind=kind, secrecy=secrecy)
    assert ballot.number == 15
    code, said = recount()
    assert (code, said.splitlines()[-1]) == (0, "15 counted again, 0 different")
    assert recount(event.join_code.lower(), "3")[1].splitlines()[-1] == "1 counted again, 0 different"
    assert recount(event.join_code, "99") == (1, "There is no counted ballot of this name.")


TAMPERED: dict[str, tuple[Callable[[Ballot], object], set[str]]] = {
    "a choice": (
        lambda ballot: BallotPaper.objects.filter(pk=ballot.papers.first().pk).update(choice={"4": 1}),  # type: ignore[union-attr]
        {"the result is not the sum of the papers", "the checksum is not that of the sheet"},
    ),
    "a paper more": (
        lambda ballot: BallotPaper.objects.create(ballot=ballot, choice={}, cast_at=None),
        {
            "the result is not the sum of the papers",
            "the number of papers is not the one that was counted",
            "the checksum is not that of the sheet",
        },
    ),
    "a receipt less": (
        lambda ballot: Ballot.objects.filter(pk=ballot.pk).update(receipts=ballot.receipts[:-1]),
        {"there are not as many receipts as papers", "the checksum is not that of the sheet"},
    ),
    "the question": (
        lambda ballot: Ballot.objects.filter(pk=ballot.pk).update(question="Was nicht?"),
        {"the checksum is not that of the sheet"},
    ),
    "the paper column": (
        lambda ballot: Ballot.objects.filter(pk=ballot.pk).update(
            paper_totals={"papers": 1, "abstentions": 1, "options": {}}
        ),
        {"the checksum is not that of the sheet"},
    ),
}


@pytest.mark.parametrize("what", TAMPERED)
def test_recount_says_what_differs_and_ends_with_1(counted: Counted, event: Event, what: str) -> None:
    ballot = counted({"1": 1}, {"2": 1}, kind="choice")
    tamper, found = TAMPERED[what]
    tamper(ballot)
    code, said = recount(event.join_code, "1")
    told = {line.partition(", ")[2] for line in said.splitlines() if "DIFFERENT" in line}
    assert (code, told, said.splitlines()[-1]) == (1, found, "1 counted again, 1 different")
