"""Taking part and stopping."""

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone

from accounts.models import User
from common.errors import Refused
from participation.models import Membership, Project, Task
from participation.rules import projects as rules
from participation.services.chat import announce_people
from participation.services.projects.common import locked


def join_project(*, resident: User, project: Project) -> Membership:
    """ "Ich mach mit". Who is in already stays in. Raises Refused with a key of `rules.OBSTACLES`."""
    return _take_in(resident, project, before_public=False)


def bring_in(*, resident: User, project: Project) -> Membership:
    """The same for somebody who said so before there was a project, at an open space: it need not be public yet."""
    return _take_in(resident, project, before_public=True)


@transaction.atomic
def _take_in(resident: User, project: Project, *, before_public: bool) -> Membership:
    current = locked(project)
    known = Membership.objects.filter(project=current, member=resident, left_at__isnull=True).first()
    if known is not None:
        return known
    if obstacle := rules.join_obstacle(resident, current, before_public=before_public):
        raise Refused(obstacle, rules.OBSTACLES[obstacle])
    try:
        with transaction.atomic():
            Project.objects.filter(pk=current.pk).update(member_count=F("member_count") + 1)
            membership = Membership.objects.create(project=current, member=resident)
    except IntegrityError:  # the net below the lock: `no_more_members_than_places`
        raise Refused("full", rules.OBSTACLES["full"]) from None
    announce_people(project=current)
    return membership


@transaction.atomic
def leave_project(*, resident: User, project: Project) -> None:
    """ "Doch nicht mehr". Tasks are free again, the room's door closes at once; who is not in stays out."""
    current = locked(project)
    left = Membership.objects.filter(project=current, member=resident, left_at__isnull=True).update(
        left_at=timezone.now()
    )
    if not left:
        return
    Project.objects.filter(pk=current.pk).update(member_count=F("member_count") - 1)
    Task.objects.filter(project=current, taken_by=resident).update(taken_by=None, taken_at=None)
    announce_people(project=current, left=resident)
