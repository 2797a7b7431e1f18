"""Quartiere together with their pages."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import Quartier, User
from accounts.rules import is_administrator
from accounts.services import create_quartier, update_quartier
from cms.models import QuartierPage
from cms.services.access import sync_team_access
from cms.services.site import ensure_quartier_page
from common.errors import Refused


@transaction.atomic
def open_quartier(*, by: User, intro: str = "", **facts: Any) -> Quartier:
    """A new Quartier with its pages. Raises Refused `forbidden`, `invalid` (with the field)."""
    if not is_administrator(by):
        raise Refused("forbidden", _("Das dürfen nur Administratorinnen und Administratoren."))
    try:
        quartier = create_quartier(**facts)
        ensure_quartier_page(quartier=quartier, intro=intro)
    except ValidationError as error:
        raise refused(error) from None
    return quartier


@transaction.atomic
def rename_quartier(*, quartier: Quartier, by: User, **changes: Any) -> Quartier:
    """Changes facts of a Quartier and keeps its page at the same name and address. Raises Refused."""
    programme = Quartier.objects.filter(pk=quartier.pk).values_list("programme_id", flat=True).get()
    try:
        quartier = update_quartier(quartier=quartier, by=by, **changes)
        page = QuartierPage.objects.filter(quartier=quartier).first()
        if page is not None and (page.title, page.slug) != (quartier.name, quartier.slug):
            page.quartier = quartier
            page.title = page.draft_title = quartier.name
            page.slug = quartier.slug
            page.save()
    except ValidationError as error:
        raise refused(error) from None
    if quartier.programme_id != programme:
        sync_team_access(quartier)
    return quartier


def refused(error: ValidationError) -> Refused:
    """The first mistake as a refusal that names its field."""
    field, sentences = next(iter(error.message_dict.items()))
    return Refused("invalid", sentences[0], None if field == "__all__" else field)
