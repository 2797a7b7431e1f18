"""Casting papers: many at once, in one transaction with few statements (live.md)."""

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from common.errors import Refused
from participation.models import Ballot, BallotPaper, RollEntry, Seat
from participation.rules.ballots import paper_fault, takes_papers
from participation.selectors.ballots import receipt_of
from participation.services.events.log import announce_tally
from participation.services.events.remembered import Answer, answered, remember


@dataclass(frozen=True, slots=True)
class Paper:
    """What a seat says. `choice` maps option numbers to points, `{"2": 3, "4": 1}`; `{}` is an abstention."""

    seat_id: int
    op: uuid.UUID
    choice: dict[str, int]


@transaction.atomic
def cast_papers(*, ballot_id: int, papers: Sequence[Paper]) -> list[Answer | Refused]:
    """Take papers of one ballot; for each, in order, the answer `{rev, receipt, at}` or a refusal.

    A later paper of a seat replaces the earlier one. An operation that was carried out before gets the same
    answer with `dup`, also when the ballot is closed by now. Refusals: `absent`, `closed`, `paused`,
    `not_on_roll`, `over_budget`, `too_few`, `bad_paper`.
    """
    ballot = Ballot.objects.select_for_update(of=("self",)).filter(pk=ballot_id).first()
    if ballot is None:
        return [_refusal("absent")] * len(papers)
    now = timezone.now()
    known = answered(asked=[(paper.seat_id, paper.op) for paper in papers])
    shut = "" if takes_papers(ballot, now) else ("paused" if ballot.state == Ballot.State.PAUSED else "closed")
    on_roll = {} if shut else _entitled(ballot, {paper.seat_id for paper in papers})
    fresh: dict[tuple[int, uuid.UUID], Answer] = {}
    valid: dict[int, dict[str, int]] = {}
    answers: list[Answer | Refused] = []
    for paper in papers:
        key = (paper.seat_id, paper.op)
        fault = shut or ("" if paper.seat_id in on_roll else "not_on_roll") or paper_fault(ballot, paper.choice)
        if key in known or key in fresh:
            answers.append(known.get(key) or {**fresh[key], "dup": True})
        elif fault:
            answers.append(_refusal(fault))
        else:
            valid[paper.seat_id] = paper.choice
            fresh[key] = _answer(ballot, paper, now)
            answers.append(fresh[key])
    if valid:
        _put(ballot, valid, now)
        ballot.paper_count += sum(not on_roll[seat] for seat in valid)
        ballot.save(update_fields=["rev", "paper_count"])
        remember(answers=fresh)
        announce_tally(event_id=ballot.event_id)
    return answers


def _entitled(ballot: Ballot, seats: set[int]) -> dict[int, bool]:
    """Those seats that may vote (all of the event, or the frozen roll), and whether their paper is in."""
    roll: Iterable[int] = Seat.objects.filter(event=ballot.event_id, pk__in=seats).values_list("pk", flat=True)
    if ballot.tier == Ballot.Tier.EVENT:
        roll = RollEntry.objects.filter(ballot=ballot, seat_id__in=seats).values_list("seat_id", flat=True)
    papers = BallotPaper.objects.filter(ballot=ballot, seat_id__in=seats)
    voted = set(papers.values_list("seat_id", flat=True))
    return {seat: seat in voted for seat in roll}


def _answer(ballot: Ballot, paper: Paper, now: datetime) -> dict[str, Any]:
    """What proves that the paper is in; nothing of what is on it."""
    return {
        "rev": ballot.rev + 1,
        "receipt": receipt_of(ballot.pk, paper.seat_id),
        "at": int(now.timestamp() * 1000),
    }


def _put(ballot: Ballot, valid: dict[int, dict[str, int]], now: datetime) -> None:
    """Write the papers; one of a seat that has one already takes its place."""
    BallotPaper.objects.bulk_create(
        [BallotPaper(ballot=ballot, seat_id=seat, choice=choice, cast_at=now) for seat, choice in valid.items()],
        update_conflicts=True,
        unique_fields=["ballot", "seat"],
        update_fields=["choice", "cast_at"],
    )
    ballot.rev += 1


REFUSALS = {
    "absent": _("Diese Abstimmung gibt es nicht mehr."),
    "closed": _("Nicht gezählt: Die Abstimmung war schon zu."),
    "paused": _("Kurze Pause: Gleich geht die Abstimmung weiter, dann kannst du abstimmen."),
    "not_on_roll": _("Hier stimmen nur die ab, die beim Öffnen schon da waren."),
    "over_budget": _("Das ist mehr, als du vergeben kannst. Nimm etwas weg und stimm noch einmal ab."),
    "too_few": _("Wähl noch mehr aus und stimm noch einmal ab."),
    "bad_paper": _("Mit diesem Stimmzettel stimmt etwas nicht. Lade die Seite neu."),
}


def _refusal(code: str) -> Refused:
    return Refused(code, REFUSALS[code])
