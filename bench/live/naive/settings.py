"""The product's database, channel layer and middleware, with the textbook's one table instead of our apps."""

from config.settings.local import *  # noqa: F403
from config.settings.local import CHANNEL_LAYERS, REDIS_URL

INSTALLED_APPS = ["django.contrib.auth", "django.contrib.contenttypes", "django.contrib.sessions", "bench.live.naive"]
AUTH_USER_MODEL = "auth.User"
MIDDLEWARE: list[str] = []
ROOT_URLCONF = "bench.live.naive.asgi"
if not REDIS_URL:
    # With the layer's own limit of 100 waiting messages the last tally is dropped and no phone ever gets it.
    CHANNEL_LAYERS["default"]["CONFIG"] = {"capacity": 1_000_000}  # type: ignore[dict-item]
