"""The projector: readable from the last row, without names of people, paired by the code."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from common.qr import svg
from participation.models import Ballot, Event
from participation.rules.ballots import RUNNING
from participation.selectors import ballots as ballot_selectors
from participation.selectors import events as selectors
from participation.services.ballots import settle_due

SCENES = {"lobby", "wall", "ballot", "result", "message"}
TONES = ("coral", "sky", "mint", "lilac", "sun", "blush", "mist", "leaf")


@never_cache
@require_safe
def screen(request: HttpRequest, join_code: str) -> HttpResponse:
    """`/e/<join code>/beamer/`: the scene that the stage has chosen; the code is always in view."""
    event = selectors.event_or_404(request.user, join_code)
    if settle_due(event_ids=[event.pk]):
        event.refresh_from_db()
    address = request.build_absolute_uri(reverse("events:join", args=[event.join_code]))
    context = {
        "event": event,
        "code": selectors.spaced_code(event.join_code),
        "address": f"{request.get_host()}{reverse('events:join')}".rstrip("/"),
        "qr": svg(address, border=1),
        "scene": scene_context(event),
    }
    return render(request, "events/screen.html", context)


def scene_context(event: Event) -> dict[str, Any]:
    """What is on the projector: `kind` and what belongs to it. A scene that lost its thing shows the wall."""
    kind = event.scene.get("kind", "lobby")
    if kind == "wall":
        return {"kind": kind, "topics": list(selectors.shown_topics(event))}
    if kind == "message":
        return {"kind": kind, "text": event.scene.get("text", "")}
    if kind in {"ballot", "result"}:
        ballot = selectors.shown_ballots(event).filter(number=event.scene.get("ballot")).first()
        if ballot is not None:
            return _ballot_scene(ballot, event)
        return {"kind": "wall", "topics": list(selectors.shown_topics(event))}
    return {"kind": "lobby"}


def _ballot_scene(ballot: Ballot, event: Event) -> dict[str, Any]:
    scene: dict[str, Any] = {
        "kind": "ballot",
        "ballot": ballot,
        "running": ballot.state in RUNNING,
        "ends": ballot_selectors.ballot_facts(ballot)["ends"],
        "progress": ballot_selectors.progress_of(ballot, event.seat_count),
    }
    if ballot_selectors.is_revealed(ballot) and ballot.result:
        rows = ballot_selectors.ranked(ballot.result)
        for number, row in enumerate(rows):
            row["tone"] = TONES[number % len(TONES)]
        scene |= {"kind": "result", "rows": rows, "result": ballot.result}
        scene["most"] = max([row["points"] for row in rows] + [1])
    return scene
