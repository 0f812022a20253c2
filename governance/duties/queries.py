"""What pages read of duties."""

import functools
import operator
from collections.abc import Iterable
from datetime import date, datetime

from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Exists, F, OuterRef

from governance.accounts.models import User
from governance.calendar.queries import working_time
from governance.directory.models import Company, Office, Person, Tenure
from governance.directory.queries import holders_of, person_of

from .models import Duty

BY_DUE = (F("due_at").asc(nulls_last=True), "pk")
company_of: dict[type[models.Model], str] = {}
NOT_DONE = ("withdraw", "superseded")  # taken back, or no longer asked: nobody dealt with it


def waiting_list(user: User, *, on: date) -> models.QuerySet[Duty]:
    """What the user can take up today, due soonest first, each saying whether anybody holds its office (`is_held`)."""
    holders = Tenure.objects.running(on=on).filter(office=OuterRef("office"))
    return Duty.objects.waiting_for(user, on=on).for_listing().annotate(is_held=Exists(holders)).order_by(*BY_DUE)


def done_list(user: User) -> models.QuerySet[Duty]:
    """What the user has dealt with, the latest first.."""
    return Duty.objects.done_by(user).exclude(outcome__in=NOT_DONE).for_listing().order_by("-closed_at", "-pk")


def open_of(model: type[models.Model], pks: Iterable[int] | models.QuerySet) -> models.Q:
    """The condition: open duties about these objects of one model."""
    return models.Q(closed_at=None, subject_type=ContentType.objects.get_for_model(model), subject_id__in=pks)


def register_company_of(model: type[models.Model], path: str) -> None:
    """Let an app say by which field what its duties are about belongs to a company, whose calendar counts them."""
    company_of[model] = path


def open_about(company: Company) -> models.QuerySet[Duty]:
    """Open duties about what belongs to the company."""
    about = [open_of(model, model.objects.filter(**{path: company}).values("pk")) for model, path in company_of.items()]
    return Duty.objects.filter(functools.reduce(operator.or_, about, models.Q(pk=None)))


def open_duties_of_office(office: Office) -> models.QuerySet[Duty]:
    """What waits for the office, due soonest first."""
    return Duty.objects.open().filter(office=office).for_listing().order_by(*BY_DUE)


def people_having(duty: Duty, *, now: datetime) -> list[Person]:
    """Who can take the duty up today: its person, or the holders of its office; where the office has nobody who may,
    those of the fallback office."""
    if duty.person is not None:
        return [duty.person]
    on = working_time(duty.organisation_id, duty.calendar_id).local_day(now)
    people = list(holders_of(duty.office, on=on).exclude(pk=duty.barred_id))
    if not people and duty.fallback_office is not None:
        people = list(holders_of(duty.fallback_office, on=on).exclude(pk=duty.barred_id))
    return people


def is_late(duty: Duty, now: datetime) -> bool:
    """Whether its time is over."""
    return duty.closed_at is None and duty.due_at is not None and duty.due_at < now


def authority_on(organisation_id: int, *, on: date) -> models.QuerySet:
    """Who can act for which office on that day: rows of office and person, for whole statements."""
    running = Tenure.objects.running(on=on).filter(organisation_id=organisation_id)
    return running.order_by().values("office_id", "person_id")


def has_duty(user: User, subject: models.Model, *verbs: str) -> bool:
    """Whether such an open step of the matter was given to the user himself."""
    person = person_of(user)
    if person is None:
        return False
    return Duty.objects.open().of_subject(subject).filter(person=person, verb__in=verbs).exists()


def colleagues_for(duty: Duty, user: User, *, on: date) -> models.QuerySet[Person]:
    """To whom the user may pass a step on: whoever can act for its office, and the people of the office's department
    and of his own; present, with a login, but himself and who has it."""
    person = person_of(user)
    departments = [pk for pk in (duty.office and duty.office.department_id, person.department_id) if pk]
    holding = Tenure.objects.running(on=on).filter(office=duty.office_id) if duty.office_id else Tenure.objects.none()
    near = models.Q(pk__in=holding.values("person_id")) | models.Q(department__in=departments)
    people = Person.objects.of_organisation(duty.organisation_id).present(on=on).filter(near, user__isnull=False)
    return people.exclude(pk__in=[pk for pk in (person.pk, duty.person_id) if pk]).for_display()
