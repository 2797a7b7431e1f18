from django.urls import path

from accounts import api

urlpatterns = [
    path("quartiere/", api.QuartierList.as_view(), name="quartiere"),
    path("quartiere/<slug:slug>/", api.QuartierDetail.as_view(), name="quartier"),
]
