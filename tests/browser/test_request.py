"""A request at a phone's width: HR submits, the president approves, with JavaScript and without it."""

import re

import pytest
from playwright.sync_api import Page, expect

from groups.models import CreationRequest, Group
from tests.factories import make_creation_request, make_group_company, make_person

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
State = CreationRequest.State


@pytest.fixture
def world():
    found = make_group_company()
    for name, post in [("吴静", "总裁助理"), ("孙伟", "法务总监"), ("郑洁", "总裁助理"), ("钱平", "总裁助理"), ("冯远", "总裁助理"), ("韩雪", "审计总监")]:
        make_person(company=found.headquarters, name=name, post=post)
    return found


@pytest.fixture(params=["with JavaScript", "without JavaScript"])
def screen(request) -> Page:
    return request.getfixturevalue("phone" if request.param == "with JavaScript" else "phone_without_javascript")


def test_hr_submits_and_the_president_approves(screen, world, sign_in):
    sign_in(screen, world.hr_admin.username)
    screen.goto("/requests/new/")
    screen.get_by_role("link", name="填写申请 集团高管工作群").click()
    screen.get_by_label("用途").fill("年度经营决策、重大事项通报。")
    for name in ("吴静", "孙伟"):
        screen.get_by_label(name, exact=False).first.check()
    screen.get_by_label("吴静 进群的理由").fill("协助总裁日常工作")
    screen.get_by_role("button", name="提交", exact=True).click()
    expect(screen.locator("h1")).to_have_text("集团高管工作群")
    request = CreationRequest.objects.get()
    assert (request.state, request.consents.count()) == ("submitted", 2)

    sign_in(screen, world.president.username)
    screen.goto(request.get_absolute_url())
    expect(screen.locator(".lede")).to_contain_text("待 总裁 陈国栋 决定")
    boxes = screen.locator("input[name=consents]")
    assert [box.is_checked() for box in boxes.all()] == [False, False]
    screen.get_by_label("孙伟", exact=False).check()
    screen.get_by_label("审批意见").fill("同意。")
    screen.get_by_role("button", name="同意", exact=True).click()
    expect(screen.get_by_text("已同意“集团高管工作群”", exact=False)).to_be_visible()
    assert re.fullmatch(r".*/", screen.url)
    states = {consent.person.name: consent.state for consent in request.consents.select_related("person")}
    assert states == {"吴静": "declined", "孙伟": "given"}
    assert Group.objects.get().creation_request == request
    screen.goto(request.get_absolute_url())
    expect(screen.locator(".seal")).to_have_text("同意")


def test_sending_back_without_a_reason_loses_nothing(screen, world, sign_in):
    person = world.headquarters.people.get(name="吴静")
    request = make_creation_request(world=world, at="submitted", exceptional={person: "列席"})
    sign_in(screen, world.president.username)
    screen.goto(request.get_absolute_url())
    screen.get_by_label("吴静", exact=False).check()
    screen.get_by_role("button", name="退回").click()
    expect(screen.get_by_text("请写明理由，便于申请人办理。")).to_be_visible()
    expect(screen.get_by_label("吴静", exact=False)).to_be_checked()
    screen.get_by_label("审批意见").fill("请补充名单。")
    screen.get_by_role("button", name="退回").click()
    expect(screen.get_by_text("已退回“集团高管工作群”", exact=False)).to_be_visible()
    assert CreationRequest.objects.get().state == "sent_back"


def test_refusing_is_behind_more_and_asks_for_words(screen, world, sign_in):
    request = make_creation_request(world=world, at="submitted")
    sign_in(screen, world.president.username)
    screen.goto(request.get_absolute_url())
    screen.get_by_label("审批意见").fill("暂不需要。")
    screen.get_by_role("button", name="更多").click()
    expect(screen.get_by_text("不同意后申请即告终止", exact=False)).to_be_visible()
    screen.get_by_role("button", name="不同意").click()
    expect(screen.get_by_text("已记录不同意“集团高管工作群”", exact=False)).to_be_visible()
    assert CreationRequest.objects.get().state == "refused"


def test_circulating_keeps_what_was_ticked_and_written(phone, world, sign_in):
    person = world.headquarters.people.get(name="吴静")
    request = make_creation_request(world=world, at="submitted", exceptional={person: "列席"})
    sign_in(phone, world.president.username)
    phone.goto(request.get_absolute_url())
    phone.get_by_label("吴静", exact=False).check()
    phone.get_by_label("审批意见").fill("先请财务看一下。")
    phone.get_by_role("button", name="更多").click()
    phone.get_by_role("searchbox").fill("hanxue")
    phone.get_by_role("button", name="查找").click()
    expect(phone.get_by_label("韩雪", exact=False)).to_be_visible()
    expect(phone.get_by_label("审批意见")).to_have_value("先请财务看一下。")
    assert phone.locator("input[name=consents]").is_checked()
    phone.get_by_label("韩雪", exact=False).check()
    phone.get_by_role("button", name="抄送", exact=True).click()
    expect(phone.get_by_text("已抄送 1 人。")).to_be_visible()


