"""Offices and who holds them: what a regulation asks for is made sure of, tenures begin and end."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from governance.accounts.models import Organisation, User
from governance.audit.actions.recording import record

from ..models import Change, Company, Office, Person, Tenure
from ..permissions import check_can_begin_tenure, check_can_end_tenure

# What an app above does when somebody begins to hold an office; registered in its `ready()`.
Beginning = Callable[..., object]
beginnings: list[Beginning] = []


def register_beginning(beginning: Beginning) -> None:
    """Let an app follow a tenure that begins: called with the tenure and `now`, in the same transaction."""
    if beginning not in beginnings:
        beginnings.append(beginning)


@transaction.atomic
def ensure_office(
    organisation: Organisation,
    code: str,
    *,
    name: str,
    kind: str,
    company: Company | None = None,
    by: User | None = None,
    now: datetime,
    **fields: Any,
) -> Office:
    """The office with that code, made if it is missing and brought up to date if it is called otherwise.

    `fields` are name_en, department, executive, oversees. The same again writes nothing.
    """
    wanted = {"name": name, "kind": kind, **fields}
    office = Office.objects.filter(organisation=organisation, code=code, company=company).first()
    if office is None:
        office = Office.objects.create(organisation=organisation, code=code, company=company, **wanted)
        record("add-office", office, by=by, at=now, name=name)
        return office
    differing = {field: value for field, value in wanted.items() if getattr(office, field) != value}
    if differing:
        for field, value in differing.items():
            setattr(office, field, value)
        office.save(update_fields=list(differing))
        record("change-office", office, by=by, at=now, fields=sorted(differing))
    return office


@transaction.atomic
def begin_tenure(
    office: Office,
    person: Person,
    *,
    starts_on: date | None = None,
    ends_on: date | None = None,
    acting: bool = False,
    by: User | None = None,
    now: datetime,
) -> Tenure:
    """The person holds the office from a day to a day (both included); `acting` is 代行职务."""
    acted_for = check_can_begin_tenure(by, office, person) if by is not None else ""
    Office.objects.select_for_update().get(pk=office.pk)
    person = Person.objects.select_for_update(of=("self",), no_key=True).get(pk=person.pk)
    check_tenure(office, person, starts_on=starts_on, ends_on=ends_on)
    tenure = Tenure.objects.create(
        organisation_id=office.organisation_id,
        office=office,
        person=person,
        starts_on=starts_on,
        ends_on=ends_on,
        acting=acting,
    )
    tell_feed(tenure, effective_on=starts_on or timezone.localdate(now), before={}, now=now)
    record("begin-tenure", office, by=by, at=now, office=acted_for, person=person.pk, acting=acting)
    for beginning in beginnings:
        beginning(tenure, now=now)
    return tenure


def check_tenure(office: Office, person: Person, *, starts_on: date | None, ends_on: date | None) -> None:
    """Same organisation, still there, not a second time at once, and not ending before it starts."""
    if office.organisation_id != person.organisation_id:
        raise ValidationError(_("The person belongs to another organisation."))
    if ends_on is not None and starts_on is not None and ends_on < starts_on:
        raise ValidationError(_("The tenure ends before it starts."))
    if person.left_on is not None and (starts_on is None or starts_on > person.left_on):
        raise ValidationError(_("%(name)s has left by then.") % {"name": person.name})
    held = Tenure.objects.filter(office=office, person=person).own().meeting(starts_on, ends_on)
    if held.exists():
        raise ValidationError(_("%(name)s already holds this office then.") % {"name": person.name})


@transaction.atomic
def end_tenure(tenure: Tenure, *, ends_on: date, by: User | None = None, now: datetime) -> Tenure:
    """The tenure's last day is `ends_on`. A tenure that has not begun by then is ended on its first day."""
    acted_for = check_can_end_tenure(by, tenure.office) if by is not None else ""
    if tenure.starts_on is not None and ends_on < tenure.starts_on:
        raise ValidationError(_("The tenure ends before it starts."))
    before = tenure_facts(tenure)
    tenure.ends_on = ends_on
    tenure.save(update_fields=["ends_on"])
    tell_feed(tenure, effective_on=ends_on, before=before, now=now)
    record("end-tenure", tenure.office, by=by, at=now, office=acted_for, person=tenure.person_id)
    return tenure


def tenure_facts(tenure: Tenure) -> dict[str, Any]:
    return {
        "office_id": tenure.office_id,
        "starts_on": tenure.starts_on,
        "ends_on": tenure.ends_on,
        "acting": tenure.acting,
    }


def tell_feed(tenure: Tenure, *, effective_on: date, before: dict[str, Any], now: datetime) -> None:
    Change.objects.create(
        organisation_id=tenure.organisation_id,
        person_id=tenure.person_id,
        kind=Change.Kind.OFFICE,
        effective_on=effective_on,
        at=now,
        before=before,
        after=tenure_facts(tenure),
    )
