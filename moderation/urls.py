from django.urls import path

from moderation import views

app_name = "moderation"
urlpatterns = [
    path("beleg/<slug:receipt>/", views.receipt, name="receipt"),
    path("<slug:thing>/<int:thing_id>/", views.report, name="report"),
]
