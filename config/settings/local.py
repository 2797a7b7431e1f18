"""`make run`: the whole product on one machine, with the demo's content; no secret here protects anything."""

from .base import *  # noqa: F403
from .base import LOGGING, VAR_DIR, env

DEBUG = env.bool("DEBUG", default=False)
ALLOWED_HOSTS = ["*"]


def _local_secret() -> str:
    """The key of this checkout, made at the first start and kept in `var/`."""
    import secrets

    kept = VAR_DIR / "secret"
    if not kept.exists():
        VAR_DIR.mkdir(parents=True, exist_ok=True)
        kept.write_text(secrets.token_urlsafe(50))
        kept.chmod(0o600)
    return kept.read_text()


SECRET_KEY = env.str("SECRET_KEY", default="") or _local_secret()
SECOND_FACTOR_REQUIRED = False
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = False
# The demo shows its log-ins on the staff door.
DEMO = True
# Wagtail tells of every page that the demo publishes, its tasks of every row that is indexed.
LOGGING = LOGGING | {"loggers": {name: {"level": "WARNING"} for name in ("wagtail", "django_tasks")}}
