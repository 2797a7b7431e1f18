"""The page of one topic: where and when, the notes of its group, photos of its flipcharts."""

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, cast

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import ensure_csrf_cookie
from django.views.decorators.http import require_http_methods, require_safe

from accounts.models import User
from common import withheld
from common.contact_data import SENTENCES
from common.errors import Refused
from participation.forms.harvest import NoteForm, PhotoForm, first_mistake
from participation.live import events as live
from participation.models import Event, Note, NotePhoto, Seat, Topic
from participation.rules import harvest as rules
from participation.rules.events import can_run
from participation.selectors import events as selectors
from participation.selectors import harvest as harvest_selectors
from participation.services import harvest
from participation.services.harvest.notes import notes_closed
from participation.services.harvest.photos import PREFIX

from .door import seat_for
from .phone import op_of
from .phone.plain import number, operate


@dataclass(frozen=True, slots=True)
class Visit:
    """Somebody at a topic: a seat, the team, or both. Who leads acts as the team."""

    request: HttpRequest
    event: Event
    topic: Topic
    seat: Seat | None
    leads: bool

    @property
    def author(self) -> Seat | User:
        return cast(User, self.request.user) if self.seat is None or self.leads else self.seat

    @property
    def may_write(self) -> bool:
        return rules.can_note(self.author, self.topic)


@never_cache
@ensure_csrf_cookie
@require_http_methods(["GET", "POST"])
def topic(request: HttpRequest, join_code: str, number: int) -> HttpResponse:
    """`/e/<join code>/thema/<n>/`: for seats and the team; others come in by the door or read the proceedings."""
    event = selectors.event_or_404(request.user, join_code)
    seat, leads = seat_for(request, event), can_run(request.user, event)
    if seat is None and not leads:
        if event.state in rules.OVER:
            return redirect(f"{reverse('events:proceedings', args=[event.join_code])}#thema-{number}")
        return redirect("events:join", code=event.join_code)
    visit = Visit(request, event, harvest_selectors.topic_or_404(request.user, event, number), seat, leads)
    return _act(visit) if request.method == "POST" else _page(visit)


def _act(visit: Visit) -> HttpResponse:
    """Carry out one form; what is refused comes back as it was typed."""
    act = ACTS.get(visit.request.POST.get("k", ""))
    try:
        if act is None:
            raise Refused("unknown", _("Das hat nicht geklappt. Versuch es noch einmal."))
        anchor = act(visit)
    except Refused as refusal:
        messages.error(visit.request, str(refusal))
        data = visit.request.POST
        typed = {"section": data.get("section", ""), "text": data.get("text", ""), "caption": data.get("caption", "")}
        return _page(visit, typed=typed, status=409)
    return redirect(f"{harvest_selectors.topic_address(visit.topic)}{anchor}")


@require_safe
def withheld_photo(request: HttpRequest, name: str) -> HttpResponseBase:
    """`/zurueckgehalten/flipcharts/<file>`: a photo that waits for a look, for who sent it and for the team."""
    key = withheld.key_of(PREFIX, name)
    try:
        _check_photo(request, key)
    except Http404:
        if not NotePhoto.objects.filter(photo=withheld.free(key)).exists():  # let go in this moment
            raise
    return withheld.answer(key, name)


def _check_photo(request: HttpRequest, key: str) -> None:
    event = harvest_selectors.event_of_photo(key)
    if event is None:
        raise Http404
    seat, leads = seat_for(request, event), can_run(request.user, event)
    harvest_selectors.withheld_photo_or_404(event, key, seat=seat, leads=leads)


# --- acts ------------------------------------------------------------------------------------------------
def _write(visit: Visit) -> str:
    data = visit.request.POST
    facts = {"section": data.get("section", ""), "text": data.get("text", "")}
    if isinstance(visit.author, Seat):
        arguments = {"topic": visit.topic.number, **facts}
        operate(seat=visit.author, op=op_of(visit.request), kind=live.WRITE_NOTE, arguments=arguments)
    else:
        harvest.write_note(topic=visit.topic, author=visit.author, op=op_of(visit.request), **facts)
    return f"#{facts['section']}"


def _take_back(visit: Visit) -> str:
    if visit.seat is None:
        raise Http404
    arguments = {"topic": visit.topic.number, "note": number(visit.request.POST, "note")}
    operate(seat=visit.seat, op=op_of(visit.request), kind=live.REMOVE_NOTE, arguments=arguments)
    messages.success(visit.request, _("Deine Notiz ist weg."))
    return ""


