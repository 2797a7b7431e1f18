"""Home, and the page of a Quartier."""

from typing import Any

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page

from accounts.models import Quartier
from accounts.pages import set_quartier
from cms.blocks import Body, Logos, Steps
from cms.forms.pages import QuartierPageForm
from cms.selectors import pages as selectors

from .base import SitePage, ThingPage, refuse_taken_address


class HomePage(SitePage):
    """The front door: what this is, and which Quartiere there are."""

    intro = models.TextField(_("Worum geht es?"), max_length=400, blank=True)
    steps = StreamField(Steps(), verbose_name=_("So geht’s"), blank=True)

    max_count = 1
    parent_page_types = [Page]
    subpage_types = ["cms.QuartierPage", "cms.StandardPage"]
    template = "cms/home.html"

    content_panels = [*Page.content_panels, FieldPanel("intro"), FieldPanel("steps")]

    class Meta:
        verbose_name = _("Startseite")
        verbose_name_plural = _("Startseiten")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        request.here = "start"  # type: ignore[attr-defined]
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        return context | {"places": selectors.places()}


class QuartierPage(ThingPage):
    """A Quartier's page; the Quartier's own settings are edited on the same screen."""

    quartier = models.OneToOneField(Quartier, models.PROTECT, related_name="page", verbose_name=_("Quartier"))
    intro = models.TextField(_("Worum geht es hier?"), max_length=600, blank=True)
    how = StreamField(
        Steps(),
        verbose_name=_("So geht’s"),
        blank=True,
        help_text=_("leer: die drei Schritte der Startseite"),
    )
    body = StreamField(Body(), verbose_name=_("Mehr"), blank=True)
    logos = StreamField(Logos(), verbose_name=_("Wer fördert und hilft"), blank=True)

    base_form_class = QuartierPageForm
    # Made together with its Quartier (cms.services.site.ensure_quartier_page).
    is_creatable = False
    parent_page_types = ["cms.HomePage"]
    subpage_types = ["cms.ProjectIndexPage", "cms.NewsIndexPage", "cms.StandardPage"]
    template = "cms/quartier.html"

    content_panels = [
        FieldPanel("title", heading=_("Name"), help_text=_("gilt sofort, auch ohne Veröffentlichen")),
        FieldPanel("intro"),
        FieldPanel("how"),
        FieldPanel("body"),
        FieldPanel("logos"),
        MultiFieldPanel(
            [
                FieldPanel("city"),
                FieldPanel("carrier"),
                FieldPanel("age_min"),
                FieldPanel("age_max"),
                FieldPanel("publish_residents"),
                FieldPanel("publish_guests"),
                FieldPanel("answer_days"),
            ],
            heading=_("Einstellungen des Quartiers"),
            help_text=_("Diese Angaben gelten sofort, auch ohne Veröffentlichen."),
        ),
    ]

    class Meta:
        verbose_name = _("Seite eines Quartiers")
        verbose_name_plural = _("Seiten von Quartieren")

    @property
    def thing(self) -> Quartier:
        return self.quartier

    def clean(self) -> None:
        super().clean()
        refuse_taken_address(self.slug)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        self.quartier = selectors.quartier_of_page(self)
        set_quartier(request, self.quartier, here="start")
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        return context | selectors.quartier_facts(request.user, self)
