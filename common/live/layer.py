"""The channel layer: one channel for each process, one group for each topic, and nothing but hints."""

import logging
from typing import Any

log = logging.getLogger(__name__)


def group(topic: str) -> str:
    return f"live.{topic}"


async def send_hint(layer: Any, topic: str, hint: dict[str, Any], sender: str) -> None:
    """Tell the other processes; that this may fail is part of the design."""
    message = {"type": "live", "topic": topic, "hint": hint, "sender": sender}
    try:
        await layer.group_send(group(topic), message)
    except Exception as error:  # noqa: BLE001 (whatever the layer's client raises)
        log.warning("A hint about %s was not sent: %s", topic, error)


async def follow(layer: Any, channel: str, joined: set[str], wanted: set[str]) -> set[str]:
    """Join the groups of new topics and leave those of old ones; returns what is joined now."""
    for topic in wanted - joined:
        await layer.group_add(group(topic), channel)
    for topic in joined - wanted:
        await layer.group_discard(group(topic), channel)
    return wanted


async def leave(layer: Any, channel: str, joined: set[str]) -> None:
    for topic in joined:
        try:
            await layer.group_discard(group(topic), channel)
        except Exception as error:  # noqa: BLE001 (as above)
            log.warning("The channel layer did not let go of %s: %s", topic, error)
