"""The app `commands` of the house."""

from django.apps import AppConfig


class CommandsConfig(AppConfig):
    name = "governance.commands"
    label = "commands"

    def ready(self) -> None:
        """Let `manage.py check` run the project's own checks; offer the operations log as long work and to pages."""
        from governance import checks  # noqa: F401
        from governance.directory import panels
        from governance.jobs import registry

        from .log import export, links

        registry.register(export.KIND, export.run, title=export.TITLE)
        panels.register(person=links.log_of_person)
