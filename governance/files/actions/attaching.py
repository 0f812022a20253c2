"""Hanging stored files on what they belong to."""

from django.contrib.contenttypes.models import ContentType
from django.db import models, transaction

from governance.workflow import NotAllowed

from ..models import Attachment, StoredFile


@transaction.atomic
def attach(stored: StoredFile, subject: models.Model, purpose: str = "attachment") -> Attachment:
    """From now on, whoever may see the subject may open the file. The same file twice hangs once."""
    if stored.organisation_id != subject.organisation_id:
        raise NotAllowed("A file never leaves its organisation.")
    attachment, _created = Attachment.objects.get_or_create(
        file=stored,
        subject_type=ContentType.objects.get_for_model(subject),
        subject_id=subject.pk,
        defaults={"purpose": purpose},
    )
    return attachment


@transaction.atomic
def detach(stored: StoredFile, subject: models.Model) -> int:
    """Take the file off the subject; hanging on nothing, it is purged a day later."""
    of_subject = {"subject_type": ContentType.objects.get_for_model(subject), "subject_id": subject.pk}
    return Attachment.objects.filter(file=stored, **of_subject).delete()[0]
