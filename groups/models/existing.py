"""既有群: groups that were there before the portal, and the lists they were taken over from."""

import uuid

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from governance.accounts.models import Organisation
from governance.directory.models import Office

from .group import Group


class GroupsImport(models.Model):
    """One uploaded list. `rows` and `faults` are what was read; they are emptied when the import ends, the file itself
    is not kept. What would be written is compared anew whenever the page is opened."""

    class State(models.TextChoices):
        READ = "read", _("to be confirmed")
        CONFIRMED = "confirmed", pgettext_lazy("existing groups", "registered")
        DISCARDED = "discarded", _("discarded")

    TRANSITIONS = {
        State.READ: {State.CONFIRMED: "import-groups", State.DISCARDED: "discard-groups"},
        State.CONFIRMED: {},
        State.DISCARDED: {},
    }

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    file_name = models.CharField(max_length=200)
    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, choices=State.choices, default=State.READ)
    rows = models.JSONField(default=list)
    faults = models.JSONField(default=list)
    fault_count = models.PositiveIntegerField(default=0)
    ignored = models.JSONField(default=list)
    started_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    started_at = models.DateTimeField()
    confirmed_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    confirmed_at = models.DateTimeField(null=True)
    group_count = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["-started_at", "-pk"]
        indexes = [models.Index(fields=["organisation", "-started_at"], name="groups_import_recent")]

    def __str__(self) -> str:
        return self.file_name

    def get_absolute_url(self) -> str:
        return reverse("existing_groups_preview", args=[self.uuid])


class ExistingGroup(models.Model):
    """What a list said of a group that was there before the portal: the group itself never was approved here.
    `created_on` is empty where nobody knows the day."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    group = models.OneToOneField(Group, on_delete=models.CASCADE, related_name="existing")
    imported = models.ForeignKey(GroupsImport, on_delete=models.PROTECT, related_name="groups")
    row = models.PositiveIntegerField()
    created_on = models.DateField(null=True)

    class Meta:
        ordering = ["imported", "row"]
        constraints = [models.UniqueConstraint(fields=["imported", "row"], name="existing_group_row_once")]

    def __str__(self) -> str:
        return self.group.name
