"""What a view tells the page frame around it."""

from django.http import HttpRequest

from accounts.models import Quartier


def set_quartier(request: HttpRequest, quartier: Quartier, here: str = "") -> None:
    """Names the Quartier and the place in the bottom bar (`start`, `ideas`, `new`, `projects`, `chat`)."""
    request.quartier = quartier  # type: ignore[attr-defined]
    request.here = here  # type: ignore[attr-defined]
