"""Writing a plan: few statements whatever the number of people, in the caller's transaction."""

from collections.abc import Iterable
from datetime import datetime
from itertools import groupby
from typing import Any

from governance.accounts.models import Organisation

from ..importing.places import NewDepartment
from ..importing.plan import Difference, Plan
from ..models import Change, Department, PeopleImport, Person
from ..rules import FIELDS, changes_of
from .people import set_keys

PEOPLE_AT_ONCE = 1000
CHANGES_AT_ONCE = 2000
DEPARTMENTS_AT_ONCE = 500

WRITTEN = [field.removesuffix("_id") for field in FIELDS if field != "wecom_id"] + ["wecom_id"]

Made = dict[NewDepartment, Department]


def carry_out(
    plan: Plan, organisation: Organisation, *, now: datetime, people_import: PeopleImport | None = None
) -> None:
    """Make the departments, write the people, tell the change feed (of which import, where it was one from a page). An
    unchanged directory sees no write."""
    made = make_departments(plan.needed_departments(), organisation)
    settled = [(difference, settled_facts(difference, made)) for difference in plan.all()]
    people = write_people(settled, organisation)
    rows = (
        Change(
            organisation=organisation,
            person=person,
            kind=kind,
            effective_on=effective,
            at=now,
            before=was,
            after=became,
            people_import=people_import,
        )
        for (difference, after), person in zip(settled, people, strict=True)
        for kind, effective, was, became in changes_of(difference.before, after, on=plan.on)
    )
    Change.objects.bulk_create(rows, batch_size=CHANGES_AT_ONCE)


def make_departments(needed: Iterable[NewDepartment], organisation: Organisation) -> Made:
    """The planned departments, level by level, with their paths."""
    made: Made = {}
    for _depth, level in groupby(needed, key=lambda department: department.depth):
        planned = list(level)
        above = [made.get(new.above, new.above) for new in planned]
        departments = Department.objects.bulk_create(
            [
                Department(organisation=organisation, company_id=new.company_id, parent=parent, name=new.name)
                for new, parent in zip(planned, above, strict=True)
            ],
            batch_size=PEOPLE_AT_ONCE,
        )
        for department, parent in zip(departments, above, strict=True):
            department.path = f"{parent.path if parent else ''}{department.pk}/"
        Department.objects.bulk_update(departments, ["path"], batch_size=DEPARTMENTS_AT_ONCE)
        made.update(zip(planned, departments, strict=True))
    return made


def settled_facts(difference: Difference, made: Made) -> dict[str, Any]:
    """What the person will be, with the key of a department that now exists."""
    spot = difference.after["department_id"]
    key = made[spot].pk if isinstance(spot, NewDepartment) else spot
    return dict(difference.after) | {"department_id": key}


def write_people(settled: list[tuple[Difference, dict[str, Any]]], organisation: Organisation) -> list[Person]:
    """New people inserted, known ones brought up to date; in the order given, each with a primary key."""
    people = [Person(organisation=organisation, number=found.number, **after) for found, after in settled]
    for person in people:
        set_keys(person)
    keys = [difference.pk for difference, _after in settled]
    new = [person for person, key in zip(people, keys, strict=True) if key is None]
    known = [person for person, key in zip(people, keys, strict=True) if key is not None]
    Person.objects.bulk_create(new, batch_size=PEOPLE_AT_ONCE)
    Person.objects.bulk_create(
        known,
        batch_size=PEOPLE_AT_ONCE,
        update_conflicts=True,
        unique_fields=["organisation", "number"],
        update_fields=[*WRITTEN, "sort_key", "search"],
    )
    for person, key in zip(people, keys, strict=True):
        person.pk = key or person.pk
    return people
