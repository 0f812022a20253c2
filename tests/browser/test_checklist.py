"""The checklist and the instruction in a real browser, with and without JavaScript, on a phone."""

import pytest

from governance.regulations.models import OpenQuestion
from groups.models import Group
from members.queries import roster_of
from tests.factories import make_group, make_group_company, make_person, make_user

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def group():
    world = make_group_company()
    admin = make_user(company=world.project, name="钱立群", username="qianliqun")
    for name in ("安一", "安二", "安三"):
        make_person(company=world.project, name=name)
    return make_group(world=world, group_type="project_company_group", admin=admin)


def members(group):
    return {membership.person.name for membership in roster_of(group)}


def confirm(page):
    page.get_by_label("已开启“群聊邀请确认”").check()
    page.get_by_label("群公告已发布").check()
    page.get_by_label("本人").check()
    page.get_by_role("button", name="确认建群").click()
    page.wait_for_url("**/groups/*/")


def test_one_box_ticks_everybody_and_the_odd_one_is_taken_out(phone, sign_in, group):
    sign_in(phone, "qianliqun")
    phone.goto(f"/groups/{group.pk}/establish/")
    everybody, count = phone.get_by_label("全部已入群"), phone.locator("[data-ticked-in=roster]")
    assert count.inner_text() == "1"

    everybody.check()
    assert count.inner_text() == "9"
    phone.get_by_label("安二").uncheck()
    assert (count.inner_text(), everybody.is_checked()) == ("8", False)

    phone.get_by_label("按姓名、拼音或首字母查找").fill("anyi")
    assert phone.locator("#roster li:visible").count() == 1
    confirm(phone)
    found = Group.objects.get(pk=group.pk)
    assert (found.state, "安二" in members(group), "安一" in members(group)) == ("established", False, True)


def test_everybody_without_javascript(phone_without_javascript, sign_in, group):
    page = phone_without_javascript
    sign_in(page, "qianliqun")
    page.goto(f"/groups/{group.pk}/establish/")
    page.get_by_label("全部已入群").check()
    confirm(page)
    assert {"安一", "安二", "安三", "钱立群"} <= members(group)


def test_owner_is_asked_for_by_name_only_where_it_is_another(phone, sign_in, group):
    sign_in(phone, "qianliqun")
    phone.goto(f"/groups/{group.pk}/establish/")
    name = phone.get_by_label("群主姓名或工号")
    assert not name.is_visible()
    phone.get_by_label("其他人").check()
    assert name.is_visible()


def test_instruction_asks_for_the_offices_only_where_it_allows(phone, sign_in, group):
    question = OpenQuestion.objects.get(code="department_groups")
    president = question.asked_of.tenures.get().person.user
    sign_in(phone, president.username)
    phone.goto(question.get_absolute_url())
    approver = phone.locator("[name=answer-approver]")
    assert not approver.is_visible()
    phone.get_by_label("同意建立").check()
    assert approver.is_visible()
    phone.get_by_role("button", name="批示").click()
    phone.wait_for_selector(".message.success")
    question.refresh_from_db()
    assert question.answers == {"decision": "allow", "approver": "president", "designating_office": "hr_admin"}


def test_search_replaces_the_list_and_keeps_who_was_chosen(phone, sign_in, group):
    other = make_group(world=None, group_type="executive_group")
    office = other.designating_office.tenures.get().person.user
    chosen = make_person(company=other.company, name="赵某")
    make_person(company=other.company, name="孙合适")
    sign_in(phone, office.username)
    phone.goto(f"/groups/{other.pk}/designate/")
    phone.locator(f"#candidates input[value='{chosen.pk}']").check()
    phone.locator("#q").fill("孙合适")
    phone.get_by_text("查找“孙合适”").wait_for()
    assert phone.locator(f"#candidates input[value='{chosen.pk}']").is_checked()
    phone.get_by_label("孙合适").check()
    phone.get_by_role("button", name="指定", exact=True).click()
    phone.wait_for_url("**/designations/*/")
    assert other.designations.get().person.name == "孙合适"
