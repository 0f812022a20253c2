"""The register and the page of a group in a browser."""

import re

import pytest
from django.utils import timezone

from groups.models import Filing, Group
from tests.factories import make_designation, make_filing, make_group, make_group_company, make_person

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

# A share of the looks each time; all of them in make test-long.
LOOKS = [
    ("phone", "light"),
    ("desktop", "dark"),
    pytest.param("phone", "dark", marks=pytest.mark.long),
    pytest.param("desktop", "light", marks=pytest.mark.long),
]


@pytest.fixture
def world():
    world, now = make_group_company(), timezone.now()
    world.presidents_office.username = "overseer"
    world.presidents_office.save()
    people = [make_person(company=world.headquarters, name=f"员工{number}") for number in range(15)]
    make_group(
        world=world, group_type="headquarters_group", at=Group.State.ESTABLISHED, members=people[:13], now=now
    )
    make_designation(world=world, group_type="planning_group", now=now)
    make_filing(world=world, project="云栖湖", now=now)
    long = make_filing(world=world, at=Filing.State.ACKNOWLEDGED, project="滨江", now=now).group
    name = "两江新区水土片区山水云天一期二期三期及配套商业街区住宅公寓项目营销微信平台（客户服务与交付协调专用群）"
    Group.objects.filter(pk=long.pk).update(name=name)
    return world


def paths():
    groups = Group.objects.order_by("pk")
    return ["/groups/"] + [f"/groups/{group.pk}/?tab={tab}" for group in groups for tab in ("overview", "members", "history")]


def rows(page):
    return page.locator("#register-list tbody tr").count()


def test_typing_finds_without_a_reload_and_the_address_follows(desktop, sign_in, world):
    sign_in(desktop, "overseer")
    desktop.goto("/groups/")
    assert rows(desktop) == 4
    desktop.fill("#q", "yqh")
    desktop.wait_for_function("() => document.querySelectorAll('#register-list tbody tr').length === 1")
    assert "q=yqh" in desktop.url
    assert desktop.locator("#export input[name=q]").input_value() == "yqh"
    desktop.select_option("select[name=step]", "new")
    desktop.wait_for_selector("text=没有找到符合条件的群")


def test_search_and_filters_work_without_javascript(phone_without_javascript, sign_in, world):
    page = phone_without_javascript
    sign_in(page, "overseer")
    page.goto("/groups/")
    page.fill("#q", "云栖湖")
    page.locator("button", has_text="查找").click()
    assert rows(page) == 1
    page.locator("#register-list a", has_text="云栖湖").click()
    assert re.search(r"/groups/\d+/$", page.url)
    page.locator(".segs a", has_text="成员").click()
    assert "tab=members" in page.url


def test_export_is_started_from_the_register(desktop, sign_in, world):
    sign_in(desktop, "overseer")
    desktop.goto("/groups/?q=yqh")
    desktop.locator("button", has_text="导出 Excel").click()
    desktop.wait_for_url("**/jobs/**")
    assert desktop.inner_text("h1") == "导出微信群台账"


def test_members_are_found_by_name_on_the_page(phone, sign_in, world):
    group = Group.objects.get(name="集团工作群")
    sign_in(phone, "overseer")
    phone.goto(f"/groups/{group.pk}/?tab=members")
    phone.locator("details.fold summary").click()
    phone.fill("input[data-filter=roster]", "员工7")
    assert phone.locator("#roster li:visible").count() == 1


@pytest.mark.parametrize(("device", "colours"), LOOKS)
def test_register_and_groups_are_accessible(request, sign_in, theme, axe, world, device, colours):
    page = request.getfixturevalue(device)
    sign_in(page, "overseer")
    page.goto("/groups/")
    theme(page, colours)
    for path in paths():
        page.goto(path)
        for fold in page.locator("details.fold").all():
            fold.evaluate("fold => { fold.open = true; }")
        assert axe(page) == [], path


def test_pages_fit_a_phone_are_easy_to_hit_and_grow_with_the_type(
    phone, sign_in, targets_below_44, overflow_at_double_type, world
):
    sign_in(phone, "overseer")
    for path in paths():
        phone.goto(path)
        assert phone.evaluate("document.documentElement.scrollWidth") <= 390, path
        assert targets_below_44(phone) == [], path
    for path in paths()[:4]:
        phone.goto(path)
        assert overflow_at_double_type(phone) <= 0, path
