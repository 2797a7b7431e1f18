"""A plan for the grid that the machine suggests: looked at by the team, taken cell by cell or as a whole."""

from typing import Any, cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.models import User
from accounts.pages import set_quartier
from common.errors import Refused
from participation.models import Event, Room, Slot, Topic
from participation.selectors import events as selectors
from participation.selectors import grid as grid_selectors
from participation.services import grid as services


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def plan(request: HttpRequest, join_code: str) -> HttpResponse:
    """`/e/<join code>/leitung/plan/`: for the team. What is accepted is placed; nothing is placed by itself."""
    user = cast(User, request.user)
    event = selectors.led_event_or_404(user, join_code)
    set_quartier(request, event.quartier)
    if request.method == "POST":
        _accept(request, event, user)
        return redirect("events:plan", join_code=event.join_code)
    return render(request, "events/plan.html", {"event": event, **_context(event)})


def _accept(request: HttpRequest, event: Event, user: User) -> None:
    proposals = _proposals(event, request.POST.getlist("cell"))
    try:
        placed = services.accept_plan(by=user, proposals=proposals)
    except Refused as refusal:
        messages.error(request, str(refusal))
        return
    if placed:
        said = ngettext("{n} Thema eingeplant.", "{n} Themen eingeplant.", placed).format(n=placed)
        messages.success(request, said)
    if placed < len(proposals) or not proposals:
        messages.error(request, _("Inzwischen hat sich etwas geändert. Hier ist ein neuer Vorschlag."))


def _proposals(event: Event, cells: list[str]) -> list[tuple[Topic, Room, Slot]]:
    """What was accepted, from "topic-rev-room-slot"; a topic that has changed since is left out."""
    topics = {(t.number, t.rev): t for t in event.topics.select_related("event")}
    rooms = {room.number: room for room in event.rooms.all()}
    slots = {slot.number: slot for slot in event.slots.all()}
    found = []
    for cell in cells[: len(rooms) * len(slots)]:
        parts = [int(part) if part.isascii() and part.isdigit() and len(part) < 16 else 0 for part in cell.split("-")]
        if len(parts) == 4 and (parts[0], parts[1]) in topics and parts[2] in rooms and parts[3] in slots:
            found.append((topics[parts[0], parts[1]], rooms[parts[2]], slots[parts[3]]))
    return found


def _context(event: Event) -> dict[str, Any]:
    """The suggestion by slots, and what found no cell."""
    suggestions = grid_selectors.suggestion_for(event)
    topics = {topic.number: topic for topic in grid_selectors.topics_for_grid(event)}
    rooms = {room.number: room for room in event.rooms.all()}
    slots = {slot.number: slot for slot in event.slots.all()}
    rows = [
        {"topic": topics[one.topic], "room": rooms[one.room], "slot": slots[one.slot], "why": one}
        for one in suggestions
        if one.topic in topics
    ]
    suggested = {one.topic for one in suggestions}
    left = [t for t in topics.values() if t.state != Topic.State.HARVESTED and not hasattr(t, "session")]
    return {"rows": rows, "left": [topic for topic in left if topic.number not in suggested]}
