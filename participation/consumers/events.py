"""The sockets of an open space: phones, stage and projector of one event, and the operations of its seats."""

from collections.abc import Mapping, Set
from typing import Any, Final

from django.contrib.auth.models import AnonymousUser
from django.http import Http404
from django.urls import path

from accounts.models import User
from common.errors import Refused
from common.live import (
    Admission,
    Gatherer,
    Head,
    LiveConsumer,
    Op,
    Slot,
    Source,
    ack,
    encode,
    ev,
    nack,
    register,
)
from participation.live import events as live
from participation.models import Event, Seat
from participation.selectors import ballots as ballot_selectors
from participation.selectors import events as selectors
from participation.selectors import grid
from participation.selectors.harvest import join_counts
from participation.services import operations
from participation.services.ballots import settle_due
from participation.services.events.log import trim_logs
from participation.services.hall import forget_presses

Answer = dict[str, Any]
MOST_SCREENS: Final = 30
"""Projectors of one event in one process, previews and spare ones included."""


class EventSource(Source):
    """What the hub asks about events; every answer comes from the tables."""

    def heads(self, topics: list[str]) -> Mapping[str, Head]:
        found = Event.objects.filter(pk__in=map(live.event_id_of, topics)).values_list("pk", "epoch", "seq")
        return {live.topic_of(pk): Head(epoch.hex, seq) for pk, epoch, seq in found}

    def log_after(self, topic: str, seq: int) -> list[tuple[int, bytes]] | None:
        entries = selectors.log_after(live.event_id_of(topic), seq)
        return None if entries is None else [(e.seq, ev(e.seq, e.kind, e.data)) for e in entries]

    def snapshot(self, topic: str, view: str) -> tuple[int, Any]:
        event = Event.objects.get(pk=live.event_id_of(topic))
        return event.seq, selectors.state_of(event)

    def tallies(self, topic: str, connected: int) -> Mapping[str, Slot]:
        event_id = live.event_id_of(topic)
        found = Event.objects.filter(pk=event_id).only("seat_count", "interest_visible")
        event = found.annotate(has_grid=grid.has_grid()).first()
        if event is None:
            return {}
        here = encode({"t": "here", "joined": event.seat_count, "connected": connected})
        counts = selectors.interest_counts(event_id)
        interest = encode({"t": "tally", "interest": counts, "rev": sum(counts.values())})
        seen_by = None if event.interest_visible else frozenset({"stage"})
        slots = {"here": Slot(here, live.STAFF_VIEWS), "interest": Slot(interest, seen_by)}
        if event.has_grid:
            slots["plan"] = Slot(encode({"t": "tally", **grid.plan_tally(event_id)}), seen_by)
        if joins := join_counts(event_id):
            slots["joins"] = Slot(encode({"t": "tally", "joins": joins, "rev": sum(joins.values())}))
        return slots | _ballot_slots(event_id)

    def still_welcome(self, present: Mapping[str, Set[str]]) -> Mapping[str, Set[str]]:
        """Seats stay; whoever leads must still be on the team and logged in."""
        return {topic: {who for who in everybody if _may_stay(topic, who)} for topic, everybody in present.items()}

    def tend(self, topics: list[str]) -> None:
        settle_due(event_ids=[live.event_id_of(topic) for topic in topics])

    def sweep(self, topics: list[str]) -> None:
        events = [live.event_id_of(topic) for topic in topics]
        trim_logs(event_ids=events)
        forget_presses(event_ids=events)


def _ballot_slots(event_id: int) -> dict[str, Slot]:
    frames = live.progress_frames(ballot_selectors.live_progress(event_id))
    return {key: Slot(encode(frame), rev=frame["rev"]) for key, frame in frames.items()}


def _may_stay(topic: str, who: str) -> bool:
    staff = live.staff_of_who(who)
    return staff is None or selectors.still_leads(live.event_id_of(topic), *staff)


register("event", EventSource())


