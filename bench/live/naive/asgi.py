"""The textbook's application: sessions and accounts as in the product, one consumer."""

import os

os.environ["DJANGO_SETTINGS_MODULE"] = "bench.live.naive.settings"

from channels.auth import AuthMiddlewareStack
from channels.routing import ProtocolTypeRouter, URLRouter
from django.core.asgi import get_asgi_application
from django.urls import path

http = get_asgi_application()

from bench.live.naive.consumer import BallotConsumer  # noqa: E402

urlpatterns: list[object] = []
sockets = URLRouter([path("naive/<int:ballot>/", BallotConsumer.as_asgi())])
application = ProtocolTypeRouter({"http": http, "websocket": AuthMiddlewareStack(sockets)})
