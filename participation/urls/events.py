"""Addresses of open spaces: `/j/` is typed by hand from a poster, so it is short."""

from django.urls import path

from participation.views import events as views

app_name = "events"
urlpatterns = [
    path("j/", views.join, name="join"),
    path("j/<str:code>/", views.door, name="join"),
    path("e/neu/", views.new, name="new"),
    path("e/<str:join_code>/", views.phone, name="phone"),
    path("e/<str:join_code>/beamer/", views.screen, name="screen"),
    path("e/<str:join_code>/wall/", views.wall, name="wall"),
    path("e/<str:join_code>/leitung/", views.stage, name="stage"),
    path("e/<str:join_code>/abstimmung/<int:number>/", views.sheet, name="sheet"),
    path("e/<str:join_code>/abstimmung/<int:number>.json", views.sheet_json, name="sheet_json"),
    path("e/<str:join_code>/abstimmung/<int:number>.csv", views.sheet_csv, name="sheet_csv"),
    path("e/<str:join_code>/leitung/zettel/", views.scribe, name="scribe"),
    path("e/<str:join_code>/leitung/plan/", views.plan, name="plan"),
    path("e/<str:join_code>/thema/<int:number>/", views.topic, name="topic"),
    path("zurueckgehalten/flipcharts/<str:name>", views.withheld_photo, name="withheld_photo"),
    path("e/<str:join_code>/ergebnis/<int:number>/", views.outcome, name="outcome"),
    path("e/<str:join_code>/protokoll/", views.proceedings, name="proceedings"),
    path("e/<str:join_code>/protokoll.<slug:kind>", views.proceedings_file, name="proceedings_file"),
    path("e/<str:join_code>/plakat.pdf", views.poster, name="poster"),
    path("e/<str:join_code>/wand.pdf", views.wall_paper, name="wall_paper"),
    path("e/<str:join_code>/karten/<int:number>/", views.tickets, name="tickets"),
    path("e/<str:join_code>/karte/", views.ticket, name="ticket"),
    path("e/<str:join_code>/karte/<str:code>/", views.ticket, name="ticket"),
    path("e/<str:join_code>/helfen/", views.helper, name="helper"),
    path("e/<str:join_code>/helfen/<int:number>/", views.helped, name="helped"),
]
