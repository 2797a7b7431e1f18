"""What every page knows of its surroundings: the Quartier, the place in the bottom bar, the ways on."""

from types import SimpleNamespace
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import reverse

from accounts.models import Quartier


def surroundings(request: HttpRequest) -> dict[str, Any]:
    """Context for base.html. Views name the Quartier with `accounts.pages.set_quartier`."""
    quartier = _quartier(request)
    return {
        "quartier": quartier,
        "here": getattr(request, "here", ""),
        "nav": _ways(request, quartier),
        "demo": getattr(settings, "DEMO", False),
    }


def _quartier(request: HttpRequest) -> Quartier | None:
    """The page's Quartier, or the one the person lives in."""
    named: Quartier | None = getattr(request, "quartier", None)
    user = getattr(request, "user", None)
    if named is None and user is not None and user.is_authenticated and user.quartier_id:
        named = user.quartier
    return named


def _ways(request: HttpRequest, quartier: Quartier | None) -> SimpleNamespace:
    user = getattr(request, "user", None)
    is_staff = bool(user is not None and user.is_authenticated and user.is_staff)
    ways = SimpleNamespace(
        home="/",
        quartiere=reverse("accounts:quartiere"),
        chat=reverse("chat:mine"),
        me=reverse("accounts:me"),
        team=reverse("wagtailadmin_home") if is_staff else reverse("account_login"),
        imprint="/impressum/",
        privacy="/datenschutz/",
        accessibility="/barrierefreiheit/",
        manifest=static("manifest.webmanifest"),
        ideas=None,
        new_idea=None,
        projects=None,
    )
    if quartier is not None:
        ways.home = quartier.get_absolute_url()
        ways.ideas = reverse("ideas:list", args=[quartier.slug])
        ways.new_idea = reverse("ideas:new", args=[quartier.slug])
        ways.projects = f"/{quartier.slug}/projekte/"
    return ways
