"""Taking over the groups a company already has: upload, choose, confirm. Everything or nothing, only what was shown."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from governance.accounts.models import Organisation, User
from governance.audit.actions.recording import event_of, record_many
from governance.directory.models import Office
from governance.directory.names import fold, search_keys, sort_key
from governance.files.kinds import FileRefused
from governance.files.rules import CheckedFile
from governance.workflow import move, raise_wrong_state

from ..importing.plan import Choices, Line, Plan, make_plan
from ..importing.reading import read
from ..models import ExistingGroup, Group, GroupsImport, GroupType
from ..permissions import check_can_take_over_groups, today_of
from ..queries.terms import Terms, terms_in_force

State = GroupsImport.State
AT_ONCE = 1000
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
    """Register the groups of the list as in use, with the admins and owners it names.

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
    register(plan, groups_import, by=by, office=office, now=now)


def check_is_complete(plan: Plan) -> None:
    """No row is faulty and every choice is made."""
    if plan.fault_count:
        raise ValidationError(_("Nothing is registered while rows are faulty. Mend the file and upload it again."))
    if not plan.new:
        raise ValidationError(_("Every group of the file stands in the register already."))
    if plan.open_count:
        raise ValidationError(_("Choices still open: %(count)s. Nothing was registered.") % {"count": plan.open_count})


def register(plan: Plan, groups_import: GroupsImport, *, by: User, office: Office, now: datetime) -> None:
    """Write the groups, what the list said of them, and an event each: few statements whatever their number."""
    designating = Designating(office, by=by)
    try:
        with transaction.atomic():
            groups = Group.objects.bulk_create(
                [group_of(line, groups_import, designating, by=by) for line in plan.new], batch_size=AT_ONCE
            )
    except IntegrityError:
        raise PlanChanged
    ExistingGroup.objects.bulk_create(
        [
            ExistingGroup(
                organisation_id=groups_import.organisation_id,
                group=group,
                imported=groups_import,
                row=line.row,
                created_on=line.created_on,
            )
            for line, group in zip(plan.new, groups, strict=True)
        ],
        batch_size=AT_ONCE,
    )
    record_many(
        event_of("take_over", group, by=by, at=now, office=office, became=group.state, list=groups_import.file_name)
        for group in groups
    )


def group_of(line: Line, groups_import: GroupsImport, designating: "Designating", *, by: User) -> Group:
    """The group as the list has it. Where the day of its creation is unknown, it counts as in use from today on."""
    name = line.facts["name"]
    terms = designating.terms(line.type)
    return Group(
        organisation_id=groups_import.organisation_id,
        company=line.company,
        group_type=line.type,
        version=terms.version,
        name=name,
        name_folded=fold(name),
        sort_key=sort_key(name),
        search=search_keys(name),
        purpose=line.facts["purpose"],
        state=Group.State.ESTABLISHED,
        established_on=line.created_on or today_of(by),
        designating_office=designating.office(line),
        admin=line.admin.person,
        owner=line.owner.person,
        member_count=line.facts["members"],
    )


class Designating:
    """Which office designates the admin of each group, each asked once; the importing one where the regulation does
    not say."""

    def __init__(self, importing: Office, *, by: User) -> None:
        self.importing, self.on = importing, today_of(by)
        self.found_terms: dict[int, Terms | None] = {}
        self.found_offices: dict[tuple[int, int], Office] = {}

    def terms(self, group_type: GroupType) -> Terms:
        """The type's terms today. Raises ValidationError while its regulation is not in force."""
        if group_type.pk not in self.found_terms:
            self.found_terms[group_type.pk] = terms_in_force(group_type, on=self.on)
        terms = self.found_terms[group_type.pk]
        if terms is None:
            raise ValidationError(_("The regulation on “%(type)s” is not in force yet.") % {"type": group_type})
        return terms

    def office(self, line: Line) -> Office:
        key = line.type.pk, line.company.pk
        if key not in self.found_offices:
            terms = self.terms(line.type)
            rule = terms.type.designation
            named = terms.office(rule.office, line.company) if rule and rule.office else None
            self.found_offices[key] = named or terms.interpreting_office or self.importing
        return self.found_offices[key]


@transaction.atomic
def discard(groups_import: GroupsImport, *, by: User, now: datetime) -> None:
    """Nothing is registered; what was read of the file is removed."""
    office = check_can_take_over_groups(by)
    move(groups_import, State.DISCARDED, by=by, at=now, office=office, changes=EMPTIED)
