"""Append-only events (操作日志) and the chain of seals that shows any change to them."""

import secrets

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models

from governance.accounts.models import Organisation


def new_salt() -> str:
    return secrets.token_hex(16)


class AppendOnlyError(TypeError):
    """Somebody tried to change or remove what may only be added."""


class AppendOnlyQuerySet(models.QuerySet):
    def update(self, **fields: object) -> int:
        raise AppendOnlyError("audit rows are never changed")

    def delete(self) -> tuple[int, dict[str, int]]:
        raise AppendOnlyError("audit rows are never removed")


class Event(models.Model):
    """One thing that happened: who, when, for which office, on what, from which state to which.

    `note` is what the person wrote (an opinion, a reason); `facts` is plain JSON for the page. Both are personal and
    may be blanked, together with the salt, when a person is anonymised: the seal keeps only a salted digest of them.
    """

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(db_index=True)
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    office = models.CharField(max_length=120, blank=True)  # acted for, as it was called then
    verb = models.SlugField(max_length=40)
    subject_type = models.ForeignKey(ContentType, on_delete=models.PROTECT, related_name="+")
    subject_id = models.BigIntegerField()
    subject = GenericForeignKey("subject_type", "subject_id")
    was = models.CharField(max_length=30, blank=True)
    became = models.CharField(max_length=30, blank=True)
    article = models.CharField(max_length=20, blank=True)
    note = models.TextField(blank=True)
    facts = models.JSONField(default=dict, encoder=DjangoJSONEncoder)
    salt = models.CharField(max_length=32, default=new_salt)

    objects = AppendOnlyQuerySet.as_manager()

    class Meta:
        ordering = ["at", "pk"]
        indexes = [
            models.Index(fields=["subject_type", "subject_id", "at"], name="audit_event_subject"),
            models.Index(fields=["organisation", "-at"], name="audit_event_recent"),
            models.Index(fields=["actor", "-at"], name="audit_event_actor"),
        ]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.verb} {self.subject_type_id}:{self.subject_id}"

    def save(self, *args: object, **kwargs: object) -> None:
        if self.pk is not None and not kwargs.get("force_insert"):
            raise AppendOnlyError("audit rows are never changed")
        super().save(*args, **kwargs)

    def delete(self, *args: object, **kwargs: object) -> tuple[int, dict[str, int]]:
        raise AppendOnlyError("audit rows are never removed")


class Seal(models.Model):
    """One link of the chain, laid over one event by the sealing job (never by the writer, so writers do not queue).

    `personal_digest` is SHA-256 over salt, note and facts; `content_digest` over it and the rest of the event; `digest`
    over the previous link and this one.
    """

    sequence = models.PositiveBigIntegerField(primary_key=True)
    event_id = models.BigIntegerField(
        unique=True
    )  # no foreign key: a removed event must leave its seal behind
    personal_digest = models.CharField(max_length=64)
    content_digest = models.CharField(max_length=64)
    digest = models.CharField(max_length=64)
    sealed_at = models.DateTimeField()

    objects = AppendOnlyQuerySet.as_manager()

    class Meta:
        ordering = ["sequence"]

    def __str__(self) -> str:
        return f"{self.sequence} {self.digest[:12]}"
