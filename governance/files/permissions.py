"""Who may open a file: whoever may see what it hangs on."""

from collections.abc import Callable

from django.db import models

from governance.accounts.models import User

from .models import StoredFile

Check = Callable[[User, models.Model], bool]
checks: dict[type[models.Model], Check] = {}


def register(model: type[models.Model], check: Check) -> None:
    """Let an app say who may see a thing files hang on: `check(user, subject)` is True or False."""
    checks[model] = check


def may_open(user: User, stored: StoredFile) -> bool:
    """Of the same organisation, and able to see a thing the file hangs on; hanging on nothing yet, its uploader."""
    if stored.organisation_id != user.organisation_id:
        return False
    attachments = list(stored.attachments.select_related("subject_type"))
    if not attachments:
        return stored.uploaded_by_id == user.pk
    return any(may_see(user, attachment.subject) for attachment in attachments)


def may_see(user: User, subject: models.Model | None) -> bool:
    check = checks.get(type(subject))
    return check is not None and check(user, subject)
