"""Messages as programs send and see them; the shape is the one that the socket's events carry."""

from rest_framework import serializers


class NewMessageSerializer(serializers.Serializer[None]):
    """`client_id` is made by the device; sent again, it gives the first message."""

    client_id = serializers.UUIDField()
    text = serializers.CharField(allow_blank=True, trim_whitespace=False)


class MessageSerializer(serializers.Serializer[None]):
    """One message. `seq` orders the room, `changed_seq` is the number of its latest change."""

    id = serializers.IntegerField()
    seq = serializers.IntegerField()
    changed_seq = serializers.IntegerField()
    client_id = serializers.UUIDField()
    author = serializers.IntegerField(allow_null=True)
    name = serializers.CharField()
    staff = serializers.BooleanField()
    sent_at = serializers.DateTimeField()
    text = serializers.CharField(help_text="empty when the message is gone")
    gone = serializers.BooleanField(help_text="deleted by its author or hidden by the team")


class MessagesSerializer(serializers.Serializer[None]):
    """A stretch of a room: `seq` is where the room stands, `more` whether there is more in that direction."""

    seq = serializers.IntegerField()
    messages = MessageSerializer(many=True)
    more = serializers.BooleanField()


class StretchSerializer(serializers.Serializer[None]):
    """What to read: the newest, those before a number, or everything that changed after a number."""

    before = serializers.IntegerField(required=False, min_value=1, max_value=2**62)
    after = serializers.IntegerField(required=False, min_value=0, max_value=2**62)
    limit = serializers.IntegerField(required=False, min_value=1, max_value=200, default=50)