def _photograph(visit: Visit) -> str:
    form = PhotoForm(visit.request.POST, visit.request.FILES)
    if not form.is_valid():
        raise Refused("invalid", first_mistake(form))
    facts = form.cleaned_data
    photo = harvest.add_photo(
        topic=visit.topic,
        author=visit.author,
        client_id=op_of(visit.request),
        upload=facts["photo"],
        caption=facts["caption"],
    )
    done = _("Das Foto hängt.") if photo.released else _("Danke! Sobald das Team geschaut hat, sehen es alle.")
    messages.success(visit.request, done)
    return "#fotos"


def _note_of(visit: Visit) -> Note:
    """The note that a button of the team is about. Raises Http404."""
    notes = Note.objects.filter(topic=visit.topic).select_related("topic__event")
    return get_object_or_404(notes, number=number(visit.request.POST, "note"))


def _photo_of(visit: Visit) -> NotePhoto:
    photos = NotePhoto.objects.filter(topic=visit.topic).select_related("topic__event")
    return get_object_or_404(photos, pk=number(visit.request.POST, "photo_id"))


def _by_team(act: Callable[[Visit, User], Any], anchor: str = "") -> Callable[[Visit], str]:
    """An act of the team; for everybody else there is none."""

    def by_team(visit: Visit) -> str:
        if not visit.leads:
            raise Http404
        act(visit, cast(User, visit.request.user))
        return anchor

    return by_team


ACTS: dict[str, Callable[[Visit], str]] = {
    live.WRITE_NOTE: _write,
    live.REMOVE_NOTE: _take_back,
    "photo": _photograph,
    "note.hide": _by_team(lambda visit, by: harvest.hide_note(note=_note_of(visit), by=by)),
    "note.show": _by_team(lambda visit, by: harvest.show_note(note=_note_of(visit), by=by)),
    "photo.release": _by_team(lambda visit, by: harvest.release_photo(photo=_photo_of(visit), by=by), "#fotos"),
    "photo.conceal": _by_team(lambda visit, by: harvest.conceal_photo(photo=_photo_of(visit), by=by), "#fotos"),
    "photo.reject": _by_team(lambda visit, by: harvest.reject_photo(photo=_photo_of(visit), by=by), "#fotos"),
}


# --- the page --------------------------------------------------------------------------------------------
def _page(visit: Visit, *, typed: dict[str, str] | None = None, status: int = 200) -> HttpResponse:
    event, topic, seat = visit.event, visit.topic, visit.seat
    typed = typed or {"section": "", "text": "", "caption": ""}
    context = {
        "event": event,
        "topic": topic,
        "session": getattr(topic, "session", None),
        "seat": seat,
        "leads": visit.leads,
        "code": selectors.spaced_code(event.join_code),
        "may_write": visit.may_write,
        "sections": [
            {"section": row, "op": uuid.uuid4(), "form": _form_of(row.value, typed)}
            for row in harvest_selectors.sections_of(topic, seat=seat, leads=visit.leads)
        ],
        "photos": harvest_selectors.photos_of(topic, seat=seat, leads=visit.leads),
        "photo_form": PhotoForm(initial={"caption": typed["caption"]}),
        "photo_op": uuid.uuid4(),
        "live": _live(event, topic, seat),
    }
    return render(visit.request, "events/topic.html", context, status=status)


def _form_of(section: str, typed: dict[str, str]) -> NoteForm:
    text = typed["text"] if typed["section"] == section else ""
    return NoteForm(initial={"text": text}, auto_id=f"id_{section}_%s")


def _live(event: Event, topic: Topic, seat: Seat | None) -> dict[str, Any]:
    """What the script needs; without a seat the page only listens, as the stage does."""
    return {
        "code": event.join_code,
        "topic": topic.number,
        "seat": None if seat is None else seat.number,
        "epoch": event.epoch.hex,
        "seq": event.seq,
        "ops": reverse("api:event_ops", args=[event.join_code]),
        "sync": reverse("api:event_sync", args=[event.join_code]),
        "words": harvest_words(),
    }


def harvest_words() -> dict[str, Any]:
    """What the script says, in the language of the page; refusals by their code."""
    return {
        "waiting": _("wartet auf Netz"),
        "sent": _("gesendet …"),
        "refused": {
            **{code: str(sentence) for code, sentence in SENTENCES.items()},
            "notes_closed": str(notes_closed().message),
            "empty": _("Schreib hier noch etwas."),
            "too_long": _("Das ist zu lang: höchstens 500 Zeichen."),
            "rate": _("Das war gerade ziemlich oft. Warte kurz und versuch es dann wieder."),
            "absent": _("Dieses Thema gibt es nicht mehr."),
            "other": _("Das hat nicht geklappt. Versuch es noch einmal."),
        },
    }
