"""The consumer of the textbook: save the vote, count, tell the group."""

import json
from typing import Any

from channels.db import database_sync_to_async
from channels.generic.websocket import AsyncJsonWebsocketConsumer

from .models import Vote


class BallotConsumer(AsyncJsonWebsocketConsumer):
    """One phone. It speaks as much of the protocol as the phones of the bench need."""

    async def connect(self) -> None:
        self.ballot = self.scope["url_route"]["kwargs"]["ballot"]
        self.seat = self.scope["cookies"]["seat"]
        self.group = f"ballot.{self.ballot}"
        await self.channel_layer.group_add(self.group, self.channel_name)
        await self.accept("anstoss.live.v1")

    async def disconnect(self, code: int) -> None:
        await self.channel_layer.group_discard(self.group, self.channel_name)

    async def receive_json(self, content: dict[str, Any], **kwargs: Any) -> None:
        if content["t"] == "hello":
            await self.send_json({"t": "welcome"})
            return
        count = await self.save(content["a"]["choice"])
        await self.send_json({"t": "ack", "op": content["op"]})
        await self.channel_layer.group_send(self.group, {"type": "tally", "count": count})

    @database_sync_to_async
    def save(self, choice: dict[str, int]) -> int:
        Vote.objects.update_or_create(ballot=self.ballot, seat=self.seat, defaults={"choice": choice})
        return Vote.objects.filter(ballot=self.ballot).count()

    async def tally(self, event: dict[str, Any]) -> None:
        await self.send_json({"t": "tally", "ballot": self.ballot, "n": event["count"]})

    @classmethod
    async def encode_json(cls, content: Any) -> str:
        """Without spaces, as the phones of the bench read it."""
        return json.dumps(content, separators=(",", ":"))
