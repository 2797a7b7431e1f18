"""Reading ballots: the facts for screens, progress, receipts. What a paper says leaves only as a sum."""

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import FilteredRelation, OuterRef, Q, QuerySet, Subquery
from django.utils.crypto import salted_hmac

from participation.models import Ballot, Extension, RollEntry, Seat
from participation.rules import ballots as rules
from participation.rules.ballots import REVEALED, RUNNING, Kind, closes_at
from participation.rules.words import key_of, merge_words

RECEIPT_ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
ROLLED = RUNNING | {Ballot.State.READY}
"""States in which it matters who is on the roll."""
Result = dict[str, Any]


def receipt_of(ballot_id: int, seat_id: int) -> str:
    """The receipt "K7P-2QX": proves that a seat's paper is in, and says nothing of what is on it."""
    number = int.from_bytes(salted_hmac("ballot receipt", f"{ballot_id}:{seat_id}").digest()[:8])
    signs = []
    for _ in range(6):
        number, sign = divmod(number, len(RECEIPT_ALPHABET))
        signs.append(RECEIPT_ALPHABET[sign])
    return "".join(signs[:3]) + "-" + "".join(signs[3:])


def mark_of(seat: Seat) -> str:
    """A name of the seat that only its own phone knows: what is meant for one is told to all by it."""
    return salted_hmac("seat mark", str(seat.pk)).hexdigest()[:12]


def ballot_facts(ballot: Ballot, target: str = "phones") -> dict[str, Any]:
    """A ballot as those at `target` may see it: the result only when it was revealed there."""
    if ballot.state in {Ballot.State.DRAFT, Ballot.State.READY}:
        return {"n": ballot.number, "state": ballot.state}
    end = closes_at(ballot)
    return {
        "id": ballot.pk,
        "n": ballot.number,
        "state": ballot.state,
        "kind": ballot.kind,
        "tier": ballot.tier,
        "secrecy": ballot.secrecy,
        "question": ballot.question,
        "options": [{"n": option.number, "label": option.label} for option in ballot.options.all()],
        "min": ballot.min_choices,
        "max": ballot.max_choices,
        "budget": ballot.budget,
        "per": ballot.max_per_option,
        "ends": int(end.timestamp() * 1000) if end else None,
        "rerun": ballot.rerun_of.number if ballot.rerun_of else None,
        "reason": ballot.void_reason,
        "result": shown_result(ballot) if rules.is_shown_on(ballot, target) else None,
    }


def is_revealed(ballot: Ballot) -> bool:
    return ballot.state in REVEALED


def progress_of(ballot: Ballot, seat_count: int) -> dict[str, int]:
    """ "412 von 530": papers in, and seats that may vote."""
    entitled = seat_count if ballot.entitled is None else ballot.entitled
    return {"n": ballot.paper_count, "of": entitled, "rev": ballot.rev}


def live_progress(event_id: int) -> dict[int, dict[str, int]]:
    """The progress of the ballot that runs, by its number; read for every tick, so it is one small query."""
    running = Ballot.objects.filter(event_id=event_id, state__in=RUNNING).order_by()
    rows = running.values_list("number", "paper_count", "entitled", "rev", "event__seat_count")
    return {n: {"n": papers, "of": seats if of is None else of, "rev": rev} for n, papers, of, rev, seats in rows}


def with_extra() -> QuerySet[Ballot]:
    """Ballots with the longest extension of each in seconds as `extra`, None without one."""
    longest = Extension.objects.filter(ballot=OuterRef("pk")).order_by("-seconds").values("seconds")[:1]
    return Ballot.objects.annotate(extra=Subquery(longest))


def extensions_of(ballot: Ballot) -> list[Extension]:
    """Who needs longer, those who still wait for an answer first."""
    return list(ballot.extensions.select_related("seat").order_by("seconds", "asked_at", "pk"))


def own_votes(seat: Seat) -> dict[str, Any]:
    """What only this seat sees of the ballots that run, in one query: its `papers` and its `more` time, by ballot.

    `roll` are the ballots that have it on their roll, also those that wait to be opened (a ticket was redeemed).
    A paper of a secret ballot is in, and nobody can say what is on it. After counting no paper belongs to a seat.
    """
    rows = Ballot.objects.filter(event_id=seat.event_id, state__in=ROLLED).annotate(
        my_paper=FilteredRelation("papers", condition=Q(papers__seat=seat)),
        my_entry=FilteredRelation("roll", condition=Q(roll__seat=seat)),
        my_time=FilteredRelation("extensions", condition=Q(extensions__seat=seat)),
    )
    papers: dict[str, Any] = {}
    more: dict[str, int] = {}
    roll: list[int] = []
    wanted = ("pk", "my_paper__choice", "my_paper__cast_at", "my_entry__voted", "my_time__seconds")
    for pk, choice, at, voted, seconds in rows.values_list(*wanted):
        if voted is not None:
            roll.append(pk)
        if choice is not None or voted:
            ms = int(at.timestamp() * 1000) if at else None
            papers[str(pk)] = {"choice": choice, "receipt": receipt_of(pk, seat.pk), "at": ms}
        if seconds is not None:
            more[str(pk)] = seconds
    return {"papers": papers, "more": more, "roll": sorted(roll)}


