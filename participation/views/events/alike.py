"""Pages that look alike for everybody who comes in: rendered once for all of them, filled in for each.

When a hall comes in, a thousand people read the same two pages within a minute. They differ in a name, a number and
the ids of forms, while rendering is most of what a page costs. So such a page is rendered once for a moment,
with blanks where the readers differ, and each reader's own values are put into a copy.
"""

import re
import secrets
import threading
import time
import uuid
from collections.abc import Callable, Hashable
from typing import Any, Final

from django.contrib.messages import get_messages
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.template.loader import render_to_string
from django.utils.html import conditional_escape
from django.utils.translation import get_language

LASTS: Final = 2.0
"""Seconds: so old may counts be on such a page; what is numbered belongs to `about` and is never old."""
# Nobody can guess it, so nobody can type a blank into a topic.
_SIGN: Final = secrets.token_hex(16)
_BLANKS: Final = re.compile(rf'{_SIGN}-(\w+)-|(?<=name="op" value=")[^"]+')

Pieces = list[str | None]
_rendered: dict[Hashable, tuple[float, Pieces]] = {}
# Held while a page is rendered: the others of that moment wait for it instead of rendering it too.
_rendering = threading.Lock()


def blank(name: str) -> str:
    """What stands in the context of a page in place of a value that is each reader's own."""
    return f"{_SIGN}-{name}-"


def is_anyone(request: HttpRequest) -> bool:
    """Whether a page can be like everybody else's: just read, without an account, and with nothing to tell."""
    return request.method == "GET" and not request.user.is_authenticated and not len(get_messages(request))


def answer(
    request: HttpRequest, template: str, *, about: Hashable, context: Callable[[], dict[str, Any]], **own: str
) -> HttpResponse:
    """The page for `is_anyone`, from a `context` with `blank`s for the names in `own`, whose values go into them.

    `about` says what the page shows beside its address and language; pages about the same look alike. The token and
    the ids of operations are each reader's own by themselves.
    """
    values = {name: conditional_escape(value) for name, value in own.items()} | {"token": get_token(request)}
    key = (request.get_host(), request.get_full_path(), get_language(), about)
    with _rendering:
        pieces = _known(key) or _render(key, request, template, context)
    return HttpResponse("".join(_filled(pieces, values)))


def _known(key: Hashable) -> Pieces | None:
    until, pieces = _rendered.get(key, (0.0, None))
    return pieces if until > time.monotonic() else None


def _render(key: Hashable, request: HttpRequest, template: str, context: Callable[[], dict[str, Any]]) -> Pieces:
    page = render_to_string(template, {**context(), "csrf_token": blank("token")}, request)
    pieces: Pieces = _BLANKS.split(page)
    now = time.monotonic()
    for old in [known for known, (until, _pieces) in _rendered.items() if until <= now]:
        del _rendered[old]
    _rendered[key] = (now + LASTS, pieces)
    return pieces


def _filled(pieces: Pieces, values: dict[str, str]) -> list[str]:
    """Text and blanks take turns; a blank without a name is the id of an operation."""
    filled: list[str] = []
    for text, name in zip(pieces[::2], [*pieces[1::2], ""], strict=True):
        filled.append(text or "")
        if name != "":
            filled.append(str(uuid.uuid4()) if name is None else values[name])
    return filled
