"""The suite: SQLite in a file or `DATABASE_URL`, fast password hashing, plain static files."""

import atexit
import shutil
import tempfile
from pathlib import Path

from .base import *  # noqa: F403
from .base import BASE_DIR, CACHES, CHANNEL_LAYERS, DATABASES, REDIS_URL, STORAGES, env

SECRET_KEY = "a-key-for-tests-only-which-protects-nothing-at-all"  # noqa: S105
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
SECOND_FACTOR_REQUIRED = False
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
_folder = Path(tempfile.mkdtemp(prefix="anstoss-tests-"))
atexit.register(shutil.rmtree, _folder, ignore_errors=True)
MEDIA_ROOT = _folder / "media"
STATIC_ROOT = Path(env.str("STATIC_ROOT", default=str(BASE_DIR / "var" / "static")))
STORAGES = STORAGES | {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
STORAGES["withheld"]["OPTIONS"]["location"] = _folder / "withheld"  # type: ignore[index]
WHITENOISE_AUTOREFRESH = True
WHITENOISE_USE_FINDERS = True
if DATABASES["default"]["ENGINE"].endswith("postgresql"):
    # Tests make and drop their databases, which a pool's waiting connections would hold open.
    DATABASES["default"]["OPTIONS"] = {}
else:
    # A file, as in the product: in memory, connections share a cache in which nobody waits for a lock.
    DATABASES["default"]["TEST"] = {"NAME": str(_folder / "test.sqlite3")}
    DATABASES["default"]["OPTIONS"]["init_command"] += " PRAGMA synchronous=OFF;"
if REDIS_URL:
    # Workers of the suite share one Redis: each has a database for its cache and a prefix for its channels.
    _worker = env.str("PYTEST_XDIST_WORKER", default="gw0").removeprefix("gw")
    _location = f"{REDIS_URL.rpartition('/')[0]}/{_worker}"
    CACHES = {"default": CACHES["default"] | {"LOCATION": _location}}
    CHANNEL_LAYERS["default"]["CONFIG"]["prefix"] = f"worker{_worker}"  # type: ignore[index]
