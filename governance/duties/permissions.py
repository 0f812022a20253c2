"""Who may see a duty, and who may pass it on to a colleague."""

from datetime import date

from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext as _

from governance.accounts.models import User
from governance.audit.models import Event
from governance.calendar.queries import working_time
from governance.directory.models import Office, Person
from governance.directory.permissions import KEEPERS, office_among
from governance.directory.queries import held, offices_held, person_of
from governance.workflow import NotAllowed, raise_wrong_state

from .kinds import kind_of, kinds
from .models import Duty, Nudge


def today_of(user: User) -> date:
    return working_time(user.organisation_id).local_day(timezone.now())


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


def check_can_pass(user: User, duty: Duty) -> Office | None:
    """Whoever has a staff step: the person it was given to, or a holder of its office. Approvals are never passed on,
    and what somebody was asked to do himself he does or declines himself. Returns the office acted for."""
    if duty.closed_at is not None:
        raise_wrong_state(duty.subject)
    person, office = person_of(user), held(user, duty.office, on=today_of(user))
    if person is None or person.pk != duty.person_id and office is None:
        raise NotAllowed(_("Only whoever has this step can pass it on."))
    if not kind_of(duty.verb).passes:
        if duty.office_id is None:
            raise NotAllowed(_("This was given to you in person: do it, or decline it where it stands."))
        raise NotAllowed(
            _("A decision is not passed on: it stays with the office. Name a delegate if you are away.")
        )
    return office or duty.office


def duties_to_hand_over(user: User, person: Person) -> models.QuerySet[Duty]:
    """What was given to the person and can go to a successor: all of it for the directory's keepers, for another
    office what it designated him for or passed on to him."""
    succeeding = [verb for verb, kind in kinds.items() if kind.succeed is not None]
    given = Duty.objects.open().filter(organisation_id=user.organisation_id, person=person, verb__in=succeeding)
    if office_among(user, KEEPERS) is not None:
        return given
    mine = [office.pk for office in offices_held(user, on=today_of(user))]
    designated = models.Q(tells__designating__in=[f"office:{pk}" for pk in mine])
    return given.filter(designated | models.Q(office__in=mine))


def check_can_hand_over(user: User, person: Person) -> None:
    """HR & Administration, or an office that has given the person something that is still open."""
    if office_among(user, KEEPERS) is None and not duties_to_hand_over(user, person).exists():
        raise NotAllowed(
            _("What was given to a person is handed over by HR & Administration, or by the office that gave it.")
        )


def acting_office(user: User, duty: Duty) -> Office | None:
    """For which of his offices the user hands a duty over: the one that gave it, else as a keeper of the directory."""
    held_now = offices_held(user, on=today_of(user))
    giving = {duty.tells.get("designating"), f"office:{duty.office_id}"}
    return next((office for office in held_now if f"office:{office.pk}" in giving), None) or office_among(user, KEEPERS)
