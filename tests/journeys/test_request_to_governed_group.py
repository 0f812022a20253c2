"""Each type of regulation A through the pages: from the submission to a group that is established, and filed where the
regulation says so. Everybody finds his step on his desk and takes it with the form that stands on the page."""

from datetime import date

import pytest
from django.urls import reverse

from governance.directory.actions.people import join_team
from governance.directory.models import Team
from governance.duties.models import Duty
from groups.models import Filing, Group
from members.queries import roster_of
from tests.factories import (
    NOW,
    make_department,
    make_group_company,
    make_login,
    make_person,
    make_user,
)
from tests.journeys.reader import Reader

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return make_group_company()


@pytest.fixture
def person(client):
    """A reader for a login."""
    return lambda user: Reader(client, user)


def ask(person, user, kind, **fields):
    """Fill in and submit the form of that type."""
    found = person(user).open(reverse("creation_request_new", args=[kind]))
    return found.press("提交", purpose="日常工作沟通。", **fields)


def designate(person, user, name, admin, **fields):
    return person(user).take_up(name).press("指定", person=str(admin.pk), **fields)


def accept(person, user, name):
    """Accept on the desk's item; what comes next is the checklist."""
    return person(user).take_up(name).press("接受")


def confirm(checklist, **fields):
    """Tick everything that stands on the checklist."""
    ticked = {"invitation_confirmation": "on", "notice_posted": "on", "owner": "me", "everyone": "on"}
    return checklist.press("确认建群", **ticked | fields)


def nothing_waits(group):
    """No step of the matter is open; the regulation's open questions apart."""
    return not Duty.objects.open().exclude(verb="instruct").exists() and group.state == "established"


def members(group):
    return {membership.person.name for membership in roster_of(group)}


def test_executive_group_with_a_consent(person, world):
    assistant = make_person(company=world.headquarters, name="吴静", post="总裁助理")
    director = make_person(company=world.headquarters, name="孙伟", post="法务总监")
    admin = make_user(company=world.headquarters, name="钱立群")
    name = "集团高管工作群"

    ask(person, world.hr_admin, "executive_group", exceptional=[str(assistant.pk), str(director.pk)])
    deciding = person(world.president).take_up(name)
    assert deciding.reads("逐一同意")
    consent = next(value for form in deciding.page.forms for field, _kind, value, _chosen in form.controls if field == "consents")
    deciding.press("同意", consents=[consent], opinion="同意。")

    group = Group.objects.get()
    designate(person, world.presidents_office, name, admin.person)
    checklist = accept(person, admin, name)
    assert checklist.reads("【群公告】集团高管工作群")
    established = confirm(checklist)

    group.refresh_from_db()
    assert nothing_waits(group)
    assert (group.admin, group.owner, group.established_on) == (admin.person, admin.person, date.today())
    consented = group.creation_request.consents.get(state="given").person
    assert members(group) == {"陈国栋", "林志远", "赵文博", "钱立群", "许明哲", consented.name}
    assert established.reads("“集团高管工作群”已投入使用。")


def test_planning_group_with_its_team(person, world):
    join_team(Team.objects.get(code="operations"), make_person(company=world.project, name="冯运营"), by=None, now=NOW)
    admin = world.presidents_office
    ask(person, world.hr_admin, "planning_group")
    person(world.president).take_up("计划运营推动群").press("同意")
    designate(person, world.presidents_office, "计划运营推动群", admin.person)
    confirm(accept(person, admin, "计划运营推动群"))

    group = Group.objects.get()
    assert nothing_waits(group)
    assert members(group) == {"陈国栋", "林志远", "赵文博", "高建平", "冯运营", "许明哲"}


def test_headquarters_group_with_interns_and_without_contracted_people(person, world):
    make_person(company=world.headquarters, name="实习小周", employment_kind="intern")
    make_person(company=world.headquarters, name="外包小吴", employment_kind="contracted")
    make_person(company=world.project, name="项目小郑")
    ask(person, world.hr_admin, "headquarters_group")
    person(world.president).take_up("集团工作群").press("同意")
    designate(person, world.hr_admin, "集团工作群", world.hr_admin.person)
    confirm(accept(person, world.hr_admin, "集团工作群"))

    group = Group.objects.get()
    assert nothing_waits(group)
    assert {"实习小周", "周敏", "陈国栋"} <= members(group)
    assert not {"外包小吴", "项目小郑"} & members(group)


def test_project_company_group_whose_last_members_are_not_in_yet(person, world):
    there = make_person(company=world.project, name="项目小郑")
    make_person(company=world.project, name="未入群小冯")
    admin = make_user(company=world.project, name="钱立群")
    ask(person, world.hr_admin, "project_company_group", company=str(world.project.pk))
    person(world.president).take_up("渝北项目公司工作群").press("同意")
    designate(person, world.hr_admin, "渝北项目公司工作群", admin.person)
    checklist = accept(person, admin, "渝北项目公司工作群")
    checklist.press("确认建群", invitation_confirmation="on", notice_posted="on", owner="me", members=[str(there.pk)])

    group = Group.objects.get()
    assert nothing_waits(group)
    assert (members(group), group.member_count) == ({"项目小郑", "钱立群"}, 2)


