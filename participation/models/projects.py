"""Micro-projects, who takes part, what there is to do and what it costs."""

from decimal import Decimal
from typing import Any

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modelsearch import index
from taggit.managers import TaggableManager
from taggit.models import ItemBase

from accounts.models import ContactPerson, Partner, Quartier
from ideas.models import Field, Idea


class TaggedProject(ItemBase):
    tag = models.ForeignKey(Field, models.CASCADE, related_name="tagged_projects")
    content_object = models.ForeignKey("participation.Project", models.CASCADE, related_name="tagged_fields")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["tag", "content_object"], name="a_field_once_per_project")]


class Project(index.Indexed, models.Model):
    """What happens (Mikroprojekt): planned → running → finished → exhibited."""

    class State(models.TextChoices):
        PLANNED = "planned", _("geplant")
        RUNNING = "running", _("läuft")
        FINISHED = "finished", _("fertig")
        EXHIBITED = "exhibited", _("ausgestellt")

    class Format(models.TextChoices):
        MICRO = "micro", _("Mikroprojekt")
        TANDEM = "tandem", _("Tandem")
        VOLUNTEERING = "volunteering", _("Ehrenamt")
        PARLIAMENT = "parliament", _("Jugendparlament")
        OPEN_SPACE = "open_space", _("Open Space")

    quartier = models.ForeignKey(Quartier, models.PROTECT, related_name="projects", verbose_name=_("Quartier"))
    idea = models.OneToOneField(
        Idea,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("gewachsen aus der Idee"),
    )
    slug = models.SlugField(_("Adresse"), max_length=80)
    title = models.CharField(_("Titel"), max_length=80)
    summary = models.CharField(_("Kurz gesagt"), max_length=240, blank=True)
    easy = models.TextField(_("In Leichter Sprache"), max_length=2000, blank=True)
    results = models.TextField(_("Was draus geworden ist"), max_length=2000, blank=True)
    fields = TaggableManager(_("Passt zu"), through=TaggedProject, blank=True, related_name="projects")
    format = models.CharField(_("Art"), max_length=14, choices=Format.choices, default=Format.MICRO)
    state = models.CharField(_("Stand"), max_length=10, choices=State.choices, default=State.PLANNED)
    capacity = models.PositiveSmallIntegerField(
        _("Plätze"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(2000)],
        help_text=_("leer: so viele wie wollen"),
    )
    age_min = models.PositiveSmallIntegerField(_("Alter von"), default=12)
    age_max = models.PositiveSmallIntegerField(_("Alter bis"), default=26)
    place = models.CharField(_("Treffpunkt"), max_length=120, blank=True)
    starts_on = models.DateField(_("Beginn"), null=True, blank=True)
    ends_on = models.DateField(_("Ende"), null=True, blank=True)
    guardian_consent = models.BooleanField(_("Zettel von den Eltern nötig"), default=False)
    announced_at = models.DateTimeField(
        _("öffentlich seit"), null=True, blank=True, help_text="set when its page is published"
    )
    member_count = models.PositiveIntegerField(_("dabei"), default=0)
    contacts = models.ManyToManyField(
        ContactPerson, related_name="projects", blank=True, verbose_name=_("Ansprechpersonen")
    )
    partners = models.ManyToManyField(Partner, related_name="projects", blank=True, verbose_name=_("Partner"))
    created_at = models.DateTimeField(default=timezone.now)

    search_fields = [
        index.SearchField("title", boost=3),
        index.SearchField("summary"),
        index.SearchField("place"),
        index.AutocompleteField("title"),
        index.FilterField("quartier_id"),
        index.FilterField("state"),
        index.FilterField("announced_at"),
    ]

    class Meta:
        verbose_name = _("Projekt")
        verbose_name_plural = _("Projekte")
        constraints = [
            models.UniqueConstraint(
                fields=["quartier", "slug"],
                name="one_project_per_address",
                violation_error_message=_("Diese Adresse hat schon ein anderes Projekt. Nimm eine andere."),
            ),
            models.CheckConstraint(
                condition=models.Q(age_min__lte=models.F("age_max")),
                name="project_ages_run_upwards",
                violation_error_message=_("Das Alter läuft rückwärts. Trag zuerst das jüngere ein."),
            ),
            models.CheckConstraint(
                condition=models.Q(ends_on__isnull=True)
                | models.Q(starts_on__isnull=True)
                | models.Q(starts_on__lte=models.F("ends_on")),
                name="a_project_ends_after_it_begins",
                violation_error_message=_("Das Ende liegt vor dem Beginn. Schau die beiden Tage noch einmal an."),
            ),
            models.CheckConstraint(
                condition=models.Q(capacity__isnull=True) | models.Q(member_count__lte=models.F("capacity")),
                name="no_more_members_than_places",
                violation_error_message=_("So viele machen schon mit. Gib mindestens so viele Plätze an."),
            ),
        ]
        indexes = [models.Index(fields=["quartier", "state", "-announced_at"], name="projects_shown")]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """The project's page; the CMS keeps its address equal to the slugs."""
        return f"/{self.quartier.slug}/projekte/{self.slug}/"

    @property
    def places_left(self) -> int | None:
        """Free places, or None where there is no limit."""
        return None if self.capacity is None else max(0, self.capacity - self.member_count)

    @property
    def field_slug(self) -> str:
        """The first field of action; picks the drawn picture when there is no photo."""
        fields = self.fields.all()
        return fields[0].slug if fields else "projekt"


