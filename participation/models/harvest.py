"""The harvest of an open space: notes and photos of its sessions, and what comes out of them."""

import uuid

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ideas.models import Idea

from .events import Event, Seat
from .projects import Project
from .topics import Topic


class Note(models.Model):
    """One line of a session's notes; notes are kept as they were written."""

    class Section(models.TextChoices):
        TALKED = "talked", _("Worüber wir gesprochen haben")
        WANT = "want", _("Was wir wollen")
        CARRY = "carry", _("Wer das in die Hand nimmt")
        OPEN = "open", _("Was offen ist")

    topic = models.ForeignKey(Topic, models.CASCADE, related_name="notes")
    seat = models.ForeignKey(Seat, models.SET_NULL, null=True, blank=True, related_name="notes")
    number = models.PositiveIntegerField()
    client_id = models.UUIDField(default=uuid.uuid4, editable=False)
    section = models.CharField(_("Abschnitt"), max_length=6, choices=Section.choices)
    text = models.CharField(_("Notiz"), max_length=500)
    by = models.CharField(_("von"), max_length=80, blank=True)
    hidden = models.BooleanField(_("ausgeblendet"), default=False)
    written_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("Notiz")
        verbose_name_plural = _("Notizen")
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["topic", "number"], name="one_note_per_number"),
            models.UniqueConstraint(fields=["topic", "client_id"], name="one_note_per_request"),
        ]


class NotePhoto(models.Model):
    """A photo of a flipchart. Everybody sees it once the team has looked at it."""

    topic = models.ForeignKey(Topic, models.CASCADE, related_name="note_photos")
    seat = models.ForeignKey(Seat, models.SET_NULL, null=True, blank=True, related_name="note_photos")
    client_id = models.UUIDField(default=uuid.uuid4, editable=False)
    photo = models.CharField(_("Foto"), max_length=80, help_text="key of common.photos")
    caption = models.CharField(_("Was ist zu sehen?"), max_length=140, blank=True)
    released = models.BooleanField(_("freigegeben"), default=False)
    taken_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("Foto vom Flipchart")
        verbose_name_plural = _("Fotos vom Flipchart")
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["topic", "client_id"], name="one_note_photo_per_request")]


class Outcome(models.Model):
    """What comes out of the day (Ergebnis); it becomes an idea or a project with the people who want in."""

    event = models.ForeignKey(Event, models.CASCADE, related_name="outcome_list")
    topic = models.ForeignKey(Topic, models.SET_NULL, null=True, blank=True, related_name="outcomes")
    seat = models.ForeignKey(
        Seat,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="outcomes",
        help_text="who proposed it, if not the team",
    )
    number = models.PositiveIntegerField()
    client_id = models.UUIDField(default=uuid.uuid4, editable=False)
    title = models.CharField(_("Ergebnis"), max_length=80)
    text = models.CharField(_("Was soll passieren?"), max_length=500, blank=True)
    join_count = models.PositiveIntegerField(default=0)
    idea = models.ForeignKey(Idea, models.SET_NULL, null=True, blank=True, related_name="outcomes")
    project = models.ForeignKey(Project, models.SET_NULL, null=True, blank=True, related_name="outcomes")
    hidden = models.BooleanField(_("ausgeblendet"), default=False)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("Ergebnis")
        verbose_name_plural = _("Ergebnisse")
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["event", "number"], name="one_outcome_per_number"),
            models.UniqueConstraint(fields=["event", "client_id"], name="one_outcome_per_request"),
        ]

    def __str__(self) -> str:
        return self.title


class OutcomeJoin(models.Model):
    """ "Ich bin dabei": a seat wants in."""

    outcome = models.ForeignKey(Outcome, models.CASCADE, related_name="joins")
    seat = models.ForeignKey(Seat, models.CASCADE, related_name="outcome_joins")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["outcome", "seat"], name="one_join_per_seat")]
