"""Reading ballots: the facts for screens, progress, receipts. What a paper says leaves only as a sum."""

from collections import Counter
from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet
from django.utils.crypto import salted_hmac

from participation.models import Ballot, BallotPaper, Seat
from participation.rules.ballots import RUNNING, closes_at

RECEIPT_ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"


def receipt_of(ballot_id: int, seat_id: int) -> str:
    """The receipt "K7P-2QX": proves that a seat's paper is in, and says nothing of what is on it."""
    number = int.from_bytes(salted_hmac("ballot receipt", f"{ballot_id}:{seat_id}").digest()[:8])
    signs = []
    for _ in range(6):
        number, sign = divmod(number, len(RECEIPT_ALPHABET))
        signs.append(RECEIPT_ALPHABET[sign])
    return "".join(signs[:3]) + "-" + "".join(signs[3:])


def ballot_facts(ballot: Ballot) -> dict[str, Any]:
    """A ballot as every screen may see it; the result only when it is revealed."""
    if ballot.state in {Ballot.State.DRAFT, Ballot.State.READY}:
        return {"n": ballot.number, "state": ballot.state}
    end = closes_at(ballot)
    return {
        "id": ballot.pk,
        "n": ballot.number,
        "state": ballot.state,
        "kind": ballot.kind,
        "question": ballot.question,
        "options": [{"n": option.number, "label": option.label} for option in ballot.options.all()],
        "min": ballot.min_choices,
        "max": ballot.max_choices,
        "budget": ballot.budget,
        "per": ballot.max_per_option,
        "ends": int(end.timestamp() * 1000) if end else None,
        "result": ballot.result if is_revealed(ballot) else None,
    }


def is_revealed(ballot: Ballot) -> bool:
    return ballot.state in {Ballot.State.REVEALED, Ballot.State.FILED}


def progress_of(ballot: Ballot, seat_count: int) -> dict[str, int]:
    """ "412 von 530": papers in, and seats that may vote."""
    entitled = seat_count if ballot.entitled is None else ballot.entitled
    return {"n": ballot.paper_count, "of": entitled, "rev": ballot.rev}


def live_progress(event_id: int) -> list[tuple[Ballot, dict[str, int]]]:
    """The progress of the ballot that runs, read for a tick in one query."""
    ballots = Ballot.objects.filter(event_id=event_id, state__in=RUNNING).select_related("event")
    return [(ballot, progress_of(ballot, ballot.event.seat_count)) for ballot in ballots]


def papers_of(seat: Seat) -> QuerySet[BallotPaper]:
    """A seat's own papers in ballots that run; after counting no paper belongs to a seat."""
    return seat.papers.filter(ballot__state__in=RUNNING)


def result_of(ballot: Ballot, choices: Iterable[dict[str, int]]) -> dict[str, Any]:
    """Count papers: `{options: [{number, label, points}], papers, abstentions, points}`."""
    points: Counter[str] = Counter()
    papers = abstentions = 0
    for choice in choices:
        papers += 1
        abstentions += not choice
        points.update(choice)
    options = [
        {"number": option.number, "label": option.label, "points": points[str(option.number)]}
        for option in ballot.options.all()
    ]
    return {"options": options, "papers": papers, "abstentions": abstentions, "points": points.total()}


def ranked(result: dict[str, Any]) -> list[dict[str, Any]]:
    """The options of a result, most points first; equal ones keep the order of the ballot."""
    return sorted(result["options"], key=lambda option: (-option["points"], option["number"]))
