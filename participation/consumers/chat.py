"""The socket of a room: it only delivers. Writing goes over HTTP, so that nothing depends on it."""

from collections.abc import Mapping, Set
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.http import Http404
from django.urls import path

from accounts.models import User
from common.live import Admission, Head, LiveConsumer, Slot, Source, encode, ev, register
from participation.live import chat as live
from participation.models import ChatRoom, Message
from participation.selectors import chat as selectors


class ChatSource(Source):
    """What the hub asks about rooms; every answer comes from the tables."""

    def heads(self, topics: list[str]) -> Mapping[str, Head]:
        found = ChatRoom.objects.filter(pk__in=map(live.room_id_of, topics)).values_list("pk", "seq")
        return {live.topic_of(pk): Head(live.EPOCH, seq) for pk, seq in found}

    def log_after(self, topic: str, seq: int) -> list[tuple[int, bytes]] | None:
        """One event for each message that is new or changed, with the message as it is now."""
        changed, more = selectors.changed_since(live.room_id_of(topic), seq)
        return None if more else [(message.changed_seq, _event(message)) for message in changed]

    def snapshot(self, topic: str, view: str) -> tuple[int, Any]:
        room = ChatRoom.objects.get(pk=live.room_id_of(topic))
        found, older = selectors.newest(room.pk)
        return room.seq, {"messages": selectors.all_facts(found), "older": older}

    def tallies(self, topic: str, connected: int) -> Mapping[str, Slot]:
        room = selectors.rooms().filter(pk=live.room_id_of(topic)).first()
        if room is None:
            return {}
        return {"here": Slot(encode({"t": "here", "joined": selectors.people_in(room), "mode": room.mode}))}

    def still_welcome(self, present: Mapping[str, Set[str]]) -> Mapping[str, Set[str]]:
        asked = {live.room_id_of(topic): set(map(live.user_id_of, who)) for topic, who in present.items()}
        return {
            live.topic_of(room_id): set(map(live.who_of, people))
            for room_id, people in selectors.still_in(asked).items()
        }


def _event(message: Message) -> bytes:
    kind = live.POSTED if message.changed_seq == message.seq else live.CHANGED
    return ev(message.changed_seq, kind, selectors.facts_of(message))


register("chat", ChatSource())


class ChatConsumer(LiveConsumer):
    """`/ws/chat/<room id>/` for those who may read the room; everybody else is refused at the handshake."""

    async def admit(self) -> Admission | None:
        room_id = self.scope["url_route"]["kwargs"]["pk"]
        return await self.in_thread(_admission, self.scope["user"], room_id)

    async def you(self) -> object:
        return {"id": self.scope["user"].pk}


def _admission(user: User | AnonymousUser, room_id: int) -> Admission | None:
    try:
        room = selectors.room_or_404(user, room_id)
    except Http404:
        return None
    return Admission(topic=live.topic_of(room.pk), who=live.who_of(user.pk or 0))


websocket_urlpatterns = [path("ws/chat/<int:pk>/", ChatConsumer.as_asgi())]
