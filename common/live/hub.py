"""The hub of one process (of one event loop): reads once, encodes once, writes to all of its sockets."""

import asyncio
import logging
import threading
import time
from collections import defaultdict
from collections.abc import Callable, Coroutine, Mapping, Set
from contextlib import suppress
from typing import Any, TypeVar

from . import farewell, frames
from .door import Door
from .frames import Frame, Hello
from .relay import Relay
from .sockets import Socket, Waiter
from .sources import Head, Slot, Source, source_of
from .threads import OnCall
from .topics import TICK, Topic

log = logging.getLogger(__name__)
POLL = 1.0
"""Seconds between two looks at the sources, for what a lost hint would have told."""
SWEEP = 30.0
"""Seconds between two requests to the sources to throw old entries away."""
Result = TypeVar("Result")

_hubs: dict[asyncio.AbstractEventLoop, "Hub"] = {}
_hubs_lock = threading.Lock()


def current_hub() -> "Hub":
    """The hub of the running event loop; it sleeps as long as nobody listens."""
    loop = asyncio.get_running_loop()
    with _hubs_lock:
        for old in [known for known in _hubs if known.is_closed()]:
            del _hubs[old]
        if loop not in _hubs:
            _hubs[loop] = Hub(loop)
        return _hubs[loop]


def hubs_awake() -> list["Hub"]:
    """The hubs of this process that somebody listens to (more than one only in tests)."""
    with _hubs_lock:
        return [hub for hub in _hubs.values() if hub.topics and not hub.loop.is_closed()]


