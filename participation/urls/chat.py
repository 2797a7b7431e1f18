from django.urls import path

from participation.views import chat as views

app_name = "chat"
urlpatterns = [
    path("chat/", views.mine, name="mine"),
    path("chat/<int:pk>/", views.room, name="room"),
    path("chat/<int:pk>/hilfe/", views.get_help, name="help"),
    path("chat/<int:pk>/modus/", views.mode, name="mode"),
    path("chat/<int:pk>/<int:message_pk>/loeschen/", views.delete, name="delete"),
]
