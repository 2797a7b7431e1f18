"""Where: programmes, carriers, Quartiere and their partners."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Programme(models.Model):
    """A funding programme (Förderprogramm), for example "JUGEND STÄRKEN im Quartier"."""

    name = models.CharField(_("Name"), max_length=120, unique=True)
    term = models.CharField(_("Laufzeit"), max_length=80, blank=True)
    funder_line = models.CharField(_("Förderhinweis"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("Förderprogramm")
        verbose_name_plural = _("Förderprogramme")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Carrier(models.Model):
    """The organisation that runs the work in a Quartier (Träger)."""

    name = models.CharField(_("Name"), max_length=120, unique=True)

    class Meta:
        verbose_name = _("Träger")
        verbose_name_plural = pgettext_lazy("Mehrzahl", "Träger")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Publish(models.TextChoices):
    AT_ONCE = "at_once", _("sofort")
    AFTER_LOOK = "after_look", _("nach einem Blick")


class Quartier(models.Model):
    """A neighbourhood: the place that everything belongs to. Ages and times are settings, never constants."""

    programme = models.ForeignKey(Programme, models.PROTECT, related_name="quartiere", verbose_name=_("Förderprogramm"))
    carrier = models.ForeignKey(
        Carrier, models.PROTECT, related_name="quartiere", null=True, blank=True, verbose_name=_("Träger")
    )
    slug = models.SlugField(_("Adresse"), max_length=60, unique=True)
    name = models.CharField(_("Name"), max_length=80)
    city = models.CharField(_("Stadt"), max_length=80)
    age_min = models.PositiveSmallIntegerField(
        _("Alter von"), default=12, validators=[MinValueValidator(6), MaxValueValidator(99)]
    )
    age_max = models.PositiveSmallIntegerField(
        _("Alter bis"), default=26, validators=[MinValueValidator(6), MaxValueValidator(120)]
    )
    publish_residents = models.CharField(
        _("Ideen von Leuten mit Spitznamen erscheinen"),
        max_length=12,
        choices=Publish.choices,
        default=Publish.AT_ONCE,
    )
    publish_guests = models.CharField(
        _("Ideen von Gästen erscheinen"), max_length=12, choices=Publish.choices, default=Publish.AFTER_LOOK
    )
    answer_days = models.PositiveSmallIntegerField(
        _("Antwort nach so vielen Tagen"),
        default=14,
        validators=[MinValueValidator(1), MaxValueValidator(90)],
    )

    class Meta:
        verbose_name = _("Quartier")
        verbose_name_plural = _("Quartiere")
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(age_min__lte=models.F("age_max")), name="quartier_ages_run_upwards"
            )
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """The Quartier's page; the CMS keeps its address equal to the slug."""
        return f"/{self.slug}/"


class Partner(models.Model):
    """Somebody outside who helps: an office, a club, a firm."""

    quartier = models.ForeignKey(Quartier, models.CASCADE, related_name="partners", verbose_name=_("Quartier"))
    name = models.CharField(_("Name"), max_length=120)
    about = models.CharField(_("Worum geht es?"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("Partner")
        verbose_name_plural = pgettext_lazy("Mehrzahl", "Partner")
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["quartier", "name"], name="partner_once_in_a_quartier")]

    def __str__(self) -> str:
        return self.name