def test_circulating_without_javascript(phone_without_javascript, world, sign_in):
    page = phone_without_javascript
    request = make_creation_request(world=world, at="submitted")
    sign_in(page, world.hr_admin.username)
    page.goto(request.get_absolute_url())
    page.get_by_role("button", name="抄送").click()
    page.get_by_role("searchbox").fill("韩")
    page.get_by_role("button", name="查找").click()
    page.get_by_label("韩雪", exact=False).check()
    page.get_by_role("button", name="抄送", exact=True).last.click()
    expect(page.get_by_text("已抄送 1 人。")).to_be_visible()


def test_preview_follows_the_choices(phone, world, sign_in):
    make_creation_request(world=world, at="submitted", group_type="marketing_platform", project="云栖湖")
    sign_in(phone, world.hr_admin.username)
    phone.goto("/requests/new/marketing_platform/")
    phone.get_by_label("项目名称").fill("云栖湖二期")
    phone.get_by_label("用途").fill("客户服务")
    expect(phone.locator("#preview")).to_contain_text("云栖湖二期项目营销微信平台")
    phone.get_by_label("项目名称").fill("云栖湖")
    phone.get_by_label("项目名称").blur()
    expect(phone.locator("#preview")).to_contain_text("已有同名的建群申请待审批。")
    expect(phone.get_by_label("用途")).to_have_value("客户服务")


def test_preview_is_refreshed_by_a_button_without_javascript(phone_without_javascript, world, sign_in):
    page = phone_without_javascript
    sign_in(page, world.hr_admin.username)
    page.goto("/requests/new/marketing_platform/")
    page.get_by_label("项目名称").fill("云栖湖二期")
    page.get_by_label("用途").fill("客户服务")
    page.get_by_role("button", name="刷新预览").click()
    expect(page.locator("#preview")).to_contain_text("云栖湖二期项目营销微信平台")
    expect(page.get_by_label("用途")).to_have_value("客户服务")
    assert CreationRequest.objects.count() == 0


def test_candidates_are_found_by_initials(phone, world, sign_in):
    sign_in(phone, world.hr_admin.username)
    phone.goto("/requests/new/executive_group/")
    phone.locator("#candidate-search").fill("wj")
    expect(phone.locator("#candidate-list li:visible")).to_have_count(1)
    expect(phone.locator("#candidate-list li:visible")).to_contain_text("吴静")


@pytest.mark.parametrize("device", ["phone", "desktop"])
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_pages_are_accessible(device, theme, request, world, sign_in, axe, targets_below_44, live_server):
    page: Page = request.getfixturevalue(device)
    page.context.add_cookies([{"name": "theme", "value": theme, "url": live_server.url}])
    person = world.headquarters.people.get(name="吴静")
    requests = [
        make_creation_request(world=world, at=at, name_suffix=f"（{at}）", exceptional={person: "列席会议"}, consents=[person])
        for at in State.values
    ]
    long = make_creation_request(world=world, at="submitted", group_type="marketing_platform", project="云栖湖花园" * 2, external_expected=900)
    problems = {}

    def look(user, url):
        sign_in(page, user.username)
        page.goto(url)
        problems[f"{user.name} {url}"] = axe(page) + (targets_below_44(page) if device == "phone" else [])

    for one in [*requests, long]:
        look(world.hr_admin, one.get_absolute_url())
    for url in ("/requests/", "/requests/?state=withdrawn", "/requests/new/", "/requests/new/executive_group/", f"{requests[0].get_absolute_url()}edit/"):
        look(world.hr_admin, url)
    look(world.president, requests[1].get_absolute_url())
    page.get_by_role("button", name="更多").click()
    problems["the sheet"] = axe(page)
    page.goto("/requests/new/")
    assert {where: found for where, found in problems.items() if found} == {}


def test_page_at_double_type_size_needs_no_scrolling_sideways(phone, world, sign_in):
    request = make_creation_request(world=world, group_type="marketing_platform", project="云栖湖花园" * 10)
    sign_in(phone, world.hr_admin.username)
    for url in (request.get_absolute_url(), "/requests/", "/requests/new/", "/requests/new/marketing_platform/"):
        phone.goto(url)
        phone.evaluate("document.documentElement.style.fontSize = '200%'")
        assert phone.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), url
