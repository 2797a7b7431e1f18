"""Accounts of the team and what they are responsible for."""

from collections.abc import Iterable
from typing import Any

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import Programme, Quartier, Role, User
from accounts.rules import is_administrator
from accounts.services import create_staff_account, grant_role, revoke_role
from cms.services.access import sync_staff_access
from cms.services.places import refused
from common.errors import Refused

FACTS = frozenset({"nickname", "full_name", "email", "is_active", "is_superuser"})


@transaction.atomic
def save_colleague(
    *,
    by: User,
    user: User | None = None,
    password: str = "",
    quartiere: Iterable[Quartier] = (),
    programmes: Iterable[Programme] = (),
    **facts: Any,
) -> User:
    """A new or changed account of the team, with exactly these responsibilities.

    A new account needs a password; for a known one an empty password changes nothing. Raises Refused `forbidden`,
    `own_account` (nobody locks themselves out), `invalid` (with the field).
    """
    if not is_administrator(by):
        raise Refused("forbidden", _("Das dürfen nur Administratorinnen und Administratoren."))
    if unknown := set(facts) - FACTS:
        raise TypeError(f"an account of the team has no {', '.join(sorted(unknown))}")
    if user is not None and user.pk == by.pk and not (facts["is_active"] and facts["is_superuser"]):
        raise Refused("own_account", _("Dich selbst kannst du nicht aussperren. Bitte jemand anderen darum."))
    try:
        account = _changed(user, password, facts) if user else _created(password, facts)
    except ValidationError as error:
        raise refused(error) from None
    _set_roles(account, set(quartiere), set(programmes))
    sync_staff_access(account)
    return account


def _created(password: str, facts: dict[str, Any]) -> User:
    if not password:
        raise Refused("invalid", _("Ein neues Konto braucht ein Passwort."), "password")
    _check_password(password, User(**facts))
    return create_staff_account(password=password, **facts)


def _changed(account: User, password: str, facts: dict[str, Any]) -> User:
    for name, value in facts.items():
        setattr(account, name, value)
    if password:
        _check_password(password, account)
        account.set_password(password)
    account.full_clean(exclude={"password"})
    account.save()
    return account


def _check_password(password: str, account: User) -> None:
    try:
        validate_password(password, account)
    except ValidationError as error:
        raise Refused("invalid", " ".join(error.messages), "password") from None


def _set_roles(account: User, quartiere: set[Quartier], programmes: set[Programme]) -> None:
    for role in account.roles.select_related("quartier", "programme"):
        if role.quartier not in quartiere and role.programme not in programmes:
            revoke_role(role=role)
    for quartier in quartiere:
        grant_role(user=account, kind=Role.Kind.STAFF, quartier=quartier)
    for programme in programmes:
        grant_role(user=account, kind=Role.Kind.COORDINATOR, programme=programme)
