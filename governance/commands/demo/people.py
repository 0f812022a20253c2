"""The invented people of the demo: a group company, three project companies, 180 people. Pure data, always the same.

Nobody here exists: names are put together by chance, phone numbers begin with an area that is not given out, mail goes
to example.com. `manage.py write_samples` writes them into `samples/people.xlsx`; `seed_demo` brings them in from there.
"""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from governance.directory.names import syllables

ORGANISATION_CODE, ORGANISATION, ORGANISATION_SHORT = "demo", "远启集团有限公司", "远启集团"
HQ, YUBEI, JIANGBEI, LIANGJIANG = "HQ", "YB", "JB", "LJ"


@dataclass(frozen=True)
class DemoCompany:
    """`projects` are the buildings it sells, each with a marketing platform of its own."""

    code: str
    name: str
    kind: str  # headquarters, project
    prefix: str  # of staff numbers
    projects: tuple[str, ...] = ()


COMPANIES = (
    DemoCompany(HQ, "集团本部", "headquarters", "01"),
    DemoCompany(YUBEI, "渝北项目公司", "project", "02", ("岚山院", "澄湖湾")),
    DemoCompany(JIANGBEI, "江北项目公司", "project", "03", ("悦江府",)),
    DemoCompany(LIANGJIANG, "两江项目公司", "project", "04", ("云栖里",)),
)


@dataclass(frozen=True)
class DemoDepartment:
    """`path` is 营销部/策划组; `size` counts who stands directly in it, `posts` the head's and the others' posts."""

    path: str
    size: int
    posts: tuple[str, ...]
    aliases: tuple[str, ...] = ()
    function: str = ""


HEADQUARTERS = (
    DemoDepartment("集团领导", 6, ("总裁",)),
    DemoDepartment("总裁办", 6, ("主任", "秘书", "督办专员"), ("总裁办公室",)),
    DemoDepartment("行政人事部", 2, ("经理",), ("人事部", "行政部", "HR")),
    DemoDepartment("行政人事部/人事组", 5, ("主管", "人事专员", "薪酬专员")),
    DemoDepartment("行政人事部/行政组", 3, ("主管", "行政专员", "司机")),
    DemoDepartment("计划运营部", 8, ("计划运营经理", "计划专员", "运营专员"), ("计划部", "运营部")),
    DemoDepartment("营销管理部", 3, ("营销总监", "营销管理专员"), ("营销部",)),
    DemoDepartment("营销管理部/策划组", 5, ("策划主管", "策划专员"), function="营销策划"),
    DemoDepartment("财务部", 2, ("财务总监", "财务经理"), ("财务管理部",)),
    DemoDepartment("财务部/会计组", 5, ("主管会计", "会计")),
    DemoDepartment("财务部/资金组", 3, ("资金主管", "出纳")),
    DemoDepartment("法务部", 4, ("法务总监", "法务专员")),
    DemoDepartment("审计部", 4, ("审计总监", "审计专员")),
    DemoDepartment("工程管理部", 6, ("工程总监", "工程师")),
    DemoDepartment("工程管理部/技术组", 4, ("总工程师", "结构工程师", "给排水工程师")),
    DemoDepartment("信息部", 6, ("经理", "系统管理员", "开发工程师"), ("信息中心", "IT")),
)
PROJECT = (
    DemoDepartment("总经办", 4, ("项目公司总经理", "主任", "文秘"), ("总经理办公室",)),
    DemoDepartment("综合部", 4, ("经理", "行政专员", "司机"), ("行政部",)),
    DemoDepartment("营销部", 2, ("营销经理", "营销内勤"), ("市场部",)),
    DemoDepartment("营销部/策划组", 4, ("策划主管", "策划专员"), function="营销策划"),
    DemoDepartment("营销部/销售组", 4, ("销售主管", "置业顾问")),
    DemoDepartment("工程部", 8, ("经理", "土建工程师", "安装工程师", "资料员")),
    DemoDepartment("成本部", 4, ("经理", "造价工程师")),
    DemoDepartment("财务部", 4, ("经理", "会计", "出纳")),
    DemoDepartment("客户服务部", 2, ("主管", "客服专员"), ("客服部",)),
)


def departments_of(company: DemoCompany) -> tuple[DemoDepartment, ...]:
    return HEADQUARTERS if company.code == HQ else PROJECT


