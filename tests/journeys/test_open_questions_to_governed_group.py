"""Regulation B: everything it leaves open is answered through the pages; then its group type is used."""

from pathlib import Path

import pytest
from django.urls import reverse

from governance.directory.models import Company
from governance.regulations.actions import load
from governance.regulations.models import OpenQuestion
from groups.models import Group
from members.queries import roster_of
from tests.factories import (
    NOW,
    make_company,
    make_department,
    make_holder,
    make_office,
    make_organisation,
    make_person,
    make_tenure,
    make_user,
)
from tests.journeys.reader import Reader

pytestmark = pytest.mark.django_db
COMPANY = Path("regulations/company.yaml").read_text(encoding="utf-8")


def answer(reader, code, **fields):
    """Find the question on the list of open ones and answer it there."""
    text = OpenQuestion.objects.get(code=code).data["question"]["zh"]
    reader.open(reverse("questions")).follow(text).press("批示", **{f"answer-{name}": value for name, value in fields.items()})


def test_regulation_b_is_completed_and_used(client):
    organisation = make_organisation(name="美辰公司")
    company = make_company(organisation=organisation, name="美辰公司", kind=Company.Kind.HEADQUARTERS)
    load(COMPANY, filename="company.yaml", organisation=organisation, by=None, now=NOW)
    keeper = Reader(client, make_holder(organisation=organisation, code="portal_keeper", name="区永康"))
    office = Reader(client, make_holder(organisation=organisation, code="admin_office", office_name="行政部", name="周敏"))
    director = make_office(organisation=organisation, code="director", name="总经理")
    boss = Reader(client, make_user(company=company, name="陈国栋"))
    make_tenure(office=director, person=boss.user.person)
    sales = make_department(company=company, name="销售部")
    for name in ("张三", "李四"):
        make_person(department=sales, name=name)
    admin = Reader(client, make_user(department=sales, name="钱立群"))

    assert keeper.open(reverse("questions")).reads("待您批示 7 项。")
    assert office.open(reverse("creation_request_types")).reads("部门工作群")
    assert client.get(reverse("creation_request_new", args=["department_group"])).status_code == 403
    for code in ("submitter", "designating_office", "supervisor", "interpreter"):
        answer(keeper, code, office="admin_office")
    for code in ("approver", "who_decides"):
        answer(keeper, code, office="director")
    answer(keeper, "effective_date", day="2026-03-02")
    assert keeper.open(reverse("questions")).reads("尚待批示 0 项。")

    form = office.open(reverse("creation_request_new", args=["department_group"]))
    form.press("提交", department=str(sales.pk), purpose="销售部日常沟通。")
    boss.take_up("销售部工作群").press("同意")
    office.take_up("销售部工作群").press("指定", person=str(admin.user.person.pk))
    checklist = admin.take_up("销售部工作群").press("接受")
    assert checklist.reads("群昵称为“部门-姓名”，如“销售部-张三”。（第三条第 3 项）")
    checklist.press("确认建群", invitation_confirmation="on", notice_posted="on", owner="me", everyone="on")

    group = Group.objects.get()
    assert (group.state, group.admin) == ("established", admin.user.person)
    assert {membership.person.name for membership in roster_of(group)} == {"张三", "李四", "钱立群", "周敏"}
    assert not group.filings.exists()
    article = office.open(reverse("regulation", args=[group.group_type.regulation_id]))
    assert article.reads("群名称“〈部门〉工作群”")
