"""Chat rooms of projects and events. There is no private channel between two people."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .events import Event
from .projects import Project


class ChatRoom(models.Model):
    """The room of one project or one event; `seq` numbers its messages and changes without gaps."""

    class Mode(models.TextChoices):
        OPEN = "open", _("offen")
        READ_ONLY = "read_only", _("nur lesen")
        FROZEN = "frozen", _("eingefroren")

    project = models.OneToOneField(Project, models.CASCADE, null=True, blank=True, related_name="room")
    event = models.OneToOneField(Event, models.CASCADE, null=True, blank=True, related_name="room")
    mode = models.CharField(_("Modus"), max_length=10, choices=Mode.choices, default=Mode.OPEN)
    seq = models.PositiveBigIntegerField(default=0)

    class Meta:
        verbose_name = _("Chat")
        verbose_name_plural = _("Chats")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(project__isnull=False, event__isnull=True)
                | models.Q(project__isnull=True, event__isnull=False),
                name="a_room_belongs_to_one_project_or_event",
            )
        ]


class Message(models.Model):
    """One message. `seq` orders a room; a change (deletion, hiding) takes a new number in `changed_seq`."""

    client_id = models.UUIDField()
    room = models.ForeignKey(ChatRoom, models.CASCADE, related_name="messages")
    seq = models.PositiveBigIntegerField()
    changed_seq = models.PositiveBigIntegerField()
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="messages")
    text = models.TextField(_("Nachricht"), max_length=500)
    by_staff = models.BooleanField(default=False)
    sent_at = models.DateTimeField(default=timezone.now)
    hidden_at = models.DateTimeField(null=True, blank=True)
    deleted_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("Nachricht")
        verbose_name_plural = _("Nachrichten")
        ordering = ["seq"]
        constraints = [
            models.UniqueConstraint(fields=["author", "client_id"], name="one_message_per_request"),
            models.UniqueConstraint(fields=["room", "seq"], name="one_message_per_number"),
        ]
        indexes = [models.Index(fields=["room", "changed_seq"])]
