"""Addresses of open spaces: `/j/` is typed by hand from a poster, so it is short."""

from collections.abc import Callable

from django.http.response import HttpResponseBase
from django.urls import URLPattern, path

from participation.views import events as views
from participation.views.events.former import follows_the_code

app_name = "events"


def page(route: str, view: Callable[..., HttpResponseBase], name: str) -> URLPattern:
    """A page under a join code; whoever is in finds it also by a code that the event had before."""
    return path(route, follows_the_code(view), name=name)


urlpatterns = [
    path("j/", views.join, name="join"),
    page("j/<str:code>/", views.door, name="join"),
    path("e/neu/", views.new, name="new"),
    page("e/<str:join_code>/", views.phone, name="phone"),
    page("e/<str:join_code>/beamer/", views.screen, name="screen"),
    page("e/<str:join_code>/wall/", views.wall, name="wall"),
    page("e/<str:join_code>/leitung/", views.stage, name="stage"),
    page("e/<str:join_code>/abstimmung/<int:number>/", views.sheet, name="sheet"),
    page("e/<str:join_code>/abstimmung/<int:number>.json", views.sheet_json, name="sheet_json"),
    page("e/<str:join_code>/abstimmung/<int:number>.csv", views.sheet_csv, name="sheet_csv"),
    page("e/<str:join_code>/leitung/zettel/", views.scribe, name="scribe"),
    page("e/<str:join_code>/leitung/plan/", views.plan, name="plan"),
    page("e/<str:join_code>/thema/<int:number>/", views.topic, name="topic"),
    path("zurueckgehalten/flipcharts/<str:name>", views.withheld_photo, name="withheld_photo"),
    page("e/<str:join_code>/ergebnis/<int:number>/", views.outcome, name="outcome"),
    page("e/<str:join_code>/melden/<slug:what>/<int:number>/", views.report, name="report"),
    page("e/<str:join_code>/protokoll/", views.proceedings, name="proceedings"),
    page("e/<str:join_code>/protokoll.<slug:kind>", views.proceedings_file, name="proceedings_file"),
    page("e/<str:join_code>/plakat.pdf", views.poster, name="poster"),
    page("e/<str:join_code>/wand.pdf", views.wall_paper, name="wall_paper"),
    page("e/<str:join_code>/karten/<int:number>/", views.tickets, name="tickets"),
    page("e/<str:join_code>/karte/", views.ticket, name="ticket"),
    page("e/<str:join_code>/karte/<str:code>/", views.ticket, name="ticket"),
    page("e/<str:join_code>/helfen/", views.helper, name="helper"),
    page("e/<str:join_code>/helfen/<int:number>/", views.helped, name="helped"),
]
