"""The app `regulations` of the house."""

from django.apps import AppConfig


class RegulationsConfig(AppConfig):
    name = "governance.regulations"
    label = "regulations"

    def ready(self) -> None:
        """Register the duty and the notice of an open question, and how its history reads."""
        from . import duty_kinds, references, verbs

        duty_kinds.register_all()
        verbs.register_all()
        references.register_all()
