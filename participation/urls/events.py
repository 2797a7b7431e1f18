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
    path("e/<str:join_code>/leitung/", views.stage, name="stage"),
]
