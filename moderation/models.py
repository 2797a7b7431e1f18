"""Reports: what somebody wants looked at. The thing lives on a higher floor and is named, not keyed."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Quartier


class Report(models.Model):
    """A report (Meldung) of one thing, with an immutable copy of what was seen."""

    class Thing(models.TextChoices):
        IDEA = "idea", _("Idee")
        COMMENT = "comment", _("Kommentar")
        MESSAGE = "message", _("Nachricht")
        TOPIC = "topic", _("Thema")
        NOTE = "note", _("Notiz")
        PHOTO = "photo", _("Foto")
        OUTCOME = "outcome", _("Ergebnis")

    class Reason(models.TextChoices):
        HURTS = "hurts", _("Beleidigt oder macht Angst")
        PRIVATE = "private", _("Verrät Privates")
        SPAM = "spam", _("Werbung oder Müll")
        DANGER = "danger", _("Jemand ist in Gefahr")
        OTHER = "other", _("Etwas anderes")

    class State(models.TextChoices):
        OPEN = "open", _("offen")
        UPHELD = "upheld", _("entfernt")
        DISMISSED = "dismissed", _("bleibt stehen")

    client_id = models.UUIDField(unique=True)
    quartier = models.ForeignKey(Quartier, models.CASCADE, related_name="reports", verbose_name=_("Quartier"))
    thing = models.CharField(_("Was"), max_length=10, choices=Thing.choices)
    thing_id = models.BigIntegerField()
    url = models.CharField(_("Wo"), max_length=300, blank=True)
    copy = models.TextField(_("Kopie"))
    reason = models.CharField(_("Grund"), max_length=10, choices=Reason.choices)
    note = models.CharField(_("Hinweis"), max_length=500, blank=True)
    reporter = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="reports"
    )
    device = models.CharField(
        max_length=32, blank=True, help_text="tells reports of this one thing apart by device, and nothing else"
    )
    receipt = models.CharField(_("Beleg"), max_length=9, unique=True)
    reported_at = models.DateTimeField(_("gemeldet"), default=timezone.now)
    state = models.CharField(_("Stand"), max_length=10, choices=State.choices, default=State.OPEN)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="decided_reports"
    )
    decided_at = models.DateTimeField(null=True, blank=True)
    answer = models.CharField(_("Antwort"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("Meldung")
        verbose_name_plural = _("Meldungen")
        ordering = ["reported_at"]
        indexes = [models.Index(fields=["thing", "thing_id"]), models.Index(fields=["quartier", "state"])]

    def __str__(self) -> str:
        return f"{self.get_thing_display()} · {self.receipt}"
