"""What all acts on projects share."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from common.errors import Refused
from participation.models import Project
from participation.rules.projects import OBSTACLES


def locked(project: Project) -> Project:
    """The project's row as it is now, held until the act is done. Raises Refused `absent`."""
    rows = Project.objects.select_for_update(of=("self",)).select_related("quartier")
    found = rows.filter(pk=project.pk).first()
    if found is None:
        raise Refused("absent", OBSTACLES["absent"])
    return found


def forbidden() -> Refused:
    return Refused("forbidden", _("Das darf nur das Team dieses Quartiers."))


def first_mistake(error: ValidationError) -> Refused:
    """A model's complaint as a sentence about one field."""
    field, sentences = next(iter(error.message_dict.items()))
    return Refused("invalid", sentences[0], None if field == "__all__" else field)
