"""Sums from a box of paper: entered by the team, checked, and always shown apart from the phones."""

from collections import Counter
from collections.abc import Mapping

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from common.errors import Refused
from participation.live import events as live
from participation.models import Ballot
from participation.rules import ballots as rules
from participation.rules.words import clean_word, word_fault
from participation.selectors.ballots import ballot_facts
from participation.services.events.log import record

from .counting import refresh_checksum
from .running import lock_ballot

MOST_PAPERS = 100_000
FAULTS = {
    "negative": _("Trag Zahlen ab 0 ein."),
    "abstentions": _("Es können nicht mehr Enthaltungen als Zettel sein."),
    "too_many": _("Das sind mehr Stimmen, als auf so viele Zettel passen. Zähl noch einmal nach."),
    "too_few": _("Das sind weniger Stimmen, als auf so vielen Zetteln stehen müssen. Zähl noch einmal nach."),
}


@transaction.atomic
def enter_totals(
    *, ballot: Ballot, by: User, papers: int, abstentions: int = 0, options: Mapping[str, int] | None = None
) -> Ballot:
    """What was counted by hand: papers, abstentions among them, points by option number (or by word).

    No papers at all takes the column away again. Raises Refused `forbidden`, `not_now`, `totals`.
    """
    event, locked = lock_ballot(ballot=ballot, by=by)
    if not rules.takes_totals(locked):
        raise Refused("not_now", _("Zettel zählst du dazu, bis das Ergebnis gezeigt wird."))
    counts = _words(options or {}) if locked.kind == Ballot.Kind.WORDS else _numbers(locked, options or {})
    fault = rules.totals_fault(locked, papers, abstentions, counts.values())
    if fault or papers > MOST_PAPERS:
        raise Refused("totals", FAULTS[fault or "too_many"], field="papers")
    totals = {"papers": papers, "abstentions": abstentions, "options": counts} if papers else None
    if totals == locked.paper_totals:
        return locked
    locked.paper_totals = totals
    if locked.state in rules.COUNTED:
        refresh_checksum(ballot=locked)
    locked.save(update_fields=["paper_totals", "checksum"])
    record(event=event, kind=live.BALLOT_CHANGED, data=ballot_facts(locked))
    return locked


def _numbers(ballot: Ballot, options: Mapping[str, int]) -> dict[str, int]:
    """Points of every option of the ballot, in its order. Raises Refused `totals`."""
    known = [str(option.number) for option in ballot.options.all()]
    if not set(options) <= set(known):
        raise Refused("totals", _("Diesen Vorschlag gibt es hier nicht. Lade die Seite neu."), field="papers")
    return {number: options.get(number, 0) for number in known}


def _words(options: Mapping[str, int]) -> dict[str, int]:
    """Words as on a phone. Raises Refused `totals`."""
    counts: Counter[str] = Counter()
    for typed, count in options.items():
        word = clean_word(typed)
        if word_fault(word):
            raise Refused("totals", _("Ein Wort hat 1 bis 24 Zeichen und keine Links oder Nummern."), field="options")
        counts[word] += count
    return dict(sorted(counts.items()))
