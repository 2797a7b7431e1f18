"""What staff may touch in Wagtail's own parts (pages, pictures, files) follows from their roles.

Everything else in the admin asks `accounts.rules` at every request. Wagtail's pages and collections know groups only,
so each Quartier has one group, and each member of its team is in it.
"""

from django.conf import settings
from django.contrib.auth.models import Group, Permission
from django.db import transaction
from django.db.models import Q
from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission
from wagtail.users.models import UserProfile

from accounts.models import Quartier, User
from accounts.selectors import quartiere_of
from cms.models import QuartierPage, Workspace

PAGE_RIGHTS = ("add", "change", "publish")
FILE_RIGHTS = (
    ("wagtailimages", "add_image"),
    ("wagtailimages", "change_image"),
    ("wagtailimages", "choose_image"),
    ("wagtaildocs", "add_document"),
    ("wagtaildocs", "change_document"),
    ("wagtaildocs", "choose_document"),
)


@transaction.atomic
def sync_staff_access(user: User) -> None:
    """Puts a member of staff into the groups of exactly their Quartiere; anybody else into none.

    Administrators need no group. Called whenever roles change, and at every log-in.
    """
    mine = quartiere_of(user) if not user.is_superuser else Quartier.objects.none()
    groups = {ensure_workspace(quartier).group_id for quartier in mine}
    if groups != set(user.groups.values_list("pk", flat=True)):
        user.groups.set(groups)


def settle_language(user: User) -> None:
    """The admin speaks German until somebody chooses otherwise there, whatever language the browser asks for."""
    UserProfile.objects.get_or_create(user=user, defaults={"preferred_language": settings.LANGUAGE_CODE})


@transaction.atomic
def sync_team_access(quartier: Quartier) -> None:
    """The same for everybody who is, or was until now, responsible for this Quartier."""
    workspace = ensure_workspace(quartier)
    team = Q(roles__quartier=quartier) | Q(roles__programme=quartier.programme_id) | Q(groups=workspace.group_id)
    for user in User.objects.filter(team, is_staff=True).distinct():
        sync_staff_access(user)


@transaction.atomic
def ensure_workspace(quartier: Quartier) -> Workspace:
    """The group and the collection of a Quartier, with their rights below its page; made when they are missing."""
    workspace = Workspace.objects.select_related("group", "collection").filter(quartier=quartier).first()
    if workspace is None:
        workspace = Workspace.objects.create(
            quartier=quartier,
            group=Group.objects.create(name=f"Quartier {quartier.pk}"),
            collection=_root_collection().add_child(name=quartier.name),
        )
        workspace.group.permissions.add(_permission("wagtailadmin", "access_admin"))
        for app, codename in FILE_RIGHTS:
            GroupCollectionPermission.objects.create(
                group=workspace.group, collection=workspace.collection, permission=_permission(app, codename)
            )
    page = QuartierPage.objects.filter(quartier=quartier).first()
    if page is not None and not GroupPagePermission.objects.filter(group=workspace.group).exists():
        for right in PAGE_RIGHTS:
            GroupPagePermission.objects.create(group=workspace.group, page=page, permission_type=right)
    return workspace


def _permission(app: str, codename: str) -> Permission:
    return Permission.objects.get(content_type__app_label=app, codename=codename)


def _root_collection() -> Collection:
    return Collection.get_first_root_node() or Collection.add_root(name="Root")
