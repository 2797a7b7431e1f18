"""Shapes of the event API."""

from typing import Any

from rest_framework import serializers

from participation.models import Event
from participation.services.operations import KINDS


class EventSerializer(serializers.ModelSerializer[Event]):
    """An open space. The join code is part of its address; an event is public once it is announced."""

    quartier = serializers.SlugRelatedField[Any](slug_field="slug", read_only=True)
    url = serializers.CharField(source="get_absolute_url", read_only=True)
    joined = serializers.IntegerField(source="seat_count", read_only=True)

    class Meta:
        model = Event
        fields = [
            "join_code",
            "quartier",
            "title",
            "subtitle",
            "intro",
            "place",
            "starts_at",
            "ends_at",
            "state",
            "phase",
            "joined",
            "proposals_open",
            "url",
        ]
        read_only_fields = fields


class EventDetailSerializer(EventSerializer):
    """The same with wall and ballots, as in a `snap` of the live protocol."""

    live = serializers.DictField(read_only=True)

    class Meta(EventSerializer.Meta):
        fields = [*EventSerializer.Meta.fields, "live"]
        read_only_fields = fields


class NewSeatSerializer(serializers.Serializer[Any]):
    """A seat for a device. `token` is made by the device (20 characters or more); without one we make it."""

    nickname = serializers.CharField(max_length=24, required=False, allow_blank=True, default="")
    token = serializers.CharField(min_length=20, max_length=64, required=False)


class SeatSerializer(serializers.Serializer[Any]):
    number = serializers.IntegerField()
    nickname = serializers.CharField()
    token = serializers.CharField()


class OperationSerializer(serializers.Serializer[Any]):
    """One operation of a seat: `op` is the client's id (or `Idempotency-Key`), `k` its kind, `a` the rest.

    `base_rev` is what the client had seen of the thing, for kinds that compare and set.
    """

    op = serializers.UUIDField(required=False)
    k = serializers.ChoiceField(choices=sorted(KINDS))
    a = serializers.DictField()
    base_rev = serializers.IntegerField(required=False, min_value=0, max_value=2**62)


class AnswerSerializer(serializers.Serializer[Any]):
    """The `ack` of the live protocol."""

    op = serializers.UUIDField()
    rev = serializers.IntegerField()
    receipt = serializers.CharField(required=False)
    at = serializers.IntegerField(required=False)
    seconds = serializers.IntegerField(required=False)
    topic = serializers.IntegerField(required=False)
    note = serializers.IntegerField(required=False)
    outcome = serializers.IntegerField(required=False)
    held = serializers.BooleanField(required=False)
    on = serializers.BooleanField(required=False)
    room = serializers.IntegerField(required=False)
    slot = serializers.IntegerField(required=False)
    warnings = serializers.DictField(child=serializers.IntegerField(), required=False)
    call = serializers.IntegerField(required=False)
    state = serializers.CharField(required=False)
    dup = serializers.BooleanField(required=False)
