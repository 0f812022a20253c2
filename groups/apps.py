"""The app `groups` of the house."""

from django.apps import AppConfig


class GroupsConfig(AppConfig):
    name = "groups"

    def ready(self) -> None:
        """Register what lower apps ask for: this app's part of a regulation file, its duties and verbs,
        who may open its files."""
        from . import duty_kinds, regulation, verbs, visibility  # noqa: F401

        duty_kinds.register_all()
        verbs.register_all()
        visibility.register_files()
