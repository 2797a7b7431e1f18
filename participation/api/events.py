"""Open spaces for programs: what is public, a seat, the operations of a seat, and the long poll."""

import secrets
import uuid
from collections.abc import Mapping
from typing import Any, cast

from django.contrib.auth.models import AnonymousUser
from django.http import Http404, HttpRequest, JsonResponse
from django.urls import path
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import generics, status
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.models import User
from accounts.selectors import free_nickname, quartier_or_404
from common.api.authentication import SessionAuthentication
from common.errors import Refused
from common.live import current_hub, now_ms
from participation.live import events as live
from participation.models import Event, Seat
from participation.seat_cookie import give_cookie
from participation.selectors import events as selectors
from participation.selectors import grid
from participation.selectors.harvest import join_counts
from participation.serializers.events import (
    AnswerSerializer,
    EventDetailSerializer,
    EventSerializer,
    NewSeatSerializer,
    OperationSerializer,
    SeatSerializer,
)
from participation.services import events as services
from participation.services import operations

LONGEST_POLL = 20


class EventList(generics.ListAPIView[Event]):
    """Events that somebody may know of, newest first; `?quartier=` narrows them down."""

    serializer_class = EventSerializer

    def get_queryset(self) -> Any:
        slug = self.request.query_params.get("quartier")
        return selectors.events_for(self.request.user, quartier_or_404(slug) if slug else None)

    @extend_schema(parameters=[OpenApiParameter("quartier", OpenApiTypes.STR)], operation_id="events_list")
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        return super().get(request, *args, **kwargs)


class EventDetail(APIView):
    """One event with its wall and its ballots."""

    @extend_schema(responses=EventDetailSerializer, operation_id="events_read")
    def get(self, request: Request, join_code: str) -> Response:
        event = selectors.event_or_404(request.user, join_code)
        event.live = selectors.state_of(event, "public")  # type: ignore[attr-defined]
        return Response(EventDetailSerializer(event).data)


class SeatDoor(APIView):
    """A seat by code: a cookie that no script reads, and the token for programs without cookies."""

    @extend_schema(
        request=NewSeatSerializer,
        responses={200: SeatSerializer, 201: SeatSerializer},
        operation_id="events_seat",
    )
    def post(self, request: Request, join_code: str) -> Response:
        """Take a seat; who has one gets the same again."""
        _refuse_other_sites(request)
        event = selectors.event_or_404(request.user, join_code)
        new = NewSeatSerializer(data=request.data)
        new.is_valid(raise_exception=True)
        token = new.validated_data.get("token") or _token(request, event) or secrets.token_urlsafe(32)
        known = selectors.seat_of(event, token=token, user=request.user)
        seat = services.take_seat(
            event=event,
            token=token,
            nickname=new.validated_data["nickname"] or free_nickname(),
            user=cast(User, request.user),
        )
        created = status.HTTP_200_OK if known else status.HTTP_201_CREATED
        facts = {"number": seat.number, "nickname": seat.nickname, "token": token}
        response = Response(SeatSerializer(facts).data, status=created)
        give_cookie(request, response, event, token)
        return response


class OperationDoor(APIView):
    """Every operation of a seat by HTTP, for networks that block sockets."""

    @extend_schema(
        request=OperationSerializer,
        responses=AnswerSerializer,
        operation_id="events_operate",
        parameters=[OpenApiParameter("Idempotency-Key", OpenApiTypes.UUID, OpenApiParameter.HEADER)],
    )
    def post(self, request: Request, join_code: str) -> Response:
        """Carry out an operation; the same one again gets the same answer with `dup`."""
        _refuse_other_sites(request)
        event = selectors.event_for_seat_or_404(
            request.user, join_code, cookies=request.COOKIES, token=_bearer(request)
        )
        seat = selectors.seat_of(event, token=_token(request, event), user=request.user)
        if seat is None:
            raise Refused("sign_in", _("Nimm dir zuerst einen Platz: mit dem Code auf dem Beamer."))
        asked = OperationSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        op = asked.validated_data.get("op") or _key(request)
        operations.PACE.hit(f"seat:{seat.pk}")
        answer = operations.carry_out(asked=_asked(seat, op, asked.validated_data))
        if isinstance(answer, Refused):
            raise answer
        return Response({"op": op, **answer})


