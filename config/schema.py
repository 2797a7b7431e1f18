"""The API's OpenAPI description: our own addresses only, and how a caller is known."""

from typing import Any

from drf_spectacular.extensions import OpenApiAuthenticationExtension

# Path, path with the regular expressions in it, method, view.
Endpoint = tuple[str, str, str, Any]


class SessionScheme(OpenApiAuthenticationExtension):
    """Django's session cookie; a write also carries the header X-CSRFToken."""

    target_class = "common.api.authentication.SessionAuthentication"
    name = "session"

    def get_security_definition(self, auto_schema: Any) -> dict[str, str]:
        return {"type": "apiKey", "in": "cookie", "name": "sessionid"}


def ours_only(endpoints: list[Endpoint], **kwargs: Any) -> list[Endpoint]:
    """Wagtail's admin has an API of its own, which is nobody's business."""
    return [endpoint for endpoint in endpoints if endpoint[0].startswith("/api/v1/")]
