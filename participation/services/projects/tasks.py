"""Tasks ("Wer macht was?")."""

import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from common.errors import Refused
from participation.models import Project, Task
from participation.rules import projects as rules
from participation.services.projects.common import forbidden, locked


@transaction.atomic
def add_task(*, project: Project, by: User, title: str, due_on: datetime.date | None = None) -> Task:
    """One more thing to do; the same title again is the same task. Raises Refused `forbidden`, `invalid`."""
    current = locked(project)
    if not rules.can_run(by, current):
        raise forbidden()
    title = _fitting(title)
    task = Task.objects.filter(project=current, title=title).first()
    if task is None:
        return Task.objects.create(project=current, title=title, due_on=due_on)
    if task.due_on != due_on:
        task.due_on = due_on
        task.save(update_fields=["due_on"])
    return task


@transaction.atomic
def change_task(*, task: Task, by: User, title: str, due_on: datetime.date | None = None) -> Task:
    """Says otherwise what there is to do, or until when; who has taken it keeps it. Raises as `add_task`, `absent`."""
    current = locked(task.project)
    if not rules.can_run(by, current):
        raise forbidden()
    fresh = _fresh(task, current)
    fresh.title, fresh.due_on = _fitting(title), due_on
    fresh.save(update_fields=["title", "due_on"])
    return fresh


def _fitting(title: str) -> str:
    title = title.strip()
    if not 0 < len(title) <= 80:
        raise Refused("invalid", _("Sag in höchstens 80 Zeichen, was zu tun ist."), "title")
    return title


@transaction.atomic
def remove_task(*, task: Task, by: User) -> None:
    """Takes a task off the list. Raises Refused `forbidden`."""
    if not rules.can_run(by, locked(task.project)):
        raise forbidden()
    Task.objects.filter(pk=task.pk).delete()


@transaction.atomic
def take_task(*, resident: User, task: Task) -> Task:
    """ "Mach ich". Raises Refused `not_a_member`, `over`, `taken`."""
    project = locked(task.project)
    fresh = _fresh(task, project)
    if fresh.taken_by_id == resident.pk:
        return fresh
    if not rules.can_take(resident, fresh):
        raise _task_refusal(resident, fresh)
    fresh.taken_by, fresh.taken_at = resident, timezone.now()
    fresh.save(update_fields=["taken_by", "taken_at"])
    return fresh


@transaction.atomic
def release_task(*, resident: User, task: Task) -> Task:
    """Gives a task back; a free one stays free. Raises Refused `taken` for somebody else's."""
    fresh = _fresh(task, locked(task.project))
    if fresh.taken_by_id is None:
        return fresh
    if not rules.can_release(resident, fresh):
        raise _task_refusal(resident, fresh)
    fresh.taken_by, fresh.taken_at = None, None
    fresh.save(update_fields=["taken_by", "taken_at"])
    return fresh


def _fresh(task: Task, project: Project) -> Task:
    fresh = Task.objects.select_related("taken_by").filter(pk=task.pk).first()
    if fresh is None:
        raise Refused("absent", _("Diese Aufgabe gibt es nicht mehr."))
    fresh.project = project
    return fresh


def _task_refusal(person: User, task: Task) -> Refused:
    if task.project.state not in rules.JOINABLE:
        return Refused("over", rules.OBSTACLES["over"])
    if not rules.is_member(person, task.project):
        return Refused("not_a_member", _("Mach erst beim Projekt mit, dann kannst du eine Aufgabe nehmen."))
    sentence = _("%(who)s macht das schon. Schau, was noch frei ist.") % {"who": task.taken_by}
    return Refused("taken", sentence)
