"""The proceedings on paper: the facts as words for `templates/papers/proceedings.typ`."""

from base64 import b64encode
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from common import photos
from participation.models import Event
from participation.selectors.events import spaced_code
from participation.selectors.papers import when_of

Facts = dict[str, Any]
PRINTED_WIDTH = 640
MOST_PRINTED = 60
"""Photos that are laid into the PDF; of more, the page shows the rest."""


def minutes_of(event: Event, facts: Facts) -> Facts:
    """What the template places; every sentence is made here, in the language of the reader."""
    titles = {topic["n"]: topic["title"] for topic in facts["topics"]}
    left = MOST_PRINTED
    topics = []
    for topic in facts["topics"]:
        topics.append(_topic(topic, left))
        left -= len(topics[-1]["photos"])
    return {
        "heading": facts["event"]["title"],
        "quartier": facts["event"]["quartier"],
        "code": spaced_code(event.join_code),
        "lead": [line for line in _lead(event, facts) if line],
        "summary": _paragraphs(facts["event"]["summary"]),
        "outcomes": [_outcome(outcome, titles) for outcome in facts["outcomes"]],
        "topics": topics,
        "ballots": [_ballot(ballot) for ballot in facts["ballots"]],
        "rooms": [room["name"] for room in facts["plan"]["rooms"]],
        "slots": [_slot(slot, titles) for slot in facts["plan"]["slots"]],
        "words": {
            "proceedings": _("Protokoll"),
            "outcomes": _("Was daraus wird"),
            "topics": _("Themen"),
            "topic": _("Thema"),
            "ballots": _("Abstimmungen"),
            "plan": _("Der Plan des Tages"),
            "when": _("Wann"),
            "option": _("Vorschlag"),
            "phones": _("am Handy"),
            "paper": _("auf Papier"),
            "together": _("zusammen"),
            "votes": _("Stimmen"),
            "opinion": _("Das sind Meinungsbilder, keine Wahlen."),
            "nothing": _("Dazu steht nichts in den Notizen."),
            "photo": _("Foto vom Flipchart"),
            "unedited": _("Die Notizen stehen hier so, wie sie geschrieben wurden."),
        },
    }


def _lead(event: Event, facts: Facts) -> list[str]:
    people = ngettext("%(n)d Mensch war dabei", "%(n)d Menschen waren dabei", event.seat_count)
    return [event.subtitle, when_of(event), event.place, people % {"n": facts["event"]["people"]}]


def _paragraphs(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


def _outcome(outcome: Facts, titles: dict[int, str]) -> Facts:
    became = {"idea": _("Daraus wurde eine Idee."), "project": _("Daraus wurde ein Projekt.")}
    joined = ngettext("%(n)d ist dabei", "%(n)d sind dabei", outcome["joined"]) % {"n": outcome["joined"]}
    return {
        "title": outcome["title"],
        "text": outcome["text"],
        "from": titles.get(outcome["topic"], ""),
        "note": joined,
        "became": became.get(outcome["became"], ""),
        "url": outcome["url"],
    }


def _topic(topic: Facts, left: int) -> Facts:
    session = topic["session"]
    where = f"{_clock(session['starts_at'])}–{_clock(session['ends_at'])} · {session['room']}" if session else ""
    interest = ngettext("%(n)d interessiert", "%(n)d interessiert", topic["interest"]) % {"n": topic["interest"]}
    return {
        "n": topic["n"],
        "title": topic["title"],
        "text": topic["text"],
        "note": " · ".join(filter(None, [topic["by"], topic["state_label"], where, interest])),
        "sections": [section for section in topic["notes"] if section["notes"]],
        "photos": [_photo(photo) for photo in topic["photos"][: max(0, left)]],
    }


def _photo(photo: Facts) -> Facts:
    """The picture as an SVG around the WebP, because that is text and may travel as data."""
    data = b64encode(photos.content(photo["key"], PRINTED_WIDTH)).decode()
    width, height = photo["width"], photo["height"]
    size = f'width="{width}" height="{height}"'
    image = f'<image href="data:image/webp;base64,{data}" {size}/>'
    return {
        "svg": f'<svg xmlns="http://www.w3.org/2000/svg" {size} viewBox="0 0 {width} {height}">{image}</svg>',
        "caption": photo["caption"],
    }


def _ballot(ballot: Facts) -> Facts:
    papers = ngettext("%(n)d Stimmzettel", "%(n)d Stimmzettel", ballot["papers"]) % {"n": ballot["papers"]}
    abstentions = ngettext("%(n)d Enthaltung", "%(n)d Enthaltungen", ballot["abstentions"])
    notes = [ballot["kind_label"], ballot["tier_label"], papers, abstentions % {"n": ballot["abstentions"]}]
    if ballot["mean"] is not None:
        notes.append(_("Mittel %(mean)s") % {"mean": ballot["mean"]})
    if ballot["checksum"]:
        notes.append(_("Prüfsumme %(sum)s") % {"sum": ballot["checksum"][:16]})
    return {
        "question": ballot["question"],
        "note": " · ".join(map(str, notes)),
        "sheet": ballot["sheet"],
        "paper": ballot["on_paper"] is not None,
        "options": [
            {name: option[name] or 0 for name in ("points", "paper", "total")} | {"label": option["label"]}
            for option in ballot["options"]
        ],
    }


def _slot(slot: Facts, titles: dict[int, str]) -> Facts:
    time = f"{_clock(slot['starts_at'])}–{_clock(slot['ends_at'])}"
    return {"time": time, "cells": ["" if n is None else f"{n} {titles.get(n, '')}" for n in slot["topics"]]}


def _clock(moment: Any) -> str:
    return date_format(timezone.localtime(moment), "H:i")
