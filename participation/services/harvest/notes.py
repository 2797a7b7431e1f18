"""Notes of a topic: written by whoever sits there, kept as they were written, hidden by the team if need be."""

import uuid

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from common.errors import Refused
from common.throttles import Limit
from participation.live import events as live
from participation.models import Event, Note, Seat, Topic
from participation.rules import harvest as rules
from participation.services.events.log import lock_event, lock_event_for, record

from .wording import fitting, name_of

PACE = Limit("notes of a seat", 30, minutes=5)


@transaction.atomic
def write_note(*, topic: Topic, author: Seat | User, op: uuid.UUID, section: str, text: str) -> Note:
    """One line of a topic's notes; the same `op` gives the same note.

    Raises Refused `notes_closed`, `section`, `empty`, `too_long`, `rate` and those of contact data.
    """
    event = lock_event(event=topic.event)
    known = topic.notes.filter(client_id=op).first()
    if known is not None:
        return known
    fresh = Topic.objects.get(pk=topic.pk)
    fresh.event = event
    if not rules.can_note(author, fresh):
        raise notes_closed()
    if section not in Note.Section.values:
        raise Refused("section", _("Such dir aus, wohin die Notiz gehört."), field="section")
    words = fitting(Note, "text", text, author=author, needed=True)
    if isinstance(author, Seat):
        PACE.hit(f"seat:{author.pk}")
    note = Note.objects.create(
        topic=fresh,
        seat=author if isinstance(author, Seat) else None,
        number=(fresh.notes.aggregate(last=Max("number"))["last"] or 0) + 1,
        client_id=op,
        section=section,
        text=words,
        by=name_of(author),
    )
    _tell(event, fresh, live.NOTE_WRITTEN)
    return note


@transaction.atomic
def remove_note(*, note: Note, seat: Seat) -> None:
    """Take one's own note back. Raises Refused `not_yours`, `too_late`."""
    event = lock_event(event=note.topic.event)
    locked = Note.objects.select_related("topic").filter(pk=note.pk).first()
    if locked is None:
        return
    if locked.seat_id != seat.pk:
        raise Refused("not_yours", _("Du kannst nur wegnehmen, was du selbst geschrieben hast."))
    if not rules.can_take_back(seat, locked, timezone.now()):
        raise Refused("too_late", _("Das steht schon länger da. Frag das Team, wenn es weg soll."))
    locked.delete()
    _tell(event, locked.topic, live.NOTE_REMOVED)


def hide_note(*, note: Note, by: User | None) -> Note:
    """Off the pages and out of the proceedings; `by=None` is the platform, after reports. Raises `forbidden`."""
    return _set_hidden(note, by, hidden=True)


def show_note(*, note: Note, by: User | None) -> Note:
    """Back in sight. Raises Refused `forbidden`."""
    return _set_hidden(note, by, hidden=False)


@transaction.atomic
def _set_hidden(note: Note, by: User | None, *, hidden: bool) -> Note:
    event = lock_event_for(event=note.topic.event, by=by)
    locked = Note.objects.select_related("topic").get(pk=note.pk)
    if locked.hidden != hidden:
        locked.hidden = hidden
        locked.save(update_fields=["hidden"])
        _tell(event, locked.topic, live.NOTE_REMOVED if hidden else live.NOTE_WRITTEN)
    return locked


def notes_closed() -> Refused:
    return Refused("notes_closed", _("Notizen sind gerade zu. Sie öffnen sich, wenn die Runden laufen."))


def _tell(event: Event, topic: Topic, kind: str) -> None:
    """How many notes there are now. Their words are not in the log, so nothing has to be taken out of it."""
    count = topic.notes.filter(hidden=False).count()
    record(event=event, kind=kind, data={"topic": topic.number, "notes": count})
