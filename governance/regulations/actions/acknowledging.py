"""Confirming that one has read the version in force."""

from datetime import datetime

from django.db import transaction

from governance.accounts.models import User
from governance.audit.actions.recording import record

from ..models import Acknowledgement, RegulationVersion
from ..permissions import check_can_acknowledge


@transaction.atomic
def acknowledge(version: RegulationVersion, *, by: User, now: datetime) -> Acknowledgement:
    """Once a version and person; a second click changes nothing."""
    person = check_can_acknowledge(by, version)
    made, is_new = Acknowledgement.objects.get_or_create(
        version=version,
        person=person,
        defaults={"organisation_id": version.organisation_id, "acknowledged_at": now},
    )
    if is_new:
        record("acknowledge-regulation", version, by=by, at=now, version=version.version)
    return made
