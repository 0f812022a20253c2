"""Items in every state, each reached by the real actions, on days that could have been."""

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.core.files.uploadedfile import SimpleUploadedFile

from governance.accounts.models import Organisation, User
from governance.calendar.queries import working_time
from governance.directory.actions import people
from governance.directory.importing.tables import check_table
from governance.directory.models import Company, Person
from governance.files.actions import attach, store
from governance.files.kinds import DOCUMENTS
from governance.notifications.actions import circulate
from groups.actions import creation, designation, existing, filing, supplementary
from groups.actions.drafting import Content, draft
from groups.actions.establishment import Checklist, establish
from groups.importing.plan import make_plan
from groups.models import CreationRequest, Designation, Group, GroupType
from groups.queries.expected import members_to_be
from groups.queries.terms import terms_under
from members.actions.reconciling import reconcile_rosters
from members.actions.roster import declare_first_roster

from .company import named
from .people import JIANGBEI, LIANGJIANG, YUBEI


class Story:
    """The demo's people and clock: `at(3)` is about half past nine, three working days ago."""

    def __init__(self, organisation: Organisation, *, now: datetime) -> None:
        self.organisation = organisation
        self.now = now
        self.working = working_time(organisation.pk)
        self.companies = {company.code: company for company in Company.objects.filter(organisation=organisation)}
        self.types = {row.code: row for row in GroupType.objects.filter(organisation=organisation)}
        self.minute = 0

    def day(self, working_days_ago: int) -> date:
        """A working day in the past; 0 is today."""
        on = self.working.local_day(self.now)
        for _ in range(working_days_ago):
            on -= timedelta(days=1)
            while not self.working.is_working(on):
                on -= timedelta(days=1)
        return on

    def at(self, working_days_ago: int, hour: int = 9) -> datetime:
        """A moment of that day, each a few minutes after the last; never later than now."""
        self.minute = (self.minute + 7) % 60
        moment = datetime.combine(self.day(working_days_ago), time(hour, self.minute), tzinfo=ZoneInfo("Asia/Shanghai"))
        return min(moment, self.now)

    def person(self, name: str, company: str = "") -> Person:
        return named(self.organisation, name, company)

    def user(self, name: str) -> User:
        return self.person(name).user

    def submitted(
        self, kind: str, *, ago: int, by: str = "何俊", company: str = "HQ", **fields: object
    ) -> CreationRequest:
        """A request drafted and submitted on one morning."""
        content = Content(company=self.companies[company], **fields)
        request = draft(self.types[kind], content, by=self.user(by), now=self.at(ago))
        creation.submit(request, by=self.user(by), now=self.at(ago))
        return request

    def approved(self, kind: str, *, ago: int, by: str, opinion: str = "同意。", **fields: object) -> Group:
        """A request that was approved the working day after its submission."""
        request = self.submitted(kind, ago=ago, **fields)
        creation.approve(request, by=self.user(by), now=self.at(max(ago - 1, 0), 14), opinion=opinion)
        return request.group

    def accepted(self, group: Group, *, ago: int, by: str, admin: Person, reason: str = "") -> Designation:
        found = designation.designate(group, admin, by=self.user(by), now=self.at(ago, 10), reason=reason)
        designation.accept(found, by=admin.user, now=self.at(ago, 15))
        group.refresh_from_db()
        return found

    def established(self, group: Group, *, ago: int, external: int = 0) -> Group:
        """The admin goes through the checklist and ticks off everybody."""
        by = group.admin.user
        terms = terms_under(group.version, group.group_type.code)
        people = list(members_to_be(group, terms.type, on=self.day(ago)))
        checklist = Checklist(
            name_as_created=group.name,
            created_on=self.day(ago),
            invitation_confirmation=True,
            notice_posted=True,
            owner=group.admin,
            member_count=len(people) + external,
        )
        now = self.at(ago, 16)
        establish(group, checklist, by=by, now=now)
        declare_first_roster(group, people, by=by, now=now)
        group.refresh_from_db()
        return group


def tell(organisation: Organisation, *, now: datetime) -> None:
    """All the demo's items."""
    story = Story(organisation, now=now)
    settled(story)
    under_way(story)
    waiting(story)
    ended(story)
    changed(story)
    taken_over(story)


