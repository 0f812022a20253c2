"""What tests start from: plain keyword-only functions that reach states by the real actions."""

from datetime import UTC, date, datetime, timedelta
from itertools import count
from pathlib import Path
from types import SimpleNamespace

from django.utils import timezone

from governance.accounts.models import Organisation, User
from governance.directory.actions import begin_tenure, ensure_office, give_login, people
from governance.directory.actions.companies import add_company, add_department
from governance.directory.models import Company, Department, Office, Person, Team, Tenure
from governance.duties.actions.delegates import name_delegate
from governance.notifications.models import Notice
from governance.register.actions import confirm_establishment
from governance.regulations.actions import load
from governance.regulations.models import RegulationVersion
from governance.workflow import move
from groups.actions import creation, designation, drafting, ending, filing, lapsing
from groups.actions.drafting import Content
from groups.actions.establishment import Checklist
from groups.models import CreationRequest, Designation, Filing, Group, GroupType
from groups.permissions import approving_office, waiting_step
from tests.snapshots import copied

NOW = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)  # Monday 09:00 in Shanghai
PASSWORD = "tests-open-doors-7"
serial = count(1)


# --- directory --------------------------------------------------------------------------------------------------------
def make_organisation(*, code=None, name="启明集团"):
    code = code or f"org{next(serial)}"
    return Organisation.objects.create(code=code, name=name)


def make_company(*, organisation=None, code=None, name=None, kind=Company.Kind.HEADQUARTERS, **fields):
    n = next(serial)
    organisation = organisation or make_organisation()
    return add_company(
        organisation,
        code=code or f"C{n}",
        name=name or f"启明集团本部{n}",
        kind=kind,
        by=None,
        now=NOW,
        **fields,
    )


def make_department(*, company=None, name=None, parent=None, aliases=()) -> Department:
    company = company or (parent.company if parent else make_company())
    name = name or f"部门{next(serial)}"
    return add_department(company, name, parent=parent, aliases=aliases, by=None, now=NOW)


def make_person(
    *, organisation=None, company=None, department=None, number=None, name="陈思远", now=NOW, **fields
) -> Person:
    """A person without login, in a department's company, else in the given company, else in a new one."""
    if company is None:
        company = department.company if department else make_company(organisation=organisation)
    return people.add(
        company,
        department=department,
        number=number or f"T{next(serial):05}",
        name=name,
        by=None,
        now=now,
        **fields,
    )


def make_login(*, person, username=None, language="zh-hans") -> User:
    user = give_login(person, username=username or f"user{next(serial)}", password=PASSWORD, now=NOW)
    if language != user.language:
        user.language = language
        user.save(update_fields=["language"])
    return user


def make_user(*, username=None, language="zh-hans", person=None, **fields) -> User:
    """A login with the person behind it; `fields` are those of `make_person`."""
    return make_login(person=person or make_person(**fields), username=username, language=language)


def make_office(
    *, organisation, code="president", name="总裁", kind=Office.Kind.POST, company=None, **fields
) -> Office:
    return ensure_office(organisation, code, name=name, kind=kind, company=company, now=NOW, **fields)


def make_tenure(*, office, person, starts_on=date(2020, 1, 1), ends_on=None, acting=False) -> Tenure:
    return begin_tenure(office, person, starts_on=starts_on, ends_on=ends_on, acting=acting, now=NOW)


def make_holder(*, organisation, code, office_name=None, kind=Office.Kind.BODY, office_company=None, **fields) -> User:
    """A login that holds the office with that code (made when missing); `fields` are those of `make_user`."""
    office = Office.objects.filter(organisation=organisation, code=code, company=office_company).first()
    office = office or make_office(
        organisation=organisation, code=code, name=office_name or code, kind=kind, company=office_company
    )
    if fields.get("person") is None and fields.get("department") is None:
        fields.setdefault(
            "company", office_company or organisation.companies.first() or make_company(organisation=organisation)
        )
    user = make_user(**fields)
    make_tenure(office=office, person=user.person)
    return user


def make_team(*, organisation, code="operations", name="运营推动小组", members=()) -> Team:
    team = Team.objects.create(organisation=organisation, code=code, name=name)
    for person in members:
        people.join_team(team, person, by=None, now=NOW)
    return team


