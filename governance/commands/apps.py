"""The app `commands` of the house."""

from django.apps import AppConfig


class CommandsConfig(AppConfig):
    name = "governance.commands"
    label = "commands"

    def ready(self) -> None:
        """Let `manage.py check` run the project's own checks."""
        from governance import checks  # noqa: F401