def settled(story: Story) -> None:
    """Groups in use, one of them filed."""
    group = story.approved("headquarters_group", ago=62, by="陈国栋", purpose="集团本部通知公告、工作交流。")
    story.accepted(group, ago=60, by="何俊", admin=story.person("何俊"))
    story.established(group, ago=58)
    group = story.approved(
        "project_company_group", ago=45, by="陈国栋", company=JIANGBEI, purpose="江北项目公司日常工作交流、通知传达。"
    )
    story.accepted(group, ago=43, by="何俊", admin=story.person("刘洋"))
    story.established(group, ago=41)
    group = story.approved(
        "marketing_platform", ago=34, by="沈若溪", company=JIANGBEI, project="悦江府", external_expected=212,
        purpose="向悦江府客户发布工程进度和活动通知，解答疑问。",
    )  # fmt: skip
    story.accepted(group, ago=32, by="沈若溪", admin=story.person("郑凯", JIANGBEI))
    story.established(group, ago=30, external=212)
    filing.acknowledge(group.filings.get(), by=story.user("周敏"), now=story.at(28, 11))


def under_way(story: Story) -> None:
    """Approved groups on their way: to be designated, declined, to be accepted, established, filed, completed."""
    story.approved("planning_group", ago=1, by="陈国栋", purpose="计划运营节点推动、周调度。")
    group = story.approved(
        "project_company_group", ago=9, by="陈国栋", company=LIANGJIANG, purpose="两江项目公司日常工作交流。"
    )
    found = designation.designate(group, story.person("欧阳靖"), by=story.user("何俊"), now=story.at(7))
    designation.decline(found, by=story.user("欧阳靖"), now=story.at(5, 11), reply="近期长驻外地谈判，建议由任重担任。")
    group = story.approved(
        "marketing_platform", ago=6, by="沈若溪", company=LIANGJIANG, project="云栖里", external_expected=80,
        purpose="云栖里客户服务与活动通知。",
    )  # fmt: skip
    story.accepted(group, ago=4, by="沈若溪", admin=story.person("孟晓", LIANGJIANG))
    group = story.approved(
        "marketing_platform", ago=12, by="沈若溪", company=YUBEI, project="岚山院", external_expected=150,
        purpose="岚山院客户服务。",
    )  # fmt: skip
    story.accepted(
        group, ago=10, by="沈若溪", admin=story.person("曹颖", YUBEI), reason="渝北项目公司营销经理暂缺，由曹颖负责。"
    )
    story.established(group, ago=6, external=131)
    group = story.approved(
        "marketing_platform", ago=15, by="沈若溪", company=JIANGBEI, project="望江楼", external_expected=60,
        purpose="望江楼老业主沟通。",
    )  # fmt: skip
    story.accepted(group, ago=13, by="沈若溪", admin=story.person("郑凯", JIANGBEI))
    story.established(group, ago=10, external=57)
    filing.ask_completion(
        group.filings.get(), by=story.user("何俊"), now=story.at(7, 10), remark="请补充客户人数的来源说明。"
    )
    group = story.approved(
        "marketing_platform", ago=3, by="沈若溪", company=JIANGBEI, project="锦江里", external_expected=40,
        purpose="锦江里认购客户通知。",
    )  # fmt: skip
    designation.designate(group, story.person("郑凯", JIANGBEI), by=story.user("沈若溪"), now=story.at(1, 10))


def waiting(story: Story) -> None:
    """What lies on the desks of the president and the marketing vice president."""
    exceptional = {story.person("吴静"): "列席总裁办公会", story.person("孙伟"): "重大合同和诉讼事项"}
    content = Content(
        company=story.companies["HQ"],
        purpose="年度经营决策、重大事项通报。",
        ends_on=date(story.now.year + 1, 12, 31),
        exceptional=exceptional,
    )
    request = draft(story.types["executive_group"], content, by=story.user("周敏"), now=story.at(3))
    paper = store(
        SimpleUploadedFile(f"{story.now.year}年度会议安排.pdf", small_pdf(), content_type="application/pdf"),
        organisation=story.organisation, by=story.user("周敏"), now=story.at(3), allowed=DOCUMENTS,
    )  # fmt: skip
    attach(paper, request, purpose="attachment")
    creation.submit(request, by=story.user("周敏"), now=story.at(3))
    circulate(
        request,
        [story.person("上官文清"), story.person("冯雪")],
        by=story.user("周敏"),
        now=story.at(3),
        note="请知悉。",
    )
    story.submitted("project_company_group", ago=1, company=YUBEI, purpose="渝北项目公司工作交流、通知传达。")
    story.submitted(
        "marketing_platform", ago=0, by="周敏", company=YUBEI, project="澄湖湾", external_expected=120,
        purpose="澄湖湾认筹客户通知与答疑。",
    )  # fmt: skip


