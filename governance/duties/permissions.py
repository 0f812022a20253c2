"""Who may see a duty and pass it on."""

from datetime import date

from django.db import models

from governance.accounts.models import User
from governance.audit.models import Event
from governance.directory.queries import offices_held

from .models import Duty


def visible_duties(user: User, *, on: date) -> models.QuerySet[Duty]:
    """Duties one can take up, those of matters one took part in (the submitter who reminds), and, for an office that
    oversees the whole organisation, all of its duties: others' are 404."""
    own = Duty.objects.filter(organisation_id=user.organisation_id)
    if any(office.oversees and office.company_id is None for office in offices_held(user, on=on)):
        return own
    took_part = Event.objects.filter(
        actor=user, subject_type=models.OuterRef("subject_type"), subject_id=models.OuterRef("subject_id")
    )
    mine = Duty.objects.waiting_for(user, on=on).order_by().values("pk")
    return own.filter(models.Q(pk__in=mine) | models.Q(closed_by=user) | models.Exists(took_part))
