"""Taking back the last act of the stage: for ten seconds, and only while nothing else has happened to the thing."""

import uuid
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from common.errors import Refused
from participation.models import Event, Undo
from participation.rules.events import BACK_WITHIN, ON_ITS_WAY


def offer_undo(*, event: Event, act: str, **facts: Any) -> None:
    """What would take back the act that is just being done to a locked event; it replaces what was offered before."""
    until = timezone.now() + BACK_WITHIN
    Undo.objects.update_or_create(
        event=event, defaults={"key": uuid.uuid4(), "act": act, "facts": facts, "until": until}
    )


def take_undo(*, event: Event, key: str) -> Undo:
    """The offer of that key, taken away from the locked event. Raises Refused `too_late`."""
    offer = Undo.objects.filter(event=event).first()
    if offer is None or offer.key.hex != key.replace("-", "") or timezone.now() > offer.until + ON_ITS_WAY:
        raise too_late()
    offer.delete()
    return offer


def too_late() -> Refused:
    return Refused("too_late", _("Das lässt sich nicht mehr zurücknehmen. Ändere es von Hand."))