# Who stands where by name: company, department -> names (with another post after a colon), heads first.
CAST = {
    (HQ, "集团领导"): (
        "陈国栋:总裁", "林婉清:常务副总裁", "马建军:分管副总（工程）", "冯雪:分管副总（财务）", "沈若溪:营销副总",
        "吴静:总裁助理",
    ),
    (HQ, "总裁办"): ("上官文清", "乐嘉"),
    (HQ, "行政人事部"): ("何俊", "周敏:副经理"),
    (HQ, "计划运营部"): ("赵磊",),
    (HQ, "营销管理部/策划组"): ("解思齐", "查理文"),
    (HQ, "财务部"): ("单志远", "张伟"),
    (HQ, "法务部"): ("孙伟", "朴敏善"),
    (HQ, "审计部"): ("仇海波", "盖立新"),
    (HQ, "工程管理部"): ("曾广平", "张伟"),
    (HQ, "工程管理部/技术组"): ("长孙建国", "赵𬱖"),
    (HQ, "信息部"): ("区永康", "Emma Larsson:开发工程师"),
    (YUBEI, "总经办"): ("梁启航", "尉迟月"),
    (YUBEI, "营销部"): ("曹颖", "李娜"),
    (YUBEI, "工程部"): ("买买提·艾力", "李娜"),
    (JIANGBEI, "总经办"): ("刘洋", "司马青"),
    (JIANGBEI, "营销部"): ("郑凯", "王㛃"),
    (JIANGBEI, "财务部"): ("诸葛明",),
    (JIANGBEI, "客户服务部"): ("阿依古丽·吐尔逊",),
    (LIANGJIANG, "总经办"): ("欧阳靖", "任重"),
    (LIANGJIANG, "营销部"): ("孟晓", "万俟川"),
    (LIANGJIANG, "成本部"): ("阿卜杜热西提·阿卜杜热合曼", "华一"),
}  # fmt: skip
SURNAMES = (
    "王李张刘陈杨黄赵周吴徐孙马朱胡郭何林高罗郑梁谢宋唐许韩邓冯曹彭曾肖田董潘袁蔡蒋余于杜叶程魏苏吕丁沈姚卢傅钟姜崔谭廖范汪陆金石戴贾韦夏邱方侯邹熊秦江"
    "阎薛尹段雷龙黎史陶贺毛郝顾龚邵覃武钱严莫孔汤"
)
GIVEN_FIRST = "志文思雨晓子海嘉明立春建一佳欣俊宇家永景若书云浩承"
GIVEN_SECOND = "远杰琪涵彬宁轩茜岚峰莹萌瑶翔恒哲帆蓉昊婷楠源舟然"
GIVEN_SINGLE = "敏强丽颖涛静超娟鑫琳磊倩锋蕾"

# Staff (regular unless listed): how many of each kind a company has besides.
OTHER_KINDS = {
    HQ: ("试用",) * 4 + ("实习",) * 3 + ("劳务派遣",) * 3 + ("退休返聘",) + ("外包",) * 2,
    YUBEI: ("试用",) * 5 + ("实习",) * 3 + ("劳务派遣",) * 2 + ("退休返聘",) + ("外包",),
    JIANGBEI: ("试用",) * 3 + ("实习",) * 2 + ("劳务派遣",) * 2 + ("外包",),
    LIANGJIANG: ("试用",) * 2 + ("实习",) * 2 + ("劳务派遣",) * 3 + ("退休返聘",),
}


@dataclass(frozen=True)
class DemoPerson:
    """One row of the sample workbook."""

    number: str
    name: str
    company: str
    department: str
    employment_kind: str
    post: str
    function: str
    email: str
    phone: str
    wecom_id: str
    joined_on: date
    left_on: date | None = None


@dataclass(frozen=True)
class DemoHolder:
    """Who holds an office: the regulation's code, the company's code for a company's own office, one of the cast."""

    office: str
    name: str
    company: str = ""
    acting: bool = False
    since: date = date(2024, 1, 1)


# Every office of the regulation is held, but for the General Manager's Office of 两江, which is vacant.
HOLDERS = (
    DemoHolder("president", "陈国栋"),
    DemoHolder("executive_vp", "林婉清"),
    DemoHolder("vp_in_charge", "马建军"),
    DemoHolder("vp_in_charge", "冯雪"),
    DemoHolder("vp_in_charge", "沈若溪"),
    DemoHolder("marketing_vp", "沈若溪"),
    DemoHolder("presidents_office", "上官文清"),
    DemoHolder("presidents_office", "乐嘉", since=date(2025, 4, 1)),
    DemoHolder("hr_admin", "何俊"),
    DemoHolder("hr_admin", "周敏"),
    DemoHolder("planning_manager", "赵磊", acting=True, since=date(2026, 9, 1)),
    DemoHolder("portal_keeper", "区永康"),
    DemoHolder("project_gm_office", "尉迟月", YUBEI),
    DemoHolder("project_gm_office", "司马青", JIANGBEI),
    DemoHolder("marketing_manager", "曹颖", YUBEI),
    DemoHolder("marketing_manager", "郑凯", JIANGBEI),
    DemoHolder("marketing_manager", "孟晓", LIANGJIANG),
)
# The operations team (运营推动小组).
TEAM_CODE, TEAM = "operations", "运营推动小组"
TEAM_MEMBERS = ("赵磊", "上官文清", "何俊", "单志远", "解思齐", "曾广平", "梁启航", "刘洋", "欧阳靖")


