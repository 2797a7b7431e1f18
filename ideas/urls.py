from django.urls import include, path

from ideas.views import detail, lists, photos, writing

app_name = "ideas"
one = [
    path("", detail.detail, name="detail"),
    path("stimme/", detail.vote, name="vote"),
    path("kommentare/", detail.comment, name="comment"),
    path("kommentare/<int:comment_pk>/loeschen/", detail.delete_comment, name="delete_comment"),
    path("zurueckziehen/", detail.withdraw, name="withdraw"),
]
urlpatterns = [
    path("zurueckgehalten/ideas/<str:name>", photos.withheld_photo, name="withheld_photo"),
    path("<slug:quartier>/ideen/", lists.idea_list, name="list"),
    path("<slug:quartier>/ideen/neu/", writing.new, name="new"),
    path("<slug:quartier>/ideen/<int:pk>/", include(one)),
]
