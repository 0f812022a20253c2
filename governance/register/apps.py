"""The app `register` of the house."""

from django.apps import AppConfig


class RegisterConfig(AppConfig):
    name = "governance.register"
    label = "register"

    def ready(self) -> None:
        """Add the export to the long work one can start, and panels to the pages of people and offices."""
        from governance.directory import panels as directory_panels
        from governance.jobs import registry

        from . import export, panels, planning_export

        registry.register(export.KIND, export.run, title=export.TITLE)
        registry.register(planning_export.KIND, planning_export.run, title=planning_export.TITLE)
        directory_panels.register(person=panels.groups_of_person)
        directory_panels.register(person=panels.requests_of_person)
        directory_panels.register(office=panels.duties_of_office)
        directory_panels.register(office=panels.rules_of_office)
