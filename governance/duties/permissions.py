"""Who may see a duty and pass it on."""

from datetime import date

from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext as _

from governance.accounts.models import User
from governance.audit.models import Event
from governance.calendar.queries import working_time
from governance.directory.models import Office
from governance.directory.queries import offices_held
from governance.workflow import NotAllowed

from .models import Duty, Nudge


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


def visible_nudges(user: User, *, on: date) -> models.QuerySet[Nudge]:
    """The nudges one passes on or has passed on, asked for, or oversees: others' are 404."""
    passing_on = visible_duties(user, on=on).filter(subject_type=ContentType.objects.get_for_model(Nudge)).order_by()
    return Nudge.objects.filter(
        models.Q(nudged_by=user) | models.Q(pk__in=passing_on.values("subject_id")), via__isnull=False
    )


def check_can_pass_on(user: User, nudge: Nudge) -> Office:
    """Whoever has the duty of passing it on: the office that reminds executives, or the one with which it lies."""
    on = working_time(user.organisation_id).local_day(timezone.now())
    if not Duty.objects.waiting_for(user, on=on).of_subject(nudge).exists():
        raise NotAllowed(_("Reminders to executives are passed on by %(office)s.") % {"office": nudge.via})
    return nudge.via
