"""The app `regulations` of the house."""

from django.apps import AppConfig


class RegulationsConfig(AppConfig):
    name = "governance.regulations"
    label = "regulations"

    def ready(self) -> None:
        """Register the duty and the notice of an open question."""
        from . import duty_kinds

        duty_kinds.register_all()
