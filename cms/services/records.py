"""Small records that a team keeps about itself (contact persons, partners), and lists of administrators."""

from typing import TypeVar

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import Count
from django.db.models.deletion import ProtectedError
from django.utils.translation import gettext as _

from accounts.models import Carrier, ContactPerson, Partner, Programme, User
from accounts.rules import is_administrator, is_staff_of
from cms.services.places import refused
from common.errors import Refused
from ideas.models import Field
from participation.models import Project

Record = TypeVar("Record", ContactPerson, Partner, Programme, Carrier, Field)


@transaction.atomic
def save_record(*, record: Record, by: User) -> Record:
    """Writes a new or changed record. Raises Refused `forbidden`, `invalid` (with the field)."""
    _check(record, by)
    try:
        record.full_clean()
    except ValidationError as error:
        raise refused(error) from None
    record.save()
    return record


@transaction.atomic
def delete_record(*, record: Record, by: User) -> None:
    """Removes a record that nothing stands on. Raises Refused `forbidden`, `in_use`."""
    _check(record, by)
    if isinstance(record, ContactPerson) and _is_the_only_one(record):
        raise Refused("in_use", _("Ein Projekt hat nur diese Ansprechperson. Such dort zuerst eine andere aus."))
    try:
        record.delete()
    except ProtectedError:
        raise Refused("in_use", _("Das wird noch gebraucht. Ändere zuerst, was daran hängt.")) from None


def _check(record: models.Model, by: User) -> None:
    """A team keeps what belongs to its Quartier; a record cannot be moved out of foreign hands either."""
    quartiere = [record.quartier] if hasattr(record, "quartier") else []
    if quartiere and record.pk:
        quartiere.append(type(record).objects.select_related("quartier").get(pk=record.pk).quartier)  # type: ignore[attr-defined]
    allowed = all(is_staff_of(by, quartier) for quartier in quartiere) if quartiere else is_administrator(by)
    if not allowed:
        raise Refused("forbidden", _("Das darf nur das Team dieses Quartiers."))


def _is_the_only_one(contact: ContactPerson) -> bool:
    """Does a project stand on this person alone? It needs at least one (domain.md, "From idea to project")."""
    counted = Project.objects.filter(quartier=contact.quartier).annotate(people=Count("contacts"))
    return counted.filter(people=1, contacts=contact).exists()
