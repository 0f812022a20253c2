"""Companies and departments. `path` of a department is kept here and nowhere else."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F, Value
from django.db.models.functions import Concat, Length, Substr
from django.utils.translation import gettext as _

from governance.accounts.models import Organisation, User
from governance.audit.actions.recording import record

from ..models import Company, Department, DepartmentAlias
from ..names import fold
from ..permissions import check_can_keep_directory


def may_keep(by: User | None) -> object:
    """The office acted for; the command line (`by` is None) acts for none."""
    return check_can_keep_directory(by) if by is not None else ""


@transaction.atomic
def add_company(
    organisation: Organisation, *, code: str, name: str, by: User | None, now: datetime, **fields: Any
) -> Company:
    """Enter a company; `fields` are short_name, kind and calendar."""
    office = may_keep(by)
    company = Company.objects.create(organisation=organisation, code=code, name=name, **fields)
    record("add-company", company, by=by, at=now, office=office, name=name)
    return company


@transaction.atomic
def add_department(
    company: Company,
    name: str,
    *,
    parent: Department | None = None,
    aliases: Iterable[str] = (),
    by: User | None,
    now: datetime,
) -> Department:
    """Enter a department below `parent` (or at the top) with the other names it goes by."""
    office = may_keep(by)
    check_place(company, parent, name)
    department = Department.objects.create(
        organisation_id=company.organisation_id, company=company, parent=parent, name=name
    )
    set_path(department)
    add_aliases(department, aliases)
    record("add-department", department, by=by, at=now, office=office, name=name, company=str(company.pk))
    return department


def check_place(company: Company, parent: Department | None, name: str) -> None:
    """The parent stands in the same company and has no such child yet."""
    if parent is not None and parent.company_id != company.pk:
        raise ValidationError(_("The department above belongs to another company."))
    if Department.objects.filter(company=company, parent=parent, name=name).exists():
        raise ValidationError(_("There is already a department “%(name)s” here.") % {"name": name})


def set_path(department: Department) -> None:
    above = department.parent.path if department.parent_id else ""
    department.path = f"{above}{department.pk}/"
    department.save(update_fields=["path"])


def add_aliases(department: Department, names: Iterable[str]) -> None:
    """Register other names; one that is there already stays."""
    DepartmentAlias.objects.bulk_create(
        [DepartmentAlias(department=department, name=name) for name in names], ignore_conflicts=True
    )


@transaction.atomic
def move_department(department: Department, *, parent: Department | None, by: User | None, now: datetime) -> None:
    """Hang a department with all below it elsewhere in its company; never below itself."""
    office = may_keep(by)
    if parent is not None and parent.path.startswith(department.path):
        raise ValidationError(_("A department cannot stand below itself."))
    check_place(department.company, parent, department.name)
    old, above = department.path, parent.path if parent else ""
    department.parent = parent
    department.save(update_fields=["parent"])
    Department.objects.filter(company=department.company, path__startswith=old).update(
        path=Concat(Value(f"{above}{department.pk}/"), Substr(F("path"), Length(Value(old)) + 1))
    )
    department.refresh_from_db(fields=["path"])
    record("move-department", department, by=by, at=now, office=office, was_path=old, path=department.path)


@transaction.atomic
def add_alias(department: Department, name: str, *, by: User | None, now: datetime) -> None:
    """From now on the department also goes by this name, in files and in nicknames."""
    office = may_keep(by)
    name = " ".join(name.split())
    if not name or fold(name) == fold(department.name):
        raise ValidationError(_("This is the department's own name."))
    if any(fold(alias.name) == fold(name) for alias in department.aliases.all()):
        raise ValidationError(_("The department already goes by this name."))
    DepartmentAlias.objects.create(department=department, name=name)
    record("add-alias", department, by=by, at=now, office=office, name=name)


@transaction.atomic
def remove_alias(department: Department, name: str, *, by: User | None, now: datetime) -> None:
    """The department no longer goes by this name; removing it twice is once."""
    office = may_keep(by)
    if DepartmentAlias.objects.filter(department=department, name=name).delete()[0]:
        record("remove-alias", department, by=by, at=now, office=office, name=name)
