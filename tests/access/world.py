"""One small world with an object in every state and a login for every kind of person, for the access table."""

from datetime import date, timedelta
from types import SimpleNamespace

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from governance.calendar.actions import seed_calendar
from governance.directory.actions import importing, invitations
from governance.directory.importing.tables import check_table
from governance.directory.models import Company, Office
from governance.duties.actions import nudge
from governance.duties.models import Duty
from governance.files.actions import attach, store
from governance.files.kinds import TEXTS
from governance.files.rules import check
from governance.jobs.actions import run, start
from governance.logins.actions.inviting import invite_many
from governance.logins.actions.resetting import reset_password
from governance.notifications.actions import circulate
from governance.notifications.models import Circulation, Delivery, Notice
from governance.regulations.actions import interpreting, uploading
from governance.regulations.models import OpenQuestion
from groups.actions import comments, designation, establishment, existing, filing, inquiries, recording, supplementary
from groups.actions.recording import Instruction
from groups.importing.plan import make_plan
from groups.models import CreationRequest
from groups.permissions import today_of
from tests.factories import (
    GROUP_COMPANY,
    make_company,
    make_creation_request,
    make_delegation,
    make_department,
    make_group_company,
    make_holder,
    make_person,
    make_tenure,
    make_user,
)
from tests.files.samples import upload

State = CreationRequest.State


def build() -> SimpleNamespace:
    """The people by role and the objects by name. Written today, so that the portal's own clock agrees."""
    now = timezone.now()
    company = make_group_company()
    organisation = company.organisation
    second = make_company(organisation=organisation, name="江北项目公司", kind=Company.Kind.PROJECT)
    department = make_department(company=company.project, name="营销部")
    people = roles(company, second, department)
    things = SimpleNamespace(world=company, now=now, department=department, version=company.version)
    requests(things, now=now)
    groups(things, people, now=now)
    things.calendar = seed_calendar(organisation, until_year=now.year)
    talk(things, people, now=now)
    leftovers(things, people, organisation, now=now)
    return SimpleNamespace(people=people, things=things)


def roles(company, second, department) -> dict[str, object]:
    """The columns of the table. `gm` is the General Manager's Office of a company that nothing here belongs to."""
    organisation = company.organisation
    gm = make_user(company=second, name="罗远")
    gm_office = Office.objects.filter(organisation=organisation, code="project_gm_office", company=second).first()
    gm_office = gm_office or Office.objects.create(
        organisation=organisation,
        code="project_gm_office",
        company=second,
        name="项目总经办",
        kind="body",
        oversees=True,
    )
    make_tenure(office=gm_office, person=gm.person)
    auditor = make_holder(organisation=organisation, code="auditor", office_name="审计员", name="仇海波")
    Office.objects.filter(organisation=organisation, code="auditor").update(oversees=True)
    return {
        "anon": None,
        "staff": make_user(department=department, name="李娜"),
        "hr": company.hr_admin,
        "hr2": make_holder(organisation=organisation, code="hr_admin", name="何俊"),
        "pres": company.president,
        "mvp": company.marketing_vp,
        "po": company.presidents_office,
        "gm": gm,
        "adm": make_user(department=department, name="郑凯"),
        "aud": auditor,
        "other": make_group_company(name="别家集团").hr_admin,
    }


def requests(things, *, now) -> None:
    make = {"world": things.world, "now": now}
    things.draft = make_creation_request(group_type="executive_group", **make)
    things.submitted = make_creation_request(group_type="project_company_group", at=State.SUBMITTED, **make)
    things.sent_back = make_creation_request(group_type="marketing_platform", at=State.SENT_BACK, **make)
    things.refused = make_creation_request(group_type="marketing_platform", at=State.REFUSED, **make)


def groups(things, people, *, now) -> None:
    """One group at each step after approval; all but the first are marketing platforms looked after by `adm`."""
    make = {"world": things.world, "now": now, "at": State.APPROVED}
    things.to_designate = make_creation_request(group_type="planning_group", **make).group
    things.proposed = designated(things, people, now=now)
    accepted = designated(things, people, now=now)
    designation.accept(accepted, by=people["adm"], now=now)
    things.to_establish = accepted.group
    Duty.objects.open().of_subject(accepted.group).update(due_at=now - timedelta(days=1))  # overdue
    things.filed = established(things, people, now=now).filings.get()
    things.created_name = established(things, people, now=now, name="云栖湖业主群").created_names.get()
    things.returned = established(things, people, now=now).filings.get()
    filing.ask_completion(things.returned, by=people["hr"], now=now, remark="请补充。")


def designated(things, people, *, now):
    group = make_creation_request(
        world=things.world, now=now, at=State.APPROVED, group_type="marketing_platform", external_expected=9
    ).group
    return designation.designate(group, people["adm"].person, by=people["mvp"], now=now, reason="项目由其负责。")


def established(things, people, *, now, name=""):
    found = designated(things, people, now=now)
    designation.accept(found, by=people["adm"], now=now)
    group = found.group
    group.refresh_from_db()
    owner, called = people["adm"].person, name or group.name
    checklist = establishment.Checklist(called, date.today(), True, True, owner, 3, other_name=bool(name))
    establishment.establish(group, checklist, by=people["adm"], now=now)
    return group


