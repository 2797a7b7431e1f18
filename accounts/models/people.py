"""Who: residents without e-mail or real name, staff with both, and what staff are responsible for."""

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .places import Programme, Quartier


class AgeBand(models.TextChoices):
    """A band, never a birthday."""

    UNDER_12 = "-11", _("unter 12")
    FROM_12 = "12-15", _("12 bis 15")
    FROM_16 = "16-19", _("16 bis 19")
    FROM_20 = "20-26", _("20 bis 26")
    FROM_27 = "27+", _("27 und älter")


class UserManager(BaseUserManager["User"]):
    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(nickname__iexact=username)

    def create_superuser(self, nickname: str, password: str | None = None, **fields: object) -> "User":
        """For `manage.py createsuperuser`: an administrator, who signs in with the e-mail address."""
        user = self.model(nickname=nickname, is_staff=True, is_superuser=True, **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user


class User(AbstractBaseUser, PermissionsMixin):
    """A person. Residents have nickname, age band and Quartier and nothing else (guard.md, Minors)."""

    nickname = models.CharField(_("Spitzname"), max_length=24)
    email = models.EmailField(_("E-Mail"), null=True, blank=True, unique=True)
    full_name = models.CharField(_("Name (nur Team)"), max_length=120, blank=True)
    age_band = models.CharField(_("Alter"), max_length=5, choices=AgeBand.choices, blank=True)
    quartier = models.ForeignKey(
        Quartier,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="residents",
        verbose_name=_("Quartier"),
    )
    entry_id = models.UUIDField(
        null=True, blank=True, unique=True, editable=False, help_text="made by the device that entered"
    )
    is_staff = models.BooleanField(_("gehört zum Team"), default=False)
    is_active = models.BooleanField(_("aktiv"), default=True)
    date_joined = models.DateTimeField(_("dabei seit"), default=timezone.now)

    objects = UserManager()

    USERNAME_FIELD = "nickname"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["email"]

    class Meta:
        verbose_name = _("Mensch")
        verbose_name_plural = _("Menschen")
        constraints = [
            models.UniqueConstraint(
                Lower("nickname"),
                name="one_person_per_nickname",
                violation_error_message=_("Diesen Spitznamen gibt es schon. Nimm einen anderen."),
            ),
            models.CheckConstraint(
                condition=models.Q(is_staff=True) | models.Q(email__isnull=True, full_name=""),
                name="residents_have_no_email_and_no_real_name",
            ),
        ]

    def __str__(self) -> str:
        return self.nickname

    def get_full_name(self) -> str:
        return self.full_name or self.nickname

    def get_short_name(self) -> str:
        return self.nickname


class Role(models.Model):
    """What a member of staff is responsible for: one Quartier, or every Quartier of a programme.

    Administrators are superusers and need no role.
    """

    class Kind(models.TextChoices):
        STAFF = "staff", _("Team eines Quartiers")
        COORDINATOR = "coordinator", _("Koordination eines Programms")

    user = models.ForeignKey(User, models.CASCADE, related_name="roles", verbose_name=_("Mensch"))
    kind = models.CharField(_("Rolle"), max_length=12, choices=Kind.choices)
    quartier = models.ForeignKey(
        Quartier, models.CASCADE, null=True, blank=True, related_name="roles", verbose_name=_("Quartier")
    )
    programme = models.ForeignKey(
        Programme,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="roles",
        verbose_name=_("Förderprogramm"),
    )

    class Meta:
        verbose_name = _("Rolle")
        verbose_name_plural = _("Rollen")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(kind="staff", quartier__isnull=False, programme__isnull=True)
                | models.Q(kind="coordinator", quartier__isnull=True, programme__isnull=False),
                name="a_role_names_its_place",
            ),
            models.UniqueConstraint(
                fields=["user", "quartier"],
                condition=models.Q(quartier__isnull=False),
                name="a_role_once_per_quartier",
            ),
            models.UniqueConstraint(
                fields=["user", "programme"],
                condition=models.Q(programme__isnull=False),
                name="a_role_once_per_programme",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} · {self.quartier or self.programme}"


class ContactPerson(models.Model):
    """The named adult whom young people can rely on (Ansprechperson); may be linked to a staff account."""

    quartier = models.ForeignKey(Quartier, models.CASCADE, related_name="contacts", verbose_name=_("Quartier"))
    user = models.OneToOneField(
        User, models.SET_NULL, null=True, blank=True, related_name="contact", verbose_name=_("Konto")
    )
    name = models.CharField(_("Name"), max_length=80)
    role = models.CharField(_("Aufgabe"), max_length=80, blank=True, help_text=_("z. B. Sozialarbeiterin"))
    hours = models.CharField(_("Zeiten"), max_length=80, blank=True, help_text=_("z. B. Mo–Fr 14–20 Uhr"))
    bound_until = models.DateField(_("fest dabei bis"), null=True, blank=True)
    about = models.CharField(_("Ein Satz über dich"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("Ansprechperson")
        verbose_name_plural = _("Ansprechpersonen")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    @property
    def first_name(self) -> str:
        return self.name.split()[0]

    @property
    def initials(self) -> str:
        """Two letters for the avatar: "Yasemin Kaya" → "YK"."""
        words = self.name.split()
        return (words[0][:1] + (words[-1][:1] if len(words) > 1 else "")).upper()
