"""Open-space events in a hall: their seats, and the numbered log that every screen replays."""

import uuid

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Quartier


class Event(models.Model):
    """An open space (live.md "Event"). `epoch` and `seq` number what happens, so that screens can catch up."""

    class State(models.TextChoices):
        DRAFT = "draft", _("Entwurf")
        ANNOUNCED = "announced", _("angekündigt")
        LOBBY = "lobby", _("Einlass")
        LIVE = "live", _("läuft")
        WRAP_UP = "wrap_up", _("Abschluss")
        CLOSED = "closed", _("beendet")
        ARCHIVED = "archived", _("abgelegt")

    class Phase(models.TextChoices):
        CIRCLE = "circle", _("Anfangskreis")
        COLLECT = "collect", _("Themen sammeln")
        PITCH = "pitch", _("Vorstellen")
        MARKET = "market", _("Marktplatz")
        ROUNDS = "rounds", _("Runden")
        NEWS = "news", _("Neuigkeiten")
        CONVERGENCE = "convergence", _("Entscheiden")
        ACTION = "action", _("Anpacken")
        CLOSING = "closing", _("Schlusskreis")

    client_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    quartier = models.ForeignKey(Quartier, models.PROTECT, related_name="events", verbose_name=_("Quartier"))
    title = models.CharField(_("Titel"), max_length=80)
    subtitle = models.CharField(_("Untertitel"), max_length=120, blank=True)
    intro = models.TextField(_("Worum geht es?"), max_length=1000, blank=True)
    place = models.CharField(_("Ort"), max_length=120, blank=True)
    starts_at = models.DateTimeField(_("Beginn"))
    ends_at = models.DateTimeField(_("Ende"), null=True, blank=True)
    state = models.CharField(_("Stand"), max_length=10, choices=State.choices, default=State.DRAFT)
    phase = models.CharField(_("Phase"), max_length=12, choices=Phase.choices, default=Phase.CIRCLE)
    join_code = models.CharField(_("Code"), max_length=12, unique=True)
    epoch = models.UUIDField(default=uuid.uuid4, editable=False)
    seq = models.PositiveBigIntegerField(default=0, editable=False)
    scene = models.JSONField(default=dict, editable=False, help_text="what the projector shows")
    next_scene = models.JSONField(default=dict, editable=False, help_text="prepared for the projector, not shown yet")
    seat_count = models.PositiveIntegerField(_("dabei"), default=0, editable=False)
    capacity = models.PositiveIntegerField(_("Plätze im Saal"), null=True, blank=True)
    joining_open = models.BooleanField(_("Einlass"), default=True, help_text="new seats while the doors are open")
    frozen = models.BooleanField(_("angehalten"), default=False, help_text="no operation of a seat is taken")
    frozen_at = models.DateTimeField(null=True, blank=True, editable=False)
    proposals_open = models.BooleanField(_("Themen vorschlagen"), default=True)
    interest_visible = models.BooleanField(_("Interesse sichtbar"), default=True)
    topics_held = models.BooleanField(_("Themen erst ansehen"), default=False)
    notes_open = models.BooleanField(_("Notizen"), default=False)
    placing_open = models.BooleanField(_("Themen selbst einplanen"), default=True)
    outcomes = models.TextField(_("Ergebnisse"), max_length=4000, blank=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="events"
    )
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("Open Space")
        verbose_name_plural = _("Open Spaces")
        ordering = ["-starts_at"]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        from django.urls import reverse

        return reverse("events:phone", args=[self.join_code])


class LogEntry(models.Model):
    """One numbered event of the outbox; `seq` is taken in the same transaction as the change."""

    event = models.ForeignKey(Event, models.CASCADE, related_name="log")
    seq = models.PositiveBigIntegerField()
    kind = models.CharField(max_length=40)
    data = models.JSONField()
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["event", "seq"], name="one_log_entry_per_number")]


class Seat(models.Model):
    """A place in the hall (Platz im Saal): what a guest holds instead of an account."""

    event = models.ForeignKey(Event, models.CASCADE, related_name="seats")
    number = models.PositiveIntegerField()
    token_hash = models.CharField(max_length=64, unique=True)
    nickname = models.CharField(_("Spitzname"), max_length=24)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="seats")
    helped = models.BooleanField(default=False, help_text="held by the team's device for somebody without a phone")
    taken_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("Platz")
        verbose_name_plural = _("Plätze")
        constraints = [
            models.UniqueConstraint(fields=["event", "number"], name="one_seat_per_number"),
            models.UniqueConstraint(
                fields=["event", "user"],
                condition=models.Q(user__isnull=False),
                name="one_seat_per_resident",
            ),
        ]


class Operation(models.Model):
    """An op that was carried out, with its ack: the same op sent again gets the same answer."""

    seat = models.ForeignKey(Seat, models.CASCADE, related_name="operations")
    op = models.UUIDField()
    ack = models.JSONField()
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["seat", "op"], name="one_answer_per_operation")]


class StageAct(models.Model):
    """A button of the stage that was pressed; the same request sent again does nothing more."""

    event = models.ForeignKey(Event, models.CASCADE, related_name="stage_acts")
    op = models.UUIDField()
    act = models.CharField(max_length=40)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["event", "op"], name="one_stage_act_per_request")]


class Undo(models.Model):
    """How the last act of the stage is taken back, as long as that is offered."""

    event = models.OneToOneField(Event, models.CASCADE, related_name="undo")
    key = models.UUIDField(default=uuid.uuid4, editable=False)
    act = models.CharField(max_length=20)
    facts = models.JSONField(default=dict, help_text="what was before, and what the act made of it")
    until = models.DateTimeField()


class FormerCode(models.Model):
    """A join code that the event had before; who has a seat still finds the event by it."""

    event = models.ForeignKey(Event, models.CASCADE, related_name="former_codes")
    code = models.CharField(max_length=12, unique=True)
    until = models.DateTimeField(default=timezone.now)


class HelpCall(models.Model):
    """Somebody in the hall asks the team for help."""

    class State(models.TextChoices):
        OPEN = "open", _("offen")
        TAKEN = "taken", _("jemand kommt")
        DONE = "done", _("erledigt")

    event = models.ForeignKey(Event, models.CASCADE, related_name="help_calls")
    seat = models.ForeignKey(Seat, models.CASCADE, related_name="help_calls")
    client_id = models.UUIDField(default=uuid.uuid4, editable=False)
    where = models.CharField(_("Wo bist du?"), max_length=80, blank=True)
    text = models.CharField(_("Was brauchst du?"), max_length=200, blank=True)
    state = models.CharField(_("Stand"), max_length=5, choices=State.choices, default=State.OPEN)
    taken_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    called_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("Hilferuf")
        verbose_name_plural = _("Hilferufe")
        ordering = ["called_at"]
        constraints = [models.UniqueConstraint(fields=["seat", "client_id"], name="one_help_call_per_request")]
