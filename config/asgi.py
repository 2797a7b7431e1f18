"""The one server process: pages and API over HTTP, live news over sockets."""

import gc
import os
import warnings

import django
from channels.auth import AuthMiddlewareStack
from channels.routing import ProtocolTypeRouter, URLRouter
from channels.security.websocket import AllowedHostsOriginValidator

# Whitenoise hands out small compressed files from synchronous iterators, which Django reads in one go.
warnings.filterwarnings("ignore", message="StreamingHttpResponse must consume synchronous iterators")
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.production")
django.setup(set_prefix=False)

from config.handler import PageHandler  # noqa: E402 (needs the apps to be loaded)
from config.odd_input import OddInputSockets  # noqa: E402
from config.second_factor import SecondFactorSockets  # noqa: E402
from participation.routing import websocket_urlpatterns  # noqa: E402

sockets = OddInputSockets(AuthMiddlewareStack(SecondFactorSockets(URLRouter(websocket_urlpatterns))))
application = ProtocolTypeRouter(
    {
        "http": PageHandler(),
        # A page of another site must not open a socket with our visitor's cookies (guard.md, finding 5).
        "websocket": AllowedHostsOriginValidator(sockets),
    }
)

# What was loaded to begin with stays. The collector would walk over all of it in the middle of a vote.
gc.collect()
gc.freeze()
