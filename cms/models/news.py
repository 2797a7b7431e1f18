"""News of a Quartier."""

from typing import Any

from django.db import models
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page

from cms.blocks import Body
from cms.selectors import pages as selectors

from .base import OfQuartier, SitePage, ThingPage
from .pictures import Picture


class NewsIndexPage(OfQuartier, SitePage):
    """`/<quartier>/neues/`: the newest first."""

    here = "start"
    is_creatable = False
    max_count_per_parent = 1
    parent_page_types = ["cms.QuartierPage"]
    subpage_types = ["cms.NewsPage"]
    template = "cms/news_index.html"

    promote_panels = ThingPage.promote_panels

    class Meta:
        verbose_name = _("Neuigkeiten")
        verbose_name_plural = _("Neuigkeiten")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        return context | {"page_obj": selectors.news_list(self.path, request.GET.get("page"))}


class NewsPage(OfQuartier, SitePage):
    """One piece of news."""

    here = "start"
    day = models.DateField(_("Datum"), default=timezone.localdate)
    summary = models.CharField(_("In einem Satz"), max_length=240, blank=True)
    picture = models.ForeignKey(
        Picture, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("Bild")
    )
    body = StreamField(Body(), verbose_name=_("Text"), blank=True)

    parent_page_types = ["cms.NewsIndexPage"]
    subpage_types: list[str] = []
    template = "cms/news.html"

    content_panels = [
        *Page.content_panels,
        FieldPanel("day"),
        FieldPanel("summary"),
        FieldPanel("picture"),
        FieldPanel("body"),
    ]

    class Meta:
        verbose_name = _("Neuigkeit")
        verbose_name_plural = _("Neuigkeiten")
