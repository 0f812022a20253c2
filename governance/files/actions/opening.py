"""Opening a file: never without a line in the operations log."""

from datetime import datetime

from governance.accounts.models import User
from governance.audit.actions import record

from ..models import StoredFile


def open_file(stored: StoredFile, *, by: User, now: datetime) -> None:
    """Record who opened which file when. The only thing in the portal that a GET writes: a log of reading, which
    changes nothing that anybody acts on."""
    record("open_file", stored, by=by, at=now, name=stored.name, sha256=stored.sha256)
