"""Who somebody is to a Quartier. Pure questions; a role is read once per request and kept on the user."""

from django.contrib.auth.models import AnonymousUser

from accounts.models import Quartier, User


def may_act(user: User | AnonymousUser) -> bool:
    """Signed in, and not locked out."""
    return bool(user.is_authenticated and user.is_active)


def is_resident(user: User | AnonymousUser) -> bool:
    """Somebody who came in with a nickname; staff act as staff only."""
    return may_act(user) and not user.is_staff


def is_any_staff(user: User | AnonymousUser) -> bool:
    """A member of some team, a coordinator or an administrator."""
    return may_act(user) and user.is_staff and (user.is_superuser or bool(_places(user)))


def is_staff_of(user: User | AnonymousUser, quartier: Quartier) -> bool:
    """Responsible for this Quartier: its team, the coordinator of its programme, an administrator."""
    if not may_act(user) or not user.is_staff:
        return False
    if user.is_superuser:
        return True
    places = _places(user)
    return ("quartier", quartier.pk) in places or ("programme", quartier.programme_id) in places


def is_administrator(user: User | AnonymousUser) -> bool:
    return may_act(user) and user.is_staff and user.is_superuser


def _places(user: User | AnonymousUser) -> frozenset[tuple[str, int]]:
    """The user's Quartiere and programmes as pairs; one query a request, however often it is asked."""
    kept: frozenset[tuple[str, int]] | None = getattr(user, "_places", None)
    if kept is None:
        rows = user.roles.values_list("quartier_id", "programme_id")  # type: ignore[union-attr]
        kept = frozenset(("quartier", q) if q else ("programme", p) for q, p in rows)
        user._places = kept  # type: ignore[union-attr]
    return kept
