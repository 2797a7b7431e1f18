"""What Wagtail's admin is told: who may reach what, our listings, our start page, our colours."""

from typing import Any

from django.http import HttpRequest
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString
from wagtail import hooks
from wagtail.permissions import register_permission_policy

from accounts.models import Carrier, ContactPerson, Partner, Programme, Quartier, User
from cms.staff import pages
from cms.staff.colleagues import AdministrationGroup
from cms.staff.events import EventViewSet
from cms.staff.home import DeskPanel
from cms.staff.ideas import IdeaViewSet
from cms.staff.policies import AdministratorPolicy, TeamPolicy
from cms.staff.projects import ProjectViewSet
from cms.staff.records import TeamGroup
from cms.staff.reports import ReportViewSet
from ideas.models import Field, Idea
from moderation.models import Report
from participation.models import Event, FundingYear, Project

for of_a_team in (Idea, Report, Project, Event, ContactPerson, Partner, FundingYear):
    register_permission_policy(of_a_team, TeamPolicy(of_a_team))
for of_all in (Quartier, Programme, Carrier, Field, User):
    register_permission_policy(of_all, AdministratorPolicy(of_all))

# Parts of Wagtail that the team has no use for; people and roles have screens of their own.
GONE_FROM_MENU = {"help", "reports"}
GONE_FROM_SETTINGS = {"users", "groups", "workflows", "workflow-tasks", "sites", "redirects", "locales"}


@hooks.register("register_admin_viewset")
def viewsets() -> list[Any]:
    return [
        IdeaViewSet(),
        ReportViewSet(),
        ProjectViewSet(),
        EventViewSet(),
        TeamGroup(),
        AdministrationGroup(),
        pages.QuartierPageViewSet(),
        pages.ProjectPageViewSet(),
    ]


@hooks.register("construct_homepage_panels")
def start_page(request: HttpRequest, panels: list[Any]) -> None:
    recent = [panel for panel in panels if panel.name == "recent_edits"]
    panels[:] = [DeskPanel(), *recent] if DeskPanel.is_for(request.user) else recent


@hooks.register("construct_homepage_summary_items")
def no_summary(_request: HttpRequest, items: list[Any]) -> None:
    items.clear()


@hooks.register("construct_main_menu")
def short_menu(request: HttpRequest, items: list[Any]) -> None:
    gone = GONE_FROM_MENU if request.user.is_superuser else GONE_FROM_MENU | {"settings"}
    items[:] = [item for item in items if item.name not in gone]


@hooks.register("construct_settings_menu")
def short_settings(_request: HttpRequest, items: list[Any]) -> None:
    items[:] = [item for item in items if item.name not in GONE_FROM_SETTINGS]


@hooks.register("insert_global_admin_css")
def colours() -> SafeString:
    return format_html('<link rel="stylesheet" href="{}">', static("css/staff.css"))


hooks.register("before_copy_page", pages.refuse_copy)
hooks.register("before_move_page", pages.refuse_move)
hooks.register("before_delete_page", pages.refuse_delete)
hooks.register("before_bulk_action", pages.refuse_bulk)
