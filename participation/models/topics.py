"""Topics of an open space (Themen) and who is interested in them."""

import uuid

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .events import Event, Seat


class Topic(models.Model):
    """A topic on the wall (Thema)."""

    class State(models.TextChoices):
        SUBMITTED = "submitted", _("eingereicht")
        HELD = "held", _("wartet")
        ON_WALL = "on_wall", _("an der Wand")
        PITCHED = "pitched", _("vorgestellt")
        PLACED = "placed", _("im Raster")
        RUNNING = "running", _("läuft")
        HARVESTED = "harvested", _("geerntet")
        PARKED = "parked", _("geparkt")
        MERGED = "merged", _("zusammengelegt")
        WITHDRAWN = "withdrawn", _("zurückgezogen")
        HIDDEN = "hidden", _("ausgeblendet")

    event = models.ForeignKey(Event, models.CASCADE, related_name="topics")
    seat = models.ForeignKey(Seat, models.SET_NULL, null=True, blank=True, related_name="topics")
    client_id = models.UUIDField(default=uuid.uuid4, editable=False)
    number = models.PositiveIntegerField()
    title = models.CharField(_("Thema"), max_length=80)
    text = models.CharField(_("Worum geht es?"), max_length=300, blank=True)
    by = models.CharField(_("von"), max_length=80, blank=True)
    state = models.CharField(_("Stand"), max_length=10, choices=State.choices, default=State.SUBMITTED)
    rev = models.PositiveBigIntegerField(default=0, help_text="number of the last entry about this topic")
    moved_at = models.DateTimeField(null=True, blank=True, help_text="when its state changed last")
    moved_from = models.CharField(max_length=10, blank=True, help_text="the state before")
    pitch_order = models.PositiveIntegerField(null=True, blank=True, help_text="place in the pitch queue")
    merged_into = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="merged_topics")
    hidden_reason = models.CharField(_("Warum ausgeblendet?"), max_length=200, blank=True)
    step_free = models.BooleanField(_("ohne Stufen"), default=False, help_text="needs a room without steps")
    scribed = models.BooleanField(_("vom Zettel"), default=False, help_text="written down by the team from paper")
    interest_count = models.PositiveIntegerField(default=0)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("Thema")
        verbose_name_plural = _("Themen")
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["event", "number"], name="one_topic_per_number"),
            models.UniqueConstraint(fields=["event", "client_id"], name="one_topic_per_request"),
        ]

    def __str__(self) -> str:
        return self.title


class Interest(models.Model):
    """A seat is interested in a topic."""

    topic = models.ForeignKey(Topic, models.CASCADE, related_name="interests")
    seat = models.ForeignKey(Seat, models.CASCADE, related_name="interests")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["topic", "seat"], name="one_interest_per_seat")]
