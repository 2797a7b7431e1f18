"""How a service tells the hubs that something is new: after the commit, from any thread or process."""

import asyncio
from collections.abc import Mapping
from typing import Any

from asgiref.sync import async_to_sync
from channels.layers import get_channel_layer

from .hub import hubs_awake
from .relay import reaches_others, send_hint


def announce(
    topic: str,
    *,
    seq: int | None = None,
    gone: str | None = None,
    latest: Mapping[str, Mapping[str, Any]] | None = None,
) -> None:
    """Say that `topic` has news; never waits for sockets and never fails.

    `seq`: a numbered entry was written (read it at once). `gone`: this `who` must leave the topic at once.
    `latest`: these replaceable frames and nothing else have changed, by key and each with its `rev`; they are
    for all views, and nobody has to ask the source for them.
    """
    hint: dict[str, Any] = {}
    if seq is not None:
        hint["seq"] = seq
    if gone is not None:
        hint["gone"] = [gone]
    if latest is None:
        hint["ask"] = True
    else:
        hint["latest"] = latest
    told = False
    for hub in hubs_awake():
        try:
            hub.loop.call_soon_threadsafe(hub.hint, topic, hint)
            told = True
        except RuntimeError:  # its loop has just ended
            continue
    if not told:
        _tell_others(topic, hint)


def _tell_others(topic: str, hint: dict[str, Any]) -> None:
    """From a process in which nobody listens: a command, or a server without sockets."""
    layer = get_channel_layer()
    if not reaches_others(layer):
        return
    try:
        loop = asyncio.get_running_loop()
    except RuntimeError:
        async_to_sync(send_hint)(layer, topic, hint, sender="")
    else:
        _pending.add(task := loop.create_task(send_hint(layer, topic, hint, sender="")))
        task.add_done_callback(_pending.discard)


_pending: set[asyncio.Task[None]] = set()
