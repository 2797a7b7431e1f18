"""Projects in the admin: a listing that leads to their pages, and the budget beside them."""

from typing import Any, cast

import django_filters
from django import forms
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import path, reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView, View
from wagtail.admin import messages
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.views.generic import WagtailAdminTemplateMixin
from wagtail.admin.viewsets.base import ViewSet
from wagtail.admin.widgets.button import HeaderButton

from accounts.models import User
from accounts.selectors import quartiere_of
from cms import services
from cms.forms.projects import BudgetFormSet, TaskFormSet
from cms.models import ProjectIndexPage
from cms.selectors.waiting import money_of
from cms.staff.base import OwnIndexView, StaffMenuItem, TeamFilterSet
from cms.staff.columns import DayColumn, MarkColumn
from common.errors import Refused
from participation.models import Project, Task
from participation.services.projects import add_task, change_task, remove_task, set_budget

INDEX = "staff_projects:index"


class ProjectFilterSet(TeamFilterSet):
    state = django_filters.ChoiceFilter(
        label=_("Stand"), choices=Project.State.choices, empty_label=_("alle"), widget=forms.RadioSelect
    )
    format = django_filters.ChoiceFilter(label=_("Art"), choices=Project.Format.choices, empty_label=_("alle"))
    draft = django_filters.BooleanFilter(field_name="announced_at", lookup_expr="isnull", label=_("nur Entwürfe"))

    class Meta:
        model = Project
        fields: list[str] = []


class ProjectIndexView(OwnIndexView):
    default_ordering = ("-created_at", "-pk")

    def get_base_queryset(self) -> QuerySet[Project]:
        return self.own_rows().select_related("quartier", "page")

    @cached_property
    def header_buttons(self) -> list[HeaderButton]:
        """A new project is a new page below the list of its Quartier."""
        lists = ProjectIndexPage.objects.all()
        mine = [page for page in lists if page.quartier in quartiere_of(self.request.user)]
        if len(mine) != 1:
            return []
        url = reverse("wagtailadmin_pages:add", args=["cms", "projectpage", mine[0].pk])
        return [HeaderButton(gettext("Neues Projekt"), url=url, icon_name="plus")]


def own_project_or_404(user: Any, pk: int) -> Project:
    """A project of an own Quartier; a foreign one is as absent as none."""
    mine = Project.objects.filter(quartier__in=quartiere_of(user).values("pk"))
    return get_object_or_404(mine.select_related("quartier"), pk=pk)


class PageView(View):
    """The way to a project's page; a project without one gets its draft now."""

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        project = own_project_or_404(request.user, pk)
        page = services.draft_page_for(project=project, by=cast(User, request.user))
        return redirect("wagtailadmin_pages:edit", page.pk)


class WorkView(WagtailAdminTemplateMixin, TemplateView):
    """Tasks and money of a project: two small tables, each saved on its own."""

    template_name = "cms/staff/work.html"
    header_icon = "clipboard-list"

    @cached_property
    def project(self) -> Project:
        return own_project_or_404(self.request.user, self.kwargs["pk"])

    def get_page_title(self) -> str:
        return gettext("Aufgaben und Geld")

    def get_page_subtitle(self) -> str:
        return self.project.title

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [
            *self.breadcrumbs_items,
            {"url": reverse(INDEX), "label": gettext("Projekte")},
            {"url": reverse("staff_projects:page", args=[self.project.pk]), "label": self.project.title},
            {"url": "", "label": self.get_page_title()},
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        known = {
            "tasks": TaskFormSet(prefix="tasks", initial=_rows_of_tasks(self.project)),
            "budget": BudgetFormSet(prefix="budget", initial=_rows_of_budget(self.project)),
        }
        context = super().get_context_data(**kwargs) | {
            "project": self.project,
            "money": money_of(self.project.quartier),
        }
        return known | context

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        which = "tasks" if "save-tasks" in request.POST else "budget"
        rows = _rows_of_tasks(self.project) if which == "tasks" else _rows_of_budget(self.project)
        formset = (TaskFormSet if which == "tasks" else BudgetFormSet)(request.POST, prefix=which, initial=rows)
        if formset.is_valid():
            try:
                self._save(which, formset)
            except Refused as refusal:
                messages.error(request, str(refusal))
            else:
                messages.success(request, gettext("Gespeichert."))
                return redirect("staff_projects:work", self.project.pk)
        return self.render_to_response(self.get_context_data(**{which: formset}))

    def _save(self, which: str, formset: Any) -> None:
        user = cast(User, self.request.user)
        if which == "tasks":
            save_tasks(self.project, formset.rows, user)
        else:
            set_budget(project=self.project, by=user, lines=formset.wanted)


def save_tasks(project: Project, rows: list[dict[str, Any]], by: User) -> None:
    """What the rows say of the tasks they stand for; tasks that somebody else has added meanwhile stay."""
    known = {task.pk: task for task in Task.objects.filter(project=project).select_related("project__quartier")}
    for row in rows:
        task = known.get(row.get("pk") or 0)
        title, due_on = row["title"], row["due_on"]
        if task is None and title:
            add_task(project=project, by=by, title=title, due_on=due_on)
        elif task is not None and title:
            change_task(task=task, by=by, title=title, due_on=due_on)
        elif task is not None:
            remove_task(task=task, by=by)


def _rows_of_tasks(project: Project) -> list[dict[str, Any]]:
    return [dict(row) for row in project.tasks.values("pk", "title", "due_on")]


def _rows_of_budget(project: Project) -> list[dict[str, Any]]:
    return [dict(row) for row in project.budget_lines.values("title", "planned", "committed", "spent")]


class ProjectViewSet(ViewSet):
    """`/verwaltung/projekte/`."""

    name = "staff_projects"
    url_prefix = "projekte"
    icon = "success"
    menu_label = _("Projekte")
    menu_order = 130
    add_to_admin_menu = True
    menu_item_class = StaffMenuItem

    def _index(self, **kwargs: Any) -> Any:
        return self.construct_view(
            ProjectIndexView,
            model=Project,
            header_icon=self.icon,
            page_title=_("Projekte"),
            index_url_name=INDEX,
            index_results_url_name="staff_projects:index_results",
            filterset_class=ProjectFilterSet,
            search_fields=["title", "summary", "place"],
            paginate_by=50,
            columns=[
                TitleColumn("title", label=_("Projekt"), url_name="staff_projects:page", sort_key="title"),
                Column("quartier", label=_("Quartier"), sort_key="quartier__name"),
                MarkColumn("get_state_display", label=_("Stand"), urgent=lambda project: project.state == "running"),
                MarkColumn("public", label=_("Seite"), accessor=_publicity),
                Column("member_count", label=_("dabei"), sort_key="member_count"),
                DayColumn("starts_on", label=_("Beginn"), sort_key="starts_on"),
                TitleColumn("work", label=_("Aufgaben und Geld"), accessor=_work_label, url_name="staff_projects:work"),
            ],
            **kwargs,
        )

    def get_urlpatterns(self) -> list[Any]:
        return [
            path("", self._index(), name="index"),
            path("results/", self._index(results_only=True), name="index_results"),
            path("<int:pk>/seite/", PageView.as_view(), name="page"),
            path("<int:pk>/arbeit/", WorkView.as_view(), name="work"),
        ]


def _publicity(project: Project) -> str:
    return gettext("öffentlich") if project.announced_at else gettext("Entwurf")


def _work_label(_project: Project) -> str:
    return gettext("öffnen")
