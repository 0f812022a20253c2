"""Imports of people: a file, what it would change, and whether somebody confirmed it."""

import uuid

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils.translation import gettext_lazy as _

from governance.accounts.models import Organisation
from governance.files.models import StoredFile
from governance.jobs.models import Job

from .company import Company


class PeopleImport(models.Model):
    """One uploaded file. `digest` names the plan that was shown: confirming carries out that plan or nothing.

    `listing` is what the preview shows (names, numbers, faults as sentences); it is emptied when the import ends.
    What the import changed stands in the change feed, with the values before it: from there it can be reversed.
    """

    class State(models.TextChoices):
        UPLOADED = "uploaded", _("being compared")
        COMPARED = "compared", _("to be confirmed")
        CONFIRMED = "confirmed", _("confirmed")
        DISCARDED = "discarded", _("discarded")
        REVERSED = "reversed", _("reversed")

    TRANSITIONS = {
        State.UPLOADED: {State.COMPARED: "compare-people", State.DISCARDED: "discard-people"},
        State.COMPARED: {State.CONFIRMED: "import-people", State.DISCARDED: "discard-people"},
        State.CONFIRMED: {State.REVERSED: "reverse-people"},
        State.DISCARDED: {},
        State.REVERSED: {},
    }

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    file = models.ForeignKey(StoredFile, null=True, on_delete=models.PROTECT, related_name="+")
    complete = models.ForeignKey(Company, null=True, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, choices=State.choices, default=State.UPLOADED)
    job = models.ForeignKey(Job, null=True, on_delete=models.SET_NULL, related_name="+")
    started_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    started_at = models.DateTimeField()
    effective_on = models.DateField()
    digest = models.CharField(max_length=64, blank=True)
    counts = models.JSONField(default=dict, encoder=DjangoJSONEncoder)
    listing = models.JSONField(default=dict, encoder=DjangoJSONEncoder)
    complaint = models.TextField(blank=True)
    confirmed_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    confirmed_at = models.DateTimeField(null=True)
    reversed_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    reversed_at = models.DateTimeField(null=True)
    reversal = models.JSONField(default=dict)  # of how many people became what

    class Meta:
        ordering = ["-started_at", "-pk"]
        indexes = [models.Index(fields=["organisation", "-started_at"], name="people_import_recent")]

    def __str__(self) -> str:
        return f"{self.file or self.uuid}"

    @property
    def is_under_way(self) -> bool:
        """Whether a job compares or imports the file right now. Reads `job`: fetch it with the import."""
        return self.job is not None and self.job.state in (Job.State.QUEUED, Job.State.RUNNING)
