"""Submitting and publishing an idea."""

import uuid
from collections.abc import Iterable
from datetime import timedelta

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Quartier, User
from accounts.selectors import contact_for
from common import photos
from common.contact_data import refuse_contact_data
from common.errors import Refused
from common.photo_keys import WITHHELD
from ideas import rules
from ideas.models import Entry, Field, Idea
from ideas.services.common import fitting, locked, settle_photo, team_only, tell

MOST_FIELDS = 3


def submit_idea(
    *,
    author: User,
    quartier: Quartier,
    client_id: uuid.UUID,
    title: str,
    text: str = "",
    place: str = "",
    fields: Iterable[Field] = (),
    photo: UploadedFile | None = None,
) -> Idea:
    """A new idea; the same `client_id` of the same author again returns the first one.

    It appears at once or waits for a look, as the Quartier has it set. Raises Refused `forbidden`, `missing`,
    `too_long`, `too_many` and the codes of `common.contact_data` and `common.photos`.
    """
    known = Idea.objects.filter(author=author, client_id=client_id).first()
    if known is not None:
        return known
    if not rules.can_submit(author, quartier):
        raise Refused("forbidden", _("Ideen kommen von den Leuten, die hier wohnen, nicht vom Team."))
    facts = {
        "title": " ".join(fitting(Idea, "title", title, needed=True).split()),
        "text": fitting(Idea, "text", text),
        "place": " ".join(fitting(Idea, "place", place).split()),
    }
    for name, words in facts.items():
        refuse_contact_data(words, name)
    chosen = list(fields)
    if len(chosen) > MOST_FIELDS:
        raise Refused("too_many", _("Such dir höchstens drei Felder aus."), field="fields")
    # Outside of the transaction: decoding takes long, and nobody else shall wait for it.
    key = photos.store(photos.take_in(photo), "ideas") if photo else ""
    idea = None
    try:
        idea = _create(author, quartier, client_id, chosen, facts | {"photo": key})
    finally:
        if key and (
            idea is None or idea.photo not in {key, f"{WITHHELD}{key}"}
        ):  # refused, or the same request was faster
            photos.discard(key)
    return idea


@transaction.atomic
def _create(author: User, quartier: Quartier, client_id: uuid.UUID, fields: list[Field], facts: dict[str, str]) -> Idea:
    idea, created = Idea.objects.get_or_create(
        author=author, client_id=client_id, defaults={"quartier": quartier, **facts}
    )
    if created:
        idea.fields.set(fields)
        if rules.publishes_at_once(author, quartier):
            _publish(idea, by=None)
        else:
            settle_photo(idea)
            idea.save(update_fields=["photo"])
    return idea


@transaction.atomic
def publish_idea(*, idea: Idea, by: User) -> Idea:
    """The team lets a waiting idea appear; one that has already appeared stays as it is.

    Raises Refused `forbidden`, `wrong_state`.
    """
    idea = locked(idea)
    if not rules.can_decide(by, idea):
        raise team_only()
    if idea.state == Idea.State.PUBLISHED:
        return idea
    if not rules.can_step(idea, Entry.Kind.PUBLISHED):
        raise Refused("wrong_state", _("Diese Idee wartet nicht mehr auf einen Blick. Lade die Seite neu."))
    _publish(idea, by=by)
    return idea


def _publish(idea: Idea, *, by: User | None) -> None:
    """The promise is made here: a contact person and the day of the answer."""
    idea.state = Idea.State.PUBLISHED
    idea.published_at = timezone.now()
    idea.answer_by = timezone.localdate() + timedelta(days=idea.quartier.answer_days)
    idea.contact = idea.contact or contact_for(idea.quartier)
    settle_photo(idea)
    idea.save(update_fields=["state", "published_at", "answer_by", "contact", "photo"])
    tell(idea, Entry.Kind.PUBLISHED, by=by)
