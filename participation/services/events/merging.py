"""Two topics become one: what people said to the one counts for the other, without doubles."""

from typing import Any

from django.db import transaction
from django.db.models import F, Model
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from common.errors import Refused
from participation.models import Event, Interest, SignUp, Topic
from participation.rules import events as rules

from .log import announce_tally, lock_event_for
from .moving import IN_GRID, leave_grid, lock_topic, not_now, put_topic
from .undoing import offer_undo, too_late

State = Topic.State


@transaction.atomic
def merge_topic(*, topic: Topic, into: Topic, by: User) -> Topic:
    """Take `topic` off the wall; interest and plans go over to `into`. That can be taken back.

    Raises Refused `forbidden`, `same_topic`, `not_now`.
    """
    event = lock_event_for(event=topic.event, by=by)
    # In this order, because marks of interest lock them so too.
    locked = {pk: lock_topic(event=event, pk=pk) for pk in sorted({topic.pk, into.pk})}
    gone, kept = locked[topic.pk], locked[into.pk]
    if gone.state == State.MERGED and gone.merged_into_id == kept.pk:
        return gone
    if gone.pk == kept.pk:
        raise Refused("same_topic", _("Wähl zwei verschiedene Themen aus."))
    if not rules.can_merge(gone, kept):
        raise not_now()
    before = gone.state
    if before in IN_GRID:
        leave_grid(event=event, topic=gone)
    moved = {"interests": _move(Interest, gone, kept), "sign_ups": _move(SignUp, gone, kept)}
    _count(kept, len(moved["interests"]))
    gone.merged_into = kept
    put_topic(event=event, topic=gone, state=State.MERGED)
    offer_undo(event=event, act="merge", topic=gone.number, into=kept.number, before=before, rev=gone.rev, moved=moved)
    announce_tally(event_id=event.pk)
    return gone


def split_again(event: Event, facts: dict[str, Any]) -> None:
    """Take back a merge: what went over comes back. Raises Refused `too_late` when the topic has changed again."""
    gone = event.topics.select_for_update(of=("self",)).filter(number=facts["topic"], rev=facts["rev"]).first()
    kept = event.topics.select_for_update(of=("self",)).filter(number=facts["into"]).first()
    if gone is None or kept is None:
        raise too_late()
    back = Interest.objects.filter(topic=kept, seat_id__in=facts["moved"]["interests"]).delete()[0]
    _count(kept, -back)
    SignUp.objects.filter(topic=kept, seat_id__in=facts["moved"]["sign_ups"]).delete()
    gone.merged_into = None
    put_topic(event=event, topic=gone, state=facts["before"] if facts["before"] not in IN_GRID else State.ON_WALL)
    announce_tally(event_id=event.pk)


def _move(kind: type[Model], gone: Topic, kept: Topic) -> list[int]:
    """Give `kept` the rows that only `gone` has; returns the seats. The rows of `gone` stay for a way back."""
    rows = kind._default_manager
    there = rows.filter(topic=kept).values("seat_id")
    seats = sorted(rows.filter(topic=gone).exclude(seat_id__in=there).values_list("seat_id", flat=True))
    rows.bulk_create([kind(topic_id=kept.pk, seat_id=seat) for seat in seats])
    return seats


def _count(topic: Topic, change: int) -> None:
    if change:
        Topic.objects.filter(pk=topic.pk).update(interest_count=F("interest_count") + change)
