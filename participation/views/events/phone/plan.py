"""My plan on the phone: what comes next, what there is when, and one's own topic in the grid."""

import uuid
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Any

from django.utils import timezone

from participation.models import Event
from participation.rules import grid as rules
from participation.rules.events import OPEN_DOORS
from participation.selectors import grid as selectors

Facts = dict[str, Any]
EARLY = 15 * 60 * 1000
"""So long before its time (milliseconds) a group may begin."""


def context(event: Event, you: Mapping[str, Any], state: Mapping[str, Any]) -> Facts:
    """From the same facts that the script gets (static/js/live/plan.js draws the same)."""
    seen = event.interest_visible and state["sessions"]
    counts = selectors.plan_counts(event.pk) if seen else {}
    sessions = [_session(facts, you, state, counts) for facts in state["sessions"] if _is_known(facts, state)]
    coming_first = sorted(state["slots"], key=lambda slot: (slot["ends"] <= _now(), *_begin(slot)))
    slots = [_slot(slot, sessions) for slot in coming_first]
    own = [_own(topic, sessions, state) for topic in state["topics"] if topic["n"] in you["mine"]]
    return {
        "plan": {
            "shown": event.state in OPEN_DOORS and bool(sessions or (own and _free(state))),
            "next": _next(sessions),
            "slots": [slot for slot in slots if slot["sessions"]],
            "own": [one for one in own if one["session"] or one["options"]],
            "here": you["here"],
            "ops": [uuid.uuid4() for _ in range(3)],
            "zone": timezone.get_current_timezone_name(),
            "may_place": event.placing_open and event.state in {"lobby", "live"},
            "may_run": rules.can_run_groups(event),
        },
        "sample_session": {"n": 0, "room": {}, "state": "placed"},
        "sample_own": {"topic": {"n": 0, "rev": 0, "state": "on_wall"}, "options": []},
    }


def _session(facts: Facts, you: Mapping[str, Any], state: Mapping[str, Any], counts: Mapping[str, int]) -> Facts:
    topic, room, slot = (_by_number(state[name])[facts[key]] for name, key in _PARTS)
    return {
        "n": topic["n"],
        "title": topic["title"],
        "state": topic["state"],
        "room": room,
        "slot": slot,
        "count": counts.get(str(topic["n"])),
        "going": topic["n"] in you["plan"],
        "mine": topic["n"] in you["mine"],
        "here": topic["n"] == you["here"],
        "now": slot["starts"] <= _now() < slot["ends"],
        "past": slot["ends"] <= _now(),
        "begins": _local(slot["starts"]),
    }


_PARTS = (("topics", "n"), ("rooms", "room"), ("slots", "slot"))


def _is_known(facts: Facts, state: Mapping[str, Any]) -> bool:
    return all(facts[key] in _by_number(state[name]) for name, key in _PARTS)


def _by_number(things: Iterable[Facts]) -> dict[int, Facts]:
    return {thing["n"]: thing for thing in things}


def _now() -> int:
    return int(timezone.now().timestamp() * 1000)


def _local(ms: int) -> datetime:
    return timezone.localtime(datetime.fromtimestamp(ms / 1000, tz=UTC))


def _begin(slot: Facts) -> tuple[int, int]:
    return slot["starts"], slot["n"]


def _slot(slot: Facts, sessions: list[Facts]) -> Facts:
    """A slot with its groups in the order of the rooms."""
    here = sorted((one for one in sessions if one["slot"]["n"] == slot["n"]), key=lambda one: int(one["room"]["n"]))
    return {
        "n": slot["n"],
        "begins": _local(slot["starts"]),
        "ends": _local(slot["ends"]),
        "now": slot["starts"] <= _now() < slot["ends"],
        "sessions": here,
        "clash": sum(one["going"] or one["mine"] for one in here) > 1,
    }


def _next(sessions: list[Facts]) -> Facts | None:
    """Where this seat means to go now or next; its own topic counts."""
    wanted = [one for one in sessions if one["going"] or one["mine"]]
    coming = [one for one in wanted if one["slot"]["ends"] > _now() and one["state"] != "harvested"]
    return min(coming, key=lambda one: (*_begin(one["slot"]), one["room"]["n"]), default=None)


def _free(state: Mapping[str, Any]) -> list[tuple[Facts, Facts]]:
    taken = {(one["room"], one["slot"]) for one in state["sessions"]}
    return [
        (slot, room)
        for slot in sorted(state["slots"], key=_begin)
        for room in state["rooms"]
        if (room["n"], slot["n"]) not in taken and slot["ends"] > _now()
    ]


def _own(topic: Facts, sessions: list[Facts], state: Mapping[str, Any]) -> Facts:
    """A topic of this seat with the cells it may go to."""
    session = _by_number(sessions).get(topic["n"])
    free = [(slot, room) for slot, room in _free(state) if room["step_free"] or not topic["step_free"]]
    return {
        "topic": topic,
        "session": session,
        "soon": session is not None and topic["state"] == "placed" and session["slot"]["starts"] - EARLY <= _now(),
        "options": [{"slot": slot, "room": room, "begins": _local(slot["starts"])} for slot, room in free]
        if topic["state"] in rules.PLACEABLE
        else [],
    }
