"""Seats for people without a phone, held by the device of a helper."""

import uuid

from django.db import transaction
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.selectors import free_nickname
from common.errors import Refused
from participation.models import Event, Seat
from participation.rules.events import can_run

from .seats import take_seat


@transaction.atomic
def take_helped_seat(*, event: Event, by: User, client_id: uuid.UUID) -> Seat:
    """A seat for somebody without a phone, with a ready-made nickname; the same `client_id` gives the same seat.

    Raises Refused `forbidden`, and what `take_seat` raises.
    """
    if not can_run(by, event):
        raise Refused("forbidden", _("Das kann nur das Team dieses Quartiers."))
    # No device holds this token; it only tells a repeated request from a new one.
    token = salted_hmac("helped seat", f"{event.pk}:{client_id}", algorithm="sha256").hexdigest()
    seat = take_seat(event=event, token=token, nickname=free_nickname())
    if not seat.helped:
        seat.helped = True
        seat.save(update_fields=["helped"])
    return seat
