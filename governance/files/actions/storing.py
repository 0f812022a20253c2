"""Letting a file in."""

import hashlib
import uuid
from datetime import datetime

from django.core.files.base import File
from django.db import transaction

from governance.accounts.models import Organisation, User
from governance.audit.actions import record

from ..kinds import DOCUMENTS, Kind
from ..models import StoredFile
from ..rules import SIZE_LIMIT, CheckedFile, check


@transaction.atomic
def store(
    upload: File | CheckedFile,
    *,
    organisation: Organisation,
    by: User | None,
    now: datetime,
    allowed: frozenset[Kind] = DOCUMENTS,
    at_most: int = SIZE_LIMIT,
) -> StoredFile:
    """Check the file (unless a form already has) and keep it under a random name. Raises FileRefused."""
    checked = upload if isinstance(upload, CheckedFile) else check(upload, allowed=allowed, at_most=at_most)
    content = File(checked.content, name=checked.name)
    digest, size = hashlib.sha256(), 0
    for chunk in content.chunks():
        digest.update(chunk)
        size += len(chunk)
    stored = StoredFile(
        uuid=uuid.uuid4(),
        organisation=organisation,
        name=checked.name,
        content_type=checked.kind.content_type,
        size=size,
        sha256=digest.hexdigest(),
        uploaded_by=by,
        uploaded_at=now,
    )
    stored.content.save(checked.name, content, save=False)
    stored.save(force_insert=True)
    record("store_file", stored, by=by, at=now, name=stored.name, sha256=stored.sha256, size=size)
    return stored
