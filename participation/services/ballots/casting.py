"""Casting papers: many at once, in one transaction with few statements (live.md)."""

import random
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from common.errors import Refused
from common.rows import insert_rows
from participation.models import Ballot, BallotPaper, Extension, RollEntry, Seat
from participation.rules.ballots import Kind, has_roll, is_secret, paper_fault, takes_papers
from participation.rules.words import clean_words
from participation.selectors.ballots import receipt_of
from participation.services.events.log import BALLOTS, announce_tally
from participation.services.events.remembered import Answer, answered, remember

Choice = dict[str, int]


@dataclass(frozen=True, slots=True)
class Paper:
    """What a seat says. `choice` maps option numbers to points, `{"2": 3, "4": 1}`; `{}` is an abstention.

    Papers of a `words` ballot map the words themselves: `{"Kino": 1}`.
    """

    seat_id: int
    op: uuid.UUID
    choice: Choice


@transaction.atomic
def cast_papers(*, ballot_id: int, papers: Sequence[Paper]) -> list[Answer | Refused]:
    """Take papers of one ballot; for each, in order, the answer `{rev, receipt, at}` or a refusal.

    A later paper of a seat replaces the earlier one; in a secret ballot the first one stays, and its answer is
    `{rev: 0, receipt}`, because number and time of a batch would say who voted together. An operation that was
    carried out before gets the same answer with `dup`, also when the ballot is closed by now.
    Refusals: the keys of REFUSALS.
    """
    found = Ballot.objects.select_for_update(of=("self",)).select_related("event")
    ballot = found.filter(pk=ballot_id).first()
    if ballot is None:
        return [refusal_of("absent")] * len(papers)
    known = answered(asked=[(paper.seat_id, paper.op) for paper in papers])
    box = _Box(ballot, {paper.seat_id for paper in papers}, timezone.now())
    fresh: dict[tuple[int, uuid.UUID], Answer] = {}
    answers: list[Answer | Refused] = []
    for paper in papers:
        key = (paper.seat_id, paper.op)
        if key in known or key in fresh:
            answers.append(known.get(key) or {**fresh[key], "dup": True})
            continue
        answer = box.take(paper)
        if isinstance(answer, dict):
            fresh[key] = answer
        answers.append(answer)
    if fresh:
        box.write()
        remember(answers=fresh)
        announce_tally(event_id=ballot.event_id, part=BALLOTS)
    return answers


class _Box:
    """The ballot box while one batch is put in: who may, what is valid, and then all of it written at once."""

    def __init__(self, ballot: Ballot, seats: set[int], now: datetime) -> None:
        self.ballot, self.now = ballot, now
        self.shut = _shut(ballot, now)
        self.late = _with_more_time(ballot, seats, now) if self.shut == "closed" else frozenset[int]()
        self.on_roll = {} if self.shut and not self.late else _entitled(ballot, seats)
        self.valid: dict[int, Choice] = {}

    def take(self, paper: Paper) -> Answer | Refused:
        """The answer to one paper, or why it is refused."""
        choice = clean_words(paper.choice) if self.ballot.kind == Kind.WORDS else paper.choice
        fault = self._fault(paper.seat_id, choice)
        if fault:
            return refusal_of(fault)
        self.valid[paper.seat_id] = choice
        receipt = receipt_of(self.ballot.pk, paper.seat_id)
        if is_secret(self.ballot):
            return {"rev": 0, "receipt": receipt}
        return {"rev": self.ballot.rev + 1, "receipt": receipt, "at": int(self.now.timestamp() * 1000)}

    def _fault(self, seat: int, choice: Choice) -> str:
        if self.shut and seat not in self.late:
            return self.shut
        if seat not in self.on_roll:
            return "not_on_roll"
        if is_secret(self.ballot) and (self.on_roll[seat] or seat in self.valid):
            return "cast"
        return paper_fault(self.ballot, choice)

    def write(self) -> None:
        """Put the valid papers in, and count them."""
        (_put_secretly if is_secret(self.ballot) else _put)(self.ballot, self.valid, self.now)
        self.ballot.rev += 1
        self.ballot.paper_count += sum(not self.on_roll[seat] for seat in self.valid)
        self.ballot.save(update_fields=["rev", "paper_count"])


