"""Who is asking: the session of the pages."""

from django.utils.translation import gettext as _
from rest_framework import authentication, exceptions
from rest_framework.request import Request


class SessionAuthentication(authentication.SessionAuthentication):
    """Django's session with CSRF; names a scheme, so that DRF answers 401 instead of 403 to strangers."""

    def enforce_csrf(self, request: Request) -> None:
        """Refuses a write without the page's token, in words that help."""
        try:
            super().enforce_csrf(request)
        except exceptions.PermissionDenied:
            sentence = _("Die Seite war zu lange offen. Geh zurück, lade sie neu und schick es noch einmal.")
            raise exceptions.PermissionDenied(sentence, code="stale_page") from None

    def authenticate_header(self, request: Request) -> str:
        return "Session"
