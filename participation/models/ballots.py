"""Live ballots (Abstimmungen): opinion votes in a hall, not elections."""

import uuid

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .events import Event, Seat
from .topics import Topic


class Ballot(models.Model):
    """One question. Wording, options and roll freeze when it opens (live.md "Ballot")."""

    class Kind(models.TextChoices):
        CONSENT = "consent", _("Ja / Nein / Enthaltung")
        CHOICE = "choice", _("Auswahl")
        DOTS = "dots", _("Punkte")
        SCALE = "scale", _("Skala von 1 bis 5")
        WORDS = "words", _("Wörter sammeln")

    class State(models.TextChoices):
        DRAFT = "draft", _("Entwurf")
        READY = "ready", _("bereit")
        OPEN = "open", _("offen")
        PAUSED = "paused", _("pausiert")
        CLOSING = "closing", _("schließt")
        COUNTED = "counted", _("ausgezählt")
        REVEALED = "revealed", _("gezeigt")
        FILED = "filed", _("abgelegt")
        VOID = "void", _("ungültig")

    class Tier(models.TextChoices):
        SIGNAL = "signal", _("Stimmungsbild: alle im Saal")
        EVENT = "event", _("Abstimmung: wer beim Öffnen da war")
        BINDING = "binding", _("Verbindlich: wer eine Karte hat")

    class Secrecy(models.TextChoices):
        OPEN = "open", _("offen")
        COUNTED = "counted", _("gezählt, danach getrennt")
        SECRET = "secret", _("geheim, von Anfang an getrennt")

    client_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    event = models.ForeignKey(Event, models.CASCADE, related_name="ballots", verbose_name=_("Open Space"))
    number = models.PositiveIntegerField()
    kind = models.CharField(_("Art"), max_length=8, choices=Kind.choices)
    question = models.CharField(_("Frage"), max_length=140)
    state = models.CharField(_("Stand"), max_length=8, choices=State.choices, default=State.DRAFT)
    tier = models.CharField(_("Wer"), max_length=8, choices=Tier.choices, default=Tier.SIGNAL)
    secrecy = models.CharField(_("Geheimhaltung"), max_length=8, choices=Secrecy.choices, default=Secrecy.COUNTED)
    min_choices = models.PositiveSmallIntegerField(_("mindestens"), default=1)
    max_choices = models.PositiveSmallIntegerField(_("höchstens"), default=1)
    budget = models.PositiveSmallIntegerField(_("Punkte"), default=5)
    max_per_option = models.PositiveSmallIntegerField(_("Punkte je Vorschlag"), default=3)
    option_count = models.PositiveSmallIntegerField(default=0, help_text="frozen when it opens")
    entitled = models.PositiveIntegerField(
        null=True, blank=True, help_text="length of the roll; empty: every seat may vote"
    )
    opened_at = models.DateTimeField(null=True, blank=True)
    ends_at = models.DateTimeField(null=True, blank=True, help_text="server time; papers count for 2 s more")
    paused_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    void_reason = models.CharField(_("Warum ungültig?"), max_length=200, blank=True)
    rev = models.PositiveBigIntegerField(default=0, help_text="grows with every batch of papers")
    paper_count = models.PositiveIntegerField(default=0)
    result = models.JSONField(null=True, blank=True)
    paper_totals = models.JSONField(
        null=True,
        blank=True,
        help_text="counted by hand from paper, kept apart: {papers, abstentions, options: {number or word: points}}",
    )
    released = models.JSONField(
        default=list, editable=False, help_text="words (casefolded) that the team lets everybody read"
    )
    receipts = models.JSONField(default=list, editable=False, help_text="of all papers in, in order of the alphabet")
    checksum = models.CharField(max_length=64, blank=True, editable=False)
    revealed_on = models.JSONField(default=list, help_text="targets of the reveal: projector, phones, public")
    rerun_of = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="reruns")
    seen_at = models.DateTimeField(
        null=True, blank=True, editable=False, help_text="last sign of life of the server while the clock runs"
    )
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("Abstimmung")
        verbose_name_plural = _("Abstimmungen")
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["event", "number"], name="one_ballot_per_number"),
            models.UniqueConstraint(
                fields=["event"],
                condition=models.Q(state__in=["open", "paused", "closing"]),
                name="one_open_ballot_per_event",
            ),
        ]

    def __str__(self) -> str:
        return self.question


class BallotOption(models.Model):
    ballot = models.ForeignKey(Ballot, models.CASCADE, related_name="options")
    number = models.PositiveSmallIntegerField()
    label = models.CharField(_("Vorschlag"), max_length=80)
    topic = models.ForeignKey(Topic, models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["ballot", "number"], name="one_option_per_number")]

    def __str__(self) -> str:
        return self.label


class RollEntry(models.Model):
    """A seat that may vote in this ballot; frozen when the ballot opens.

    In a secret ballot `voted` says that the seat's paper is in, because no paper knows its seat.
    """

    ballot = models.ForeignKey(Ballot, models.CASCADE, related_name="roll")
    seat = models.ForeignKey(Seat, models.CASCADE, related_name="roll_entries")
    voted = models.BooleanField(default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["ballot", "seat"], name="one_roll_entry_per_seat")]


class BallotPaper(models.Model):
    """What a seat said (Stimmzettel). After counting, `seat` is emptied and the rows are shuffled.

    `choice` maps option numbers to points: `{"2": 3, "4": 1}`; a choice or consent gives one point each;
    `{}` is an abstention. Papers of a `words` ballot map the words themselves: `{"Kino": 1}`.
    """

    ballot = models.ForeignKey(Ballot, models.CASCADE, related_name="papers")
    seat = models.ForeignKey(Seat, models.SET_NULL, null=True, blank=True, related_name="papers")
    choice = models.JSONField()
    cast_at = models.DateTimeField(default=timezone.now, null=True)

    class Meta:
        verbose_name = _("Stimmzettel")
        verbose_name_plural = _("Stimmzettel")
        constraints = [models.UniqueConstraint(fields=["ballot", "seat"], name="one_paper_per_seat")]


class Extension(models.Model):
    """More time for one person: their paper is taken so many seconds after the common end.

    Counted from the end, and not a time of day, so that a pause or an outage moves it along.
    """

    ballot = models.ForeignKey(Ballot, models.CASCADE, related_name="extensions")
    seat = models.ForeignKey(Seat, models.CASCADE, related_name="extensions")
    seconds = models.PositiveIntegerField(default=0, help_text="0: asked for, not given yet")
    asked_at = models.DateTimeField(null=True, blank=True, help_text="when the seat itself asked; empty: never")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["ballot", "seat"], name="one_extension_per_seat")]

    @property
    def minutes(self) -> int:
        """For people: a begun minute is one."""
        return -(-self.seconds // 60)


class Ticket(models.Model):
    """A printed ticket (Stimmkarte) of a binding ballot: whoever brings it gets on the roll, once.

    Only a hash of its code is kept. A void ticket was replaced by newly printed ones.
    """

    ballot = models.ForeignKey(Ballot, models.CASCADE, related_name="tickets")
    number = models.PositiveIntegerField()
    code_hash = models.CharField(max_length=64, unique=True)
    printed_at = models.DateTimeField(default=timezone.now)
    redeemed_at = models.DateTimeField(null=True, blank=True)
    seat = models.ForeignKey(Seat, models.SET_NULL, null=True, blank=True, related_name="tickets")
    void = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("Stimmkarte")
        verbose_name_plural = _("Stimmkarten")
        constraints = [models.UniqueConstraint(fields=["ballot", "number"], name="one_ticket_per_number")]
