"""Rooms for programs, our own pages among them: the same messages as on the socket."""

from typing import cast

from django.urls import path
from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.models import User
from participation.selectors import chat as selectors
from participation.serializers.chat import (
    MessageSerializer,
    MessagesSerializer,
    NewMessageSerializer,
    StretchSerializer,
)
from participation.services import chat as services


class MessageList(APIView):
    """A room's messages, for those who may read it; everybody else finds nothing here."""

    permission_classes = [IsAuthenticated]

    @extend_schema(parameters=[StretchSerializer], responses=MessagesSerializer, operation_id="messages_read")
    def get(self, request: Request, pk: int) -> Response:
        """Newest messages, or `before` a number (older ones), or changed `after` a number (missed ones)."""
        room = selectors.room_or_404(request.user, pk)
        asked = StretchSerializer(data=request.query_params)
        asked.is_valid(raise_exception=True)
        limit = asked.validated_data["limit"]
        if "after" in asked.validated_data:
            found, more = selectors.changed_since(room.pk, asked.validated_data["after"], limit=limit)
        else:
            found, more = selectors.newest(room.pk, before=asked.validated_data.get("before"), limit=limit)
        facts = {"seq": room.seq, "messages": selectors.all_facts(found), "more": more}
        return Response(facts)

    @extend_schema(request=NewMessageSerializer, responses={201: MessageSerializer}, operation_id="messages_write")
    def post(self, request: Request, pk: int) -> Response:
        """Writes a message; the same `client_id` again returns the first one."""
        room = selectors.room_or_404(request.user, pk)
        new = NewMessageSerializer(data=request.data)
        new.is_valid(raise_exception=True)
        author = cast(User, request.user)
        services.PACE.hit(str(author.pk))
        message = services.post_message(author=author, room=room, **new.validated_data)
        return Response(selectors.facts_of(message), status=status.HTTP_201_CREATED)


class MessageDetail(APIView):
    """One message."""

    permission_classes = [IsAuthenticated]

    @extend_schema(responses=MessageSerializer, operation_id="messages_delete")
    def delete(self, request: Request, pk: int, message_pk: int) -> Response:
        """Deletes one's own message; answers with what is left of it."""
        message = selectors.message_or_404(request.user, pk, message_pk)
        gone = services.delete_message(message=message, by=cast(User, request.user))
        return Response(selectors.facts_of(gone))


urlpatterns = [
    path("rooms/<int:pk>/messages/", MessageList.as_view(), name="messages"),
    path("rooms/<int:pk>/messages/<int:message_pk>/", MessageDetail.as_view(), name="message"),
]
