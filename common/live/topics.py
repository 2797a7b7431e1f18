"""A topic in one process: who listens, how far the log has come, and what is due to whom."""

import asyncio
import time
from collections import deque
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from .frames import Frame, encode
from .sockets import Socket
from .sources import Head, Slot, Source

FIRST_VIEWS = frozenset({"stage", "screen"})
TICK = 0.1
"""Seconds between two tallies on stage and projector, and at best on phones."""
SLOW_TICK = 0.25
AT_ONCE = 0.02
"""Seconds between two readings when a numbered entry was announced."""
RECENT = 512
CHUNK = 250
"""Sockets served before the loop looks after everything else."""


class Shown(NamedTuple):
    """A replaceable frame that was sent last, made ready for many sockets."""

    slot: Slot
    frame: Frame


class Topic:
    """`epoch` is empty as long as the source was not asked where the log stands."""

    def __init__(self, name: str, source: Source) -> None:
        self.name = name
        self.source = source
        self.epoch, self.seq = "", 0
        self.first: dict[Socket, None] = {}
        self.rest: dict[Socket, None] = {}
        self.arriving = 0
        self.recent: deque[tuple[int, Frame]] = deque(maxlen=RECENT)
        self.slots: dict[str, Shown] = {}
        self.snapshots: dict[str, tuple[int, Frame]] = {}
        # Held while the log is read and sent, so that nobody is served out of order.
        self.lock = asyncio.Lock()
        self.peers: dict[str, tuple[int, float]] = {}
        self.read_at = 0.0
        self.read_due: float | None = None
        self.log_due = True
        self.tallies_due = True
        self.latest: dict[str, Mapping[str, Any]] = {}
        self.rest_at = 0.0
        self.rest_gap = TICK
        self.rest_keys: set[str] = set()

    # --- who listens -------------------------------------------------------------------------------------
    def sockets(self) -> Iterator[Socket]:
        yield from self.first
        yield from self.rest

    def add(self, socket: Socket) -> None:
        (self.first if socket.view in FIRST_VIEWS else self.rest)[socket] = None

    def discard(self, socket: Socket) -> None:
        self.first.pop(socket, None)
        self.rest.pop(socket, None)

    def idle(self) -> bool:
        return not self.first and not self.rest and not self.arriving

    def connected(self) -> int:
        """Phones of this process and, as far as they told us lately, of the others."""
        young = time.monotonic() - 5
        return len(self.rest) + sum(count for count, at in self.peers.values() if at > young)

    # --- how far the log has come ------------------------------------------------------------------------
    def begin(self, head: Head | None) -> None:
        """Start at `head`; None forgets what was known."""
        self.epoch, self.seq = head or ("", 0)
        self.recent.clear()
        self.snapshots.clear()
        self.slots.clear()

    def take_log(self, entries: list[tuple[int, bytes]]) -> list[tuple[int, Frame]]:
        """Remember new numbered frames."""
        new = [(seq, Frame(data)) for seq, data in entries if seq > self.seq]
        if new:
            self.recent.extend(new)
            self.seq = new[-1][0]
        return new

    def recent_after(self, seq: int) -> list[tuple[int, Frame]] | None:
        """Numbered frames after `seq` from memory, or None when memory does not reach back so far."""
        if seq >= self.seq:
            return []
        if self.recent and self.recent[0][0] <= seq + 1:
            return [entry for entry in self.recent if entry[0] > seq]
        return None

    def take_slots(self, slots: Mapping[str, Slot]) -> list[str]:
        """Remember replaceable frames; the keys of those that changed."""
        changed = []
        for key, slot in slots.items():
            known = self.slots.get(key)
            if known is None or (known.slot.frame != slot.frame and known.slot.rev <= slot.rev):
                self.slots[key] = Shown(slot, Frame(slot.frame))
                changed.append(key)
        return changed

    # --- what is due -------------------------------------------------------------------------------------
    def mark(self, *, at_once: bool) -> None:
        """There may be news, and `at_once` numbered ones: read them after the shortest pause that is allowed."""
        self.log_due |= at_once
        self.tallies_due = True
        self._expect(at_once=at_once)

    def bring(self, latest: Mapping[str, Mapping[str, Any]]) -> None:
        """These replaceable frames are new; nothing has to be read for them."""
        self.latest.update(latest)
        self._expect(at_once=False)

    def brought(self) -> dict[str, Slot]:
        """What was brought since the last time."""
        latest, self.latest = self.latest, {}
        return {key: Slot(encode(frame), rev=frame["rev"]) for key, frame in latest.items()}

    def _expect(self, *, at_once: bool) -> None:
        due = max(time.monotonic(), self.read_at + (AT_ONCE if at_once else TICK))
        self.read_due = due if self.read_due is None else min(self.read_due, due)

    def next_due(self) -> float | None:
        """When something has to be done for this topic, on the monotonic clock."""
        rest_due = self.rest_at + self.rest_gap if self.rest_keys else None
        return min((due for due in (self.read_due, rest_due) if due is not None), default=None)

    # --- what is sent ------------------------------------------------------------------------------------
    async def send_log(self, new: list[tuple[int, Frame]]) -> None:
        """Numbered frames to everyone, stage and projector first. Only under the lock."""
        for count, socket in enumerate(list(self.sockets()), start=1):
            for seq, frame in new:
                if socket.cursor < seq:
                    socket.cursor = seq
                    socket.send(frame)
            if not count % CHUNK:
                await asyncio.sleep(0)

    def show(self, slots: Mapping[str, Slot]) -> None:
        """Those of these replaceable frames that are new: to stage and projector now, to the phones when it is time."""
        changed = self.take_slots(slots)
        for socket in list(self.first):
            self._put(socket, changed)
        self.rest_keys.update(changed)

    async def send_rest(self) -> None:
        """Replaceable frames to the phones; the time it takes sets the pause until the next time."""
        keys, self.rest_keys = sorted(self.rest_keys), set()
        began = self.rest_at = time.monotonic()
        busy = 0.0
        for count, socket in enumerate(list(self.rest), start=1):
            self._put(socket, keys)
            if not count % CHUNK:
                busy += time.monotonic() - began
                await asyncio.sleep(0)
                began = time.monotonic()
        busy += time.monotonic() - began
        self.rest_gap = max(TICK, min(SLOW_TICK, 4 * busy), busy)

    def greet(self, socket: Socket) -> None:
        """All replaceable frames, for a socket that has just come."""
        self._put(socket, list(self.slots))

    def _put(self, socket: Socket, keys: list[str]) -> None:
        for key in keys:
            shown = self.slots.get(key)
            if shown and (shown.slot.views is None or socket.view in shown.slot.views):
                socket.put(key, shown.frame)
