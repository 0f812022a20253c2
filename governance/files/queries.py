"""Reading stored files for pages."""

from dataclasses import dataclass
from datetime import datetime

from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.template.defaultfilters import filesizeformat

from .models import Attachment, StoredFile


@dataclass(frozen=True)
class ShownFile:
    """A file as `components/attachments.html` lists it."""

    name: str
    url: str
    note: str
    content_type: str
    uploaded_at: datetime


def shown(stored: StoredFile) -> ShownFile:
    return ShownFile(
        name=stored.name,
        url=stored.get_absolute_url(),
        note=filesizeformat(stored.size),
        content_type=stored.content_type,
        uploaded_at=stored.uploaded_at,
    )


def attachments_of(subject: models.Model, *purposes: str) -> list[ShownFile]:
    """The files that hang on the subject (of these purposes, when given), in the order they came: one statement."""
    hanging = Attachment.objects.filter(
        subject_type=ContentType.objects.get_for_model(subject), subject_id=subject.pk
    ).select_related("file")
    if purposes:
        hanging = hanging.filter(purpose__in=purposes)
    return [shown(attachment.file) for attachment in hanging]


def hanging_on(subject: models.Model) -> list[Attachment]:
    """The attachments of the subject with their files, for a form that can take them off."""
    hanging = Attachment.objects.filter(subject_type=ContentType.objects.get_for_model(subject), subject_id=subject.pk)
    return list(hanging.select_related("file"))
