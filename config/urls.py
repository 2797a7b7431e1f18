"""Every address of the product. Wagtail's catch-all stands last."""

from django.urls import URLPattern, URLResolver, include, path, re_path
from django.views.generic import RedirectView
from drf_spectacular.views import SpectacularAPIView
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

from config import media

api: list[URLPattern | URLResolver] = [
    path("", include("accounts.api_urls")),
    path("", include("ideas.api_urls")),
    path("", include("participation.api_urls")),
    path("schema/", SpectacularAPIView.as_view(), name="schema"),
]

urlpatterns = [
    path("api/v1/", include((api, "api"))),
    path("verwaltung/login/", RedirectView.as_view(pattern_name="account_login", query_string=True)),
    path("verwaltung/logout/", RedirectView.as_view(pattern_name="account_logout")),
    path("verwaltung/", include(wagtailadmin_urls)),
    path("dokumente/", include(wagtaildocs_urls)),
    path("team/", include("config.team_urls")),
    path("sprache/", include("common.language_urls")),
    path("", include("accounts.urls")),
    path("melden/", include("moderation.urls")),
    path("", include("participation.urls.events")),
    path("", include("participation.urls.chat")),
    path("", include("common.urls")),
    path("", include("cms.urls")),
    path("", include("participation.urls.projects")),
    path("", include("ideas.urls")),
    # Photos have random names and never change; in production the reverse proxy serves them (README).
    re_path(r"^media/(?P<path>.*)$", media.serve_media),
    # Wagtail's own log-in would let staff in with the password alone, past the second factor.
    path("_util/login/", RedirectView.as_view(pattern_name="account_login", query_string=True)),
    path("", include(wagtail_urls)),
]

handler400 = "config.errors.bad_request"
handler403 = "config.errors.forbidden"
handler404 = "config.errors.not_found"
handler500 = "config.errors.server_error"
