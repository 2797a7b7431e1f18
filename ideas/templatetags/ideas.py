"""`{% idea_picture idea %}`: the photo of an idea in the right size, or its drawn picture."""

from typing import Any

from django import template

from common import photos
from common.illustrations.pen import HEIGHT, WIDTH
from common.templatetags.illustration import illustration_url
from ideas.models import Idea

register = template.Library()
MIDDLE = 640


@register.inclusion_tag("ideas/picture.html")
def idea_picture(idea: Idea, *, alt: str = "", eager: bool = False) -> dict[str, Any]:
    """Without `alt` the picture is decoration beside its title; `eager` for the first thing on a page."""
    common = {"alt": alt, "eager": eager}
    if not idea.photo:
        url = illustration_url(idea.field_slug, idea.pk)
        return common | {"src": url, "width": WIDTH, "height": HEIGHT}
    width, height = photos.size(idea.photo)
    photo = {"src": photos.urls(idea.photo)[MIDDLE], "srcset": photos.srcset(idea.photo)}
    return common | photo | {"width": width, "height": height}
