"""Between the processes: one channel of the channel layer for each, one group for each topic, nothing but hints."""

import asyncio
import logging
import time
import uuid
from collections.abc import Coroutine
from typing import Any, Protocol

from channels.layers import InMemoryChannelLayer, get_channel_layer

from .topics import TICK, Topic

log = logging.getLogger(__name__)
HINT_GAP = 0.05
"""Seconds between two hints to other processes."""
RETRY = 2.0
QUIET = 30.0
"""Seconds between two complaints about hints that were not sent: a dead layer fails twenty times a second."""
COUNT_EVERY = 3.0
"""Seconds after which the number of our phones is told again; others forget it after five."""


class Listener(Protocol):
    """What the relay needs of its hub."""

    topics: dict[str, Topic]

    def take_hint(self, name: str, hint: dict[str, Any]) -> None: ...


class Relay:
    """Tells other processes what is new here and hears what is new there. A dead layer delays nothing else."""

    def __init__(self, hub: Listener) -> None:
        self._hub = hub
        self._id = uuid.uuid4().hex
        self._waiting: dict[str, dict[str, Any]] = {}
        self._news = asyncio.Event()
        self._over = asyncio.Event()
        self._told: dict[str, tuple[int, float]] = {}

    def work(self) -> tuple[Coroutine[Any, Any, None], ...]:
        """What has to run as long as the hub is awake."""
        return self._shout(), self._listen()

    def stop(self) -> None:
        """Let go of the layer. Not by cancelling: its client does not survive that while it is connecting."""
        self._over.set()
        self._news.set()

    def pass_on(self, name: str, hint: dict[str, Any]) -> None:
        """Tell the others; hints of the same moment travel together."""
        known = self._waiting.get(name)
        self._waiting[name] = hint if known is None else _together(known, hint)
        self._news.set()

    def tell_count(self, topic: Topic) -> None:
        """Our number of phones: when it changed, and every few seconds."""
        count, at = self._told.get(topic.name, (-1, 0.0))
        if count != len(topic.rest) or time.monotonic() - at > COUNT_EVERY:
            self._told[topic.name] = (len(topic.rest), time.monotonic())
            self.pass_on(topic.name, {"phones": len(topic.rest), "ask": True})

    async def _shout(self) -> None:
        while not self._over.is_set():
            await self._news.wait()
            self._news.clear()
            hints, self._waiting = self._waiting, {}
            for name, hint in hints.items():
                await send_hint(get_channel_layer(), name, hint, sender=self._id)
            await asyncio.sleep(HINT_GAP)

    async def _listen(self) -> None:
        """Without the layer the hub lives on its own looks at the database."""
        while not self._over.is_set():
            try:
                await self._receive()
            except Exception as error:  # noqa: BLE001 (whatever the layer's client raises)
                log.warning("The channel layer does not answer (%s); live news come by looking", error)
                await asyncio.wait([asyncio.ensure_future(self._over.wait())], timeout=RETRY)

    async def _receive(self) -> None:
        layer = get_channel_layer()
        channel = await layer.new_channel()
        joined: set[str] = set()
        over = asyncio.ensure_future(self._over.wait())
        receiving = asyncio.ensure_future(layer.receive(channel))
        try:
            while not self._over.is_set():
                joined = await _follow(layer, channel, joined, set(self._hub.topics))
                await asyncio.wait([receiving, over], timeout=2 * TICK, return_when=asyncio.FIRST_COMPLETED)
                if receiving.done():
                    message = receiving.result()
                    receiving = asyncio.ensure_future(layer.receive(channel))
                    self._take(message)
        finally:
            over.cancel()
            receiving.cancel()
            await asyncio.wait([receiving])
            await _leave(layer, channel, joined)

    def _take(self, message: dict[str, Any]) -> None:
        if message["sender"] == self._id:
            return
        name, hint = message["topic"], message["hint"]
        topic = self._hub.topics.get(name)
        if topic is not None and "phones" in hint:
            topic.peers[message["sender"]] = (hint["phones"], time.monotonic())
        self._hub.take_hint(name, hint)


def _together(known: dict[str, Any], hint: dict[str, Any]) -> dict[str, Any]:
    """Two hints as one; of frames that replace each other the later ones stay."""
    gone = [*known.get("gone", []), *hint.get("gone", [])]
    latest = {**known.get("latest", {}), **hint.get("latest", {})}
    return {**known, **hint, "gone": gone, "latest": latest}


def group(topic: str) -> str:
    return f"live.{topic}"


def reaches_others(layer: Any) -> bool:
    """Whether a channel layer goes beyond this process."""
    return layer is not None and not isinstance(layer, InMemoryChannelLayer)


async def send_hint(layer: Any, topic: str, hint: dict[str, Any], sender: str) -> None:
    """Tell the other processes; that this may fail is part of the design."""
    if not reaches_others(layer):
        return
    message = {"type": "live", "topic": topic, "hint": hint, "sender": sender}
    try:
        await layer.group_send(group(topic), message)
    except Exception as error:  # noqa: BLE001 (whatever the layer's client raises)
        if time.monotonic() > _complaint.at + QUIET:
            _complaint.at = time.monotonic()
            log.warning("A hint about %s was not sent, perhaps others too: %s", topic, error)


class _Complaint:
    """When somebody was told last."""

    at = -QUIET


_complaint = _Complaint()


async def _follow(layer: Any, channel: str, joined: set[str], wanted: set[str]) -> set[str]:
    """Join the groups of new topics and leave those of old ones; returns what is joined now."""
    for topic in wanted - joined:
        await layer.group_add(group(topic), channel)
    for topic in joined - wanted:
        await layer.group_discard(group(topic), channel)
    return wanted


async def _leave(layer: Any, channel: str, joined: set[str]) -> None:
    for topic in joined:
        try:
            await layer.group_discard(group(topic), channel)
        except Exception as error:  # noqa: BLE001 (as above)
            log.warning("The channel layer did not let go of %s: %s", topic, error)
