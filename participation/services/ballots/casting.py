"""Casting papers: many at once, in one transaction with few statements (live.md)."""

import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from common.errors import Refused
from participation.models import Ballot, Event, Extension
from participation.rules.ballots import RUNNING, Kind, has_roll, is_secret, paper_fault, takes_papers
from participation.rules.words import clean_words
from participation.selectors.ballots import progress_of, receipt_of
from participation.services.events.log import announce_progress
from participation.services.events.remembered import Answer, answered, remember

from .box import Box, Choice, Voter, count, lock_box, put_in, put_in_secretly, voters_of


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
    box = lock_box(ballot_id=ballot_id)
    if box is None:
        return [refusal_of("absent")] * len(papers)
    asked = [(paper.seat_id, paper.op) for paper in papers]
    voters = voters_of(ballot=box.ballot, asked=asked)
    known = answered(asked=asked) if any(voter.asked_before for voter in voters.values()) else {}
    batch = _Batch(box, voters, timezone.now())
    fresh: dict[tuple[int, uuid.UUID], Answer] = {}
    answers: list[Answer | Refused] = []
    for key, paper in zip(asked, papers, strict=True):
        if key in known or key in fresh:
            answers.append(known.get(key) or {**fresh[key], "dup": True})
            continue
        answer = batch.take(paper)
        if isinstance(answer, dict):
            fresh[key] = answer
        answers.append(answer)
    if fresh:
        batch.write()
        remember(answers=fresh)
        announce_progress(ballot=box.ballot, progress=progress_of(box.ballot, box.event_seats))
    return answers


class _Batch:
    """The papers of one moment: who may, what is valid, and then all of it written at once."""

    def __init__(self, box: Box, voters: Mapping[int, Voter], now: datetime) -> None:
        self.ballot, self.voters, self.now = box.ballot, voters, now
        self.secret = is_secret(box.ballot)
        self.shut = _shut(box, now)
        self.late = _with_more_time(box.ballot, voters, now) if self.shut == "closed" else frozenset[int]()
        self.valid: dict[int, Choice] = {}

    def take(self, paper: Paper) -> Answer | Refused:
        """The answer to one paper, or why it is refused."""
        choice = clean_words(paper.choice) if self.ballot.kind == Kind.WORDS else paper.choice
        fault = self._fault(paper.seat_id, choice)
        if fault:
            return refusal_of(fault)
        self.valid[paper.seat_id] = choice
        receipt = receipt_of(self.ballot.pk, paper.seat_id)
        if self.secret:
            return {"rev": 0, "receipt": receipt}
        return {"rev": self.ballot.rev + 1, "receipt": receipt, "at": int(self.now.timestamp() * 1000)}

    def _fault(self, seat: int, choice: Choice) -> str:
        if self.shut and seat not in self.late:
            return self.shut
        if not self._is_entitled(seat):
            return "not_on_roll"
        if self.secret and (self._has_voted(seat) or seat in self.valid):
            return "cast"
        return paper_fault(self.ballot, choice)

    def _is_entitled(self, seat: int) -> bool:
        """On the roll or, without one, a seat of the event."""
        voter = self.voters.get(seat)
        return voter is not None and (voter.on_roll if has_roll(self.ballot) else voter.in_hall)

    def _has_voted(self, seat: int) -> bool:
        return self.voters[seat].voted if self.secret else self.voters[seat].paper_in

    def write(self) -> None:
        """Put the valid papers in, and count them."""
        if self.secret:
            put_in_secretly(ballot=self.ballot, papers=self.valid)
        else:
            put_in(ballot=self.ballot, papers=self.valid, now=self.now)
        count(ballot=self.ballot, more=sum(not self._has_voted(seat) for seat in self.valid))


def _shut(box: Box, now: datetime) -> str:
    """Why nobody can vote now, or ""."""
    state = box.ballot.state
    if state == Ballot.State.PAUSED or (state in RUNNING and _everything_stands(box)):
        return "paused"
    return "" if takes_papers(box.ballot, now) else "closed"


def _everything_stands(box: Box) -> bool:
    """Read with a ballot that had to be waited for, the event may be from before the wait, when it still stood."""
    return box.event_frozen and Event.objects.filter(pk=box.ballot.event_id, frozen=True).exists()


def _with_more_time(ballot: Ballot, seats: Iterable[int], now: datetime) -> frozenset[int]:
    """Those of these seats whose own time is not over yet."""
    more = Extension.objects.filter(ballot=ballot, seat_id__in=seats).values_list("seat_id", "seconds")
    return frozenset(seat for seat, seconds in more if takes_papers(ballot, now, seconds))


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