def rolls_of(seat: Seat, ballots: Iterable[Result]) -> tuple[int, ...]:
    """Which of these ballots (as `ballot_facts`) have the seat on their roll; no query if none has a roll."""
    with_roll = [ballot["id"] for ballot in ballots if ballot["tier"] != Ballot.Tier.SIGNAL]
    if not with_roll:
        return ()
    entries = RollEntry.objects.filter(seat=seat, ballot__in=with_roll)
    return tuple(entries.order_by("ballot").values_list("ballot", flat=True))


# --- results ---------------------------------------------------------------------------------------------
def result_of(ballot: Ballot, choices: Iterable[Mapping[str, int]]) -> Result:
    """Count papers: `{options: [{number, label, points}], papers, abstentions, points}`, of a scale also `mean`.

    Of words every one is counted, held or not.
    """
    points: Counter[str] = Counter()
    papers = abstentions = 0
    for choice in choices:
        papers += 1
        abstentions += not choice
        points.update(choice)
    sums = {"papers": papers, "abstentions": abstentions, "points": points.total()}
    if ballot.kind == Kind.WORDS:
        return {"options": _word_options(merge_words(points.items())), **sums}
    options = [
        {"number": option.number, "label": option.label, "points": points[str(option.number)]}
        for option in ballot.options.all()
    ]
    mean = {"mean": _mean(options, "points")} if ballot.kind == Kind.SCALE else {}
    return {"options": options, **sums, **mean}


def _word_options(words: Iterable[tuple[str, int]]) -> list[dict[str, Any]]:
    return [{"number": n, "label": word, "points": count} for n, (word, count) in enumerate(words, start=1)]


def _mean(options: list[dict[str, Any]], name: str) -> float | None:
    return rules.mean_of({option["number"]: option[name] for option in options})


def full_result(ballot: Ballot) -> Result | None:
    """The result for the team: what was counted on phones, on paper (`paper`, `on_paper`) and together (`total`)."""
    if ballot.result is None or ballot.paper_totals is None:
        return ballot.result
    totals = ballot.paper_totals
    on_paper: dict[str, int] = totals["options"]
    words = ballot.kind == Kind.WORDS
    options = _joined_words(ballot.result, on_paper) if words else _joined(ballot.result, on_paper)
    sums = {"papers": totals["papers"], "abstentions": totals["abstentions"], "points": sum(on_paper.values())}
    mean = {"mean": _mean(options, "total")} if ballot.kind == Kind.SCALE else {}
    return {**ballot.result, "options": options, "on_paper": sums, **mean}


def _joined(result: Result, on_paper: Mapping[str, int]) -> list[dict[str, Any]]:
    return [_with_paper(option, on_paper.get(str(option["number"]), 0)) for option in result["options"]]


def _with_paper(option: dict[str, Any], paper: int) -> dict[str, Any]:
    return {**option, "paper": paper, "total": option["points"] + paper}


def _joined_words(result: Result, on_paper: Mapping[str, int]) -> list[dict[str, Any]]:
    phone = {key_of(option["label"]): option["points"] for option in result["options"]}
    paper: Counter[str] = Counter()
    for word, count in on_paper.items():
        paper[key_of(word)] += count
    spelled = [(option["label"], option["points"]) for option in result["options"]]
    options = _word_options(merge_words([*spelled, *on_paper.items()]))
    return [
        _with_paper({**option, "points": phone.get(key_of(option["label"]), 0)}, paper[key_of(option["label"])])
        for option in options
    ]


def shown_result(ballot: Ballot) -> Result | None:
    """The result as others may read it: of words only released ones, and how many are `held`."""
    result = full_result(ballot)
    if result is None or ballot.kind != Kind.WORDS:
        return result
    free = set(ballot.released)
    options = [option for option in result["options"] if key_of(option["label"]) in free]
    options = [{**option, "number": number} for number, option in enumerate(options, start=1)]
    return {**result, "options": options, "held": len(result["options"]) - len(options)}


def ranked(result: Result) -> list[dict[str, Any]]:
    """The options of a result for a page, most first; the steps of a scale keep their order.

    `value` is what counts (phones and paper together), `most` the largest value, `size` 1 to 4 that of a word.
    """
    rows = [{**option, "value": option.get("total", option["points"])} for option in result["options"]]
    most = max([row["value"] for row in rows] + [1])
    if "mean" not in result:
        rows.sort(key=lambda row: (-row["value"], row["number"]))
    return [{**row, "most": most, "size": 1 + 3 * row["value"] // most} for row in rows]
