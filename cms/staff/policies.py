"""Who may reach what in the admin: Wagtail asks these policies, and they ask `accounts.rules`."""

from collections.abc import Iterable

from django.db.models import Model, Q, QuerySet
from wagtail.permission_policies import BasePermissionPolicy

from accounts.models import User
from accounts.rules import is_administrator, is_any_staff, is_staff_of
from accounts.selectors import quartiere_of


class TeamPolicy(BasePermissionPolicy):
    """For things of a Quartier (they have a key `quartier`): its team does everything with them."""

    def user_has_permission(self, user: User, action: str) -> bool:
        return is_any_staff(user)

    def user_has_permission_for_instance(self, user: User, action: str, instance: Model) -> bool:
        return is_staff_of(user, instance.quartier)  # type: ignore[attr-defined]

    def instances_user_has_any_permission_for(self, user: User, actions: Iterable[str]) -> QuerySet:
        return self.model._default_manager.filter(quartier__in=quartiere_of(user).values("pk"))

    def users_with_any_permission(self, actions: Iterable[str]) -> QuerySet[User]:
        return User.objects.filter(is_active=True, is_staff=True)


class AdministratorPolicy(BasePermissionPolicy):
    """For lists that hold everywhere: administrators only."""

    def user_has_permission(self, user: User, action: str) -> bool:
        return is_administrator(user)

    def users_with_any_permission(self, actions: Iterable[str]) -> QuerySet[User]:
        return User.objects.filter(Q(is_active=True) & Q(is_staff=True) & Q(is_superuser=True))
