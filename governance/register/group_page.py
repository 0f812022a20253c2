"""The page of one group: what it is, on which article each of its steps stands, who has it now."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import models
from django.db.models import OuterRef, Subquery
from django.utils.translation import gettext as _

from governance.accounts.models import User
from governance.calendar.queries import working_time
from governance.directory.models import Office
from governance.directory.queries import offices_held, person_of
from governance.duties.kinds import kind_of
from governance.duties.models import Duty
from governance.files.queries import ShownFile, attachments_of
from groups.models import ApprovalStep, Consent, CreatedName, Designation, Filing, Group
from groups.queries.creation_means import nudging_office
from groups.queries.designation import was_there_before
from groups.queries.designation_pages import request_url_for
from groups.queries.ending import Endings, endings_of
from groups.queries.history import Line, timeline
from groups.queries.open_points import duty_about
from groups.queries.terms import Terms, terms_under
from groups.queries.waiting import Waiting, now_line, waiting_of
from groups.queries.way import Stop, way_of
from groups.told import Told, told
from groups.wording import Basis, basis_of

from .queries import reader_of
from .rows import Reader, state_of
from .waiting import about_groups


@dataclass(frozen=True)
class Head:
    """What stands above every tab. `step_url` and `step` are the reader's next step; empty when it is another's."""

    group: Group
    terms: Terms
    reader: Reader
    duty: Duty | None
    state: str
    tone: str
    step_url: str
    step: str
    holds_office: bool
    admin_gone: bool


@dataclass(frozen=True)
class Overview:
    """The group's facts, each with what it stands on. `findings` are sentences on what does not fit together."""

    way: list[Stop]
    waiting: Waiting | None
    steps: list[ApprovalStep]
    designation: Designation | None
    filings: list[Filing]
    approval_basis: Basis
    designation_basis: Basis
    filing_basis: Basis
    admin_duties: list[Told]
    attachments: list[ShownFile]
    screenshots: list[ShownFile]
    request_url: str
    may_remind: bool
    nudged_by: str
    findings: list[str]
    endings: Endings


def visible_groups(user: User, *, on: date) -> models.QuerySet[Group]:
    """The groups the reader may see, with everything their page says about the group itself."""
    filings = Filing.objects.filter(group=OuterRef("pk")).order_by("-filed_at", "-pk")
    other_names = CreatedName.objects.filter(group=OuterRef("pk"), state__in=CreatedName.OPEN)
    return (
        Group.objects.visible_to(user, on=on)
        .select_related(
            "company",
            "department",
            "group_type__regulation",
            "version__regulation",
            "creation_request__submitter__department",
            "creation_request__company",
            "creation_request__group_type",
            "designating_office__company",
            "admin__department",
            "owner__department",
            "establishment__confirmed_by",
            "existing__imported__confirmed_by",
            "existing__approving_office__company",
            "existing__decided_by",
        )
        .annotate(
            filing_number=Subquery(filings.values("number")[:1]), other_name=Subquery(other_names.values("name")[:1])
        )
    )


def head_of(group: Group, user: User, *, now: datetime) -> Head:
    """Two statements: the answers laid over the terms, and the duty that waits about a group of `visible_groups`."""
    on = working_time(group.organisation_id).local_day(now)
    reader = reader_of(user, on=on, now=now)
    about = about_groups([group.pk]).select_related(
        "office__company", "person__department", "person__user", "fallback_office__company"
    )
    duty = about.first() or duty_about(group)
    gone = group.admin is not None and not group.admin.is_present(on=on)
    state, tone = state_of(
        duty,
        reader,
        stands=group.state,
        admin=group.admin.name if group.admin else "",
        gone=gone,
        filing_number=group.filing_number or "",
        existing=group.existing.state if was_there_before(group) else "",
    )
    mine = duty is not None and is_mine(duty, reader)
    return Head(
        group=group,
        terms=terms_under(group.version, group.group_type.code),
        reader=reader,
        duty=duty,
        state=state,
        tone=tone,
        step_url=duty.path if mine else "",
        step=str(kind_of(duty.verb).action) if mine else "",
        holds_office=bool(offices_held(user, on=on)),
        admin_gone=gone,
    )


