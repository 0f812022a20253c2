"""The app `register` of the house."""

from django.apps import AppConfig


class RegisterConfig(AppConfig):
    name = "governance.register"
    label = "register"

    def ready(self) -> None:
        """Add the export to the long work one can start."""
        from governance.jobs.registry import register

        from . import export

        register(export.KIND, export.run, title=export.TITLE)
