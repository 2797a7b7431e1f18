from django.urls import path

from accounts import views

app_name = "accounts"
urlpatterns = [
    path("rein/", views.enter, name="enter"),
    path("rein/karte/", views.come_back, name="come_back"),
    path("ich/", views.me, name="me"),
    path("ich/karte/", views.card, name="card"),
    path("ich/raus/", views.leave, name="leave"),
    path("quartiere/", views.quartiere, name="quartiere"),
]