def is_mine(duty: Duty, reader: Reader) -> bool:
    """Whether the reader takes the step: his own, or his office's and not barred from it."""
    if reader.person is None or duty.barred_id == reader.person.pk:
        return False
    return duty.person_id == reader.person.pk or duty.office_id in reader.offices


def overview_of(head: Head, user: User) -> Overview:
    """Everything on the first tab."""
    group, terms, now = head.group, head.terms, head.reader.now
    request = group.creation_request
    steps = request.steps.filter(round=request.round) if request else ApprovalStep.objects.none()
    filings = list(group.filings.select_related("office__company", "acknowledged_by", "acknowledged_for"))
    designations = group.designations.filter(state__in=Designation.IN_FORCE)
    waiting = waiting_of(head.duty, now=now)
    return Overview(
        way=way_of(request, group=group, filings=filings, is_filed=bool(terms.type.filing)) if request else [],
        waiting=waiting,
        steps=list(steps.select_related("office__company", "decided_by", "decided_for")),
        designation=designations.select_related(
            "office__company", "designated_by", "designated_for", "person__department"
        ).first(),
        filings=filings,
        approval_basis=basis_of(terms.type.approval[0] if terms.type.approval else None),
        designation_basis=basis_of(terms.type.designation),
        filing_basis=basis_of(terms.type.filing),
        admin_duties=told(terms, "admin_duties"),
        attachments=attachments_of(request) if request else [],
        screenshots=attachments_of(group),
        request_url=request_url_for(group, user, on=head.reader.on) if request else "",
        may_remind=may_remind(waiting, head, user),
        nudged_by=nudging_office(waiting, terms, user, on=head.reader.on),
        findings=findings_on(head),
        endings=endings_of(group, user),
    )


def may_remind(waiting: Waiting | None, head: Head, user: User) -> bool:
    """Who asked for the group and who oversees all groups may pass a reminder on, not to themselves."""
    if waiting is None or not waiting.people or person_of(user) in waiting.people:
        return False
    return oversees_all(offices_held(user, on=head.reader.on)) or is_submitter(head, user)


def oversees_all(offices: list[Office]) -> bool:
    return any(office.oversees and office.company_id is None for office in offices)


def is_submitter(head: Head, user: User) -> bool:
    person, request = person_of(user), head.group.creation_request
    return person is not None and request is not None and request.submitter_id == person.pk


def findings_on(head: Head) -> list[str]:
    """What does not fit together: the admin has left, or owns the group no more than on paper; another name."""
    group, found = head.group, []
    if group.other_name:
        found.append(
            _("Approved as “{approved}”, called “{name}” in WeChat: not settled yet.").format(
                approved=group.name, name=group.other_name
            )
        )
    if head.admin_gone:
        found.append(
            _("{name}, the admin, has left: {office} designates a successor.").format(
                name=group.admin.name, office=group.designating_office
            )
        )
    if group.owner_id and group.admin_id and group.owner_id != group.admin_id:
        found.append(
            _("In WeChat {owner} owns the group, while {admin} is its designated admin.").format(
                owner=group.owner.name, admin=group.admin.name
            )
        )
    return found


def history_of(head: Head) -> list[Line]:
    """What waits now, then everything that happened to the request, the group, its designations and its filings."""
    group, waiting = head.group, waiting_of(head.duty, now=head.reader.now)
    consents = Consent.objects.filter(creation_request=group.creation_request_id)
    subjects = [*consents, *Designation.objects.filter(group=group), *Filing.objects.filter(group=group)]
    subjects += CreatedName.objects.filter(group=group)
    asked_for = [group.creation_request] if group.creation_request else []
    came_from = [group.existing] if was_there_before(group) else []
    past = timeline([*asked_for, *came_from, group, *subjects])
    return [now_line(waiting, now=head.reader.now), *past] if waiting else past
