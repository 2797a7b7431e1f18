"""The grid of an open space (Raster): rooms, slots, the sessions in its cells, and who means to go where."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .events import Event, Seat
from .topics import Topic


class Room(models.Model):
    """A column of the grid: a place where people sit together."""

    event = models.ForeignKey(Event, models.CASCADE, related_name="rooms")
    number = models.PositiveSmallIntegerField()
    name = models.CharField(_("Raum"), max_length=40)
    where = models.CharField(_("Wo ist das?"), max_length=80, blank=True)
    capacity = models.PositiveIntegerField(_("Plätze"), null=True, blank=True)
    step_free = models.BooleanField(_("ohne Stufen erreichbar"), default=True)

    class Meta:
        verbose_name = _("Raum")
        verbose_name_plural = _("Räume")
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["event", "number"], name="one_room_per_number")]

    def __str__(self) -> str:
        return self.name


class Slot(models.Model):
    """A row of the grid: a time when all rooms begin together."""

    event = models.ForeignKey(Event, models.CASCADE, related_name="slots")
    number = models.PositiveSmallIntegerField()
    starts_at = models.DateTimeField(_("Beginn"))
    ends_at = models.DateTimeField(_("Ende"))

    class Meta:
        verbose_name = _("Runde")
        verbose_name_plural = _("Runden")
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["event", "number"], name="one_slot_per_number")]

    def __str__(self) -> str:
        return str(self.number)


class Session(models.Model):
    """A topic in a cell of the grid. Notes and people hang on the topic, so moving it loses nothing."""

    event = models.ForeignKey(Event, models.CASCADE, related_name="sessions")
    topic = models.OneToOneField(Topic, models.CASCADE, related_name="session")
    room = models.ForeignKey(Room, models.PROTECT, related_name="sessions")
    slot = models.ForeignKey(Slot, models.PROTECT, related_name="sessions")
    placed_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("Gruppe")
        verbose_name_plural = _("Gruppen")
        constraints = [models.UniqueConstraint(fields=["room", "slot"], name="one_session_per_cell")]


class SignUp(models.Model):
    """A seat means to go there ("mein Plan"). It is an intention: nobody is bound, nobody is listed."""

    topic = models.ForeignKey(Topic, models.CASCADE, related_name="sign_ups")
    seat = models.ForeignKey(Seat, models.CASCADE, related_name="sign_ups")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["topic", "seat"], name="one_sign_up_per_seat")]


class Whereabouts(models.Model):
    """Where a seat is now ("ich bin jetzt hier"); without a topic it moves between. Shown as numbers only."""

    seat = models.OneToOneField(Seat, models.CASCADE, related_name="whereabouts")
    topic = models.ForeignKey(Topic, models.SET_NULL, null=True, blank=True, related_name="present")
    since = models.DateTimeField(default=timezone.now)
