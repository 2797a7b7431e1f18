"""How the pages answer: in HTML or, to their own scripts, in JSON; and where they lead back to."""

from typing import cast
from urllib.parse import urlsplit

from django.http import HttpRequest, JsonResponse

from accounts.models import User
from common.errors import Refused
from common.ways import is_ours

STATUS = {"forbidden": 403, "absent": 404, "rate": 429, "invalid": 400}


def wants_json(request: HttpRequest) -> bool:
    return request.headers.get("accept") == "application/json"


def acting(request: HttpRequest) -> User:
    """The signed-in person; only for views behind `resident_required`."""
    return cast(User, request.user)


def refused(refusal: Refused) -> JsonResponse:
    """The same shape and status as in the API."""
    answer = {"code": refusal.code, "detail": str(refusal), "field": refusal.field}
    return JsonResponse(answer, status=STATUS.get(refusal.code, 409))


def way_back(request: HttpRequest, otherwise: str) -> str:
    """The page the tap came from (`next`, else the referring page of ours), never the act's own address."""
    for target in (request.POST.get("next"), request.headers.get("referer")):
        if target and is_ours(request, target) and urlsplit(target).path != request.path:
            return target
    return otherwise
