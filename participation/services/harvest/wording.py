"""What all texts of the harvest have to be: something, short enough, and without a way to a private channel."""

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from common.contact_data import refuse_contact_data
from common.errors import Refused
from common.lengths import longest
from common.words import says_something, tidied
from participation.models import Seat


def fitting(model: type[models.Model], name: str, text: str, *, author: Seat | User, needed: bool = False) -> str:
    """The text as it is kept, on one line or more. Raises Refused `empty`, `too_long` and those of contact data.

    Contact data holds for seats in every section, also where it says who carries on: a nickname is enough
    there, and the team brings people together. The team itself may name an office's address.
    """
    words = tidied(text)
    if needed and not says_something(words):
        raise Refused("empty", _("Schreib hier noch etwas."), field=name)
    limit = longest(model, name)
    if len(words) > limit:
        sentence = ngettext(
            "Das ist zu lang: höchstens %(n)d Zeichen.", "Das ist zu lang: höchstens %(n)d Zeichen.", limit
        )
        raise Refused("too_long", sentence % {"n": limit}, field=name)
    if isinstance(author, Seat):
        refuse_contact_data(words, name)
    return words


def one_line(text: str) -> str:
    return " ".join(text.split())


def name_of(author: Seat | User) -> str:
    """How somebody stands at what they wrote: a seat by its nickname, the team as the team."""
    return author.nickname if isinstance(author, Seat) else _("Team")
