from django.urls import include, path

from participation.views import projects as views

app_name = "projects"
one = [
    path("mitmachen/", views.join, name="join"),
    path("raus/", views.leave, name="leave"),
    path("aufgaben/<int:pk>/nehmen/", views.take, name="take"),
    path("aufgaben/<int:pk>/zurueck/", views.release, name="release"),
]
urlpatterns = [
    path("idee/<int:pk>/projekt/", views.of_idea, name="of_idea"),
    path("<slug:quartier>/projekte/<slug:slug>/", include(one)),
]
