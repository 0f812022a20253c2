"""The invented company itself: calendars, companies, regulation, people from the sample workbook, who holds what."""

import secrets
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.core.files import File

from governance.accounts.models import Organisation, User
from governance.calendar.actions import seed_calendar
from governance.directory.actions import begin_tenure, ensure_office, give_login
from governance.directory.actions.carrying_out import carry_out
from governance.directory.actions.companies import add_company
from governance.directory.importing.plan import make_plan
from governance.directory.importing.tables import check_table
from governance.directory.models import Company, Office, Person, Team, TeamMember
from governance.regulations.actions import load

from . import LOGINS, password_file
from .people import COMPANIES, HQ, JIANGBEI, LIANGJIANG, ORGANISATION, ORGANISATION_CODE, ORGANISATION_SHORT, YUBEI

# Office, the company's code for a company's own office, people (the first of that name), acting.
HOLDERS: tuple[tuple[str, str, tuple[str, ...], bool], ...] = (
    ("president", "", ("陈国栋",), False),
    ("executive_vp", "", ("林婉清",), True),
    ("vp_in_charge", "", ("马建军", "冯雪", "沈若溪"), False),
    ("marketing_vp", "", ("沈若溪",), False),
    ("presidents_office", "", ("上官文清", "乐嘉"), False),
    ("hr_admin", "", ("何俊", "周敏"), False),
    ("planning_manager", "", ("赵磊",), False),
    ("project_gm_office", YUBEI, ("梁启航", "尉迟月"), False),
    ("project_gm_office", JIANGBEI, ("刘洋", "司马青"), False),
    ("project_gm_office", LIANGJIANG, ("欧阳靖", "任重"), False),
    ("marketing_manager", JIANGBEI, ("郑凯",), False),
    ("marketing_manager", LIANGJIANG, ("孟晓",), False),
    # 渝北's marketing manager is vacant.
    ("auditor", "", ("仇海波",), False),
    ("portal_keeper", "", ("区永康",), False),
)
TEAM = ("赵磊", "马建军", "曾广平", "单志远", "梁启航", "刘洋", "欧阳靖")
FURTHER_LOGINS = (
    "周敏",
    "林婉清",
    "马建军",
    "冯雪",
    "吴静",
    "孙伟",
    "乐嘉",
    "赵磊",
    "孟晓",
    "梁启航",
    "欧阳靖",
    "曹颖",
)


def invent(*, now: datetime) -> Organisation:
    """Everything but the items on the desks. Needs `samples/people.xlsx` and the shipped regulation."""
    organisation = Organisation.objects.create(code=ORGANISATION_CODE, name=ORGANISATION, short_name=ORGANISATION_SHORT)
    calendar = seed_calendar(organisation, until_year=now.year)
    for company in COMPANIES:
        add_company(
            organisation, code=company.code, name=company.name, kind=company.kind, calendar=calendar, by=None, now=now
        )
    bring_in_people(organisation, now=now)
    file = settings.BASE_DIR / "regulations" / "group_company.yaml"
    fill_offices(organisation, now=now)
    load(file.read_text(encoding="utf-8"), filename=file.name, organisation=organisation, by=None, now=now)
    fill_team(organisation)
    give_logins(organisation, now=now)
    return organisation


def bring_in_people(organisation: Organisation, *, now: datetime) -> None:
    """The sample workbook, through the same import that HR uses."""
    path = settings.BASE_DIR / "samples" / "people.xlsx"
    with path.open("rb") as handle:
        plan = make_plan(check_table(File(handle, name=path.name)), organisation, on=now.date())
        carry_out(plan, organisation, now=now)


def named(organisation: Organisation, name: str, company: str = "") -> Person:
    """The first person of that name, of that company where one is given."""
    people = Person.objects.filter(organisation=organisation, name=name)
    return (people.filter(company__code=company) if company else people).order_by("number").first()


def fill_offices(organisation: Organisation, *, now: datetime) -> None:
    """The offices of the regulation and the two that the portal itself knows, each with its holders."""
    projects = {company.code: company for company in Company.objects.filter(organisation=organisation)}
    for code, company, names, acting in HOLDERS:
        office = ensure_office(organisation, code, company=projects.get(company), now=now, **office_facts(code))
        for name in names:
            begin_tenure(
                office,
                named(organisation, name, company or HQ),
                starts_on=date(now.year - 1, 1, 1),
                acting=acting,
                now=now,
            )


def office_facts(code: str) -> dict[str, Any]:
    """How an office is called before its regulation is loaded, which then brings it up to date."""
    posts = {"president", "executive_vp", "vp_in_charge", "marketing_vp", "planning_manager", "marketing_manager"}
    names = {"auditor": ("审计员", "Auditor"), "portal_keeper": ("门户管理员", "Portal keeper")}
    name, name_en = names.get(code, (code, ""))
    return {
        "name": name,
        "name_en": name_en,
        "kind": Office.Kind.POST if code in posts else Office.Kind.BODY,
        "oversees": code in names,
    }


def fill_team(organisation: Organisation) -> None:
    team = Team.objects.get(organisation=organisation, code="operations")
    TeamMember.objects.bulk_create(TeamMember(team=team, person=named(organisation, name)) for name in TEAM)


def give_logins(organisation: Organisation, *, now: datetime) -> None:
    """One password for the whole demo, made at random for this installation and kept under `var/`."""
    password = f"look-{secrets.token_hex(4)}"
    password_file().touch(mode=0o600)
    password_file().write_text(password)
    further = [(f"demo{number}", name, "") for number, name in enumerate(FURTHER_LOGINS, start=1)]
    for username, name, _what in [*LOGINS, *further]:
        give_login(named(organisation, name), username=username, password=None, now=now)
    User.objects.filter(organisation=organisation).update(password=make_password(password))
