"""What is on the projector: for the scripted page, for the plain one, and for the team's preview.

A scene carries no name of a person. One that lost its thing (a topic was hidden, a ballot is void) shows the wall.
"""

import time
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from django.core.paginator import Paginator
from django.utils import timezone
from django.utils.translation import gettext as _

from participation.models import Ballot, Event
from participation.rules.ballots import RUNNING
from participation.rules.events import SHOWN_TOPICS
from participation.selectors import ballots as ballot_selectors
from participation.selectors import events as selectors
from participation.selectors import grid as grid_selectors
from participation.selectors import hall, harvest

Scene = dict[str, Any]
TONES = ("coral", "sky", "mint", "lilac", "sun", "blush", "mist", "leaf")
PLAIN_PAGE, PLAIN_GROUPS = 9, 8
"""Topics on one page of the plain wall and groups on one of the plain grid, which turns itself every TURN seconds."""
TURN = 8
MOST_OUTCOMES, MOST_ABOVE = 6, 6


def scene_of(event: Event, wanted: Scene, *, paged: bool = False) -> Scene:
    """A scene with all it needs: `kind`, `label` (what the pill says), `template`, `key` (another one is another
    picture). With `paged` only one page of a long wall or grid, chosen by the clock.
    """
    kind = wanted.get("kind", "lobby")
    found = MAKE.get(kind, _lobby)(event, wanted) or _wall(event, wanted)
    if paged and found["kind"] == "wall":
        found["topics"] = _page(found["topics"])
    if paged and found["kind"] == "grid":
        for row in found["rows"]:
            row["sessions"] = _page(row["sessions"], PLAIN_GROUPS)
    usual = {"label": LABELS[found["kind"]](), "tone": "coral", "key": _key(found)}
    return {"template": f"events/scenes/{found['kind']}.html", **usual, **found}


def _page(things: list[Any], most: int = PLAIN_PAGE) -> list[Any]:
    pages = Paginator(things, most)
    return list(pages.page(int(time.time() // TURN) % pages.num_pages + 1))


def _key(scene: Scene) -> str:
    about = scene.get("ballot") or scene.get("topic")
    return f"{scene['kind']}-{about.number}" if about else str(scene["kind"])


def _lobby(_event: Event, _wanted: Scene) -> Scene:
    return {"kind": "lobby"}


def _wall(event: Event, _wanted: Scene) -> Scene:
    return {"kind": "wall", "topics": list(selectors.shown_topics(event))}


def _pitch(event: Event, wanted: Scene) -> Scene | None:
    topic = event.topics.filter(number=wanted.get("topic", 0), state__in=sorted(SHOWN_TOPICS)).first()
    if topic is None:
        return None
    after = hall.pitch_queue(event).exclude(pk=topic.pk).first()
    return {"kind": "pitch", "topic": topic, "after": after, "tone": "sun", **_clock(wanted)}


def _grid(event: Event, _wanted: Scene) -> Scene | None:
    now, later = grid_selectors.now_and_next(event)
    if now is None:
        return None
    rows: list[Scene] = [
        {"slot": slot, "sessions": list(grid_selectors.sessions_in(slot)), "runs": slot.starts_at <= timezone.now()}
        for slot in (now, later)
        if slot is not None
    ]
    # Many groups at once need the whole picture.
    many = max(len(row["sessions"]) for row in rows) > MOST_ABOVE
    return {"kind": "grid", "rows": rows[:1] if many else rows}


def _ballot(event: Event, wanted: Scene) -> Scene | None:
    ballot = selectors.shown_ballots(event).filter(number=wanted.get("ballot", 0)).exclude(state="void").first()
    if ballot is None:
        return None
    facts = ballot_selectors.ballot_facts(ballot, "projector")
    if facts.get("result"):
        return _result(ballot, facts["result"])
    running = ballot.state in RUNNING
    return {
        "kind": "ballot",
        "label": _("Jetzt abstimmen") if running else _("Ausgezählt"),
        "ballot": ballot,
        "running": running,
        "ends": facts["ends"],
        "progress": ballot_selectors.progress_of(ballot, event.seat_count),
    }


def _result(ballot: Ballot, result: Any) -> Scene:
    rows = ballot_selectors.ranked(result)
    for number, row in enumerate(rows):
        row["tone"] = TONES[number % len(TONES)]
    return {"kind": "result", "tone": "sun", "ballot": ballot, "rows": rows, "result": result}


def _timer(_event: Event, wanted: Scene) -> Scene:
    return {"kind": "timer", "text": wanted.get("text", ""), "tone": "sun", **_clock(wanted)}


def _break(_event: Event, wanted: Scene) -> Scene:
    return {"kind": "break", "text": wanted.get("text", ""), "tone": "lilac", **_clock(wanted)}


def _message(_event: Event, wanted: Scene) -> Scene:
    return {"kind": "message", "text": wanted.get("text", "")}


def _news(event: Event, wanted: Scene) -> Scene:
    coming = [
        slot for slot in grid_selectors.now_and_next(event) if slot is not None and slot.starts_at > timezone.now()
    ]
    return {"kind": "news", "text": wanted.get("text", ""), "slot": next(iter(coming), None), **hall.news_of(event)}


def _outcomes(event: Event, _wanted: Scene) -> Scene:
    found = list(harvest.shown_outcomes(event))
    return {"kind": "outcomes", "tone": "mint", "outcomes": found[:MOST_OUTCOMES], "more": len(found[MOST_OUTCOMES:])}


def _clock(wanted: Scene) -> Scene:
    """When it ends (`ends` in milliseconds, `until`), and the time that is left; what is only prepared has it all."""
    if "minutes" in wanted:
        return {"ends": None, "left": _spoken(round(wanted["minutes"] * 60))}
    if "ends" not in wanted:
        return {"ends": None, "left": None}
    until = datetime.fromtimestamp(wanted["ends"] / 1000, tz=UTC)
    left = max(0, round((until - timezone.now()).total_seconds()))
    return {"ends": wanted["ends"], "until": until, "left": _spoken(left)}


def _spoken(seconds: int) -> str:
    """ "4:05"."""
    return f"{seconds // 60}:{seconds % 60:02}"


MAKE: dict[str, Callable[[Event, Scene], Scene | None]] = {
    "lobby": _lobby,
    "wall": _wall,
    "pitch": _pitch,
    "grid": _grid,
    "ballot": _ballot,
    "result": _ballot,
    "timer": _timer,
    "break": _break,
    "message": _message,
    "news": _news,
    "outcomes": _outcomes,
}
LABELS: dict[str, Callable[[], str]] = {
    "lobby": lambda: _("Einlass"),
    "wall": lambda: _("Themen"),
    "pitch": lambda: _("Vorstellen"),
    "grid": lambda: _("Raster"),
    "ballot": lambda: _("Abstimmung"),
    "result": lambda: _("Ergebnis"),
    "timer": lambda: _("Uhr"),
    "break": lambda: _("Pause"),
    "message": lambda: _("Ansage"),
    "news": lambda: _("Neuigkeiten"),
    "outcomes": lambda: _("Was herauskommt"),
}