def talk(things, people, *, now) -> None:
    """What is said around the submitted request."""
    things.comment = comments.comment(things.submitted, "请核对人数。", by=people["hr2"], now=now)
    (things.inquiry,) = inquiries.ask(
        things.submitted, [people["hr2"].person], "人数是否合适？", by=people["pres"], now=now
    )
    duty = Duty.objects.open().of_subject(things.submitted).get()
    office = Office.objects.get(organisation=duty.organisation_id, code="presidents_office")
    things.nudge = nudge(duty, by=people["hr"], now=now, via=office)
    said = make_creation_request(group_type="marketing_platform", at=State.SUBMITTED, world=things.world, now=now)
    instruction = Instruction(people["mvp"].person, "approved", "spoken", today_of(people["mvp"]), [check(upload())])
    things.recorded = recording.record_decision(said, instruction, by=people["po"], now=now)


def leftovers(things, people, organisation, *, now) -> None:
    """A file, a question, a notice, a circulation, a duty, a job: whatever else has an address."""
    upload = SimpleUploadedFile("说明.txt", "会议安排".encode())
    things.file = store(upload, organisation=organisation, by=people["hr"], now=now, allowed=TEXTS)
    attach(things.file, things.submitted)
    invited = make_person(company=things.world.project, name="丁一")
    things.invitation = invitations.invite(invited, by=people["hr"], now=now)
    other = make_person(company=things.world.project, name="丁二")
    things.round = invite_many({"picked": [other.pk]}, by=people["hr"], now=now)
    run(things.round.pk, now=now)
    things.reset = reset_password(people["pres"].person, by=people["hr"], now=now)
    things.question = OpenQuestion.objects.get(organisation=organisation, code="department_groups")
    things.duty = Duty.objects.open().of_subject(things.submitted).get()
    things.notice = Notice.objects.filter(person=people["pres"].person).first()
    circulate(things.refused, [people["staff"].person], by=people["hr"], now=now, note="")
    things.circulation = Circulation.objects.get(person=people["staff"].person)
    things.office = Office.objects.get(organisation=organisation, code="hr_admin")
    things.tenure = things.office.tenures.get(person=people["hr2"].person)
    things.person = people["adm"].person
    regulation, staff = things.version.regulation, people["staff"]
    things.article_question = interpreting.ask(regulation, article="7.p2", text="实习生怎么写？", by=staff, now=now)
    asked = interpreting.ask(regulation, article="6", text="能否请客户的助理入群？", by=staff, now=now)
    things.interpretation = interpreting.answer_publicly(
        asked, answer="由群管理员办理。", published_question="", by=people["hr"], now=now
    )
    newer = GROUP_COMPANY.read_text(encoding="utf-8").replace('version: "1.0"', 'version: "1.1"')
    things.regulation_upload = uploading.start(newer.encode(), filename="办法.yaml", by=people["hr"], now=now)
    away = timezone.localdate() + timedelta(days=30)
    stands_in = make_user(company=things.world.headquarters, name="李文")
    office = things.world.presidents_office.person.department
    things.colleague = make_user(department=office, name="何静")
    things.staff_step = Duty.objects.open().of_subject(things.to_designate).get()
    things.given = Duty.objects.open().of_subject(things.to_establish).get()
    things.delegation = make_delegation(holder=people["pres"], delegate=stands_in, starts_on=away)
    table = SimpleUploadedFile("人员.csv", "工号,姓名,公司\nX1,钱多,渝北项目公司\n".encode())
    things.people_import = importing.start(check_table(table), by=people["hr"], now=now)
    done = SimpleUploadedFile("已导入.csv", "工号,姓名,公司\nX2,钱少,渝北项目公司\n".encode())
    things.reversible = importing.start(check_table(done), by=people["hr"], now=now)
    importing.confirm(things.reversible, digest=things.reversible.digest, by=people["hr"], now=now)
    groups = SimpleUploadedFile("既有群.csv", "群名称,群类型,公司\n老群,部门工作群,渝北项目公司\n".encode())
    things.groups_import = existing.start(check_table(groups), by=people["hr"], now=now)
    enter_existing(things, people, now=now)
    things.delivery = Delivery.objects.create(notice=things.notice, channel="email", state=Delivery.State.FAILED)
    things.job = start("register-export", by=people["hr"], now=now, arguments={})


def enter_existing(things, people, *, now) -> None:
    """Existing groups at each open point: never approved, type missing, name taken, owner unknown, not approved."""
    rows = ["营销老群,项目营销微信平台,渝北项目公司,郑凯,", "无类型群,,渝北项目公司,郑凯,", "营销老群,项目营销微信平台,集团本部,郑凯,"]
    rows += ["失主群,项目营销微信平台,渝北项目公司,郑凯,查无此人", "不批群,项目营销微信平台,渝北项目公司,郑凯,"]
    text = "\n".join(["群名称,群类型,公司,群管理员,群主", *rows])
    table = SimpleUploadedFile("既有群二.csv", text.encode())
    found = existing.start(check_table(table), by=people["hr2"], now=now)
    found.refresh_from_db()
    digest = make_plan(found, on=now.date()).digest()
    existing.confirm(found, digest=digest, choices={}, by=people["hr2"], now=now)
    never, things.typeless, things.named_twice, things.ownerless, things.not_approved = found.groups.order_by("row")
    things.never_approved = never
    supplementary.refuse(things.not_approved, by=people["mvp"], now=now, opinion="不需要。")
