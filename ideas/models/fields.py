"""Fields of action (Felder): an editable list, kept as tags."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from taggit.models import ItemBase, TagBase


class Field(TagBase):
    """A field of action such as "Grün"; the slug also picks the drawn picture."""

    order = models.PositiveSmallIntegerField(_("Reihenfolge"), default=100)

    class Meta:
        verbose_name = _("Feld")
        verbose_name_plural = _("Felder")
        ordering = ["order", "name"]


class TaggedIdea(ItemBase):
    tag = models.ForeignKey(Field, models.CASCADE, related_name="tagged_ideas")
    content_object = models.ForeignKey("ideas.Idea", models.CASCADE, related_name="tagged_fields")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["tag", "content_object"], name="a_field_once_per_idea")]
