"""Control characters at the handshake of a socket; over HTTP see tests/house/test_odd_input.py."""

from urllib.parse import quote

import pytest

from common.live import current_hub
from config.asgi import application
from participation.models import Event
from tests.line import Line

pytestmark = pytest.mark.django_db(transaction=True)


async def _is_let_in(path: str, *, cookie: str = "", query: bytes = b"") -> bool:
    headers = {"host": "testserver", "origin": "http://testserver", "cookie": cookie}
    line = Line(application, path, headers=headers, query_string=query, raw_path=quote(path).encode())
    accepted = await line.open()
    await line.leave()
    await current_hub().asleep()
    return accepted


@pytest.mark.parametrize(
    "cookie",
    [r'sessionid="aaaaaaaa\000b"', r'a=b; sessionid="aaaaaaaa\001b"', r'seat_1="\177"', "sessionid=aaaaaaaa\0b"],
)
async def test_a_cookie_with_control_characters_opens_no_socket(event: Event, cookie: str) -> None:
    path = f"/ws/e/{event.join_code}/screen/"
    assert (await _is_let_in(path), await _is_let_in(path, cookie=cookie)) == (True, False)


@pytest.mark.parametrize(("end", "query"), [("a\0b/screen/", b""), ("{code}/screen/", b"a=%00"), ("{code}/\x01/", b"")])
async def test_an_address_with_control_characters_opens_no_socket(event: Event, end: str, query: bytes) -> None:
    assert await _is_let_in(f"/ws/e/{end.format(code=event.join_code)}", query=query) is False
