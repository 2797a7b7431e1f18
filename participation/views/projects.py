"""Taking part in a project: one tap each, and back to the project's page (which is the CMS's)."""

from collections.abc import Callable
from functools import wraps
from typing import cast

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts.entry import resident_required
from accounts.models import User
from accounts.pages import set_quartier
from common.errors import Refused
from ideas.selectors import any_idea_or_404
from participation.models import Project, Task
from participation.rules import projects as rules
from participation.selectors import projects as selectors
from participation.services import projects as services
from participation.services.chat import open_room

Act = Callable[..., str]


def one_tap(act: Act) -> Callable[..., HttpResponse]:
    """A view made of an act: it does it, says what the act returns, and goes back to the project.

    A refusal is said the same way. Without an account the entry page comes first; a GET (somebody reloads, or
    changes the language on the entry page) only leads to the project. The sentence stands on top there.
    """

    @never_cache
    @wraps(act)
    def view(request: HttpRequest, quartier: str, slug: str, **numbers: int) -> HttpResponse:
        if request.method == "POST":
            return acting(request, quartier=quartier, slug=slug, **numbers)
        return redirect(selectors.project_or_404(request.user, quartier, slug))

    @resident_required
    def acting(request: HttpRequest, quartier: str, slug: str, **numbers: int) -> HttpResponse:
        project = selectors.project_or_404(request.user, quartier, slug)
        try:
            messages.success(request, act(cast(User, request.user), project, **numbers))
        except Refused as refusal:
            messages.error(request, str(refusal))
        return redirect(project)

    return view


@one_tap
def join(user: User, project: Project) -> str:
    """ "Ich mach mit"."""
    services.join_project(resident=user, project=project)
    return _with_chat_link(_("Du bist dabei!"), project)


def _with_chat_link(sentence: str, project: Project) -> SafeString:
    room = reverse("chat:room", args=[open_room(project=project).pk])
    return format_html('{} <a href="{}">{}</a>', sentence, room, _("Zum Chat"))


@never_cache
def leave(request: HttpRequest, quartier: str, slug: str) -> HttpResponse:
    """ "Doch nicht mehr"; the box then offers to come back.

    A project whose page was taken down lets its members go too: here they are asked, because no box is left.
    """
    if request.method == "POST":
        return _leaving(request, quartier=quartier, slug=slug)
    project = selectors.own_project_or_404(request.user, quartier, slug)
    if rules.can_see(request.user, project):
        return redirect(project)
    if not rules.is_member(request.user, project):
        return redirect("chat:mine")
    set_quartier(request, project.quartier, "projects")
    return render(request, "projects/leave.html", {"project": project})


@resident_required
def _leaving(request: HttpRequest, quartier: str, slug: str) -> HttpResponse:
    project = selectors.own_project_or_404(request.user, quartier, slug)
    try:
        services.leave_project(resident=cast(User, request.user), project=project)
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Du bist nicht mehr dabei. Deine Aufgaben sind wieder frei."))
    return redirect(project if rules.can_see(request.user, project) else "chat:mine")


def _task(project: Project, pk: int) -> Task:
    """A task of the project. One that the team has taken off the list meanwhile is refused with a sentence."""
    try:
        return selectors.task_or_404(project, pk)
    except Http404:
        raise Refused("absent", _("Diese Aufgabe gibt es nicht mehr.")) from None


@one_tap
def take(user: User, project: Project, pk: int) -> str:
    """ "Mach ich"."""
    task = services.take_task(resident=user, task=_task(project, pk))
    return _("Danke! „%(task)s“ machst jetzt du.") % {"task": task}


@one_tap
def release(user: User, project: Project, pk: int) -> str:
    """Gives a task back."""
    task = services.release_task(resident=user, task=_task(project, pk))
    return _("Alles klar, „%(task)s“ ist wieder frei.") % {"task": task}


@require_safe
def of_idea(request: HttpRequest, pk: int) -> HttpResponse:
    """`/idee/<pk>/projekt/`: from an idea to the project that grew from it, as soon as that is public."""
    try:
        return redirect(selectors.project_of_idea_or_404(request.user, pk))
    except Http404:
        idea = any_idea_or_404(request.user, pk)
    messages.info(request, _("Das Team bereitet das Projekt noch vor. Schau bald wieder rein."))
    return redirect(idea)
