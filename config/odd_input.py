"""What no person sends: control characters in an address or a cookie. Answered before anybody looks them up.

PostgreSQL takes no NUL in a text, so that looking for one is a fault and not an empty answer. Forms and the API
refuse it by themselves; addresses and cookies reach selectors, sessions and Wagtail's own views, all of them
through this one door. A cookie holds control characters in octal (`"\\000"`), which servers let pass.
"""

from collections.abc import Callable, Iterable
from contextlib import suppress
from http.cookies import CookieError
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.cookie import parse_cookie

from config.errors import bad_request

# Everything below the blank, and DEL.
CONTROL = frozenset(map(chr, [*range(32), 127]))


class OddInputMiddleware:
    """Answers an odd address or cookie with the 400 page, and takes the cookie away, so that the next try works."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        odd = odd_cookies(request.COOKIES)
        if not odd and not is_odd(request.path_info, request.META.get("QUERY_STRING", "")):
            return self.get_response(request)
        for name in odd:
            del request.COOKIES[name]
        response = bad_request(request)
        for name in odd:
            with suppress(CookieError):  # a name that no cookie of ours could have
                response.delete_cookie(name)
        return response


class OddInputSockets:
    """The same at the handshake of a socket: refused (403)."""

    def __init__(self, inner: Any) -> None:
        self.inner = inner

    async def __call__(self, scope: dict[str, Any], receive: Any, send: Any) -> None:
        if is_odd(scope["path"], scope["query_string"].decode("latin-1")) or odd_cookies(_cookies(scope["headers"])):
            await receive()  # websocket.connect
            await send({"type": "websocket.close"})
            return
        await self.inner(scope, receive, send)


def _cookies(headers: Iterable[tuple[bytes, bytes]]) -> dict[str, str]:
    return parse_cookie(";".join(value.decode("latin-1") for name, value in headers if name == b"cookie"))


def is_odd(path: str, query: str) -> bool:
    """Control characters in a decoded path, or NUL in a query as it was sent; a line break there may be pasted."""
    return has_control(path) or "%00" in query or "\0" in query


def odd_cookies(cookies: dict[str, str]) -> list[str]:
    """The names of cookies that nobody of ours has set."""
    return [name for name, value in cookies.items() if has_control(name) or has_control(value)]


def has_control(text: str) -> bool:
    return not CONTROL.isdisjoint(text)
