"""Every socket address of this app."""

from participation.consumers import chat, events

websocket_urlpatterns = [*chat.websocket_urlpatterns, *events.websocket_urlpatterns]
