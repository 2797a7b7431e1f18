"""The doors of the hall: who may come in, how many, and by which code."""

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from participation.models import Event, FormerCode

from .lifecycle import fresh_code
from .log import lock_event_for
from .scenes import record_event


@transaction.atomic
def rotate_code(*, event: Event, by: User, old: str) -> Event:
    """Give the event a new join code in place of `old`; with another one it has happened already.

    Whoever has a seat is led on from the old address; nobody new comes in by it. Raises Refused `forbidden`.
    """
    locked = lock_event_for(event=event, by=by)
    if locked.join_code != old:
        return locked
    FormerCode.objects.create(event=locked, code=locked.join_code, until=timezone.now())
    locked.join_code = fresh_code()
    locked.save(update_fields=["join_code"])
    record_event(event=locked)
    return locked
