"""The app `jobs` of the house."""

from django.apps import AppConfig


class JobsConfig(AppConfig):
    name = "governance.jobs"
    label = "jobs"

    def ready(self) -> None:
        from governance.files import permissions

        from .models import Job
        from .permissions import may_see

        permissions.register(Job, may_see)
