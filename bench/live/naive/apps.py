"""The label of the textbook's one table."""

from django.apps import AppConfig


class NaiveConfig(AppConfig):
    name = "bench.live.naive"
    label = "naive"
    default_auto_field = "django.db.models.BigAutoField"
