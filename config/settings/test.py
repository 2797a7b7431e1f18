"""The suite: SQLite in memory or `DATABASE_URL`, fast password hashing, plain static files."""

import tempfile
from pathlib import Path

from .base import *  # noqa: F403
from .base import BASE_DIR, CACHES, CHANNEL_LAYERS, DATABASES, REDIS_URL, STORAGES, env

SECRET_KEY = "a-key-for-tests-only-which-protects-nothing-at-all"  # noqa: S105
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
SECOND_FACTOR_REQUIRED = False
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
MEDIA_ROOT = Path(tempfile.mkdtemp(prefix="anstoss-media-"))
STATIC_ROOT = Path(env.str("STATIC_ROOT", default=str(BASE_DIR / "var" / "static")))
STORAGES = STORAGES | {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
WHITENOISE_AUTOREFRESH = True
WHITENOISE_USE_FINDERS = True
if DATABASES["default"]["ENGINE"].endswith("postgresql"):
    # Tests make and drop their databases, which a pool's waiting connections would hold open.
    DATABASES["default"]["OPTIONS"] = {}
if REDIS_URL:
    # Workers of the suite share one Redis: each has a database for its cache and a prefix for its channels.
    _worker = env.str("PYTEST_XDIST_WORKER", default="gw0").removeprefix("gw")
    _location = f"{REDIS_URL.rpartition('/')[0]}/{_worker}"
    CACHES = {"default": CACHES["default"] | {"LOCATION": _location}}
    CHANNEL_LAYERS["default"]["CONFIG"]["prefix"] = f"worker{_worker}"  # type: ignore[index]
