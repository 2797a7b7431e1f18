"""Topics that change their state: shown, parked, hidden with a reason, withdrawn, and put back."""

from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from common.errors import Refused
from participation.live import events as live
from participation.models import Event, LogEntry, Seat, Session, Topic
from participation.rules import events as rules
from participation.selectors.events import topic_facts
from participation.selectors.grid import session_facts

from .log import lock_event, lock_event_for, record
from .topics import record_topic
from .undoing import offer_undo, too_late

State = Topic.State
LONGEST_REASON = 200
IN_GRID = frozenset({State.PLACED.value, State.RUNNING.value, State.HARVESTED.value})


@transaction.atomic
def move_topic(*, topic: Topic, by: User | None, state: str, reason: str = "") -> Topic:
    """Show, pitch or park a topic, or hide it with a reason for whoever proposed it; that can be taken back.

    `by=None` is the platform, after reports; what the stage could take back stays what it was.

    Raises Refused `forbidden`, `not_now`, `empty` (a reason is missing).
    """
    event = lock_event_for(event=topic.event, by=by)
    locked = lock_topic(event=event, pk=topic.pk)
    if locked.state == state:
        return locked
    if state not in State.values or not rules.can_team_move(locked, state):
        raise not_now()
    reason = " ".join(reason.split())[:LONGEST_REASON]
    if state == State.HIDDEN and not reason:
        raise Refused("empty", _("Schreib dazu, warum. Wer es vorgeschlagen hat, bekommt es zu lesen."), field="reason")
    before = locked.state
    cell = leave_grid(event=event, topic=locked) if before in IN_GRID and state not in IN_GRID else None
    put_topic(event=event, topic=locked, state=state, reason=reason)
    if by is not None:
        offer_undo(event=event, act=f"topic.{state}", topic=locked.number, before=before, rev=locked.rev, cell=cell)
    return locked


def hide_topic(*, topic: Topic, by: User, reason: str) -> Topic:
    """Take a topic off every screen. Raises Refused as `move_topic`."""
    return move_topic(topic=topic, by=by, state=State.HIDDEN, reason=reason)


@transaction.atomic
def withdraw_topic(*, seat: Seat, topic: int) -> Topic:
    """Whoever proposed a topic (by its number) takes it down. Raises Refused `absent`, `not_yours`, `not_now`."""
    event = lock_event(event=seat.event)
    locked = _own(event, seat, topic)
    if locked.state == State.WITHDRAWN:
        return locked
    if event.state not in rules.OPEN_DOORS or not rules.can_move_topic(locked, State.WITHDRAWN):
        raise not_now()
    if locked.state in IN_GRID:
        leave_grid(event=event, topic=locked)
    put_topic(event=event, topic=locked, state=State.WITHDRAWN)
    return locked


@transaction.atomic
def restore_topic(*, seat: Seat, topic: int) -> Topic:
    """Think again within ten seconds. Raises Refused `absent`, `not_yours`, `too_late`."""
    event = lock_event(event=seat.event)
    locked = _own(event, seat, topic)
    if locked.state != State.WITHDRAWN or not rules.still_back(locked.moved_at, timezone.now()):
        raise Refused("too_late", _("Zurückholen geht nur zehn Sekunden lang. Schlag es einfach noch einmal vor."))
    put_topic(event=event, topic=locked, state=_reachable(locked, locked.moved_from))
    return locked


def put_topic_back(event: Event, facts: dict[str, Any]) -> None:
    """Take back a move. Raises Refused `too_late` when the topic has changed again."""
    topic = event.topics.select_for_update(of=("self",)).filter(number=facts["topic"], rev=facts["rev"]).first()
    if topic is None:
        raise too_late()
    put_topic(event=event, topic=topic, state=_reachable(topic, facts["before"]))
    if facts.get("cell"):
        _return_to_grid(event, topic, facts)


def put_topic(*, event: Event, topic: Topic, state: str, reason: str = "", kind: str = "") -> None:
    """Change the state of a topic of a locked event; the rules have been asked.

    What is hidden or withdrawn also leaves the log, so that nobody reads it there.
    """
    topic.moved_from, topic.moved_at = topic.state, timezone.now()
    topic.state, topic.hidden_reason = state, reason
    if state != State.MERGED:
        topic.merged_into = None
    if state in {State.HIDDEN, State.WITHDRAWN}:
        told = LogEntry.objects.filter(event=event, kind__startswith="topic.", data__n=topic.number)
        told.update(data=topic_facts(topic))
    kind = kind or (live.TOPIC_HIDDEN if state == State.HIDDEN else live.TOPIC_CHANGED)
    changed = ["state", "hidden_reason", "moved_from", "moved_at", "merged_into"]
    record_topic(event=event, topic=topic, changed=changed, kind=kind)


def leave_grid(*, event: Event, topic: Topic) -> list[int] | None:
    """Free the cell of a topic that leaves the grid; returns room and slot by number, for putting it back."""
    session = Session.objects.filter(topic=topic).select_related("room", "slot").first()
    if session is None:
        return None
    cell = [session.room.number, session.slot.number]
    session.delete()
    record(event=event, kind=live.SESSION_GONE, data={"n": topic.number, "gone": True})
    return cell


def lock_topic(*, event: Event, pk: int) -> Topic:
    return Topic.objects.select_for_update(of=("self",)).get(pk=pk, event=event)


def not_now() -> Refused:
    return Refused("not_now", _("Das geht mit diesem Thema gerade nicht."))


def _own(event: Event, seat: Seat, number: int) -> Topic:
    topic = event.topics.select_for_update(of=("self",)).filter(number=number).first()
    if topic is None:
        raise Refused("absent", _("Dieses Thema gibt es nicht mehr."))
    if not rules.is_own(topic, seat):
        raise Refused("not_yours", _("Das Thema hat jemand anderes vorgeschlagen."))
    return topic


def _reachable(topic: Topic, before: str) -> str:
    """Where a topic goes back to: what was in the grid goes to the wall first."""
    return before if rules.can_move_topic(topic, before) else State.ON_WALL


def _return_to_grid(event: Event, topic: Topic, facts: dict[str, Any]) -> None:
    """Back into its cell, if nobody has taken it meanwhile; otherwise it hangs on the wall."""
    room, slot = (
        event.rooms.filter(number=facts["cell"][0]).first(),
        event.slots.filter(number=facts["cell"][1]).first(),
    )
    if room is None or slot is None or Session.objects.filter(room=room, slot=slot).exists():
        return
    Session.objects.create(event=event, topic=topic, room=room, slot=slot)
    put_topic(event=event, topic=topic, state=State.PLACED)
    record(event=event, kind=live.SESSION_PLACED, data=session_facts(topic.number, room.number, slot.number))
