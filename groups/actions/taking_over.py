"""Existing groups entered in the register: few statements, whatever their number."""

from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from governance.accounts.models import User
from governance.audit.actions.recording import event_of, record_many
from governance.directory.models import Company, Office
from governance.directory.names import fold, search_keys, sort_key
from governance.directory.queries import find_office, holders_of
from governance.notifications.actions import notify
from governance.regulations.queries import newest_data

from ..importing.plan import Line
from ..models import Amnesty, ExistingGroup, Group, GroupsImport, GroupType
from ..permissions import today_of
from ..queries.terms import Terms, terms_in_force

State = ExistingGroup.State
AT_ONCE = 1000


class NameTaken(Exception):
    """A group of the register bears one of the names meanwhile."""


class Offices:
    """Which office approves the groups of a type in a company, and which designates their admins: each asked once."""

    def __init__(self, entering: Office | None, *, on: date) -> None:
        self.entering, self.on = entering, on
        self.found_terms: dict[int, Terms | None] = {}
        self.found: dict[tuple, Office | None] = {}

    def terms(self, group_type: GroupType) -> Terms:
        """The type's terms today. Raises ValidationError while its regulation is not in force."""
        if group_type.pk not in self.found_terms:
            self.found_terms[group_type.pk] = terms_in_force(group_type, on=self.on)
        terms = self.found_terms[group_type.pk]
        if terms is None:
            raise ValidationError(_("The regulation on “%(type)s” is not in force yet.") % {"type": group_type})
        return terms

    def asked(self, code: str, group_type: GroupType, company: Company) -> Office | None:
        key = code, group_type.pk, company.pk
        if key not in self.found:
            self.found[key] = self.terms(group_type).office(code, company)
        return self.found[key]

    def designating(self, group_type: GroupType, company: Company) -> Office:
        """The type's; where the regulation does not say, the interpreting one, else whoever enters the groups."""
        terms = self.terms(group_type)
        rule = terms.type.designation
        named = self.asked(rule.office, group_type, company) if rule and rule.office else None
        return named or terms.interpreting_office or self.entering

    def approving(self, group_type: GroupType, company: Company) -> Office | None:
        """The office of the last step that always applies: of several steps the last one decides for a group that is
        in use. None while the regulation does not say, and where it asks for no approval."""
        steps = [step for step in self.terms(group_type).type.approval if step.when is None]
        return self.asked(steps[-1].office, group_type, company) if steps else None

    def first_state(self, group_type: GroupType) -> str:
        """How a group begins in the register: never approved, unless the regulation asks for no approval."""
        terms = self.terms(group_type).type
        return State.EXEMPTED if terms.state == "open" and not terms.approval else State.REGISTERED


@transaction.atomic
def take_over(lines: list[Line], groups_import: GroupsImport, *, by: User, office: Office, now: datetime) -> None:
    """Keep what the list says of each group; register those of which type and name are settled. Raises NameTaken."""
    offices = Offices(office, on=today_of(by))
    over = Amnesty.objects.filter(organisation=by.organisation, until__lt=offices.on)
    late = set(over.values_list("company", flat=True))
    existing = [row_of(line, groups_import, offices, late=line.company.pk in late) for line in lines]
    groups = create_groups([one for one in existing if one.state != State.LISTED], offices)
    ExistingGroup.objects.bulk_create(existing, batch_size=AT_ONCE)
    record_many(
        event_of("take_over", group, by=by, at=now, office=office, became=group.state, list=groups_import.file_name)
        for group in groups
    )
    tell_of_late_ones(sum(one.after_amnesty for one in existing), groups_import, now=now, on=offices.on)


def tell_of_late_ones(count: int, groups_import: GroupsImport, *, now: datetime, on: date) -> None:
    """The office that supervises all groups hears of those brought in after the amnesty: once for the list."""
    office = supervising_office(groups_import.organisation_id)
    if count and office is not None:
        key, path = f"after-amnesty:{groups_import.pk}", reverse("existing_groups_open")
        notify(holders_of(office, on=on), "after-amnesty", groups_import, now=now, key=key, path=path, count=count)


def supervising_office(organisation_id: int) -> Office | None:
    """Whom the newest regulations let supervise all groups (Art. 12)."""
    rules = (rule for data in newest_data(organisation_id) for rule in data.get("supervises") or [])
    codes = (rule["office"] for rule in rules if rule.get("scope") == "all" and rule.get("office"))
    return next((office for code in codes if (office := find_office(organisation_id, code))), None)


def row_of(line: Line, groups_import: GroupsImport, offices: Offices, *, late: bool) -> ExistingGroup:
    """A row of the list, with the people it could only mean, and how far it comes by itself. `late`: after the
    amnesty of its company."""
    facts = line.facts
    return ExistingGroup(
        organisation_id=groups_import.organisation_id,
        imported=groups_import,
        row=line.row,
        state=offices.first_state(line.type) if line.enters_register else State.LISTED,
        name=facts["name"],
        name_folded=fold(facts["name"]),
        name_open=line.name_open,
        company=line.company,
        group_type=line.type,
        type_said=facts["type"],
        admin=line.admin.person,
        admin_said=line.admin.words,
        owner=line.owner.person,
        owner_said=line.owner.words,
        owner_open=bool(line.owner.lost),
        members=facts["members"],
        purpose=facts["purpose"],
        created_on=line.created_on,
        after_amnesty=late,
    )


def create_groups(existing: list[ExistingGroup], offices: Offices) -> list[Group]:
    """The groups of the register, hung on the rows (which are not saved). Raises NameTaken."""
    try:
        with transaction.atomic():
            groups = Group.objects.bulk_create([group_of(one, offices) for one in existing], batch_size=AT_ONCE)
    except IntegrityError:
        raise NameTaken
    for one, group in zip(existing, groups, strict=True):
        one.group = group
        one.approving_office = offices.approving(one.group_type, one.company)
    return groups


def group_of(one: ExistingGroup, offices: Offices) -> Group:
    """The group as the list has it. Where the day of its creation is unknown, it counts as in use from today on."""
    name = one.new_name or one.name
    return Group(
        organisation_id=one.organisation_id,
        company=one.company,
        group_type=one.group_type,
        version=offices.terms(one.group_type).version,
        name=name,
        name_folded=fold(name),
        sort_key=sort_key(name),
        search=search_keys(name),
        purpose=one.purpose,
        state=Group.State.ESTABLISHED,
        established_on=one.created_on or offices.on,
        designating_office=offices.designating(one.group_type, one.company),
        admin=one.admin,
        owner=one.owner,
        member_count=one.members,
    )