# --- regulation A and a group company that keeps it -------------------------------------------------------------------
GROUP_COMPANY = Path("regulations/group_company.yaml")
OFFICE_HOLDERS = {
    "president": ("陈国栋", "总裁"),
    "executive_vp": ("林志远", "常务副总裁"),
    "vp_in_charge": ("赵文博", "分管副总"),
    "marketing_vp": ("何丽华", "营销副总"),
    "presidents_office": ("许明哲", "总裁办主任"),
    "hr_admin": ("周敏", "行政人事部经理"),
    "project_gm_office": ("孙伟民", "项目总经办主任"),
    "planning_manager": ("高建平", "计划运营经理"),
    "marketing_manager": ("吴晓燕", "营销经理"),
}


def load_group_company(*, organisation, source=None, now=NOW) -> RegulationVersion:
    """Regulation A for the organisation, or another text of it."""
    text = source if source is not None else GROUP_COMPANY.read_text(encoding="utf-8")
    return load(text, filename=GROUP_COMPANY.name, organisation=organisation, by=None, now=now)


def make_office_holders(*, organisation) -> dict[str, User]:
    """One login for every office of the organisation's regulations, by the office's code; of several companies' offices
    with one code the first company's."""
    headquarters = organisation.companies.filter(kind=Company.Kind.HEADQUARTERS).first()
    found = {}
    for office in Office.objects.filter(organisation=organisation).select_related("company").order_by("code", "company"):
        if office.code in found:
            continue
        name, post = OFFICE_HOLDERS.get(office.code, (f"{office.name}负责人", ""))
        company = office.company or headquarters
        department = Department.objects.filter(company=company, name=office.name).first()
        if department is None and office.kind == Office.Kind.BODY:
            department = make_department(company=company, name=office.name)
        person = make_person(company=company, department=department, name=name, post=post)
        found[office.code] = make_login(person=person)
        make_tenure(office=office, person=person)
    return found


@copied
def make_group_company(*, name="启明集团") -> SimpleNamespace:
    """A small group company under regulation A: `organisation`, `headquarters`, `project` (a project company),
    `version`, and a login per office by its code (`hr_admin`, `president`, …)."""
    organisation = make_organisation(name=name)
    headquarters = make_company(organisation=organisation, name=f"{name}本部", short_name="集团本部")
    project = make_company(
        organisation=organisation, name="渝北项目公司", short_name="渝北项目公司", kind=Company.Kind.PROJECT
    )
    version = load_group_company(organisation=organisation)
    holders = make_office_holders(organisation=organisation)
    Notice.objects.filter(kind="takes-over").delete()  # what the holders were told of the questions is another story
    return SimpleNamespace(
        organisation=organisation, headquarters=headquarters, project=project, version=version, **holders
    )


# --- creation requests ------------------------------------------------------------------------------------------------
def content_of(*, company, **fields) -> Content:
    return Content(company=company, **{"purpose": "年度经营决策、重大事项通报。", **fields})


def make_creation_request(
    *,
    world=None,
    group_type="executive_group",
    at=CreationRequest.State.DRAFT,
    submitter=None,
    company=None,
    opinion="",
    consents=(),
    now=NOW,
    **fields,
) -> CreationRequest:
    """A request in the given state, brought there by the real actions: drafted and submitted by HR, decided by whoever
    holds the waiting step's office. `fields` are those of `Content`; `consents` the people consented to."""
    state = CreationRequest.State
    world = world or make_group_company()
    if at == state.LAPSED:
        group_type = "marketing_platform"  # what the president decides never lapses
    types = {found.code: found for found in GroupType.objects.filter(organisation=world.organisation)}
    in_project = group_type in ("project_company_group", "marketing_platform")
    company = company or (world.project if in_project else world.headquarters)
    if group_type == "marketing_platform":
        fields.setdefault("project", f"云栖湖{next(serial)}期")
    by = submitter or world.hr_admin
    creation_request = drafting.draft(types[group_type], content_of(company=company, **fields), by=by, now=now)
    if at == state.DRAFT:
        return creation_request
    creation.submit(creation_request, by=by, now=now)
    if at == state.WITHDRAWN:
        creation.withdraw(creation_request, by=by, now=now)
    while at == state.APPROVED and creation_request.state == state.SUBMITTED:
        ticked = creation_request.consents.filter(person__in=consents).values_list("pk", flat=True)
        creation.approve(
            creation_request, by=decider_of(creation_request), now=now, opinion=opinion, consents=set(ticked)
        )
    if at == state.SENT_BACK:
        creation.send_back(
            creation_request, by=decider_of(creation_request), now=now, opinion=opinion or "请补充名单。"
        )
    if at == state.REFUSED:
        creation.refuse(creation_request, by=decider_of(creation_request), now=now, opinion=opinion or "暂不需要。")
    if at == state.LAPSED:
        lapsing.lapse(creation_request, now=now + timedelta(days=60))
    return creation_request