class Hub:
    """Awake while there are sockets: then it has a thread, a channel of the layer, and three tasks."""

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self.loop = loop
        self.topics: dict[str, Topic] = {}
        self._acts, self._reads = OnCall(self._is_awake), OnCall(self._is_awake)
        self._wake = asyncio.Event()
        self._tasks: list[asyncio.Task[None]] = []
        self._ending: set[asyncio.Task[None]] = set()
        self._polled_at = self._swept_at = 0.0
        self._relay = Relay(self)
        self.handshakes, self.welcomes = Door(self), Door(self)
        self.leaving = False
        self.unanswered = 0
        """Operations that were taken and not answered yet."""

    # --- for consumers -----------------------------------------------------------------------------------
    async def run(self, function: Callable[..., Result], *args: object) -> Result:
        """Call a plain function (a service, a selector) in the hub's thread."""
        return await self._acts.run(function, *args)

    async def read(self, function: Callable[..., Result], *args: object) -> Result:
        """The same for what one newcomer wants to know: in another thread, so that a wave delays no act."""
        return await self._reads.run(function, *args)

    async def subscribe(self, socket: Socket, name: str, hello: Hello, you: object) -> str:
        """Welcome a socket, tell it what it missed, and serve it from then on.

        Returns "" or why not: `gone` (there is no such topic), `too_old` (begin anew).
        """
        topic = self._open(name)
        topic.arriving += 1
        try:
            if not await self._know(topic, hello):
                return "gone"
            seq, missed = await self._missed(topic, hello, socket.view)
            while (newer := topic.recent_after(seq)) is None:
                seq, missed = await self._missed(topic, Hello(), socket.view)
            if not topic.epoch:
                return "too_old"
            # From here on nothing waits, so no news can slip in between.
            socket.send(Frame(frames.welcome(topic.epoch, max(seq, topic.seq), you, int(TICK * 1000))))
            for frame in [*missed, *(frame for _seq, frame in newer)]:
                socket.send(frame)
            socket.cursor = max(seq, topic.seq)
            topic.greet(socket)
            topic.add(socket)
            topic.mark(at_once=False)
            self._wake.set()
            return ""
        finally:
            topic.arriving -= 1
            self._tidy(topic)

    def unsubscribe(self, socket: Socket, name: str) -> None:
        topic = self.topics.get(name)
        if topic is not None:
            topic.discard(socket)
            topic.mark(at_once=False)
            self._tidy(topic)

    def hint(self, name: str, hint: dict[str, Any]) -> None:
        """There are news of a topic: for us and, by the channel layer, for the other processes."""
        self.take_hint(name, hint)
        self._relay.pass_on(name, hint)

    async def wait_for_news(self, name: str, epoch: str, seq: int, seconds: float) -> None:
        """Return when the topic has a numbered entry after `seq`, or after `seconds` (long poll)."""
        news = asyncio.Event()
        waiter = Waiter(news)
        if await self.subscribe(waiter, name, Hello(seq=seq, epoch=epoch), None) == "":
            with suppress(TimeoutError):
                if waiter.cursor <= seq:
                    news.clear()
                    await asyncio.wait_for(news.wait(), seconds)
            self.unsubscribe(waiter, name)

    # --- waking and sleeping -----------------------------------------------------------------------------
    def _open(self, name: str) -> Topic:
        if name not in self.topics:
            self.topics[name] = Topic(name, source_of(name))
        if not self._tasks:
            farewell.heed(self)
            self._polled_at = time.monotonic()
            self._relay = Relay(self)
            self._tasks = [self._start(work) for work in (self._work(), *self._relay.work())]
        return self.topics[name]

    def _is_awake(self) -> bool:
        return bool(self._tasks)

    def _start(self, work: Coroutine[Any, Any, None]) -> asyncio.Task[None]:
        task = self.loop.create_task(work)
        self._ending.add(task)
        task.add_done_callback(self._ending.discard)
        return task

    async def asleep(self) -> None:
        """Wait until nobody listens any more and everything that ran for them has ended."""
        while self._ending:
            await asyncio.wait(self._ending)

    def _tidy(self, topic: Topic) -> None:
        if topic.idle() and self.topics.get(topic.name) is topic:
            del self.topics[topic.name]
        self._wake.set()

    async def _work(self) -> None:
        try:
            while self.topics:
                await self._pause()
                try:
                    await self._round()
                except Exception:
                    log.exception("A round of the live hub failed; the next one follows")
                    await asyncio.sleep(POLL / 2)
        finally:
            self._sleep()

    def _sleep(self) -> None:
        self._relay.stop()
        self._tasks = []
        self._acts.rest()
        self._reads.rest()

    async def _pause(self) -> None:
        """Until something is due, a hint comes, or it is time to look by ourselves."""
        due = [when for topic in self.topics.values() if (when := topic.next_due()) is not None]
        wait = min([self._polled_at + POLL, *due]) - time.monotonic()
        if wait > 0:
            self._wake.clear()
            with suppress(TimeoutError):
                await asyncio.wait_for(self._wake.wait(), wait)

    # --- one round ---------------------------------------------------------------------------------------
    async def _round(self) -> None:
        if time.monotonic() >= self._polled_at + POLL:
            self._polled_at = time.monotonic()
            await self._poll()
        for topic in list(self.topics.values()):
            if topic.read_due is not None and topic.read_due <= time.monotonic():
                await self._read(topic)
            if topic.rest_keys and topic.rest_at + topic.rest_gap <= time.monotonic():
                await topic.send_rest()

    async def _read(self, topic: Topic) -> None:
        """Ask the source what is new and send it."""
        topic.read_due, topic.read_at = None, time.monotonic()
        async with topic.lock:
            if not topic.epoch:
                return
            slots: Mapping[str, Slot] = {}
            if topic.tallies_due:
                seq, topic.log_due, topic.tallies_due = topic.seq if topic.log_due else None, False, False
                entries, slots = await self.run(_news, topic, seq, topic.connected())
                if entries is None:
                    _begin_anew(topic)
                    return
                await topic.send_log(topic.take_log(entries))
            topic.show(topic.brought())
            topic.show(slots)

    async def _poll(self) -> None:
        """Once a second: what is due by the clock, what we may have missed, who may stay."""
        kinds: dict[Source, list[Topic]] = defaultdict(list)
        for topic in self.topics.values():
            kinds[topic.source].append(topic)
        for source, topics in kinds.items():
            present = {topic.name: {socket.who for socket in topic.sockets() if socket.who} for topic in topics}
            heads, welcome = await self.run(_look, source, present)
            for topic in topics:
                gone = present[topic.name] - set(welcome.get(topic.name, ()))
                _compare(topic, heads.get(topic.name), gone)
        for topic in self.topics.values():
            for socket in topic.sockets():
                socket.flush()
            self._relay.tell_count(topic)
        if time.monotonic() >= self._swept_at + SWEEP:
            self._swept_at = time.monotonic()
            for source, topics in kinds.items():
                await self.run(source.sweep, [topic.name for topic in topics])

    # --- catching up -------------------------------------------------------------------------------------
    async def _know(self, topic: Topic, hello: Hello) -> bool:
        """Find out where the topic stands; also when a client knows more than we do. False: there is none."""
        async with topic.lock:
            if not topic.epoch:
                topic.begin((await self.run(topic.source.heads, [topic.name])).get(topic.name))
                topic.mark(at_once=False)
            elif hello.seq is not None and hello.seq > topic.seq:
                entries = await self.run(topic.source.log_after, topic.name, topic.seq)
                await topic.send_log(topic.take_log(entries or []))
            return bool(topic.epoch)

    async def _missed(self, topic: Topic, hello: Hello, view: str) -> tuple[int, list[Frame]]:
        """What brings a client from what it knows to where the log stands, or nearly so."""
        if hello.seq is not None and hello.epoch == topic.epoch and 0 <= hello.seq <= topic.seq:
            if topic.recent_after(hello.seq) is not None:
                return hello.seq, []
            entries = await self.run(topic.source.log_after, topic.name, hello.seq)
            if entries is not None:
                return (entries[-1][0] if entries else hello.seq), [Frame(data) for _seq, data in entries]
        seq, frame = await self._snapshot(topic, view)
        return seq, [frame]

    async def _snapshot(self, topic: Topic, view: str) -> tuple[int, Frame]:
        """A wave of clients that come back shares one snapshot."""
        async with topic.lock:
            known = topic.snapshots.get(view)
            if known is None or known[0] < topic.seq:
                seq, state = await self.run(topic.source.snapshot, topic.name, view)
                known = topic.snapshots[view] = (seq, Frame(frames.snap(topic.epoch, seq, state)))
                topic.mark(at_once=seq > topic.seq)
            return known

    # --- hints -------------------------------------------------------------------------------------------
    def take_hint(self, name: str, hint: dict[str, Any]) -> None:
        """There may be news of a topic; `gone` names people who have to leave it now."""
        topic = self.topics.get(name)
        if topic is None:
            return
        if gone := set(hint.get("gone", ())):
            for socket in [known for known in topic.sockets() if known.who in gone]:
                socket.close("left")
        topic.bring(hint.get("latest", {}))
        if hint.get("ask"):
            topic.mark(at_once="seq" in hint)
        self._wake.set()


def _news(topic: Topic, seq: int | None, connected: int) -> tuple[Any, Any]:
    """Numbered entries after `seq` (None: nobody told of any), and the tallies."""
    entries = [] if seq is None else topic.source.log_after(topic.name, seq)
    return entries, topic.source.tallies(topic.name, connected)


def _look(source: Source, present: dict[str, set[str]]) -> tuple[Any, Any]:
    source.tend(list(present))
    return source.heads(list(present)), source.still_welcome(present)


def _compare(topic: Topic, head: Head | None, gone: Set[str]) -> None:
    """What a look at the source says about a topic; `gone` are people who may stay no longer."""
    if not topic.epoch:
        return
    if head is None or head.epoch != topic.epoch:
        _begin_anew(topic, "too_old" if head else "gone")
        return
    for socket in list(topic.sockets()):
        if socket.who in gone:
            socket.close("left")
    topic.mark(at_once=head.seq > topic.seq)


def _begin_anew(topic: Topic, why: str = "too_old") -> None:
    """The log was cut or replaced: everyone comes back and gets a snapshot."""
    topic.begin(None)
    for socket in list(topic.sockets()):
        socket.close(why)
