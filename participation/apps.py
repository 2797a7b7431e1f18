from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ParticipationConfig(AppConfig):
    name = "participation"
    verbose_name = _("Beteiligung")

    def ready(self) -> None:
        # Models are loaded only now. The consumers register what the hub reads; HTTP's long poll needs that too.
        from participation import routing  # noqa: F401
        from participation.reportables import register_all

        register_all()
