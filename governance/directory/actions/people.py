"""One person at a time: entering, changing, leaving, returning. Many at a time: `actions/importing.py`."""

from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from governance.accounts.models import User
from governance.audit.actions.recording import record
from governance.workflow import raise_wrong_state

from ..models import Change, Company, Department, Person, Team, TeamMember
from ..names import fold, search_keys, sort_key
from ..rules import Facts, changes_of, facts_of
from .companies import may_keep


def set_keys(person: Person) -> None:
    """What the person is sorted and found by: staff number, name, 拼音, initials."""
    person.sort_key = sort_key(person.name, personal=True)
    person.search = f"{fold(person.number)}\n{search_keys(person.name, personal=True)}"[:400]


def check_facts(person: Person) -> None:
    """What no form and no file may say about a person."""
    if person.department_id and person.department.company_id != person.company_id:
        raise ValidationError(_("The department belongs to another company."))
    if person.joined_on and person.left_on and person.left_on < person.joined_on:
        raise ValidationError(_("The leave date lies before the joining date."))


def feed(person: Person, before: Facts | None, *, now: datetime) -> None:
    """Tell the change feed what differs from `before`."""
    Change.objects.bulk_create(
        Change(
            organisation_id=person.organisation_id,
            person=person,
            kind=kind,
            effective_on=effective,
            at=now,
            before=was,
            after=became,
        )
        for kind, effective, was, became in changes_of(before, facts_of(person), on=timezone.localdate(now))
    )


@transaction.atomic
def add(
    company: Company,
    *,
    number: str,
    name: str,
    department: Department | None = None,
    by: User | None,
    now: datetime,
    **fields: Any,
) -> Person:
    """Enter somebody; `fields` are the other facts of a person."""
    office = may_keep(by)
    person = Person(
        organisation_id=company.organisation_id,
        company=company,
        department=department,
        number=number,
        name=name,
        **fields,
    )
    check_facts(person)
    set_keys(person)
    person.save(force_insert=True)
    feed(person, None, now=now)
    record("add-person", person, by=by, at=now, office=office)
    return person


@transaction.atomic
def update(person: Person, *, by: User | None, now: datetime, **fields: Any) -> Person:
    """Change facts of a person (not the staff number, by which HR knows them). The same facts again write nothing.

    Only the facts given are written over what is stored now, and `person` is brought up to date with them.
    Raises WrongState for an entry that was merged into another.
    """
    office = may_keep(by)
    stored = Person.objects.select_for_update().get(pk=person.pk)
    if stored.merged_into_id is not None:
        raise_wrong_state(stored)
    before = facts_of(stored)
    for field, value in fields.items():
        setattr(stored, field, value)
    after = facts_of(stored)
    if after == before:
        return stored
    check_facts(stored)
    set_keys(stored)
    changed = [field for field in after if after[field] != before[field]]
    stored.save(update_fields=[*changed, "sort_key", "search"])
    feed(stored, before, now=now)
    record("change-person", stored, by=by, at=now, office=office, fields=changed)
    for field in (*changed, "sort_key", "search"):
        setattr(person, field, getattr(stored, field))
    return stored


def leave(person: Person, *, on: date, by: User | None, now: datetime) -> Person:
    """The person's last working day is `on`; from the day after, their login no longer opens the portal."""
    return update(person, left_on=on, by=by, now=now)


def come_back(person: Person, *, on: date, by: User | None, now: datetime) -> Person:
    """Somebody who left works here again from `on`."""
    return update(person, left_on=None, joined_on=on, by=by, now=now)


@transaction.atomic
def join_team(team: Team, person: Person, *, by: User | None, now: datetime) -> TeamMember:
    """Make the person a member of the team; once is enough."""
    office = may_keep(by)
    if team.organisation_id != person.organisation_id:
        raise ValidationError(_("The team belongs to another organisation."))
    member, is_new = TeamMember.objects.get_or_create(team=team, person=person)
    if is_new:
        Change.objects.create(
            organisation_id=person.organisation_id,
            person=person,
            kind=Change.Kind.TEAM,
            effective_on=timezone.localdate(now),
            at=now,
            after={"team_id": team.pk},
        )
        record("join-team", person, by=by, at=now, office=office, team=team.code)
    return member
