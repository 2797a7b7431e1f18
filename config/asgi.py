"""The one server process: pages and API over HTTP, live news over sockets."""

import gc
import os
import warnings
from typing import Any

import django
from channels.auth import AuthMiddleware
from channels.routing import ProtocolTypeRouter, URLRouter
from channels.security.websocket import AllowedHostsOriginValidator
from channels.sessions import CookieMiddleware, SessionMiddleware

# Whitenoise hands out small compressed files from synchronous iterators, which Django reads in one go.
warnings.filterwarnings("ignore", message="StreamingHttpResponse must consume synchronous iterators")
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.production")
django.setup(set_prefix=False)

from django.contrib.auth.models import AnonymousUser  # noqa: E402 (needs the apps to be loaded)

from config.handler import PageHandler  # noqa: E402
from config.odd_input import OddInputSockets  # noqa: E402
from config.second_factor import SecondFactorSockets  # noqa: E402
from participation.routing import websocket_urlpatterns  # noqa: E402


class WhoMiddleware(AuthMiddleware):
    """Who opens a socket. Without a session there is nothing to look up: guests take no turn in a thread."""

    async def resolve_scope(self, scope: dict[str, Any]) -> None:
        if scope["session"].session_key is None:
            scope["user"]._wrapped = AnonymousUser()  # as `super` puts it there
        else:
            await super().resolve_scope(scope)


known = CookieMiddleware(SessionMiddleware(WhoMiddleware(SecondFactorSockets(URLRouter(websocket_urlpatterns)))))
application = ProtocolTypeRouter(
    {
        "http": PageHandler(),
        # A page of another site must not open a socket with our visitor's cookies (guard.md, finding 5).
        "websocket": AllowedHostsOriginValidator(OddInputSockets(known)),
    }
)

# What was loaded to begin with stays. The collector would walk over all of it in the middle of a vote.
gc.collect()
gc.freeze()
