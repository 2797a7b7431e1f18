"""Addresses of what belongs to no app in particular."""

from django.urls import path

from common.illustrations.views import view

urlpatterns = [path("bild/<slug:field>/<slug:seed>.svg", view, name="illustration")]
