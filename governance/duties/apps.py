"""The app `duties` of the house."""

from django.apps import AppConfig


class DutiesConfig(AppConfig):
    name = "governance.duties"
    label = "duties"

    def ready(self) -> None:
        """Say where duties name people."""
        from . import references

        references.register_all()
