"""Who may read and write in a room. There is no room for two: every room has its team reading along."""

from typing import Final

from django.contrib.auth.models import AnonymousUser

from accounts.models import Quartier, User
from accounts.rules import is_staff_of, may_act
from participation.models import ChatRoom, Membership, Message, Seat

Mode = ChatRoom.Mode
Person = User | AnonymousUser

LONGEST: Final = 500
# Who may write in which mode; reading is the same in all of them.
WRITERS: Final[dict[str, frozenset[str]]] = {
    Mode.OPEN: frozenset({"member", "staff"}),
    Mode.READ_ONLY: frozenset({"staff"}),
    Mode.FROZEN: frozenset(),
}


def quartier_of(room: ChatRoom) -> Quartier:
    """Where a room belongs; `room` comes with its project or event (selectors.chat)."""
    owner = room.project or room.event
    if owner is None:
        raise LookupError("a room belongs to one project or event")
    return owner.quartier


def standing(user: Person, room: ChatRoom) -> str:
    """`staff`, `member` or nothing. A project's members, an event's signed-in seats, the Quartier's team."""
    if not may_act(user):
        return ""
    if is_staff_of(user, quartier_of(room)):
        return "staff"
    return "member" if _takes_part(user, room) else ""


def _takes_part(user: Person, room: ChatRoom) -> bool:
    if room.event_id is None:
        rows = Membership.objects.filter(project__room=room, member=user.pk, left_at__isnull=True)
        return rows.exists()
    return Seat.objects.filter(event__room=room, user=user.pk).exists()


def can_read(user: Person, room: ChatRoom) -> bool:
    return bool(standing(user, room))


def may_write(standing: str, room: ChatRoom) -> bool:
    """Whether somebody of that standing may write now."""
    return standing in WRITERS[room.mode]


def can_set_mode(user: Person, room: ChatRoom) -> bool:
    return is_staff_of(user, quartier_of(room))


def can_delete(user: Person, message: Message) -> bool:
    """One's own at any time, also after leaving; the team everything."""
    own = may_act(user) and message.author_id == user.pk
    return own or can_hide(user, message)


def can_hide(user: Person, message: Message) -> bool:
    return is_staff_of(user, quartier_of(message.room))


def is_gone(message: Message) -> bool:
    """Deleted or hidden: its place stays, its words are not shown."""
    return message.deleted_at is not None or message.hidden_at is not None
