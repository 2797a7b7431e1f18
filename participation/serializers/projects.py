"""Projects as programs see them."""

from typing import Any

from rest_framework import serializers

from participation.models import Project


class ProjectSerializer(serializers.ModelSerializer[Project]):
    """The public facts of a project; ages in years, `places_left` is null where there is no limit."""

    quartier = serializers.SlugRelatedField[Project](slug_field="slug", read_only=True)
    url = serializers.CharField(source="get_absolute_url", read_only=True)
    fields_of_action = serializers.SlugRelatedField[Project](
        slug_field="slug", source="fields", many=True, read_only=True
    )
    places_left = serializers.IntegerField(read_only=True, allow_null=True)

    class Meta:
        model = Project
        fields = [
            "id", "quartier", "slug", "url", "title", "summary", "easy", "results", "fields_of_action",
            "format", "state", "capacity", "member_count", "places_left", "age_min", "age_max", "place",
            "starts_on", "ends_on", "guardian_consent", "announced_at",
        ]  # fmt: skip
        read_only_fields = fields


class MembershipSerializer(serializers.Serializer[dict[str, Any]]):
    """Whether the asking person takes part, and what that leaves for others."""

    joined = serializers.BooleanField(read_only=True)
    member_count = serializers.IntegerField(read_only=True)
    places_left = serializers.IntegerField(read_only=True, allow_null=True)
    room = serializers.IntegerField(read_only=True, allow_null=True, help_text="the chat room, for members")
