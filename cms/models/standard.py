"""Pages that hold nothing but text: imprint, privacy, accessibility, house rules."""

from typing import Any

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page

from accounts.models import Quartier
from accounts.pages import set_quartier
from cms.blocks import Body

from .base import QUARTIER_DEPTH, SitePage, refuse_taken_address


class StandardPage(SitePage):
    """A page of text, for the whole site or below a Quartier."""

    intro = models.TextField(_("Worum geht es?"), max_length=400, blank=True)
    body = StreamField(Body(), verbose_name=_("Text"), blank=True)

    parent_page_types = ["cms.HomePage", "cms.QuartierPage"]
    subpage_types: list[str] = []
    template = "cms/standard.html"

    content_panels = [*Page.content_panels, FieldPanel("intro"), FieldPanel("body")]

    class Meta:
        verbose_name = _("Textseite")
        verbose_name_plural = _("Textseiten")

    def clean(self) -> None:
        super().clean()
        refuse_taken_address(self.slug)
        refuse_taken_address(self.slug, above="/quartier")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        if self.depth > QUARTIER_DEPTH:
            above = self.path[: QUARTIER_DEPTH * self.steplen]
            set_quartier(request, Quartier.objects.get(page__path=above))
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        return context