def _asked(seat: Seat, op: uuid.UUID, facts: dict[str, Any]) -> operations.Asked:
    try:
        return operations.ask(seat=seat, op=op, kind=facts["k"], arguments=facts["a"], base_rev=facts.get("base_rev"))
    except operations.Bad:
        raise ValidationError({"a": _("Diese Angaben passen nicht zur Operation.")}) from None


def _token(request: Request | HttpRequest, event: Event) -> str:
    """A seat's token: `Authorization: Seat …`, or the cookie."""
    return _bearer(request) or request.COOKIES.get(selectors.seat_cookie(event), "")


def _bearer(request: Request | HttpRequest) -> str:
    scheme, _space, token = request.headers.get("Authorization", "").partition(" ")
    return token if scheme == "Seat" else ""


def _refuse_other_sites(request: Request) -> None:
    """A page of another site cannot act with what the browser adds by itself, nor give a browser a seat.

    A program needs no page's token: it shows the seat's own in a header, or has neither cookies nor an origin.
    """
    if not _bearer(request) and (request.COOKIES or "Origin" in request.headers):
        SessionAuthentication().enforce_csrf(request)


def _key(request: Request) -> uuid.UUID:
    try:
        return uuid.UUID(request.headers.get("Idempotency-Key", ""))
    except ValueError:
        raise ValidationError({"op": "op or Idempotency-Key: a UUID made by the client"}) from None


@never_cache
@require_safe
async def sync(request: HttpRequest, join_code: str) -> JsonResponse:
    """`GET …/sync/?epoch=&seq=`: what a socket would deliver, as a long poll of at most twenty seconds.

    Answers `{epoch, seq, events}` or, for somebody who knows nothing or too little, `{epoch, seq, state}`;
    always with `tallies`.
    """
    try:
        event = await current_hub().run(_event, join_code, request.COOKIES, _bearer(request))
    except Http404:
        return JsonResponse({"code": "absent"}, status=404)
    epoch, seq = request.GET.get("epoch", ""), request.GET.get("seq", "")
    known = int(seq) if _is_number(seq) and len(seq) < 18 and epoch == event.epoch.hex else None
    if known is not None and known >= event.seq:
        wait = min(_seconds(request.GET.get("wait", "")), LONGEST_POLL)
        await current_hub().wait_for_news(live.topic_of(event.pk), epoch, event.seq, wait)
    return JsonResponse(await current_hub().run(_news, event.pk, known))


def _seconds(text: str) -> int:
    return int(text) if _is_number(text) and len(text) < 4 else LONGEST_POLL


def _is_number(text: str) -> bool:
    """Of digits only; `str.isdigit` alone takes "²" for one, which `int` does not."""
    return text.isascii() and text.isdigit()


def _event(code: str, cookies: Mapping[str, str], token: str) -> Event:
    return selectors.event_for_seat_or_404(AnonymousUser(), code, cookies=cookies, token=token)


def _plan_tally(event: Event) -> dict[str, Any]:
    """Plan and whereabouts in numbers, if the hall may see them."""
    return grid.plan_tally(event.pk) if event.interest_visible else {"plan": {}, "here": {}}


def _news(event_id: int, known: int | None) -> dict[str, Any]:
    event = Event.objects.get(pk=event_id)
    tallies = {
        "interest": selectors.interest_counts(event_id) if event.interest_visible else {},
        **_plan_tally(event),
        "joins": join_counts(event_id),
        "ballots": selectors.progress_by_number(event_id),
        "joined": event.seat_count,
    }
    head = {"epoch": event.epoch.hex, "seq": event.seq, "now": now_ms(), "tallies": tallies}
    entries = None if known is None else selectors.log_after(event_id, known)
    if entries is None:
        return {**head, "state": selectors.state_at(event)}
    last = entries[-1].seq if entries else event.seq
    return {**head, "seq": last, "events": [{"seq": e.seq, "k": e.kind, "d": e.data} for e in entries]}


urlpatterns = [
    path("events/", EventList.as_view(), name="events"),
    path("events/<str:join_code>/", EventDetail.as_view(), name="event"),
    path("events/<str:join_code>/seat/", SeatDoor.as_view(), name="event_seat"),
    path("events/<str:join_code>/ops/", OperationDoor.as_view(), name="event_ops"),
    path("events/<str:join_code>/sync/", sync, name="event_sync"),
]
