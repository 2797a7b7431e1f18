"""The story of an idea ("Was wird draus?"): every change of state is one entry."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .ideas import Idea


class Entry(models.Model):
    """One public step of an idea, with the reason in plain words where it is a decision."""

    class Kind(models.TextChoices):
        PUBLISHED = "published", _("Veröffentlicht")
        UNDER_REVIEW = "under_review", _("Wird geprüft")
        ANSWER = "answer", _("Antwort")
        BECOMES_PROJECT = "becomes_project", _("Wird ein Projekt")
        PARKED = "parked", _("Geparkt")
        NOT_POSSIBLE = "not_possible", _("Geht nicht")
        WITHDRAWN = "withdrawn", _("Zurückgezogen")
        MERGED = "merged", _("Zusammengelegt")

    idea = models.ForeignKey(Idea, models.CASCADE, related_name="story")
    kind = models.CharField(max_length=16, choices=Kind.choices)
    reason = models.TextField(_("Begründung"), max_length=1000, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("Eintrag")
        verbose_name_plural = _("Einträge")
        ordering = ["at", "pk"]
