"""The proceedings of an open space: everything that may be read of it afterwards, gathered once for every form.

Page, PDF, CSV and JSON show this same data. Names of people stand only at topics, as they chose them there.
"""

from collections import defaultdict
from typing import Any

from django.db.models import Prefetch
from django.urls import reverse

from common import photos
from participation.models import Ballot, Event, Note, NotePhoto, Topic
from participation.rules.ballots import is_shown_on
from participation.rules.harvest import READABLE_TOPICS, has_become
from participation.selectors.ballots import ranked, shown_result
from participation.selectors.harvest import PAGE_WIDTH, address_of, shown_outcomes

FORMAT = "anstoss.proceedings.v1"
Facts = dict[str, Any]


def proceedings_of(event: Event, *, base: str = "") -> Facts:
    """All facts of one event. `base` is put before every address (`https://…`). Times are datetimes.

    Eight queries, however long the day was.
    """
    topics = list(_topics(event))
    outcomes = [_outcome(outcome, base) for outcome in shown_outcomes(event)]
    return {
        "format": FORMAT,
        "event": _event(event),
        "outcomes": outcomes,
        "topics": [_topic(topic, outcomes, base) for topic in topics],
        "ballots": [_ballot(ballot, event, base) for ballot in _ballots(event)],
        "plan": _plan(event, topics),
    }


def _event(event: Event) -> Facts:
    return {
        "title": event.title,
        "subtitle": event.subtitle,
        "intro": event.intro,
        "place": event.place,
        "quartier": event.quartier.name,
        "starts_at": event.starts_at,
        "ends_at": event.ends_at,
        "state": event.state,
        "state_label": event.get_state_display(),
        "people": event.seat_count,
        "summary": event.outcomes,
    }


# --- topics ----------------------------------------------------------------------------------------------
def _topics(event: Event) -> Any:
    shown = event.topics.filter(state__in=READABLE_TOPICS).order_by("number")
    notes = Prefetch("notes", Note.objects.filter(hidden=False).order_by("number"))
    released = Prefetch("note_photos", NotePhoto.objects.filter(released=True).order_by("pk"))
    related = shown.select_related("session__room", "session__slot", "merged_into")
    return related.prefetch_related(notes, released)


def _topic(topic: Topic, outcomes: list[Facts], base: str) -> Facts:
    into = topic.merged_into
    return {
        "n": topic.number,
        "title": topic.title,
        "text": topic.text,
        "by": topic.by,
        "state": topic.state,
        "state_label": topic.get_state_display(),
        "interest": topic.interest_count,
        "merged_into": into.number if into is not None and into.state in READABLE_TOPICS else None,
        "session": _session(topic),
        "notes": _notes(topic),
        "photos": [_photo(photo, base) for photo in topic.note_photos.all()],
        "outcomes": [outcome["n"] for outcome in outcomes if outcome["topic"] == topic.number],
    }


def _session(topic: Topic) -> Facts | None:
    session = getattr(topic, "session", None)
    if session is None:
        return None
    slot = session.slot
    return {
        "room": session.room.name,
        "where": session.room.where,
        "starts_at": slot.starts_at,
        "ends_at": slot.ends_at,
    }


def _notes(topic: Topic) -> list[Facts]:
    """The four sections in their order, each with its lines as they were written."""
    lines = defaultdict(list)
    for note in topic.notes.all():
        lines[note.section].append(note.text)
    return [
        {"section": section.value, "label": str(section.label), "notes": lines[section.value]}
        for section in Note.Section
    ]


def _photo(photo: NotePhoto, base: str) -> Facts:
    width, height = photos.size(photo.photo)
    return {
        "key": photo.photo,
        "url": f"{base}{photos.urls(photo.photo)[PAGE_WIDTH]}",
        "caption": photo.caption,
        "width": width,
        "height": height,
    }


# --- outcomes, ballots, the plan -------------------------------------------------------------------------
def _outcome(outcome: Any, base: str) -> Facts:
    address = address_of(outcome)
    topic = outcome.topic
    return {
        "n": outcome.number,
        "title": outcome.title,
        "text": outcome.text,
        "topic": topic.number if topic is not None and topic.state in READABLE_TOPICS else None,
        "joined": outcome.join_count,
        "became": has_become(outcome),
        "url": f"{base}{address}" if address else "",
    }


def _ballots(event: Event) -> list[Ballot]:
    """Those whose result was shown to the public."""
    ballots = event.ballots.prefetch_related("options").order_by("number")
    return [ballot for ballot in ballots if is_shown_on(ballot, "public")]


def _ballot(ballot: Ballot, event: Event, base: str) -> Facts:
    """A result, most first; `paper` counts what was cast on paper, apart from the phones, if there was any."""
    result = shown_result(ballot) or {"options": [], "papers": 0, "abstentions": 0, "points": 0}
    return {
        "n": ballot.number,
        "question": ballot.question,
        "kind": ballot.kind,
        "kind_label": ballot.get_kind_display(),
        "tier_label": ballot.get_tier_display(),
        "secrecy_label": ballot.get_secrecy_display(),
        "entitled": ballot.entitled,
        "papers": result["papers"],
        "abstentions": result["abstentions"],
        "points": result["points"],
        "mean": result.get("mean"),
        "on_paper": result.get("on_paper"),
        "options": [
            {
                "label": row["label"],
                "points": row["points"],
                "paper": row.get("paper"),
                "total": row.get("total", row["points"]),
            }
            for row in ranked(result)
        ],
        "receipts": len(ballot.receipts),
        "checksum": ballot.checksum,
        "sheet": f"{base}{reverse('events:sheet', args=[event.join_code, ballot.number])}",
    }


def _plan(event: Event, topics: list[Topic]) -> Facts:
    """The grid as it was: rooms across; each slot names its topics (by number, None for an empty cell)."""
    rooms = list(event.rooms.order_by("number"))
    placed = {
        (topic.session.slot_id, topic.session.room_id): topic.number for topic in topics if hasattr(topic, "session")
    }
    return {
        "rooms": [{"name": room.name, "where": room.where} for room in rooms],
        "slots": [
            {
                "starts_at": slot.starts_at,
                "ends_at": slot.ends_at,
                "topics": [placed.get((slot.pk, room.pk)) for room in rooms],
            }
            for slot in event.slots.order_by("number")
        ],
    }
