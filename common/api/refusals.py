"""How a refusal is said to a program."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.utils.translation import gettext as _
from rest_framework import exceptions
from rest_framework.response import Response
from rest_framework.views import exception_handler

from common.errors import Refused

# The status of a refusal, by its code; every other one is a conflict with the present state.
STATUS = {"forbidden": 403, "absent": 404, "rate": 429, "invalid": 400, "sign_in": 401}


def answer_refusal(error: Exception, context: dict[str, Any]) -> Response | None:
    """Every refusal in one shape: `{"code", "detail", "field"}`, with `fields` for a form's mistakes.

    A refusal that knows what would go instead says it under names of its own.
    """
    if isinstance(error, Refused):
        response = _said(STATUS.get(error.code, 409), error.code, str(error), error.field)
        response.data |= error.facts
        return response
    if isinstance(error, Http404):
        return _said(404, "absent", _("Das gibt es nicht oder nicht mehr."))
    if isinstance(error, PermissionDenied):
        return _said(403, "forbidden", _("Das darfst du hier nicht."))
    if isinstance(error, exceptions.NotAuthenticated):
        response = _said(401, "sign_in", _("Wähl zuerst einen Spitznamen, dann geht es weiter."))
        response["WWW-Authenticate"] = "Session"
        return response
    if isinstance(error, exceptions.ValidationError):
        return _mistakes(error)
    answered = exception_handler(error, context)
    if answered is not None and isinstance(error, exceptions.APIException):
        code = error.get_codes()
        answered.data = {
            "code": code if isinstance(code, str) else "invalid",
            "detail": str(error.detail),
            "field": None,
        }
    return answered


def _said(status: int, code: str, sentence: str, field: str | None = None) -> Response:
    return Response({"code": code, "detail": sentence, "field": field}, status=status)


def _mistakes(error: exceptions.ValidationError) -> Response:
    fields = error.detail if isinstance(error.detail, dict) else {"non_field_errors": error.detail}
    return Response(
        {
            "code": "invalid",
            "detail": _("Da fehlt noch etwas. Schau dir die markierten Angaben an."),
            "field": None,
            "fields": fields,
        },
        status=400,
    )
