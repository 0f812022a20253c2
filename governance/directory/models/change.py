"""The change feed: who changed, what, effective when. Upper apps read it by watermark (the primary key)."""

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models

from governance.accounts.models import Organisation

from .person import Person


class Change(models.Model):
    """One fact about a person that changed. `before` and `after` hold only the fields of that fact, as plain JSON.

    `people_import`: the import that changed it; so an import can be reversed.
    """

    class Kind(models.TextChoices):
        JOINED = "joined"
        MOVED = "moved"  # company, department, post, function or employment kind
        RENAMED = "renamed"
        LEFT = "left"
        RETURNED = "returned"
        OFFICE = "office"  # a tenure began or ended
        TEAM = "team"
        CONTACT = "contact"  # mail, phone, WeCom id
        MERGED = "merged"  # two entries became one: `after` says into or with which

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="changes")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    effective_on = models.DateField()
    at = models.DateTimeField()
    before = models.JSONField(default=dict, encoder=DjangoJSONEncoder)
    after = models.JSONField(default=dict, encoder=DjangoJSONEncoder)
    people_import = models.ForeignKey("PeopleImport", null=True, on_delete=models.PROTECT, related_name="changes")

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(fields=["person", "id"], name="change_of_person")]

    def __str__(self) -> str:
        return f"{self.pk} {self.kind} {self.person_id}"
