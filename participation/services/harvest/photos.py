"""Photos of flipcharts: taken in like every photo, seen by all once the team has looked at them.

Until then, and after a report, their files lie where the public cannot reach them (common.withheld).
"""

import uuid

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from common import photos
from common.errors import Refused
from common.throttles import Limit
from common.withheld import restore, withhold
from participation.live import events as live
from participation.models import Event, NotePhoto, Seat, Topic
from participation.rules import harvest as rules
from participation.services.events.log import lock_event, lock_event_for, record
from participation.services.events.remembered import paused

from .notes import notes_closed
from .wording import fitting, one_line

PACE = Limit("photos of a seat", 12, minutes=10)
PREFIX = "flipcharts"
MOST_PHOTOS = 30


def add_photo(
    *, topic: Topic, author: Seat | User, client_id: uuid.UUID, upload: UploadedFile, caption: str = ""
) -> NotePhoto:
    """One more photo of a topic; the same `client_id` gives the same photo. One by the team is released at once.

    Raises Refused `notes_closed`, `frozen`, `too_many`, `too_long`, `rate` and the codes of `common.photos`.
    """
    known = topic.note_photos.filter(client_id=client_id).first()
    if known is not None:
        return known
    _check(topic, author)
    words = one_line(fitting(NotePhoto, "caption", caption, author=author))
    if isinstance(author, Seat):
        PACE.hit(f"seat:{author.pk}")
    # Outside of the transaction: decoding takes long, and nobody else shall wait for it.
    key = photos.store(photos.take_in(upload), PREFIX)
    kept = False
    try:
        photo, kept = _create(topic, author, client_id, key, words)
    finally:
        if not kept:  # refused, or the same request was faster
            photos.discard(key)
    return photo


@transaction.atomic
def _create(topic: Topic, author: Seat | User, client_id: uuid.UUID, key: str, caption: str) -> tuple[NotePhoto, bool]:
    """The photo, and whether it is a new one."""
    event = lock_event(event=topic.event)
    known = topic.note_photos.filter(client_id=client_id).first()
    if known is not None:
        return known, False
    fresh = Topic.objects.get(pk=topic.pk)
    fresh.event = event
    _check(fresh, author)
    seat = author if isinstance(author, Seat) else None
    photo = NotePhoto.objects.create(
        topic=fresh,
        seat=seat,
        client_id=client_id,
        photo=key if seat is None else withhold(key),
        caption=caption,
        released=seat is None,
    )
    _tell(event, fresh)
    return photo, True


def _check(topic: Topic, author: Seat | User) -> None:
    if isinstance(author, Seat) and topic.event.frozen:
        raise paused()
    if not rules.can_note(author, topic):
        raise notes_closed()
    if topic.note_photos.count() >= MOST_PHOTOS:
        raise Refused("too_many", _("Hier hängen schon 30 Fotos. Frag das Team, ob eins weg kann."), field="photo")


def release_photo(*, photo: NotePhoto, by: User | None) -> NotePhoto:
    """Everybody may see it now; `by=None` is the platform, when a report was dismissed. Raises Refused `forbidden`."""
    return _set_released(photo, by, released=True)


def conceal_photo(*, photo: NotePhoto, by: User | None) -> NotePhoto:
    """Back to those that wait for a look; `by=None` is the platform, after reports. Raises Refused `forbidden`."""
    return _set_released(photo, by, released=False)


@transaction.atomic
def _set_released(photo: NotePhoto, by: User | None, *, released: bool) -> NotePhoto:
    event = lock_event_for(event=photo.topic.event, by=by)
    locked = NotePhoto.objects.select_related("topic").get(pk=photo.pk)
    if locked.released != released:
        locked.released = released
        locked.photo = restore(locked.photo) if released else withhold(locked.photo)
        locked.save(update_fields=["released", "photo"])
        _tell(event, locked.topic)
    return locked


@transaction.atomic
def reject_photo(*, photo: NotePhoto, by: User) -> None:
    """Nobody shall see it: the row and the files go. Raises Refused `forbidden`."""
    event = lock_event_for(event=photo.topic.event, by=by)
    locked = NotePhoto.objects.select_related("topic").filter(pk=photo.pk).first()
    if locked is None:
        return
    key, topic = locked.photo, locked.topic
    locked.delete()
    transaction.on_commit(lambda: photos.discard(key))
    _tell(event, topic)


def _tell(event: Event, topic: Topic) -> None:
    """How many photos everybody sees now; which ones, the pages ask themselves."""
    count = topic.note_photos.filter(released=True).count()
    record(event=event, kind=live.PHOTO_CHANGED, data={"topic": topic.number, "photos": count})
