"""Ideas, votes and comments."""

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modelsearch import index
from taggit.managers import TaggableManager

from accounts.models import ContactPerson, Quartier

from .fields import TaggedIdea


class Idea(index.Indexed, models.Model):
    """What could be: one sentence, perhaps a photo and a place; see domain.md "From idea to project"."""

    class State(models.TextChoices):
        SUBMITTED = "submitted", _("wartet auf einen Blick")
        PUBLISHED = "published", _("veröffentlicht")
        UNDER_REVIEW = "under_review", _("wird geprüft")
        BECOMES_PROJECT = "becomes_project", _("wird ein Projekt")
        PARKED = "parked", _("geparkt")
        NOT_POSSIBLE = "not_possible", _("geht nicht")
        WITHDRAWN = "withdrawn", _("zurückgezogen")
        MERGED = "merged", _("zusammengelegt")

    OPEN = (State.PUBLISHED, State.UNDER_REVIEW)

    client_id = models.UUIDField(help_text="made by the device; a repeated request finds the first idea")
    quartier = models.ForeignKey(Quartier, models.PROTECT, related_name="ideas", verbose_name=_("Quartier"))
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="ideas", verbose_name=_("von")
    )
    title = models.CharField(_("In einem Satz"), max_length=80)
    text = models.TextField(_("Mehr dazu"), max_length=600, blank=True)
    place = models.CharField(_("Wo?"), max_length=120, blank=True)
    photo = models.CharField(_("Foto"), max_length=80, blank=True, help_text="key of common.photos")
    fields = TaggableManager(_("Passt zu"), through=TaggedIdea, blank=True, related_name="ideas")
    state = models.CharField(_("Stand"), max_length=16, choices=State.choices, default=State.SUBMITTED)
    merged_into = models.ForeignKey(
        "self",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="merged_ideas",
        verbose_name=_("gehört zu"),
    )
    contact = models.ForeignKey(
        ContactPerson,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="ideas",
        verbose_name=_("Ansprechperson"),
    )
    submitted_at = models.DateTimeField(_("eingereicht"), default=timezone.now)
    published_at = models.DateTimeField(_("veröffentlicht"), null=True, blank=True)
    answer_by = models.DateField(_("Antwort bis"), null=True, blank=True)
    answered_at = models.DateTimeField(_("beantwortet"), null=True, blank=True)
    hidden_at = models.DateTimeField(_("ausgeblendet"), null=True, blank=True)
    vote_count = models.PositiveIntegerField(_("Dafür"), default=0)
    comment_count = models.PositiveIntegerField(_("Kommentare"), default=0)

    search_fields = [
        index.SearchField("title", boost=3),
        index.SearchField("text"),
        index.SearchField("place"),
        # German words are long compounds: "fahrrad" has to find "Fahrradwerkstatt" everywhere.
        index.AutocompleteField("title"),
        index.AutocompleteField("text"),
        index.AutocompleteField("place"),
        index.FilterField("quartier_id"),
        index.FilterField("state"),
        index.FilterField("hidden_at"),
    ]

    class Meta:
        verbose_name = _("Idee")
        verbose_name_plural = _("Ideen")
        constraints = [
            models.UniqueConstraint(fields=["author", "client_id"], name="one_idea_per_request"),
            models.CheckConstraint(
                condition=~models.Q(state="merged") | models.Q(merged_into__isnull=False),
                name="a_merged_idea_names_the_other",
            ),
        ]
        indexes = [
            models.Index(fields=["quartier", "state", "-published_at"], name="ideas_newest"),
            models.Index(fields=["quartier", "state", "-vote_count", "-published_at"], name="ideas_hottest"),
            models.Index(fields=["quartier", "answer_by"], name="ideas_waiting"),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("ideas:detail", args=[self.quartier.slug, self.pk])

    @property
    def is_open(self) -> bool:
        """Nothing is decided yet: it can be voted for."""
        return self.state in self.OPEN

    @property
    def is_overdue(self) -> bool:
        """The day of the promised answer has passed without one."""
        return self.is_open and self.answered_at is None and self.days_left is not None and self.days_left < 0

    @property
    def days_left(self) -> int | None:
        """Days until the promised answer, negative when it is late; None without a promise."""
        return (self.answer_by - timezone.localdate()).days if self.answer_by else None

    @property
    def field_slug(self) -> str:
        """The first field of action; picks the drawn picture when there is no photo."""
        fields = self.fields.all()
        return fields[0].slug if fields else "idee"


class Vote(models.Model):
    """ "Dafür": one resident, one vote per idea. Votes are counted, never listed."""

    idea = models.ForeignKey(Idea, models.CASCADE, related_name="votes")
    voter = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="votes")
    cast_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["idea", "voter"], name="one_vote_per_resident"),
        ]


class Comment(models.Model):
    """A comment under an idea; deleted in two steps: first not shown, later removed."""

    client_id = models.UUIDField()
    idea = models.ForeignKey(Idea, models.CASCADE, related_name="comments")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="comments")
    text = models.TextField(_("Kommentar"), max_length=500)
    by_staff = models.BooleanField(default=False, help_text="written as a member of the team at that time")
    written_at = models.DateTimeField(default=timezone.now)
    hidden_at = models.DateTimeField(null=True, blank=True)
    deleted_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("Kommentar")
        verbose_name_plural = _("Kommentare")
        ordering = ["written_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["author", "client_id"], name="one_comment_per_request"),
        ]
        indexes = [models.Index(fields=["idea", "written_at"])]
