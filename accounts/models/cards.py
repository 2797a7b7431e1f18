"""The re-entry card: how a resident without e-mail comes back on another device."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .people import User


class ReentryCard(models.Model):
    """A single-use code, kept only as a hash; a new card makes the older ones of that person worthless."""

    user = models.ForeignKey(User, models.CASCADE, related_name="cards")
    code_hash = models.CharField(max_length=64, unique=True)
    issued_at = models.DateTimeField(default=timezone.now)
    used_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("Rückkehr-Karte")
        verbose_name_plural = _("Rückkehr-Karten")
        constraints = [
            models.UniqueConstraint(
                fields=["user"], condition=models.Q(used_at__isnull=True), name="one_open_card_per_person"
            )
        ]
