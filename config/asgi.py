"""The one server process: pages and API over HTTP, live news over sockets."""

import os
import warnings

from channels.auth import AuthMiddlewareStack
from channels.routing import ProtocolTypeRouter, URLRouter
from channels.security.websocket import AllowedHostsOriginValidator
from django.core.asgi import get_asgi_application

# Whitenoise hands out small compressed files from synchronous iterators, which Django reads in one go.
warnings.filterwarnings("ignore", message="StreamingHttpResponse must consume synchronous iterators")
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.production")
http = get_asgi_application()

from config.second_factor import SecondFactorSockets  # noqa: E402 (needs the apps to be loaded)
from participation.routing import websocket_urlpatterns  # noqa: E402

sockets = AuthMiddlewareStack(SecondFactorSockets(URLRouter(websocket_urlpatterns)))
application = ProtocolTypeRouter(
    {
        "http": http,
        # A page of another site must not open a socket with our visitor's cookies (guard.md, finding 5).
        "websocket": AllowedHostsOriginValidator(sockets),
    }
)
