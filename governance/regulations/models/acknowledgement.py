"""阅知确认: who has confirmed that he read a version."""

from django.db import models

from governance.accounts.models import Organisation
from governance.directory.models import Person

from .regulation import RegulationVersion


class Acknowledgement(models.Model):
    """One person and one version, once. Nobody has a duty of it: a list says who has not, and a text asks for it."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    version = models.ForeignKey(RegulationVersion, on_delete=models.PROTECT, related_name="acknowledgements")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    acknowledged_at = models.DateTimeField()

    class Meta:
        ordering = ["-acknowledged_at", "-pk"]
        constraints = [models.UniqueConstraint(fields=["version", "person"], name="version_acknowledged_once")]

    def __str__(self) -> str:
        return f"{self.version} – {self.person}"
