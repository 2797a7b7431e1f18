"""Staff without a second factor reach no socket either."""

from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from common.live import current_hub
from config.asgi import application
from participation.models import Event
from tests.line import Line

pytestmark = pytest.mark.django_db(transaction=True)


def _cookie(user: User) -> str:
    client = Client()
    client.force_login(user)
    return client.cookies["sessionid"].value


async def _stage(event: Event, user: User) -> bool:
    """Whether the stage's handshake is accepted."""
    session = await current_hub().run(_cookie, user)
    headers = {"host": "testserver", "origin": "http://testserver", "cookie": f"sessionid={session}"}
    line = Line(application, f"/ws/e/{event.join_code}/stage/", headers=headers)
    accepted = await line.open()
    await line.leave()
    await current_hub().asleep()
    return accepted


@pytest.mark.parametrize("required", [True, False])
async def test_the_stage_asks_for_the_second_factor(
    event: Event, contact_person: User, settings: Any, required: bool
) -> None:
    settings.SECOND_FACTOR_REQUIRED = required
    assert await _stage(event, contact_person) is not required
