"""Everything below `/api/v1/` that belongs to this app."""

from participation.api import chat, events, projects

urlpatterns = [*projects.urlpatterns, *chat.urlpatterns, *events.urlpatterns]