GATHERED: dict[str, Gatherer[operations.Asked, Answer | Refused]] = {
    kind.name: Gatherer(kind.carry_out) for kind in operations.KINDS.values()
}


class PhoneConsumer(LiveConsumer):
    """`/ws/e/<join code>/`: a seat. Without one the connection ends with `bye no_seat`."""

    seat: Seat

    async def admit(self) -> Admission | None:
        found = await self.in_thread(_seat_of, self.scope)
        if found is None:
            return None
        event_id, seat = found
        if seat is None:
            return Admission(topic=live.topic_of(event_id), who="", refused="no_seat")
        self.seat = seat
        return Admission(topic=live.topic_of(event_id), who=live.seat_who(seat.pk))

    async def you(self) -> object:
        return await self.in_thread(selectors.you_of, self.seat)

    def operate(self, op: Op) -> None:
        def done(outcome: Answer | Refused | Exception) -> None:
            self._answer(op, outcome)

        try:
            asked = operations.ask(seat=self.seat, op=op.op, kind=op.k, arguments=op.a, base_rev=op.base_rev)
        except operations.Bad as bad:
            self.tell(nack(op.op, "unknown" if bad.unknown else "bad"))
        else:
            GATHERED[op.k].submit(asked.key, asked, done)

    def _answer(self, op: Op, outcome: Answer | Refused | Exception) -> None:
        if isinstance(outcome, Refused):
            self.tell(nack(op.op, outcome.code, **outcome.facts))
        elif isinstance(outcome, Exception):
            # Nothing was written; the phone keeps the operation and sends it again.
            self.tell(nack(op.op, "again"))
        else:
            self.tell(ack(op.op, outcome))


class StaffConsumer(LiveConsumer):
    """`/ws/e/<join code>/stage/`: for those who lead the event; everybody else is refused."""

    leads = True

    async def admit(self) -> Admission | None:
        event_id = await self.in_thread(_led_event, self.scope)
        if event_id is None:
            return None
        who = live.staff_who(self.scope["user"].pk, self.scope["session"].session_key or "")
        return Admission(topic=live.topic_of(event_id), who=who, view="stage")


class ScreenConsumer(LiveConsumer):
    """`/ws/e/<join code>/screen/`: a projector. It carries no personal data, so the code is enough."""

    leads = True

    async def admit(self) -> Admission | None:
        event = await self.in_thread(_public_event, self.scope)
        if event is None:
            return None
        topic = live.topic_of(event.pk)
        return Admission(topic=topic, who="", view="screen", refused="flood" if self._is_crowded(topic) else "")

    def _is_crowded(self, name: str) -> bool:
        """Projectors are served before the hall, and everybody knows the code: a crowd of them is none."""
        topic = self.hub.topics.get(name)
        return topic is not None and sum(socket.view == "screen" for socket in topic.sockets()) >= MOST_SCREENS


def _public_event(scope: dict[str, Any]) -> Event | None:
    user: User | AnonymousUser = scope["user"]
    try:
        return selectors.event_or_404(user, scope["url_route"]["kwargs"]["code"])
    except Http404:
        return None


def _seat_of(scope: dict[str, Any]) -> tuple[int, Seat | None] | None:
    cookies, user = scope.get("cookies", {}), scope["user"]
    try:
        event = selectors.event_for_seat_or_404(user, scope["url_route"]["kwargs"]["code"], cookies=cookies)
    except Http404:
        return None
    return event.pk, selectors.seat_of(event, token=cookies.get(selectors.seat_cookie(event), ""), user=user)


def _led_event(scope: dict[str, Any]) -> int | None:
    try:
        return selectors.led_event_or_404(scope["user"], scope["url_route"]["kwargs"]["code"]).pk
    except Http404:
        return None


websocket_urlpatterns = [
    path("ws/e/<str:code>/", PhoneConsumer.as_asgi()),
    path("ws/e/<str:code>/stage/", StaffConsumer.as_asgi()),
    path("ws/e/<str:code>/screen/", ScreenConsumer.as_asgi()),
]
