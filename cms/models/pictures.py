"""Pictures that staff upload. Nothing but pixels is kept (guard.md, finding 1; see `cms.forms.pictures`)."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.images.models import AbstractImage, AbstractRendition


class Picture(AbstractImage):
    """A picture; its `description` is the alternative text that a page may replace by a better one."""

    admin_form_fields = (
        "title",
        "file",
        "description",
        "collection",
        "focal_point_x",
        "focal_point_y",
        "focal_point_width",
        "focal_point_height",
    )

    class Meta(AbstractImage.Meta):
        verbose_name = _("Bild")
        verbose_name_plural = _("Bilder")

    def __str__(self) -> str:
        return self.title


class Rendition(AbstractRendition):
    """A picture in one size, always WebP (`WAGTAILIMAGES_FORMAT_CONVERSIONS`)."""

    image = models.ForeignKey(Picture, models.CASCADE, related_name="renditions")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["image", "filter_spec", "focal_point_key"], name="one_rendition_per_size")
        ]