def ended(story: Story) -> None:
    """Sent back, refused, withdrawn, and a draft nobody has seen."""
    request = story.submitted(
        "marketing_platform", ago=4, company=LIANGJIANG, project="云栖里二期", external_expected=30, purpose="预热。"
    )
    creation.send_back(
        request, by=story.user("沈若溪"), now=story.at(3, 11), opinion="请写明用途和预计开盘时间后再报。"
    )
    request = story.submitted(
        "marketing_platform", ago=20, company=YUBEI, project="岚山院团购", external_expected=300, purpose="团购客户群。"
    )
    creation.refuse(
        request, by=story.user("沈若溪"), now=story.at(19, 11), opinion="与岚山院项目营销微信平台重复，不再单设。"
    )
    request = story.submitted(
        "marketing_platform", ago=11, by="周敏", company=JIANGBEI, project="悦江府车位", purpose="车位销售通知。"
    )
    creation.withdraw(request, by=story.user("周敏"), now=story.at(10), opinion="并入悦江府项目营销微信平台。")
    content = Content(company=story.companies[JIANGBEI], project="半山", purpose="")
    draft(story.types["marketing_platform"], replace(content), by=story.user("何俊"), now=story.at(0))


# Groups that the company had before: name, type, company, owner, admin, members, day of creation, purpose.
EXISTING = (
    ("悦江府老业主服务群", "项目营销微信平台", "江北项目公司", "郑凯", "郑凯", "186", "2023-05-18", "答疑"),
    ("望江楼认筹客户群", "项目营销微信平台", "江北项目公司", "郑凯", "", "97", "2024-03-02", "认筹通知"),
    ("云栖里样板间开放日来访客户接待及临时沟通群（二期）", "项目营销微信平台", "两江项目公司", "", "", "42", "", ""),
    ("集团总部工会活动群", "集团工作群", "集团本部", "周敏", "周敏", "212", "2021-09-01", "工会活动通知"),
    ("渝北项目公司工程例会群", "项目公司工作群", "渝北项目公司", "梁启航", "", "38", "2022-11-07", "工程例会纪要"),
    ("渝北材料进场协调群", "", "渝北项目公司", "梁启航", "", "23", "2024-06-11", "材料进场协调"),
    ("成本核算小组", "工作交流群", "集团本部", "", "", "9", "", ""),
    ("行政人事部工作群", "部门工作群", "集团本部", "周敏", "周敏", "14", "2020-03-15", "部门日常工作"),
    ("销售日报群", "项目营销微信平台", "江北项目公司", "郑凯", "郑凯", "26", "2024-01-20", "销售日报"),
    ("销售日报群", "项目营销微信平台", "两江项目公司", "孟晓", "孟晓", "18", "2024-02-03", "销售日报"),
    ("江北前期报建群", "项目公司工作群", "江北项目公司", "钱进前", "刘洋", "31", "2022-04-22", "前期报建"),
    ("悦江府商铺意向客户群", "项目营销微信平台", "江北项目公司", "郑凯", "郑凯", "64", "2023-12-12", "商铺意向客户"),
)


def taken_over(story: Story) -> None:
    """Groups from before the portal, brought in by HR five working days ago, with what is open on them: some approved
    afterwards, one not."""
    headings = "群名称,群类型,公司,群主,群管理员,群人数,建群日期,用途"
    rows = [",".join(row) for row in EXISTING]
    table = SimpleUploadedFile("既有群名单.csv", "\n".join([headings, *rows]).encode())
    now = story.at(5)
    found = existing.start(check_table(table), by=story.user("何俊"), now=now)
    found.refresh_from_db()
    plan = make_plan(found, on=story.day(0))
    existing.confirm(found, digest=plan.digest(), choices={}, by=story.user("何俊"), now=now)
    by_name = {one.name: one for one in found.groups.select_related("approving_office", "imported")}
    supplementary.approve(
        [by_name["悦江府老业主服务群"]], by=story.user("沈若溪"), now=story.at(3, 15), opinion="同意保留。"
    )
    supplementary.refuse(
        by_name["悦江府商铺意向客户群"],
        by=story.user("沈若溪"),
        now=story.at(3, 15),
        opinion="与老业主群重复，请解散。",
    )


def small_pdf() -> bytes:
    """A real one-page PDF, as small as one can be."""
    parts = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>",
    ]
    body, places = b"%PDF-1.4\n", []
    for number, part in enumerate(parts, start=1):
        places.append(len(body))
        body += b"%d 0 obj%s endobj\n" % (number, part)
    start = len(body)
    body += b"xref\n0 4\n0000000000 65535 f \n" + b"".join(b"%010d 00000 n \n" % place for place in places)
    return body + b"trailer<</Size 4/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % start


def changed(story: Story) -> None:
    """Somebody is about to leave headquarters and somebody moves to a project company: orders for both admins."""
    reconcile_rosters(now=story.at(2))
    by = story.user("周敏")
    people.leave(story.person("朴敏善"), on=story.day(0), by=by, now=story.at(1))
    people.update(
        story.person("查理文"), by=by, now=story.at(1), company=story.companies[JIANGBEI], department=None
    )
    reconcile_rosters(now=story.at(1))
