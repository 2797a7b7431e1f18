"""What of this app can be reported, for moderation's registry."""

from contextlib import suppress

from django.contrib.auth.models import AnonymousUser
from django.urls import reverse
from django.utils.translation import gettext

from accounts.models import User
from common.errors import Refused
from moderation.models import Report
from moderation.registry import Reportable, Seen, register
from participation.models import Message, Note, NotePhoto, Outcome, Topic
from participation.rules.chat import quartier_of
from participation.selectors import harvest as harvest_selectors
from participation.selectors.chat import message_in_sight
from participation.services import harvest
from participation.services.chat import hide_message, unhide_message
from participation.services.events import move_topic

Someone = User | AnonymousUser


def _load(user: User | AnonymousUser, thing_id: int) -> Seen | None:
    message = message_in_sight(user, thing_id)
    if message is None:
        return None
    url = f"{reverse('chat:room', args=[message.room_id])}#m{message.pk}"
    return Seen(quartier=quartier_of(message.room), url=url, copy=message.text)


def _hide(thing_id: int) -> None:
    message = Message.objects.select_related("room").filter(pk=thing_id).first()
    if message is not None:
        hide_message(message=message)


def _unhide(thing_id: int) -> None:
    message = Message.objects.select_related("room").filter(pk=thing_id).first()
    if message is not None:
        unhide_message(message=message)


# --- an open space: topics, notes, photos, outcomes ------------------------------------------------------
def _load_topic(user: Someone, thing_id: int) -> Seen | None:
    topic = harvest_selectors.topic_in_sight(user, thing_id)
    if topic is None:
        return None
    return _seen(topic, "", f"{topic.title}\n{topic.text}".strip())


def _load_note(user: Someone, thing_id: int) -> Seen | None:
    note = harvest_selectors.note_in_sight(user, thing_id)
    return None if note is None else _seen(note.topic, f"#notiz-{note.number}", note.text)


def _load_photo(user: Someone, thing_id: int) -> Seen | None:
    """The copy of a photo is its name and what was written below it; the team looks at the picture itself."""
    photo = harvest_selectors.photo_in_sight(user, thing_id)
    return None if photo is None else _seen(photo.topic, f"#foto-{photo.pk}", f"{photo.photo}\n{photo.caption}".strip())


def _load_outcome(user: Someone, thing_id: int) -> Seen | None:
    outcome = harvest_selectors.outcome_in_sight(user, thing_id)
    if outcome is None:
        return None
    url = reverse("events:outcome", args=[outcome.event.join_code, outcome.number])
    return Seen(quartier=outcome.event.quartier, url=url, copy=f"{outcome.title}\n{outcome.text}".strip())


def _seen(topic: Topic, anchor: str, copy: str) -> Seen:
    return Seen(quartier=topic.event.quartier, url=f"{harvest_selectors.topic_address(topic)}{anchor}", copy=copy)


def _move_topic(thing_id: int, state: str) -> None:
    topic = Topic.objects.select_related("event").filter(pk=thing_id).first()
    if topic is None or (topic.state == Topic.State.HIDDEN) == (state == Topic.State.HIDDEN):
        return
    with suppress(Refused):  # what cannot go there from where it is stays where it is
        move_topic(topic=topic, by=None, state=state, reason=gettext("Das wurde gemeldet. Das Team schaut es sich an."))


def _note(thing_id: int) -> Note | None:
    return Note.objects.select_related("topic__event").filter(pk=thing_id).first()


def _photo(thing_id: int) -> NotePhoto | None:
    return NotePhoto.objects.select_related("topic__event").filter(pk=thing_id).first()


def _hide_note(thing_id: int) -> None:
    if (note := _note(thing_id)) is not None:
        harvest.hide_note(note=note, by=None)


def _show_note(thing_id: int) -> None:
    if (note := _note(thing_id)) is not None:
        harvest.show_note(note=note, by=None)


def _conceal_photo(thing_id: int) -> None:
    if (photo := _photo(thing_id)) is not None:
        harvest.conceal_photo(photo=photo, by=None)


def _release_photo(thing_id: int) -> None:
    if (photo := _photo(thing_id)) is not None:
        harvest.release_photo(photo=photo, by=None)


def _outcome(thing_id: int) -> Outcome | None:
    return Outcome.objects.select_related("event").filter(pk=thing_id).first()


def _hide_outcome(thing_id: int) -> None:
    if (outcome := _outcome(thing_id)) is not None:
        harvest.hide_outcome(outcome=outcome, by=None)


def _show_outcome(thing_id: int) -> None:
    if (outcome := _outcome(thing_id)) is not None:
        harvest.show_outcome(outcome=outcome, by=None)


def register_all() -> None:
    thing = Report.Thing
    register(Reportable(thing=thing.MESSAGE, load=_load, hide=_hide, unhide=_unhide))
    register(
        Reportable(
            thing=thing.TOPIC,
            load=_load_topic,
            hide=lambda pk: _move_topic(pk, Topic.State.HIDDEN),
            unhide=lambda pk: _move_topic(pk, Topic.State.ON_WALL),
        )
    )
    register(Reportable(thing=thing.NOTE, load=_load_note, hide=_hide_note, unhide=_show_note))
    register(Reportable(thing=thing.PHOTO, load=_load_photo, hide=_conceal_photo, unhide=_release_photo))
    register(Reportable(thing=thing.OUTCOME, load=_load_outcome, hide=_hide_outcome, unhide=_show_outcome))
