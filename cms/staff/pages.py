"""Pages with a thing behind them: the thing's facts are saved by its services in the page's transaction."""

from typing import Any, cast

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext
from wagtail.admin import messages
from wagtail.admin.views.pages.create import CreateView
from wagtail.admin.views.pages.edit import EditView
from wagtail.admin.viewsets.pages import PageViewSet

from accounts.models import User
from cms.forms.pages import ProjectPageForm, ThingPageForm
from cms.models import HomePage, NewsIndexPage, ProjectIndexPage, ProjectPage, QuartierPage
from cms.services import rename_quartier
from common.errors import Refused
from participation.services.projects import create_project, update_project

# Pages that stand and fall with a Quartier or a project: not copied, not moved.
FIXED = (HomePage, QuartierPage, ProjectIndexPage, NewsIndexPage, ProjectPage)
# And of these the ones that are never deleted by hand.
LASTING = (HomePage, QuartierPage, ProjectIndexPage, NewsIndexPage)


class WithThing:
    """A page view whose form carries a thing's facts. All is saved, or nothing and everything typed stays."""

    request: HttpRequest

    @property
    def user(self) -> User:
        return cast(User, self.request.user)

    def form_valid(self, form: ThingPageForm) -> HttpResponse:
        try:
            with transaction.atomic():
                self.save_thing(form)
                response: HttpResponse = super().form_valid(form)  # type: ignore[misc]
                if form.errors:
                    transaction.set_rollback(True)
        except Refused as refusal:
            form.refuse(str(refusal), refusal.field)
            return self.form_invalid(form)  # type: ignore[attr-defined]
        return response

    def save_thing(self, form: Any) -> None:
        raise NotImplementedError


class QuartierEditView(WithThing, EditView):
    def save_thing(self, form: ThingPageForm) -> None:
        form.instance.quartier = rename_quartier(quartier=form.instance.quartier, by=self.user, **form.changes())


class ProjectEditView(WithThing, EditView):
    def save_thing(self, form: ProjectPageForm) -> None:
        form.instance.project = update_project(project=form.instance.project, by=self.user, **form.changes())


class ProjectCreateView(WithThing, CreateView):
    """A new page makes a new project."""

    def save_thing(self, form: ProjectPageForm) -> None:
        project = create_project(quartier=self.parent_page.quartier, by=self.user, **form.changes())
        form.instance.project = project
        form.instance.slug = project.slug


class QuartierPageViewSet(PageViewSet):
    model = QuartierPage
    edit_view_class = QuartierEditView


class ProjectPageViewSet(PageViewSet):
    model = ProjectPage
    add_view_class = ProjectCreateView
    edit_view_class = ProjectEditView


def refuse_copy(request: HttpRequest, page: Any) -> HttpResponse | None:
    """Wagtail's hook `before_copy_page`."""
    if isinstance(page.specific, FIXED):
        return _no(request, page, gettext("Diese Seite gibt es nur einmal. Leg für etwas Neues eine neue Seite an."))
    return None


def refuse_move(request: HttpRequest, page: Any, destination: Any) -> HttpResponse | None:
    """Wagtail's hook `before_move_page`."""
    if isinstance(page.specific, FIXED):
        return _no(request, page, gettext("Diese Seite gehört zu ihrem Quartier und bleibt dort."))
    return None


def refuse_delete(request: HttpRequest, page: Any) -> HttpResponse | None:
    """Wagtail's hook `before_delete_page`."""
    if isinstance(page.specific, LASTING):
        return _no(request, page, gettext("Diese Seite wird gebraucht und lässt sich nicht löschen."))
    return None


def refuse_bulk(request: HttpRequest, action_type: str, objects: Any, action: Any) -> HttpResponse | None:
    """Wagtail's hook `before_bulk_action`: the same for several pages at once."""
    if action_type not in {"delete", "move"} or getattr(action, "models", None) is None:
        return None
    kept = LASTING if action_type == "delete" else FIXED
    for row in objects:
        if isinstance(getattr(row, "specific", None), kept):
            return _no(
                request, row, gettext("Mindestens eine dieser Seiten bleibt, wo sie ist. Nimm sie aus der Auswahl.")
            )
    return None


def _no(request: HttpRequest, page: Any, sentence: str) -> HttpResponse:
    messages.error(request, sentence)
    parent = page.get_parent()
    return redirect("wagtailadmin_explore", (parent or page).pk)
