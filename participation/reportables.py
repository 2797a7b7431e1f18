"""What of this app can be reported, for moderation's registry."""

from django.contrib.auth.models import AnonymousUser
from django.urls import reverse

from accounts.models import User
from moderation.models import Report
from moderation.registry import Reportable, Seen, register
from participation.models import Message
from participation.rules.chat import quartier_of
from participation.selectors.chat import message_in_sight
from participation.services.chat import hide_message, unhide_message


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


def register_all() -> None:
    register(Reportable(thing=Report.Thing.MESSAGE, load=_load, hide=_hide, unhide=_unhide))
