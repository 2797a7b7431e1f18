"""Who is asking: the session of the pages."""

from rest_framework import authentication
from rest_framework.request import Request


class SessionAuthentication(authentication.SessionAuthentication):
    """Django's session with CSRF; names a scheme, so that DRF answers 401 instead of 403 to strangers."""

    def authenticate_header(self, request: Request) -> str:
        return "Session"
