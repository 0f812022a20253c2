"""Attachments and evidence: checked at the door, stored under random names outside the web root."""

import uuid

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.urls import reverse

from governance.accounts.models import Organisation


def storage_path(stored: "StoredFile", _name: str) -> str:
    return f"{stored.uuid.hex[:2]}/{stored.uuid.hex}"


class StoredFile(models.Model):
    """A file that was let in. Its name and type are what we found, not what the browser said."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    content = models.FileField(upload_to=storage_path, max_length=80)
    name = models.CharField(max_length=200)
    content_type = models.CharField(max_length=100)
    size = models.PositiveBigIntegerField()  # bytes
    sha256 = models.CharField(max_length=64)
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField()

    class Meta:
        ordering = ["uploaded_at", "pk"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("file", args=[self.uuid])


class Attachment(models.Model):
    """A stored file hung on something. Who may see that something may open the file (`files.permissions`)."""

    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="attachments")
    subject_type = models.ForeignKey(ContentType, on_delete=models.PROTECT, related_name="+")
    subject_id = models.BigIntegerField()
    subject = GenericForeignKey("subject_type", "subject_id")
    purpose = models.SlugField(max_length=30, default="attachment")

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(fields=["subject_type", "subject_id"], name="attachment_subject")]

    def __str__(self) -> str:
        return f"{self.file} {self.purpose}"