def test_marketing_platform_with_customers_filed_after_completion(person, world):
    make_person(company=world.project, name="策划小冯", function="营销策划")
    manager, name = world.marketing_manager, "云栖湖项目营销微信平台"
    ask(person, world.hr_admin, "marketing_platform", company=str(world.project.pk), project="云栖湖", external_expected="320")
    person(world.marketing_vp).take_up(name).press("同意")

    proposing = person(world.marketing_vp).take_up(name)
    assert proposing.page.named["designate"].values()["person"] == [str(manager.person.pk)]  # chosen beforehand
    proposing.press("指定")
    established = confirm(accept(person, manager, name), external_count="318")
    assert established.reads("已报行政人事部备案")

    person(world.hr_admin).take_up(name).press("要求补正", remark="请补充客户来源。")
    person(manager).take_up(name).press("补正并重新报备", supplement="均来自认购名单。")
    filed = person(world.hr_admin).take_up(name).press("备案登记")

    group, laid = Group.objects.get(), Filing.objects.get()
    assert nothing_waits(group)
    assert filed.reads(f"已备案，编号 {laid.number}。")
    assert (laid.state, laid.supplement) == ("acknowledged", "均来自认购名单。")
    assert group.member_count == len(members(group)) + 318


def test_marketing_platform_with_another_admin_than_the_marketing_manager(person, world):
    other, name = make_user(company=world.project, name="钱立群"), "云栖湖项目营销微信平台"
    ask(person, world.hr_admin, "marketing_platform", company=str(world.project.pk), project="云栖湖")
    person(world.marketing_vp).take_up(name).press("同意")
    person(world.marketing_vp).take_up(name).press("指定", status=422, person=str(other.person.pk))
    designate(person, world.marketing_vp, name, other.person, reason="营销经理休假。")
    confirm(accept(person, other, name))
    assert Group.objects.get().designations.get().reason == "营销经理休假。"


def test_declined_designation_goes_back_and_another_person_establishes(person, world):
    first = make_user(company=world.headquarters, name="钱立群")
    second = make_user(company=world.headquarters, name="周一帆")
    ask(person, world.hr_admin, "planning_group")
    person(world.president).take_up("计划运营推动群").press("同意")
    designate(person, world.presidents_office, "计划运营推动群", first.person)
    person(first).take_up("计划运营推动群").press("谢绝", reply="岗位已变动。")

    again = person(world.presidents_office).take_up("计划运营推动群")
    assert again.reads("岗位已变动。")
    again.press("指定", person=str(second.person.pk))
    confirm(accept(person, second, "计划运营推动群"))
    group = Group.objects.get()
    assert (nothing_waits(group), group.admin) == (True, second.person)


def test_department_group_is_allowed_then_used(person, world):
    department = make_department(company=world.project, name="工程部")
    make_person(department=department, name="工程小郑")
    admin = make_login(person=make_person(department=department, name="钱立群"))
    types = person(world.hr_admin).open(reverse("creation_request_types"))
    assert types.reads("是否建立此类群尚未明确")

    question = person(world.president).take_up("部门工作群是否建立？如建立，由谁审批、由谁指定群管理员？")
    question.press("批示", **{"answer-decision": "allow"}, instruction="同意建立，从严管理。")

    name = "渝北项目公司工程部工作群"
    ask(person, world.hr_admin, "department_group", department=str(department.pk))
    person(world.president).take_up(name).press("同意")
    designate(person, world.hr_admin, name, admin.person)
    confirm(accept(person, admin, name))
    group = Group.objects.get()
    assert nothing_waits(group)
    assert {"工程小郑", "钱立群"} <= members(group)


def test_department_group_is_not_allowed_and_cannot_be_asked_for(person, world, client):
    question = person(world.president).take_up("部门工作群是否建立？如建立，由谁审批、由谁指定群管理员？")
    question.press("批示", **{"answer-decision": "forbid"}, instruction="不建立。")
    assert person(world.hr_admin).open(reverse("creation_request_types")).reads("按批示，不建立此类群。")
    assert client.get(reverse("creation_request_new", args=["department_group"])).status_code == 403


@pytest.mark.parametrize(
    ("button", "fields", "state"), [("不同意", {"opinion": "暂不需要。"}, "refused"), ("退回", {"opinion": "请补充。"}, "sent_back")]
)
def test_request_that_is_not_approved_makes_no_group(person, world, button, fields, state):
    ask(person, world.hr_admin, "planning_group")
    person(world.president).take_up("计划运营推动群").press(button, **fields)
    assert (Group.objects.count(), world.hr_admin.person.creation_requests.get().state) == (0, state)


def test_request_sent_back_is_mended_resubmitted_and_established(person, world):
    admin = make_user(company=world.headquarters, name="钱立群")
    ask(person, world.hr_admin, "planning_group")
    person(world.president).take_up("计划运营推动群").press("退回", opinion="请写明用途。")
    mending = person(world.hr_admin).take_up("计划运营推动群")
    assert mending.reads("请写明用途。")
    mending.follow("修改").press("重新提交", purpose="推动年度计划。")
    person(world.president).take_up("计划运营推动群").press("同意")
    designate(person, world.presidents_office, "计划运营推动群", admin.person)
    confirm(accept(person, admin, "计划运营推动群"))
    group = Group.objects.get()
    assert (nothing_waits(group), group.purpose) == (True, "推动年度计划。")


def test_request_that_is_withdrawn_waits_for_nobody(person, world):
    ask(person, world.hr_admin, "planning_group").press("撤回")
    assert world.hr_admin.person.creation_requests.get().state == "withdrawn"
    assert not Duty.objects.open().exclude(verb="instruct").exists()
