"""The app `directory` of the house."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DirectoryConfig(AppConfig):
    name = "governance.directory"
    label = "directory"

    def ready(self) -> None:
        from governance.jobs import registry

        from . import references
        from .actions.importing import JOB
        from .importing import job
        from .verbs import register_all

        registry.register(JOB, job.run, title=_("Importing people"), link=job.link)
        register_all()
        references.register_all()
