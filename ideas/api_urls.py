from django.urls import path

from ideas import api

urlpatterns = [
    path("quartiere/<slug:slug>/ideas/", api.IdeaList.as_view(), name="ideas"),
    path("ideas/<int:pk>/", api.IdeaDetail.as_view(), name="idea"),
    path("ideas/<int:pk>/vote/", api.IdeaVote.as_view(), name="idea-vote"),
    path("ideas/<int:pk>/comments/", api.IdeaComments.as_view(), name="idea-comments"),
]
