"""Where a page leads on to: addresses of our own only."""

from urllib.parse import urlsplit

from django.http import HttpRequest
from django.utils.http import url_has_allowed_host_and_scheme


def is_ours(request: HttpRequest, target: str) -> bool:
    """Is this an address of this site, said from its root? Anything else could lead away or nowhere."""
    own = url_has_allowed_host_and_scheme(target, {request.get_host()}, require_https=request.is_secure())
    return own and urlsplit(target).path.startswith("/")
