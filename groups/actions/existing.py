"""Taking over the groups a company already has: upload, choose, confirm. Everything or nothing, only what was shown."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from governance.accounts.models import Organisation, User
from governance.files.kinds import FileRefused
from governance.files.rules import CheckedFile
from governance.workflow import move, raise_wrong_state

from ..importing.plan import Choices, Plan, make_plan
from ..importing.reading import read
from ..models import GroupsImport, GroupType
from ..permissions import check_can_take_over_groups, today_of
from .open_points import renew
from .taking_over import NameTaken, take_over

State = GroupsImport.State
EMPTIED = {"rows": [], "faults": []}


class PlanChanged(Exception):
    """The register, the directory or the regulation changed since the comparison was shown."""


@transaction.atomic
def start(table: CheckedFile, *, by: User, now: datetime) -> GroupsImport:
    """Read the file and keep what it says for the comparison. Nothing is registered. Raises FileRefused."""
    office = check_can_take_over_groups(by)
    if not GroupType.objects.filter(organisation=by.organisation, retired=False).exists():
        raise FileRefused(_("No regulation with types of groups is loaded yet: load it first."))
    reading = read(table)
    return GroupsImport.objects.create(
        organisation=by.organisation,
        file_name=table.name[:200],
        office=office,
        rows=reading.rows,
        faults=reading.faults,
        fault_count=reading.fault_count,
        ignored=reading.columns.ignored[:50],
        started_by=by,
        started_at=now,
    )


@transaction.atomic
def confirm(groups_import: GroupsImport, *, digest: str, choices: Choices, by: User, now: datetime) -> None:
    """Register the groups of the list as in use, with the admins and owners it names; what is open on them waits with
    whoever can settle it.

    Raises PlanChanged when something changed since the page was shown, ValidationError while a choice is missing,
    WrongState when a colleague was quicker; nothing is written then.
    """
    office = check_can_take_over_groups(by)
    Organisation.objects.select_for_update().get(pk=groups_import.organisation_id)
    groups_import.refresh_from_db(fields=["state", "rows", "faults"])
    if groups_import.state != State.READ:
        raise_wrong_state(groups_import)
    plan = make_plan(groups_import, on=today_of(by), choices=choices)
    if plan.digest() != digest:
        raise PlanChanged
    check_is_complete(plan)
    changes = EMPTIED | {"confirmed_by": by, "confirmed_at": now, "group_count": len(plan.new)}
    move(groups_import, State.CONFIRMED, by=by, at=now, office=office, changes=changes, count=len(plan.new))
    try:
        take_over(plan.new, groups_import, by=by, office=office, now=now)
    except NameTaken:
        raise PlanChanged
    renew(groups_import.organisation, by=by, now=now)


def check_is_complete(plan: Plan) -> None:
    """No row is faulty and every choice among namesakes is made; a type may be stated later."""
    if plan.fault_count:
        raise ValidationError(_("Nothing is registered while rows are faulty. Mend the file and upload it again."))
    if not plan.new:
        raise ValidationError(_("Every group of the file stands in the register already."))
    if plan.open_count:
        raise ValidationError(_("Choices still open: %(count)s. Nothing was registered.") % {"count": plan.open_count})


@transaction.atomic
def discard(groups_import: GroupsImport, *, by: User, now: datetime) -> None:
    """Nothing is registered; what was read of the file is removed."""
    office = check_can_take_over_groups(by)
    move(groups_import, State.DISCARDED, by=by, at=now, office=office, changes=EMPTIED)
