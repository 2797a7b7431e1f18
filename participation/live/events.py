"""Names of an event's topic, of the people in it, and of what happens there.

Every entry carries the whole thing as it is afterwards, so that applying an entry twice does no harm. `apply` is
the reference for what a client does (static/js/live/state.js): snapshot at n plus entries n+1 to m is the
snapshot at m.
"""

from collections.abc import Mapping
from typing import Any, Final

from participation.rules.events import SHOWN_TOPICS

EVENT_CHANGED: Final = "event.changed"
TOPIC_PROPOSED: Final = "topic.proposed"
TOPIC_CHANGED: Final = "topic.changed"
TOPIC_HIDDEN: Final = "topic.hidden"
ROOM_CHANGED: Final = "room.changed"
SLOT_CHANGED: Final = "slot.changed"
SESSION_PLACED: Final = "session.placed"
SESSION_GONE: Final = "session.gone"
HELP_CHANGED: Final = "help.changed"
STAGE_CHANGED: Final = "stage.changed"
BALLOT_PREPARED: Final = "ballot.prepared"
BALLOT_OPENED: Final = "ballot.opened"
BALLOT_PAUSED: Final = "ballot.paused"
BALLOT_RESUMED: Final = "ballot.resumed"
BALLOT_EXTENDED: Final = "ballot.extended"
BALLOT_CLOSED: Final = "ballot.closed"
BALLOT_COUNTED: Final = "ballot.counted"
BALLOT_REVEALED: Final = "ballot.revealed"
BALLOT_FILED: Final = "ballot.filed"
BALLOT_VOIDED: Final = "ballot.voided"
NOTE_WRITTEN: Final = "note.written"
NOTE_REMOVED: Final = "note.removed"
PHOTO_CHANGED: Final = "photo.changed"
OUTCOME_CHANGED: Final = "outcome.changed"
BALLOT_CHANGED: Final = "ballot.changed"
EXTENSION_ASKED: Final = "extension.asked"
EXTENSION_GIVEN: Final = "extension.given"

CAST: Final = "paper.cast"
MORE_TIME: Final = "ballot.more_time"
INTEREST: Final = "topic.interest"
PROPOSE: Final = "topic.propose"
WITHDRAW: Final = "topic.withdraw"
RESTORE: Final = "topic.restore"
HELP: Final = "help.call"
HELP_OFF: Final = "help.cancel"
PLACE: Final = "topic.place"
UNPLACE: Final = "topic.unplace"
BEGIN: Final = "session.begin"
FINISH: Final = "session.finish"
SIGN_UP: Final = "plan.sign_up"
HERE: Final = "here.set"
WRITE_NOTE: Final = "note.write"
REMOVE_NOTE: Final = "note.remove"
PROPOSE_OUTCOME: Final = "outcome.propose"
JOIN_OUTCOME: Final = "outcome.join"
"""Operations of a seat (docs/live-protocol.md)."""

STAFF_VIEWS: Final = frozenset({"stage", "screen"})
HIDDEN_BALLOTS: Final = frozenset({"draft", "ready"})


def topic_of(event_id: int) -> str:
    """The hub topic of one event."""
    return f"event.{event_id}"


def event_id_of(topic: str) -> int:
    return int(topic.partition(".")[2])


def seat_who(seat_id: int) -> str:
    """The name that the hub knows a seat by."""
    return f"seat.{seat_id}"


def staff_who(user_id: int, session: str) -> str:
    """A member of staff with one log-in: logging out ends its sockets too."""
    return f"user.{user_id}.{session}"


def staff_of_who(who: str) -> tuple[int, str] | None:
    """User and session of such a name; None for a seat."""
    kind, _, rest = who.partition(".")
    user_id, _, session = rest.partition(".")
    return (int(user_id), session) if kind == "user" else None


def progress_frames(progress: Mapping[int, Mapping[str, int]]) -> dict[str, dict[str, Any]]:
    """The tallies of ballots, by the key of what they replace; `progress` is by the ballot's number."""
    return {f"ballot.{number}": {"t": "tally", "ballot": number, **facts} for number, facts in progress.items()}


LISTS: Final = {
    "topic": "topics",
    "ballot": "ballots",
    "room": "rooms",
    "slot": "slots",
    "session": "sessions",
    "outcome": "outcomes",
}
"""Subjects of entries, and the list of the state that they are kept in. Others change nothing that all see."""


def apply(state: dict[str, Any], kind: str, data: dict[str, Any]) -> dict[str, Any]:
    """The state after one entry; the state before it is left as it was."""
    subject = kind.partition(".")[0]
    if subject == "event":
        return {**state, "event": data}
    name = LISTS.get(subject)
    return state if name is None else {**state, name: _put(state[name], data, shown=_is_shown(subject, data))}


def _is_shown(subject: str, data: dict[str, Any]) -> bool:
    """Topics and ballots are shown by their state; everything else until it is `gone`."""
    if subject == "topic":
        return data["state"] in SHOWN_TOPICS
    if subject == "ballot":
        return data["state"] not in HIDDEN_BALLOTS
    return not data.get("gone")


def _put(things: list[dict[str, Any]], thing: dict[str, Any], *, shown: bool) -> list[dict[str, Any]]:
    """The list in the order of its numbers, with this thing in it or, if it is not shown, without it."""
    others = [known for known in things if known["n"] != thing["n"]]
    return sorted([*others, thing], key=lambda known: known["n"]) if shown else others
