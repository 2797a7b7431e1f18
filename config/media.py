"""Uploaded photos and pictures, for a machine without a reverse proxy in front."""

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.utils.cache import patch_cache_control
from django.views.static import serve


def serve_media(request: HttpRequest, path: str) -> HttpResponseBase:
    """A file below MEDIA_ROOT. Names are random and a file never changes, so it may be kept for a year.

    `sandbox` and `nosniff` keep an uploaded file from ever acting as a page of ours.
    """
    response = serve(request, path, document_root=str(settings.MEDIA_ROOT))
    patch_cache_control(response, public=True, max_age=31_536_000, immutable=True)
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response