def people() -> list[DemoPerson]:
    """All 180, in the order of the workbook."""
    chance = random.Random(20260101)
    names = fresh_names(chance)
    found: list[DemoPerson] = []
    for company in COMPANIES:
        seats = [
            seat_of(company, department, place, names)
            for department in departments_of(company)
            for place in range(department.size)
        ]
        for serial, (seat, kind) in enumerate(
            zip(seats, employment_kinds(company, seats, chance), strict=True), start=1
        ):
            found.append(person_in(seat, company, kind, serial, len(found) + 1, chance))
    return found


def numbers_of_cast() -> dict[str, str]:
    """Staff numbers by name, of those whose name nobody else has."""
    named: dict[str, list[str]] = {}
    for person in people():
        named.setdefault(person.name, []).append(person.number)
    return {name: numbers[0] for name, numbers in named.items() if len(numbers) == 1}


@dataclass(frozen=True)
class Seat:
    """A place in a department with who sits there."""

    department: DemoDepartment
    name: str
    post: str
    is_ordinary: bool  # neither a head nor one of the cast


def seat_of(company: DemoCompany, department: DemoDepartment, place: int, names: Iterator[str]) -> Seat:
    head, *others = department.posts
    post = head if place == 0 or not others else others[(place - 1) % len(others)]
    cast = CAST.get((company.code, department.path), ())
    if place >= len(cast):
        return Seat(department, next(names), post, place > 0)
    name, _colon, other = cast[place].partition(":")
    return Seat(department, name, other or post, False)


def person_in(
    seat: Seat, company: DemoCompany, kind: str, serial: int, overall: int, chance: random.Random
) -> DemoPerson:
    number = f"{company.prefix}{serial:04}"
    letters = "".join(part[:1] for part in syllables(seat.name, personal=True) if part.isascii())
    joined_on, left_on = days_of(kind, chance, may_leave=seat.is_ordinary)
    return DemoPerson(
        number=number,
        name=seat.name,
        company=company.name,
        department=seat.department.path,
        employment_kind=kind,
        post="实习生" if kind == "实习" else seat.post,
        function=seat.department.function,
        email=f"{letters}{number}@example.com",
        phone=f"1990000{overall:04}",
        wecom_id=f"yq{number}" if chance.random() < 0.8 else "",
        joined_on=joined_on,
        left_on=left_on,
    )


def fresh_names(chance: random.Random) -> Iterator[str]:
    """Names of one or two characters after the surname, none twice, none of the cast's."""
    given = {entry.partition(":")[0] for entries in CAST.values() for entry in entries}
    while True:
        surname = chance.choice(SURNAMES)
        if chance.random() < 0.2:
            name = surname + chance.choice(GIVEN_SINGLE)
        else:
            name = surname + chance.choice(GIVEN_FIRST) + chance.choice(GIVEN_SECOND)
        if name not in given:
            given.add(name)
            yield name


def employment_kinds(company: DemoCompany, seats: list[Seat], chance: random.Random) -> list[str]:
    """正式 for heads and the cast; the company's other kinds spread by chance over the rest."""
    ordinary = [place for place, seat in enumerate(seats) if seat.is_ordinary]
    others = OTHER_KINDS[company.code]
    chosen = dict(zip(chance.sample(ordinary, len(others)), others, strict=True))
    return [chosen.get(place, "正式") for place in range(len(seats))]


def days_of(kind: str, chance: random.Random, *, may_leave: bool) -> tuple[date, date | None]:
    """A joining day that fits the kind; for interns and a few others the last working day, some time ahead."""
    if kind == "实习":
        return weekday(date(2026, 7, 6) + timedelta(days=chance.randrange(60))), date(2027, 6, 30)
    if kind == "试用":
        return weekday(date(2026, 8, 3) + timedelta(days=chance.randrange(80))), None
    joined_on = weekday(date(2012, 3, 1) + timedelta(days=chance.randrange(4900)))
    if kind == "退休返聘":
        return joined_on, date(2027, 12, 31)
    leaves = may_leave and chance.random() < 0.04
    return joined_on, date(2026, 12, 31) + timedelta(days=31 * chance.randrange(3)) if leaves else None


def weekday(day: date) -> date:
    """The day, or the Monday after a weekend."""
    return day + timedelta(days=max(0, 7 - day.weekday()) if day.weekday() > 4 else 0)
