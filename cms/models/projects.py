"""The list of projects, and a project's page."""

from typing import Any

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page

from accounts.models import Quartier
from cms.blocks import Body
from cms.forms.pages import ProjectPageForm
from cms.selectors import pages as selectors
from participation.models import Project

from .base import OfQuartier, SitePage, ThingPage
from .pictures import Picture


class ProjectIndexPage(OfQuartier, SitePage):
    """`/<quartier>/projekte/`: what goes on here, with filters and search."""

    here = "projects"
    intro = models.TextField(_("Worum geht es?"), max_length=400, blank=True)

    is_creatable = False
    max_count_per_parent = 1
    parent_page_types = ["cms.QuartierPage"]
    subpage_types = ["cms.ProjectPage"]
    template = "cms/projects.html"

    content_panels = [*Page.content_panels, FieldPanel("intro")]
    promote_panels = ThingPage.promote_panels

    class Meta:
        verbose_name = _("Projektliste")
        verbose_name_plural = _("Projektlisten")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        return context | selectors.project_list(request.user, self.quartier, request.GET)


class ProjectPage(OfQuartier, ThingPage):
    """A project's page. The project's facts are edited on the same screen and saved through its services.

    Publishing the page announces the project, unpublishing conceals it (cms.receivers).
    """

    here = "projects"
    project = models.OneToOneField(Project, models.PROTECT, related_name="page", verbose_name=_("Projekt"))
    picture = models.ForeignKey(
        Picture,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("Bild"),
        help_text=_("leer: wir zeichnen eins"),
    )
    body = StreamField(Body(), verbose_name=_("Erzähl mehr"), blank=True)

    base_form_class = ProjectPageForm
    parent_page_types = ["cms.ProjectIndexPage"]
    subpage_types: list[str] = []
    template = "cms/project.html"

    content_panels = [
        FieldPanel("title", heading=_("Titel")),
        FieldPanel("picture"),
        MultiFieldPanel(
            [
                FieldPanel("summary"),
                FieldRowPanel([FieldPanel("state"), FieldPanel("format")]),
                FieldPanel("action_fields"),
                FieldPanel("place"),
                FieldRowPanel([FieldPanel("starts_on"), FieldPanel("ends_on")]),
                FieldRowPanel([FieldPanel("capacity"), FieldPanel("age_min"), FieldPanel("age_max")]),
                FieldPanel("guardian_consent"),
                FieldPanel("contacts"),
                FieldPanel("partners"),
                FieldPanel("easy"),
                FieldPanel("results"),
            ],
            heading=_("Das Projekt"),
            help_text=_("Titel und diese Angaben gelten sofort, auch ohne Veröffentlichen."),
        ),
        FieldPanel("body"),
    ]

    class Meta:
        verbose_name = _("Seite eines Projekts")
        verbose_name_plural = _("Seiten von Projekten")

    @property
    def thing(self) -> Project | None:
        return self.project if self.project_id is not None else None

    @property
    def quartier(self) -> Quartier:
        return self.project.quartier

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        self.project = selectors.project_of_page(self)
        context = super().get_context(request, *args, **kwargs)
        return context | selectors.project_facts(request.user, self)
