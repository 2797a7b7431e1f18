"""The API against what its own description allows and forbids: schemathesis makes the calls, none may be a fault."""

import json
import logging
from collections.abc import Iterator
from http.cookies import SimpleCookie
from typing import Any
from urllib.parse import urlencode

import pytest
import schemathesis
from django.core.cache import cache
from django.db import transaction
from django.test import Client
from drf_spectacular.generators import SchemaGenerator
from hypothesis import HealthCheck, given, settings
from schemathesis.generation import GenerationMode

from accounts.models import User
from participation.services.chat import open_room, post_message

DESCRIBED = schemathesis.openapi.from_dict(SchemaGenerator().get_schema(request=None, public=True))
OPERATIONS = {operation.label: operation for operation in (found.ok() for found in DESCRIBED.get_all_operations())}
# Bounded, and the same calls in every run.
FEW = settings(max_examples=15, deadline=None, database=None, derandomize=True, suppress_health_check=list(HealthCheck))


@pytest.fixture(autouse=True)
def quiet() -> Iterator[None]:
    """Django logs every refusal; here they are the rule."""
    logging.disable(logging.WARNING)
    yield
    logging.disable(logging.NOTSET)


@pytest.fixture
def known(idea: Any, project: Any, event: Any, member: User) -> dict[str, dict[str, Any]]:
    """What is there to be asked for, by the first word of the path."""
    room = open_room(project=project)
    message = post_message(author=member, room=room, client_id=idea.client_id, text="Hallo")
    return {
        "quartiere": {"slug": idea.quartier.slug},
        "ideas": {"id": idea.pk},
        "projects": {"id": project.pk},
        "rooms": {"id": room.pk, "message_pk": message.pk},
        "events": {"join_code": event.join_code},
    }


@pytest.mark.parametrize("label", OPERATIONS)
def test_no_call_is_a_fault_of_ours(known: dict[str, dict[str, Any]], member: User, label: str) -> None:
    operation = OPERATIONS[label]
    path = operation.path.format(**known[operation.path.split("/")[3]])
    client = Client(raise_request_exception=False)
    client.force_login(member)
    session = client.cookies["sessionid"].value
    right, wrong = (operation.as_strategy(generation_mode=mode) for mode in GenerationMode)

    @FEW
    @given(case=right | wrong)
    def call(case: Any) -> None:
        cache.clear()
        client.cookies = SimpleCookie({"sessionid": session})
        with transaction.atomic():
            response = _send(client, case, path)
            transaction.set_rollback(True)
        assert response.status_code < 500, response.exc_info

    call()


def _send(client: Client, case: Any, path: str) -> Any:
    query = urlencode(case.query or {}, doseq=True, errors="replace")
    if isinstance(case.body, bytes | str | int | float | list | dict | None):
        body = json.dumps(case.body, default=str)
    else:
        body = ""
    return client.generic(case.method, path, body, content_type="application/json", QUERY_STRING=query)


def test_the_description_names_every_operation() -> None:
    assert len(OPERATIONS) == 20
