"""Acts in rooms: opening them, writing, deleting, hiding.

The room's row is taken first; its `seq` numbers every message and every change in the same transaction. So a
screen that knows a number can ask for everything after it, and nothing depends on the news arriving.
"""

import datetime
import uuid
from functools import partial
from typing import Final

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from common.contact_data import SENTENCES as CONTACT_DATA
from common.contact_data import refuse_contact_data
from common.errors import Refused
from common.live import announce
from common.throttles import Limit
from common.words import says_something, tidied
from participation.live import chat as live
from participation.models import ChatRoom, Event, Message, Project
from participation.rules import chat as rules
from participation.selectors.chat import messages, rooms

# For the doors: how often one account may write. Faster is nobody's thumb.
PACE: Final = Limit("message", 20, minutes=1)

REFUSALS: Final = {
    "absent": _("Diesen Chat gibt es nicht, oder du bist nicht mehr dabei."),
    "read_only": _("Hier schreibt gerade nur das Team. Lesen kannst du weiter."),
    "frozen": _("Der Chat macht gerade Pause. Lesen kannst du weiter."),
    "empty": _("Schreib zuerst etwas, dann schick es ab."),
    "too_long": _("Das ist zu lang. Nimm höchstens 500 Zeichen oder mach zwei Nachrichten daraus."),
    **CONTACT_DATA,
    "not_yours": _("Du kannst nur löschen, was du selbst geschrieben hast. Etwas stört dich? Melde es."),
    "forbidden": _("Das darf nur das Team dieses Quartiers."),
}


def open_room(*, project: Project | None = None, event: Event | None = None) -> ChatRoom:
    """The room of a project or of an event; made when it is not there yet."""
    if (project is None) == (event is None):
        raise TypeError("a room belongs to one project or one event")
    room, _made = ChatRoom.objects.get_or_create(**({"project": project} if project else {"event": event}))
    return room


@transaction.atomic
def set_mode(*, room: ChatRoom, by: User, mode: str) -> ChatRoom:
    """Open, read only, frozen. Raises Refused `forbidden`, `mode`."""
    locked = _locked(room)
    if not rules.can_set_mode(by, locked):
        raise _refused("forbidden")
    if mode not in ChatRoom.Mode.values:
        raise Refused("mode", _("Such dir einen Modus aus der Liste aus."), "mode")
    if locked.mode != mode:
        locked.mode = mode
        locked.save(update_fields=["mode"])
        _announce(locked)
    return locked


def post_message(
    *, author: User, room: ChatRoom, client_id: uuid.UUID, text: str, sent_at: datetime.datetime | None = None
) -> Message:
    """Writes into a room; the same `client_id` again returns the first message.

    `sent_at` is only for taking over what was said earlier. Raises Refused with a key of `REFUSALS`.
    """
    try:
        with transaction.atomic():
            return _post(author, room, client_id, text, sent_at or timezone.now())
    except IntegrityError:  # the same id at the same moment in two rooms: the first one holds
        known = _sent_before(author, client_id)
        if known is None:
            raise
        return known


def _post(author: User, room: ChatRoom, client_id: uuid.UUID, text: str, sent_at: datetime.datetime) -> Message:
    locked = _locked(room)
    known = _sent_before(author, client_id)
    if known is not None:
        return known
    standing = rules.standing(author, locked)
    if not standing:
        raise _refused("absent")
    if not rules.may_write(standing, locked):
        raise _refused(locked.mode)
    words = _words(text, checked=standing == "member")
    seq = _number(locked)
    message = Message.objects.create(
        client_id=client_id,
        room=locked,
        seq=seq,
        changed_seq=seq,
        author=author,
        text=words,
        by_staff=standing == "staff",
        sent_at=sent_at,
    )
    _announce(locked, seq=seq)
    return message


def _sent_before(author: User, client_id: uuid.UUID) -> Message | None:
    return messages().filter(author=author, client_id=client_id).first()


def _words(text: str, *, checked: bool) -> str:
    """The text as it is kept. The team may pass on addresses and numbers, everybody else may not."""
    words = tidied(text)
    if not says_something(words):
        raise _refused("empty", "text")
    if len(words) > rules.LONGEST:
        raise _refused("too_long", "text")
    if checked:
        refuse_contact_data(words, "text")
    return words


@transaction.atomic
def delete_message(*, message: Message, by: User) -> Message:
    """The words are gone for all, the place stays. One's own at any time. Raises Refused `not_yours`."""
    fresh = _fresh(message)
    if not rules.can_delete(by, fresh):
        raise _refused("not_yours")
    return _change(fresh, "deleted_at")


@transaction.atomic
def hide_message(*, message: Message, by: User | None = None) -> Message:
    """Hidden until the team has looked; `by=None` stands for the platform after reports. Raises Refused."""
    fresh = _fresh(message)
    _may_hide(by, fresh)
    return _change(fresh, "hidden_at")


@transaction.atomic
def unhide_message(*, message: Message, by: User | None = None) -> Message:
    """Shown again. What its author deleted stays deleted. Raises Refused `forbidden`."""
    fresh = _fresh(message)
    _may_hide(by, fresh)
    if fresh.hidden_at is None:
        return fresh
    fresh.hidden_at = None
    return _renumber(fresh, "hidden_at")


def _may_hide(by: User | None, message: Message) -> None:
    if by is not None and not rules.can_hide(by, message):
        raise _refused("forbidden")


def _change(message: Message, column: str) -> Message:
    if getattr(message, column) is not None:
        return message
    setattr(message, column, timezone.now())
    return _renumber(message, column)


def _renumber(message: Message, column: str) -> Message:
    message.changed_seq = _number(message.room)
    message.save(update_fields=[column, "changed_seq"])
    _announce(message.room, seq=message.changed_seq)
    return message


def _fresh(message: Message) -> Message:
    """The message as it is now, its room held until the act is done."""
    room = _locked(message.room)
    fresh = messages().filter(pk=message.pk).first()
    if fresh is None:
        raise _refused("absent")
    fresh.room = room
    return fresh


def announce_people(*, project: Project, left: User | None = None) -> None:
    """The number of people changed; whose membership ended is shown out of the room at once."""
    room = ChatRoom.objects.filter(project=project).first()
    if room is not None:
        _announce(room, gone=live.who_of(left.pk) if left else None)


def _number(room: ChatRoom) -> int:
    """The room's next number, taken in the same transaction as the change it stands for."""
    room.seq += 1
    room.save(update_fields=["seq"])
    return room.seq


def _announce(room: ChatRoom, *, seq: int | None = None, gone: str | None = None) -> None:
    transaction.on_commit(partial(announce, live.topic_of(room.pk), seq=seq, gone=gone))


def _locked(room: ChatRoom) -> ChatRoom:
    found = rooms().select_for_update(of=("self",)).filter(pk=room.pk).first()
    if found is None:
        raise _refused("absent")
    return found


def _refused(code: str, field: str | None = None) -> Refused:
    return Refused(code, REFUSALS[code], field)
