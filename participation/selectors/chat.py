"""Reading rooms and messages for a person. What is forbidden and what is absent are the same 404."""

from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass
from typing import Any, Final

from django.contrib.auth.models import AnonymousUser
from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse

from accounts.models import ContactPerson, User
from accounts.rules import is_staff_of, may_act
from accounts.selectors import contact_for, quartiere_of
from participation.models import ChatRoom, Event, Membership, Message, Project, Seat
from participation.rules import chat as rules

Person = User | AnonymousUser
Facts = dict[str, Any]

# Messages on a page, and the most that a screen gets after having been away.
PAGE: Final = 50
MOST: Final = 200


def rooms() -> QuerySet[ChatRoom]:
    """Rooms with what the rules ask of them."""
    return ChatRoom.objects.select_related("project__quartier", "event__quartier")


def messages() -> QuerySet[Message]:
    """Messages with what is shown of their authors."""
    return Message.objects.select_related("author__contact")


def _with_rooms() -> QuerySet[Message]:
    return Message.objects.select_related("author__contact", "room__project__quartier", "room__event__quartier")


# --- rooms -----------------------------------------------------------------------------------------------
def room_or_404(user: Person, pk: int) -> ChatRoom:
    """A room that this person may read."""
    room = get_object_or_404(rooms(), pk=pk)
    if not rules.can_read(user, room):
        raise Http404
    return room


def public_project_of_room_or_404(pk: int) -> Project:
    """The project of a room, if everybody may know of it."""
    return get_object_or_404(Project.objects.select_related("quartier"), room__pk=pk, announced_at__isnull=False)


def message_or_404(user: Person, room_pk: int, pk: int) -> Message:
    """A message that this person may delete; its author may, even after leaving the room."""
    message = get_object_or_404(_with_rooms(), room__pk=room_pk, pk=pk)
    if not rules.can_delete(user, message):
        raise Http404
    return message


def message_in_sight(user: Person, pk: int) -> Message | None:
    """A message that this person can read now, with its room; None if there is none."""
    message = _with_rooms().filter(pk=pk).first()
    if message is None or rules.is_gone(message) or not rules.can_read(user, message.room):
        return None
    return message


def title_of(room: ChatRoom) -> str:
    return str(room.project or room.event)


def home_of(room: ChatRoom) -> str:
    """The page that the room belongs to; of a project that was taken down, the one where its members can leave."""
    if room.project is not None and room.project.announced_at is None:
        return reverse("projects:leave", args=[room.project.quartier.slug, room.project.slug])
    owner: Project | Event | None = room.project or room.event
    return owner.get_absolute_url() if owner else "/"


def still_in(present: Mapping[int, Set[int]]) -> dict[int, set[int]]:
    """Of the people (ids) in each room (id) those who may still read; what is gone is left out.

    Four queries for all rooms together, and one for each member of staff.
    """
    found = {room.pk: room for room in rooms().filter(pk__in=present)}
    users = User.objects.in_bulk({pk for people in present.values() for pk in people})
    members = set(
        Membership.objects.filter(project__room__in=found, member__in=users, left_at=None).values_list(
            "project__room", "member"
        )
    ) | set(Seat.objects.filter(event__room__in=found, user__in=users).values_list("event__room", "user"))
    return {
        pk: {
            person
            for person in present[pk] & users.keys()
            if may_act(users[person])
            and ((pk, person) in members or is_staff_of(users[person], rules.quartier_of(room)))
        }
        for pk, room in found.items()
    }


def people_in(room: ChatRoom) -> int:
    """How many take part, the team not counted."""
    if room.event_id is not None:
        return Seat.objects.filter(event_id=room.event_id).count()
    return room.project.member_count if room.project else 0


def who_reads_along(room: ChatRoom) -> list[ContactPerson]:
    """The named adults of a room: those of the project, else the Quartier's."""
    own = list(room.project.contacts.all()) if room.project is not None else []
    if own:
        return own
    default = contact_for(rules.quartier_of(room))
    return [default] if default else []


@dataclass(frozen=True)
class RoomRow:
    """One line of "my rooms"."""

    room: ChatRoom
    title: str
    people: int | None
    last: Message | None
    last_by: str


def my_rooms(user: Person) -> list[RoomRow]:
    """Every room the person may read, the liveliest first; three queries, however many rooms."""
    if not may_act(user):
        return []
    newest = Message.objects.filter(room=OuterRef("pk"), deleted_at=None, hidden_at=None).order_by("-seq")
    found = list(rooms().filter(_open_to(user)).annotate(last_pk=Subquery(newest.values("pk")[:1])))
    lasts = messages().in_bulk([room.last_pk for room in found if room.last_pk])
    rows = [_row(room, lasts.get(room.last_pk)) for room in found]
    return sorted(rows, key=lambda row: row.last.sent_at.timestamp() if row.last else 0.0, reverse=True)


def _open_to(user: Person) -> Q:
    joined = Membership.objects.filter(member=user.pk, left_at=None).values("project")
    seated = Seat.objects.filter(user=user.pk).values("event")
    allowed = Q(project__in=joined) | Q(event__in=seated)
    if user.is_staff:
        own = quartiere_of(user).values("pk")
        allowed |= Q(project__quartier__in=own) | Q(event__quartier__in=own)
    return allowed


def _row(room: ChatRoom, last: Message | None) -> RoomRow:
    return RoomRow(
        room=room,
        title=title_of(room),
        people=room.project.member_count if room.project is not None else None,
        last=last,
        last_by=name_of(last) if last else "",
    )


# --- messages --------------------------------------------------------------------------------------------
def newest(room_id: int, *, before: int | None = None, limit: int = PAGE) -> tuple[list[Message], bool]:
    """The last messages, or the last ones before a number, oldest first; and whether there are older ones."""
    rows = messages().filter(room=room_id)
    if before is not None:
        rows = rows.filter(seq__lt=before)
    found = list(rows.order_by("-seq")[: limit + 1])
    return found[:limit][::-1], len(found) > limit


def changed_since(room_id: int, seq: int, *, limit: int = MOST) -> tuple[list[Message], bool]:
    """What is new or has changed after `seq`, in order; and whether there is more."""
    found = list(messages().filter(room=room_id, changed_seq__gt=seq).order_by("changed_seq")[: limit + 1])
    return found[:limit], len(found) > limit


def name_of(message: Message) -> str:
    """The name above a bubble: a first name for the team, else the nickname; empty when somebody is gone."""
    author = message.author
    if author is None:
        return ""
    if not message.by_staff:
        return author.nickname
    contact = getattr(author, "contact", None)
    name = contact.name if contact else author.get_full_name()
    return name.split()[0]


def facts_of(message: Message) -> Facts:
    """A message as programs get it, the same for everybody in the room; no words of what is gone."""
    gone = rules.is_gone(message)
    return {
        "id": message.pk,
        "seq": message.seq,
        "changed_seq": message.changed_seq,
        "client_id": str(message.client_id),
        "author": message.author_id,
        "name": name_of(message),
        "staff": message.by_staff,
        "sent_at": message.sent_at.isoformat(),
        "text": "" if gone else message.text,
        "gone": gone,
    }


def all_facts(found: Iterable[Message]) -> list[Facts]:
    return [facts_of(message) for message in found]
