"""Removing what nobody needs: files that were never hung on anything, and leftovers of broken uploads."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.core.files.storage import default_storage
from django.db import models, transaction
from django.db.models.deletion import ProtectedError

from governance.audit.actions import record

from ..models import Attachment, StoredFile

KEPT_WITHOUT_SUBJECT = timedelta(days=1)
BATCH = 500


@transaction.atomic
def remove(stored: StoredFile, *, now: datetime) -> None:
    """Remove the row, and the content once the transaction has gone through. Raises ProtectedError when in use."""
    record("remove_file", stored, by=None, at=now, sha256=stored.sha256)
    content = stored.content.name
    stored.delete()
    transaction.on_commit(lambda: default_storage.delete(content), robust=True)


def purge_orphans(*, now: datetime) -> int:
    """Remove files that hung on nothing for a day, and contents whose row was rolled back; returns how many."""
    before, purged = now - KEPT_WITHOUT_SUBJECT, 0
    unattached = ~models.Exists(Attachment.objects.filter(file=models.OuterRef("pk")))
    for stored in StoredFile.objects.filter(unattached, uploaded_at__lt=before).iterator(BATCH):
        try:
            remove(stored, now=now)
            purged += 1
        except ProtectedError:
            continue  # a job or a record still points at it
    return purged + remove_strays(before)


def remove_strays(before: datetime) -> int:
    """Contents without a row, older than the moment."""
    removed = 0
    for batch in batches(old_contents(before)):
        known = set(StoredFile.objects.filter(content__in=batch).values_list("content", flat=True))
        for name in set(batch) - known:
            default_storage.delete(name)
            removed += 1
    return removed


def old_contents(before: datetime) -> Iterator[str]:
    folders, _files = default_storage.listdir("") if default_storage.exists("") else ([], [])
    for folder in sorted(folders):
        for name in default_storage.listdir(folder)[1]:
            path = f"{folder}/{name}"
            if default_storage.get_modified_time(path) < before:
                yield path


def batches(names: Iterator[str]) -> Iterator[list[str]]:
    batch: list[str] = []
    for name in names:
        batch.append(name)
        if len(batch) == BATCH:
            yield batch
            batch = []
    if batch:
        yield batch


def purge_temporary(*, now: datetime) -> int:
    """Remove temporary upload files that a killed worker left behind a day ago; returns how many."""
    folder = getattr(settings, "FILE_UPLOAD_TEMP_DIR", None)
    if not folder:
        return 0
    before, removed = (now - KEPT_WITHOUT_SUBJECT).timestamp(), 0
    for leftover in Path(folder).glob("*.upload*"):
        if leftover.stat().st_mtime < before:
            leftover.unlink(missing_ok=True)
            removed += 1
    return removed
