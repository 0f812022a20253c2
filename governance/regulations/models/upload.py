"""A regulation file that was uploaded and checked, before it is loaded."""

import uuid

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from governance.accounts.models import Organisation

from .regulation import RegulationVersion


class RegulationUpload(models.Model):
    """One file without faults. `source` is its text; it is emptied when the upload ends. What would change is compared
    anew whenever the page is opened."""

    class State(models.TextChoices):
        CHECKED = "checked", _("to be confirmed")
        LOADED = "loaded", pgettext_lazy("regulation file", "loaded")
        DISCARDED = "discarded", _("discarded")

    TRANSITIONS = {
        State.CHECKED: {State.LOADED: "load-regulation", State.DISCARDED: "discard-regulation"},
        State.LOADED: {},
        State.DISCARDED: {},
    }

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    file_name = models.CharField(max_length=200)
    version = models.CharField(max_length=40)
    source = models.TextField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.CHECKED)
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField()
    loaded = models.ForeignKey(RegulationVersion, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-uploaded_at", "-pk"]
        indexes = [models.Index(fields=["organisation", "-uploaded_at"], name="regulation_upload_recent")]

    def __str__(self) -> str:
        return self.file_name

    def get_absolute_url(self) -> str:
        return reverse("regulation_preview", args=[self.uuid])
