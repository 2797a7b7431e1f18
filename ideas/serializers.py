"""Ideas and comments for programs."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from common import photos
from common.lengths import longest
from ideas.models import Comment, Field, Idea


class PhotoSerializer(serializers.Serializer[Any]):
    """A photo's addresses by meant width in pixels; WebP without metadata."""

    w320 = serializers.CharField()
    w640 = serializers.CharField()
    w1280 = serializers.CharField()


class FieldBySlug(serializers.SlugRelatedField[Any]):
    """A field of action by its slug, which may be anything that a program sends."""

    def to_internal_value(self, data: Any) -> Any:
        if "\0" in str(data):  # which PostgreSQL refuses to look for
            self.fail("invalid")
        return super().to_internal_value(data)


class IdeaSerializer(serializers.ModelSerializer[Idea]):
    """An idea as everybody may read it. `client_id` is never told: it belongs to the author's device."""

    quartier = serializers.SlugRelatedField[Any](slug_field="slug", read_only=True)
    author = serializers.CharField(source="author.nickname", read_only=True, default=None, allow_null=True)
    fields_of_action = serializers.SlugRelatedField[Any](source="fields", slug_field="slug", many=True, read_only=True)
    photo = serializers.SerializerMethodField()
    overdue = serializers.BooleanField(source="is_overdue", read_only=True)
    voted = serializers.BooleanField(read_only=True, help_text="whether the asking person has voted for it")
    url = serializers.CharField(source="get_absolute_url", read_only=True)

    class Meta:
        model = Idea
        fields = [
            "id",
            "quartier",
            "title",
            "text",
            "place",
            "fields_of_action",
            "photo",
            "author",
            "state",
            "submitted_at",
            "published_at",
            "answer_by",
            "answered_at",
            "overdue",
            "vote_count",
            "comment_count",
            "voted",
            "url",
        ]
        read_only_fields = fields

    @extend_schema_field(PhotoSerializer(allow_null=True))
    def get_photo(self, idea: Idea) -> dict[str, str] | None:
        return {f"w{width}": url for width, url in photos.urls(idea.photo).items()} if idea.photo else None


class NewIdeaSerializer(serializers.Serializer[Any]):
    """What the author's device sends, as JSON or, with a photo, as multipart."""

    client_id = serializers.UUIDField(help_text="made by the device; sent again, it is the same idea")
    title = serializers.CharField(max_length=longest(Idea, "title"))
    text = serializers.CharField(max_length=longest(Idea, "text"), required=False, allow_blank=True)
    place = serializers.CharField(max_length=longest(Idea, "place"), required=False, allow_blank=True)
    fields_of_action = FieldBySlug(
        source="fields", slug_field="slug", queryset=Field.objects.all(), many=True, required=False
    )
    photo = serializers.FileField(required=False)


class VoteSerializer(serializers.Serializer[Any]):
    """The idea's votes after the act."""

    count = serializers.IntegerField()
    voted = serializers.BooleanField()


class CommentSerializer(serializers.ModelSerializer[Comment]):
    """A comment; of one that is gone only the place is left."""

    author = serializers.SerializerMethodField()
    gone = serializers.SerializerMethodField()

    class Meta:
        model = Comment
        fields = ["id", "text", "author", "by_staff", "written_at", "gone"]
        read_only_fields = fields

    def get_author(self, comment: Comment) -> str | None:
        return comment.author.nickname if comment.author and not self.get_gone(comment) else None

    def get_gone(self, comment: Comment) -> bool:
        return not getattr(comment, "readable", True)


class NewCommentSerializer(serializers.Serializer[Any]):
    client_id = serializers.UUIDField(help_text="made by the device; sent again, it is the same comment")
    text = serializers.CharField(max_length=longest(Comment, "text"))


class CommentPageSerializer(serializers.Serializer[Any]):
    """The newest comments in the order they were written; `older` is the `before` of earlier ones."""

    comments = CommentSerializer(many=True)
    older = serializers.IntegerField(allow_null=True)
