"""What all our pages share."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest
from django.urls import Resolver404, resolve
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.models import Page

from accounts.models import Quartier
from accounts.pages import set_quartier

# Depth of a Quartier's page in the tree: root, home, Quartier. Everything below belongs to that Quartier.
QUARTIER_DEPTH = 3


class SitePage(Page):
    """A page of ours: no privacy settings (a page is public or a draft), short "promote" tab."""

    private_page_options: list[str] = []
    promote_panels = [
        MultiFieldPanel(
            [FieldPanel("slug"), FieldPanel("seo_title"), FieldPanel("search_description")],
            heading=_("Für Suchmaschinen"),
        )
    ]

    class Meta:
        abstract = True


class ThingPage(SitePage):
    """A page that presents a Quartier or a project and stands at the thing's own address.

    The thing rules: its title and slug are the page's, so that addresses made from the thing always lead here.
    """

    promote_panels = [
        MultiFieldPanel([FieldPanel("seo_title"), FieldPanel("search_description")], heading=_("Für Suchmaschinen"))
    ]

    class Meta:
        abstract = True

    @property
    def thing(self) -> models.Model | None:
        """None while a new page has not made its thing yet."""
        raise NotImplementedError

    def full_clean(self, *args: Any, **kwargs: Any) -> None:
        if self.thing is not None:
            self.slug = self.thing.slug  # type: ignore[attr-defined]
        super().full_clean(*args, **kwargs)


class OfQuartier:
    """A page below a Quartier's page."""

    here = ""

    @cached_property
    def quartier(self) -> Quartier:
        """The Quartier whose page stands above this one."""
        path = self.path[: QUARTIER_DEPTH * self.steplen]  # type: ignore[attr-defined]
        return Quartier.objects.select_related("programme", "carrier").get(page__path=path)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        set_quartier(request, self.quartier, here=self.here)
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)  # type: ignore[misc]
        return context


def refuse_taken_address(slug: str, *, above: str = "") -> None:
    """Raises ValidationError for an address at which another part of the product already answers."""
    try:
        match = resolve(f"{above}/{slug}/")
    except Resolver404:
        return
    if match.url_name != "wagtail_serve":
        raise ValidationError({"slug": _("Unter dieser Adresse steht schon etwas anderes. Nimm eine andere.")})
