"""Acts on people and places: entering, coming back, changing one's own facts, handing out roles."""

import secrets
import uuid
from datetime import timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from accounts.models import AgeBand, ContactPerson, Partner, Programme, Quartier, ReentryCard, Role, User
from accounts.nicknames import clean_nickname
from accounts.rules import is_administrator, is_resident, is_staff_of
from common.errors import Refused

# No 0/O, 1/I/L, U/V: the code is read from paper by people in a hurry.
CARD_ALPHABET = "23456789ABCDEFGHJKMNPQRSTWXYZ"
CARD_LENGTH = 12
# A repeated entry form within this time is the same person pressing twice.
ENTRY_REPEATS_FOR = timedelta(minutes=30)


@transaction.atomic
def enter(*, nickname: str, age_band: str, quartier: Quartier, entry_id: uuid.UUID | None = None) -> User:
    """A new resident, without e-mail, password or real name.

    `entry_id` is made by the device: the same form sent twice within half an hour gives the same person.
    Raises Refused `nickname_taken`, `nickname_odd`, `age_band` and the codes of `common.contact_data`.
    """
    known = _entered_before(entry_id)
    if known is not None:
        return known
    if age_band not in AgeBand.values:
        raise Refused("age_band", _("Such dir aus, wie alt du ungefähr bist."), field="age_band")
    user = User(nickname=clean_nickname(nickname), age_band=age_band, quartier=quartier, entry_id=entry_id)
    user.set_unusable_password()
    try:
        with transaction.atomic():
            user.save(force_insert=True)
    except IntegrityError:
        known = _entered_before(entry_id)
        if known is not None:
            return known
        raise nickname_taken() from None
    return user


def nickname_taken() -> Refused:
    return Refused("nickname_taken", _("Diesen Spitznamen gibt es schon. Nimm einen anderen."), field="nickname")


def _entered_before(entry_id: uuid.UUID | None) -> User | None:
    if entry_id is None:
        return None
    since = timezone.now() - ENTRY_REPEATS_FOR
    return User.objects.filter(entry_id=entry_id, date_joined__gte=since, is_active=True).first()


@transaction.atomic
def change_own_facts(*, user: User, nickname: str, age_band: str, quartier: Quartier) -> User:
    """A resident changes nickname, age band or Quartier; what they did before keeps its place."""
    if not is_resident(user):
        raise Refused("forbidden", _("Das geht nur mit einem Spitznamen, nicht mit einem Team-Konto."))
    if age_band not in AgeBand.values:
        raise Refused("age_band", _("Such dir aus, wie alt du ungefähr bist."), field="age_band")
    user.nickname, user.age_band, user.quartier = clean_nickname(nickname), age_band, quartier
    try:
        with transaction.atomic():
            user.save(update_fields=["nickname", "age_band", "quartier"])
    except IntegrityError:
        raise nickname_taken() from None
    return user


@transaction.atomic
def issue_card(*, user: User) -> str:
    """A new re-entry code for this resident, shown once; older cards stop working.

    Returns twelve characters without ambiguous letters; only a keyed hash is kept.
    """
    if not is_resident(user):
        raise Refused("forbidden", _("Team-Konten kommen mit Passwort und zweitem Faktor zurück."))
    User.objects.select_for_update().get(pk=user.pk)
    user.cards.filter(used_at__isnull=True).delete()
    code = "".join(secrets.choice(CARD_ALPHABET) for _i in range(CARD_LENGTH))
    ReentryCard.objects.create(user=user, code_hash=_card_hash(code))
    return code


@transaction.atomic
def redeem_card(*, code: str) -> User:
    """The person whose card this is; the card is used up. Raises Refused `card_unknown`."""
    found = (
        ReentryCard.objects.select_for_update()
        .filter(code_hash=_card_hash(code), used_at__isnull=True, user__is_active=True)
        .first()
    )
    if found is None:
        raise Refused(
            "card_unknown",
            _("Diese Karte kennen wir nicht, oder sie wurde schon benutzt. Frag deine Ansprechperson."),
            field="code",
        )
    found.used_at = timezone.now()
    found.save(update_fields=["used_at"])
    return found.user


def _card_hash(code: str) -> str:
    plain = "".join(character for character in code.upper() if character.isalnum())
    return salted_hmac("accounts.card", plain, algorithm="sha256").hexdigest()


QUARTIER_FACTS = frozenset(
    {"name", "city", "age_min", "age_max", "publish_residents", "publish_guests", "answer_days", "carrier"}
)


@transaction.atomic
def update_quartier(*, quartier: Quartier, by: User, **changes: Any) -> Quartier:
    """Its team changes the settings of a Quartier; address and programme stay with administrators."""
    allowed = QUARTIER_FACTS | ({"slug", "programme"} if is_administrator(by) else set())
    if not is_staff_of(by, quartier) or not set(changes) <= allowed:
        raise Refused("forbidden", _("Das darf nur das Team dieses Quartiers."))
    for name, value in changes.items():
        setattr(quartier, name, value)
    quartier.full_clean()
    quartier.save(update_fields=sorted(changes))
    return quartier


@transaction.atomic
def grant_role(*, user: User, kind: str, quartier: Quartier | None = None, programme: Programme | None = None) -> Role:
    """Makes somebody responsible for a Quartier or a programme; granting it again changes nothing."""
    if not user.is_staff:
        raise Refused("not_staff", _("Nur Team-Konten können eine Rolle bekommen."))
    role, _created = Role.objects.get_or_create(user=user, kind=kind, quartier=quartier, programme=programme)
    return role


@transaction.atomic
def revoke_role(*, role: Role) -> None:
    role.delete()


# --- made by administrators ------------------------------------------------------------------------------
@transaction.atomic
def create_quartier(*, programme: Programme, slug: str, name: str, city: str, **facts: Any) -> Quartier:
    """A new neighbourhood in a programme. Raises Django's ValidationError for facts that make no sense."""
    quartier = Quartier(programme=programme, slug=slug, name=name, city=city, **facts)
    quartier.full_clean()
    quartier.save()
    return quartier


@transaction.atomic
def create_staff_account(*, nickname: str, email: str, full_name: str, password: str, **flags: bool) -> User:
    """An account for somebody who works in a Quartier; what they may do comes with `grant_role`."""
    user = User(nickname=nickname, email=email.lower(), full_name=full_name, is_staff=True, **flags)
    user.set_password(password)
    user.full_clean(exclude={"password"})
    user.save()
    return user


@transaction.atomic
def add_contact(*, quartier: Quartier, name: str, **facts: Any) -> ContactPerson:
    """A contact person of a Quartier, by name; `user` links the account that answers for them."""
    contact = ContactPerson(quartier=quartier, name=name, **facts)
    contact.full_clean()
    contact.save()
    return contact


@transaction.atomic
def add_partner(*, quartier: Quartier, name: str, about: str = "") -> Partner:
    """A partner of a Quartier; adding the same name again changes nothing."""
    partner, _created = Partner.objects.get_or_create(quartier=quartier, name=name, defaults={"about": about})
    return partner
