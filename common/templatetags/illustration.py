"""`{% illustration_url field seed %}`: the picture for what has no photo."""

from django import template
from django.urls import reverse
from django.utils.text import slugify

from common.illustrations.views import LONGEST_SEED

register = template.Library()


@register.simple_tag
def illustration_url(field: str | None, seed: object) -> str:
    """The address of the picture of a field of action (its slug) and a record's id."""
    parts = {"field": slugify(field or "") or "anstoss", "seed": slugify(str(seed)) or "0"}
    return reverse("illustration", kwargs={name: part[:LONGEST_SEED] for name, part in parts.items()})
