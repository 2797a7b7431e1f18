"""After counting: reveal, file, let words go. And at any time before it is filed: void, and a new round."""

import uuid
from collections.abc import Iterable

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from common.errors import Refused
from participation.live import events as live
from participation.models import Ballot, BallotOption, Event, LogEntry
from participation.rules import ballots as rules
from participation.rules.words import key_of
from participation.selectors.ballots import ballot_facts, full_result
from participation.selectors.sheets import choices_of
from participation.services.events.log import announce_tally, record
from participation.services.events.scenes import place_scene

from .counting import refresh_checksum
from .parting import part_from_seats
from .running import lock_ballot, require_move
from .tickets import hand_on_tickets

State = Ballot.State
ASKED = ("kind", "question", "tier", "secrecy", "min_choices", "max_choices", "budget", "max_per_option")
"""What a new round has in common with the one before."""


@transaction.atomic
def reveal_ballot(*, ballot: Ballot, by: User, targets: Iterable[str] = rules.TARGETS) -> Ballot:
    """Show the result at `targets` (projector, phones, public); later more of them can be added.

    Raises Refused `forbidden`, `not_now`, `no_target`.
    """
    event, locked = lock_ballot(ballot=ballot, by=by)
    wanted = set(targets)
    if locked.state not in rules.REVEALED:
        require_move(ballot=locked, state=State.REVEALED)
    if not wanted or wanted - set(rules.TARGETS):
        raise Refused("no_target", _("Wähl aus, wo das Ergebnis zu sehen sein soll."), field="targets")
    fresh = wanted - set(locked.revealed_on)
    if not fresh:
        return locked
    locked.revealed_on = [target for target in rules.TARGETS if target in {*locked.revealed_on, *fresh}]
    locked.state = State.FILED if locked.state == State.FILED else State.REVEALED
    locked.save(update_fields=["state", "revealed_on"])
    record(event=event, kind=live.BALLOT_REVEALED, data=ballot_facts(locked))
    if "projector" in fresh:
        place_scene(event=event, kind="result", ballot=locked.number)
    return locked


@transaction.atomic
def release_words(*, ballot: Ballot, by: User, words: Iterable[str], on: bool = True) -> Ballot:
    """Let everybody read these words of a counted ballot, or (`on=False`) hold them back again, also in the log.

    Words that nobody said are left alone. Raises Refused `forbidden`, `not_now`.
    """
    event, locked = lock_ballot(ballot=ballot, by=by)
    if not rules.can_release(locked):
        raise Refused("not_now", _("Wörter gibst du frei, sobald ausgezählt ist."))
    said = {key_of(option["label"]) for option in (full_result(locked) or {"options": []})["options"]}
    asked = {key_of(word) for word in words} & said
    released = set(locked.released) | asked if on else set(locked.released) - asked
    if released == set(locked.released):
        return locked
    locked.released = sorted(released)
    refresh_checksum(ballot=locked)
    locked.save(update_fields=["released", "checksum"])
    facts = ballot_facts(locked)
    if not on:
        told = LogEntry.objects.filter(event=event, kind__startswith="ballot.", data__n=locked.number)
        told.filter(data__result__isnull=False).exclude(data__result=None).update(data=facts)
    record(event=event, kind=live.BALLOT_CHANGED, data=facts)
    return locked


@transaction.atomic
def file_ballot(*, ballot: Ballot, by: User) -> Ballot:
    """Put a result away: it is kept, and the wall is shown again. Raises Refused `forbidden`, `not_now`."""
    event, locked = lock_ballot(ballot=ballot, by=by)
    if locked.state == State.FILED:
        return locked
    require_move(ballot=locked, state=State.FILED)
    locked.state = State.FILED
    locked.save(update_fields=["state"])
    record(event=event, kind=live.BALLOT_FILED, data=ballot_facts(locked))
    _leave_scene(event, locked)
    return locked


@transaction.atomic
def void_ballot(*, ballot: Ballot, by: User, reason: str) -> Ballot:
    """Declare it void, with a reason for everybody; what was said is parted from who said it.

    Raises Refused `forbidden`, `not_now`, `empty`.
    """
    event, locked = lock_ballot(ballot=ballot, by=by)
    if locked.state == State.VOID:
        return locked
    require_move(ballot=locked, state=State.VOID)
    locked.void_reason = " ".join(reason.split())[:200]
    if not locked.void_reason:
        raise Refused("empty", _("Schreib dazu, warum die Abstimmung nicht gilt."), field="reason")
    if locked.state in rules.RUNNING:
        part_from_seats(locked, choices_of(locked))
        locked.extensions.all().delete()
    locked.state = State.VOID
    locked.save(update_fields=["state", "void_reason"])
    record(event=event, kind=live.BALLOT_VOIDED, data=ballot_facts(locked))
    _leave_scene(event, locked)
    return locked


@transaction.atomic
def rerun_ballot(*, ballot: Ballot, by: User) -> Ballot:
    """A new round of a void ballot: same question, same options, ready to be opened. There is one new round.

    Raises Refused `forbidden`, `not_now`.
    """
    event, locked = lock_ballot(ballot=ballot, by=by)
    known = locked.reruns.first()
    if known is not None:
        return known
    if locked.state != State.VOID:
        raise Refused("not_now", _("Eine neue Runde gibt es, wenn die Abstimmung für ungültig erklärt ist."))
    if event.state in {Event.State.CLOSED, Event.State.ARCHIVED}:
        raise Refused("not_now", _("Die Veranstaltung ist vorbei."))
    again = Ballot(
        client_id=uuid.uuid5(locked.client_id, "rerun"),
        event=event,
        number=(event.ballots.aggregate(last=Max("number"))["last"] or 0) + 1,
        state=State.READY,
        rerun_of=locked,
        **{name: getattr(locked, name) for name in ASKED},
    )
    again.save(force_insert=True)
    BallotOption.objects.bulk_create(
        BallotOption(ballot=again, number=option.number, label=option.label, topic_id=option.topic_id)
        for option in locked.options.all()
    )
    if again.tier == Ballot.Tier.BINDING:
        hand_on_tickets(void=locked, again=again)
    record(event=event, kind=live.BALLOT_PREPARED, data=ballot_facts(again))
    return again


def _leave_scene(event: Event, ballot: Ballot) -> None:
    """The projector shows a ballot that is over no longer."""
    if event.scene.get("ballot") == ballot.number:
        place_scene(event=event, kind="wall")
    announce_tally(event_id=event.pk)
