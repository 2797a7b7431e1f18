"""A source without tables: a log in memory that a test writes on and whose members it names."""

from collections.abc import Mapping, Set
from typing import Any

from common.live import Admission, Head, LiveConsumer, Op, Slot, Source, ack, encode, ev


class Notebook(Source):
    """The whole truth of the topics `notes.…` in one test."""

    def __init__(self) -> None:
        self.epoch = "e1"
        self.log: list[tuple[int, str]] = []
        self.count = 0
        self.banned: set[str] = set()
        self.kept_from = 0
        self.gone = False
        self.snapshots_made = 0
        self.tallies_asked = 0

    def write(self, text: str) -> int:
        """Add a numbered entry, as a committed service does."""
        self.log.append((len(self.log) + 1, text))
        return len(self.log)

    def heads(self, topics: list[str]) -> Mapping[str, Head]:
        return {} if self.gone else {topic: Head(self.epoch, len(self.log)) for topic in topics}

    def log_after(self, topic: str, seq: int) -> list[tuple[int, bytes]] | None:
        if seq < self.kept_from:
            return None
        return [(number, ev(number, "note", text)) for number, text in self.log if number > seq]

    def snapshot(self, topic: str, view: str) -> tuple[int, Any]:
        self.snapshots_made += 1
        return len(self.log), {"notes": [text for _number, text in self.log], "view": view}

    def tallies(self, topic: str, connected: int) -> Mapping[str, Slot]:
        self.tallies_asked += 1
        return {
            "count": Slot(encode({"t": "tally", "n": self.count})),
            "here": Slot(encode({"t": "here", "connected": connected}), frozenset({"stage"})),
        }

    def still_welcome(self, present: Mapping[str, Set[str]]) -> Mapping[str, Set[str]]:
        return {topic: who - self.banned for topic, who in present.items()}


class NoteConsumer(LiveConsumer):
    """`/notes/<view>/<who>/`; whoever is called "stranger" is refused."""

    async def admit(self) -> Admission | None:
        _empty, _notes, view, who, _end = self.scope["path"].split("/")
        return None if who == "stranger" else Admission(topic="notes.1", who=who, view=view)

    async def you(self) -> object:
        return {"who": self.admission.who}

    def operate(self, op: Op) -> None:
        self.tell(ack(op.op, {"rev": 1}))
