from django.apps import AppConfig


class ConfigConfig(AppConfig):
    """Wiring has no tables; it is an app so that its deploy checks and commands are found."""

    name = "config"
    label = "config"
