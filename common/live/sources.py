"""Where the hub gets its news from: one source for each kind of topic, registered by the app that owns it."""

from collections.abc import Mapping, Set
from typing import Any, NamedTuple


class Head(NamedTuple):
    """How far a topic's log has come. A new `epoch` means that the numbers began anew."""

    epoch: str
    seq: int


class Slot(NamedTuple):
    """A replaceable frame, and the views that get it (None: all)."""

    frame: bytes
    views: frozenset[str] | None = None
    rev: int = 0
    """A frame with a lower one comes too late and is left out."""


class Source:
    """What an app tells the hub. Everything runs in the hub's thread, may use the ORM, and must be quick."""

    def heads(self, topics: list[str]) -> Mapping[str, Head]:
        """Where each of these topics stands, with one query for all. A topic that is gone is left out."""
        raise NotImplementedError

    def log_after(self, topic: str, seq: int) -> list[tuple[int, bytes]] | None:
        """All numbered frames after `seq`, in order, made by `ev`; None when the log is too short."""
        raise NotImplementedError

    def snapshot(self, topic: str, view: str) -> tuple[int, Any]:
        """The number and the whole state at that number, read in one transaction."""
        raise NotImplementedError

    def tallies(self, topic: str, connected: int) -> Mapping[str, Slot]:
        """Replaceable frames by key. `connected` is the number of phones, in all processes together."""
        return {}

    def still_welcome(self, present: Mapping[str, Set[str]]) -> Mapping[str, Set[str]]:
        """Which of the people in each topic may stay. Asked once a second."""
        return present

    def tend(self, topics: list[str]) -> None:
        """Do what is due by the clock (a ballot's end). Several processes may ask at once."""

    def sweep(self, topics: list[str]) -> None:
        """Throw away what nobody is replayed any more. Asked twice a minute, also by several processes."""


_sources: dict[str, Source] = {}


def register(kind: str, source: Source) -> None:
    """Make `source` answer for all topics `<kind>.…`."""
    _sources[kind] = source


def source_of(topic: str) -> Source:
    """The source of a topic. Raises `KeyError` for a kind that nobody registered."""
    return _sources[topic.partition(".")[0]]