class Membership(models.Model):
    """Somebody takes part (Mitmachen). Leaving keeps the row, because counts per year are reported."""

    project = models.ForeignKey(Project, models.CASCADE, related_name="memberships")
    member = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="memberships")
    joined_at = models.DateTimeField(default=timezone.now)
    left_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("Mitmachen")
        verbose_name_plural = _("Mitmachen")
        constraints = [
            models.UniqueConstraint(
                fields=["project", "member"],
                condition=models.Q(left_at__isnull=True),
                name="one_membership_per_resident",
            )
        ]
        indexes = [models.Index(fields=["member", "left_at"])]


class Task(models.Model):
    """One thing to do in a project ("Wer macht was?")."""

    project = models.ForeignKey(Project, models.CASCADE, related_name="tasks")
    title = models.CharField(_("Aufgabe"), max_length=80)
    due_on = models.DateField(_("bis"), null=True, blank=True)
    taken_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="tasks")
    taken_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("Aufgabe")
        verbose_name_plural = _("Aufgaben")
        ordering = ["due_on", "pk"]

    def __str__(self) -> str:
        return self.title


def _euro(label: Any) -> models.DecimalField:
    return models.DecimalField(
        label, max_digits=9, decimal_places=2, default=Decimal(0), validators=[MinValueValidator(Decimal(0))]
    )


class BudgetLine(models.Model):
    """One line of a project's budget, in euro."""

    project = models.ForeignKey(Project, models.CASCADE, related_name="budget_lines")
    title = models.CharField(_("Wofür"), max_length=80)
    planned = _euro(_("geplant"))
    committed = _euro(_("zugesagt"))
    spent = _euro(_("ausgegeben"))

    class Meta:
        verbose_name = _("Posten")
        verbose_name_plural = _("Posten")
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.title


class FundingYear(models.Model):
    """The envelope of a Quartier for one calendar year, in euro (Förderjahr)."""

    quartier = models.ForeignKey(Quartier, models.CASCADE, related_name="funding_years")
    year = models.PositiveSmallIntegerField(_("Förderjahr"))
    envelope = _euro(_("Rahmen"))

    class Meta:
        verbose_name = _("Förderjahr")
        verbose_name_plural = _("Förderjahre")
        ordering = ["-year"]
        constraints = [models.UniqueConstraint(fields=["quartier", "year"], name="one_envelope_per_year")]

    def __str__(self) -> str:
        return f"{self.quartier} {self.year}"