def _shut(ballot: Ballot, now: datetime) -> str:
    """Why nobody can vote now, or ""."""
    if ballot.state == Ballot.State.PAUSED or (ballot.event.frozen and takes_papers(ballot, now)):
        return "paused"
    return "" if takes_papers(ballot, now) else "closed"


def _with_more_time(ballot: Ballot, seats: set[int], now: datetime) -> frozenset[int]:
    """Those of these seats whose own time is not over yet."""
    more = Extension.objects.filter(ballot=ballot, seat_id__in=seats).values_list("seat_id", "seconds")
    return frozenset(seat for seat, seconds in more if takes_papers(ballot, now, seconds))


def _entitled(ballot: Ballot, seats: set[int]) -> dict[int, bool]:
    """Those seats that may vote (all of the event, or the roll), and whether their paper is in."""
    entries = RollEntry.objects.filter(ballot=ballot, seat_id__in=seats)
    if is_secret(ballot):
        voted = dict(entries.values_list("seat_id", "voted"))
    else:
        papers = BallotPaper.objects.filter(ballot=ballot, seat_id__in=seats)
        voted = dict.fromkeys(papers.values_list("seat_id", flat=True), True)
    if not has_roll(ballot):
        all_seats = Seat.objects.filter(event=ballot.event_id, pk__in=seats).values_list("pk", flat=True)
        return {seat: voted.get(seat, False) for seat in all_seats}
    if is_secret(ballot):
        return voted
    return {seat: voted.get(seat, False) for seat in entries.values_list("seat_id", flat=True)}


def _put(ballot: Ballot, valid: Mapping[int, Choice], now: datetime) -> None:
    """Write the papers; one of a seat that has one already takes its place."""
    rows = [(ballot.pk, seat, choice, now) for seat, choice in valid.items()]
    insert_rows(BallotPaper, ("ballot", "seat", "choice", "cast_at"), rows, replace=("ballot", "seat"))


def _put_secretly(ballot: Ballot, valid: Mapping[int, Choice], _now: datetime) -> None:
    """Note who has voted, and write the papers of the batch shuffled, without seat and time."""
    RollEntry.objects.bulk_create(
        [RollEntry(ballot=ballot, seat_id=seat, voted=True) for seat in sorted(valid)],
        update_conflicts=True,
        unique_fields=["ballot", "seat"],
        update_fields=["voted"],
    )
    choices = list(valid.values())
    random.SystemRandom().shuffle(choices)
    BallotPaper.objects.bulk_create(
        [BallotPaper(ballot=ballot, seat=None, choice=choice, cast_at=None) for choice in choices]
    )


REFUSALS: dict[str, Any] = {
    "absent": _("Diese Abstimmung gibt es nicht mehr."),
    "closed": _("Nicht gezählt: Die Abstimmung war schon zu."),
    "paused": _("Kurze Pause: Gleich geht die Abstimmung weiter, dann kannst du abstimmen."),
    "not_on_roll": _("Hier zählt nur, wer beim Öffnen schon da war oder eine Stimmkarte eingelöst hat. Frag das Team."),
    "cast": _("Deine Stimme ist schon drin und bleibt geheim."),
    "over_budget": _("Das ist mehr, als du vergeben kannst. Nimm etwas weg und stimm noch einmal ab."),
    "too_few": _("Wähl noch mehr aus und stimm noch einmal ab."),
    "word_too_long": _("Ein Wort hat höchstens 24 Zeichen. Kürz es und stimm noch einmal ab."),
    "contact": _("Lass Links, Adressen und Nummern weg und stimm noch einmal ab."),
    "bad_paper": _("Mit diesem Stimmzettel stimmt etwas nicht. Lade die Seite neu."),
}


def refusal_of(code: str) -> Refused:
    return Refused(code, REFUSALS[code])
