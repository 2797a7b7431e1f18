"""The door to the pictures."""

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from . import draw

LONGEST_SEED = 40


@require_safe
def view(request: HttpRequest, field: str, seed: str) -> HttpResponse:
    """The picture of a field of action and a seed; a picture never changes, so it may be kept for a year."""
    if len(seed) > LONGEST_SEED or len(field) > LONGEST_SEED:
        raise Http404
    headers = {
        "Cache-Control": "public, max-age=31536000, immutable",
        # Opened by itself, an SVG is a document: it may load and run nothing.
        "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
    }
    return HttpResponse(draw(field, seed), content_type="image/svg+xml", headers=headers)
