"""What all acts share: the lock on the idea's row, and the ways to refuse."""

from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from common.errors import Refused
from common.lengths import longest
from common.withheld import restore, withhold
from common.words import says_something, tidied
from ideas.models import Entry, Idea
from ideas.rules import is_public


def locked(idea: Idea) -> Idea:
    """The idea as it stands now, locked until the transaction ends. Raises Refused `absent`."""
    row = (
        Idea.objects.select_for_update(of=("self",), no_key=True).select_related("quartier").filter(pk=idea.pk).first()
    )
    if row is None:
        raise Refused("absent", _("Diese Idee gibt es nicht mehr."))
    return row


def fitting(model: type[models.Model], name: str, text: str, *, needed: bool = False) -> str:
    """The text, tidied. Raises Refused `too_long` or `missing`, naming the field."""
    text = tidied(text)
    limit = longest(model, name)
    if len(text) > limit:
        sentence = gettext("Das ist zu lang: höchstens %(limit)d Zeichen, deins hat %(length)d.")
        raise Refused("too_long", sentence % {"limit": limit, "length": len(text)}, field=name)
    if needed and not says_something(text):
        raise Refused("missing", _("Schreib hier noch etwas."), field=name)
    return text


def tell(idea: Idea, kind: str, *, by: User | None, reason: str = "") -> Entry:
    """One more entry in the idea's story."""
    return Entry.objects.create(idea=idea, kind=kind, by=by, reason=reason)


def settle_photo(idea: Idea) -> None:
    """The photo is public as long as the idea is; the caller saves the field `photo`."""
    if idea.photo:
        idea.photo = restore(idea.photo) if is_public(idea) else withhold(idea.photo)


def team_only() -> Refused:
    return Refused("forbidden", _("Das darf nur das Team dieses Quartiers."))