def decider_of(creation_request) -> User:
    """Somebody who holds the office that decides next and is not the submitter."""
    step = waiting_step(creation_request)
    tenure = step.office.tenures.exclude(person=creation_request.submitter).select_related("person__user").first()
    return tenure.person.user


# --- after the approval -----------------------------------------------------------------------------------------------
def holder_of(office) -> User:
    """Somebody with a login who holds the office."""
    return office.tenures.filter(person__user__isnull=False).select_related("person__user").first().person.user


def make_group(*, at=Group.State.APPROVED, admin=None, members=(), external_count=0, now=NOW, **fields) -> Group:
    """A group in the given state, its admin (a login) designated and accepted; `fields` are those of
    `make_creation_request`."""
    if at == Group.State.APPROVED and admin is None:
        creation_request = make_creation_request(at=CreationRequest.State.APPROVED, now=now, **fields)
        return Group.objects.get(creation_request=creation_request)
    accepted = make_designation(at=Designation.State.ACCEPTED, person=admin.person if admin else None, now=now, **fields)
    group = Group.objects.get(pk=accepted.group_id)
    if at == Group.State.ESTABLISHED:
        by = accepted.person.user
        confirm_establishment(
            group, make_checklist(group, now=now), members, by=by, now=now, external_count=external_count
        )
    if at == Group.State.REVOKED:
        ending.revoke(group, by=holder_of(approving_office(group)), now=now, reason="暂不需要。")
    if at == Group.State.ABANDONED:
        ending.abandon_overdue(group, now=now + timedelta(days=90), job="sweep")
    return group


def make_checklist(group, *, now=NOW, **fields) -> Checklist:
    """A checklist without fault, or with the faults given."""
    right = {
        "name_as_created": group.name,
        "created_on": now.date(),
        "invitation_confirmation": True,
        "notice_posted": True,
        "owner": group.admin,
        "member_count": 0,
    }
    return Checklist(**right | fields)


def make_designation(
    *, group=None, at=Designation.State.PROPOSED, person=None, reason="熟悉情况。", reply="岗位已变动。", now=NOW, **fields
) -> Designation:
    """A designation by whoever holds the designating office, answered by the designated person (who gets a login)."""
    group = group or make_group(now=now, **fields)
    person = person or make_user(company=group.company, name="钱立群").person
    made = designation.designate(group, person, by=holder_of(group.designating_office), now=now, reason=reason)
    if at == Designation.State.ACCEPTED:
        designation.accept(made, by=person.user, now=now)
    if at == Designation.State.DECLINED:
        designation.decline(made, by=person.user, now=now, reply=reply)
    if at == Designation.State.DROPPED:
        ending.revoke(group, by=holder_of(approving_office(group)), now=now, reason="暂不需要。")
        made.refresh_from_db()
    if at == Designation.State.REPLACED:  # his successor took over
        move(made, at, by=None, at=now)
    return made


def make_filing(*, at=Filing.State.FILED, now=NOW, remark="请补充客户人数。", **fields) -> Filing:
    """The filing of an established marketing platform, in the given state; `fields` are those of `make_group`."""
    group = make_group(at=Group.State.ESTABLISHED, **{"group_type": "marketing_platform", **fields}, now=now)
    made = group.filings.get()
    if at == Filing.State.ACKNOWLEDGED:
        filing.acknowledge(made, by=holder_of(made.office), now=now)
    if at == Filing.State.RETURNED:
        filing.ask_completion(made, by=holder_of(made.office), now=now, remark=remark)
    return made


# --- delegates --------------------------------------------------------------------------------------------------------
def make_delegation(*, holder, delegate, starts_on=None, ends_on=None, office=None, by=None, now=None) -> Tenure:
    """The holder (a login) names the delegate (another) from today for a week, as he would on his page; returns the
    delegate's first tenure."""
    on = timezone.localdate()
    days = {"starts_on": starts_on or on, "ends_on": ends_on or (starts_on or on) + timedelta(days=7)}
    return name_delegate(
        holder.person, delegate.person, **days, office=office, by=by or holder, now=now or timezone.now()
    )[0]
