"""What can be reported. Reported things live on higher floors, so they introduce themselves here.

An app above registers each of its things once, in its `AppConfig.ready`:

    from moderation.registry import Reportable, Seen, register

    def load(user, thing_id):            # forbidden and absent are the same: None
        message = messages_for(user).filter(pk=thing_id).first()
        if message is None:
            return None
        return Seen(quartier=message.room.quartier, url=message.get_absolute_url(), copy=message.text)

    register(Reportable(thing="message", load=load, hide=hide, unhide=unhide))

`hide(thing_id)` and `unhide(thing_id)` call the owner's own services (`hide_message(message=…, by=None)`);
`by=None` stands for "the platform, after reports". Both must be idempotent and bear a thing that is gone
meanwhile. They run inside the transaction that writes the report or the decision.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.contrib.auth.models import AnonymousUser

from accounts.models import Quartier, User


@dataclass(frozen=True, slots=True)
class Seen:
    """A thing as the reporting person sees it: whose team looks at it, where it stands, what it says."""

    quartier: Quartier
    url: str
    copy: str


@dataclass(frozen=True, slots=True)
class Reportable:
    """One kind of thing; `thing` is a value of `Report.Thing`."""

    thing: str
    load: Callable[[User | AnonymousUser, int], Seen | None]
    hide: Callable[[int], None]
    unhide: Callable[[int], None]


_things: dict[str, Reportable] = {}


def register(reportable: Reportable) -> None:
    """Makes a thing known under its name; the last one registered counts."""
    _things[reportable.thing] = reportable


def find(thing: str) -> Reportable | None:
    """The reportable of that name, or None for a name nobody registered."""
    return _things.get(thing)
