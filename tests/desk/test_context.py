"""The frame of every page: navigation by office, the current place, counts, who is signed in."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from governance.accounts.models import User
from governance.desk.badge import badge_of
from governance.desk.context import shell
from governance.duties.models import Duty
from governance.notifications.models import Notice
from groups.models import CreationRequest
from tests.factories import make_creation_request, make_department, make_group_company, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    world = make_group_company()
    Duty.objects.filter(verb="instruct").delete()
    Notice.objects.all().delete()
    return world


def frame(user, path="/"):
    request = RequestFactory().get(path)
    request.user = user
    return shell(request)["shell"]


def labels(places):
    return [str(place.label) for place in places]


def active(places):
    return [str(place.label) for place in places if place.active]


def test_office_holder_finds_every_section(world):
    nav = frame(world.hr_admin).nav
    assert [labels(section.items) for section in nav] == [
        ["工作台", "微信群台账", "建群申请"],
        ["人员", "岗位与任职", "公司与部门", "工作日历", "管理办法", "请示事项", "运行状况", "操作日志"],
    ]


def test_employee_finds_what_is_of_use_to_him(world):
    nav = frame(make_user(company=world.project)).nav
    assert [labels(section.items) for section in nav] == [["工作台", "我的群"], ["管理办法"]]


def test_phone_has_five_tabs_and_nobody_is_led_to_a_refusal(world):
    assert labels(frame(world.president).tabs) == ["工作台", "微信群", "发起", "消息", "我的"]
    assert labels(frame(make_user(company=world.project)).tabs) == ["工作台", "微信群", "办法", "消息", "我的"]


@pytest.mark.parametrize(
    ("path", "section", "tab"),
    [
        ("/", ["工作台"], ["工作台"]),
        ("/?tab=done", ["工作台"], ["工作台"]),
        ("/groups/", ["微信群台账"], ["微信群"]),
        ("/groups/7/", ["微信群台账"], ["微信群"]),
        ("/designations/7/", ["微信群台账"], ["微信群"]),
        ("/filings/7/", ["微信群台账"], ["微信群"]),
        ("/requests/", ["建群申请"], []),
        ("/requests/new/", ["建群申请"], ["发起"]),
        ("/people/7/", ["人员"], []),
        ("/me/", [], ["我的"]),
        ("/inbox/", [], ["消息"]),
        ("/jobs/", [], []),
    ],
)
def test_current_place_is_marked(world, path, section, tab):
    shown = frame(world.hr_admin, path)
    assert (sum((active(part.items) for part in shown.nav), []), active(shown.tabs)) == (section, tab)


def test_person_is_named_with_the_department(world):
    user = make_user(department=make_department(company=world.project, name="工程部"), name="长孙无忌")
    me = frame(user).me
    assert (me.name, me.initial, me.place) == ("长孙无忌", "长", "工程部")


def test_login_without_person_or_department_still_has_a_frame(world):
    nobody = User.objects.create_user("nobody", organisation=world.organisation, name="系统")
    assert (frame(nobody).me.name, frame(nobody).unread) == ("系统", 0)
    assert frame(make_user(company=world.project)).me.place == "渝北项目公司"


def test_stranger_has_no_frame():
    shown = frame(AnonymousUser())
    assert (shown.nav, shown.tabs, shown.me, shown.unread) == ([], [], None, 0)


def test_counts_are_of_what_waits_and_what_is_unread(world):
    now = timezone.now()
    for number, days in enumerate((0, 30)):
        make_creation_request(
            world=world,
            at=CreationRequest.State.SUBMITTED,
            name_suffix=f"（{number}）",
            now=now - timedelta(days=days),
        )
    badge = badge_of(world.president, now=now, on=now.date())
    assert (badge.waiting, badge.late, badge.unseen) == (2, 1, 2)
    assert badge.oldest == Duty.objects.filter(verb="approve").earliest("opened_at").opened_at
    shown = frame(world.president)
    assert (shown.unread, shown.tabs[0].count, shown.tabs[3].count, shown.nav[0].items[0].count) == (2, 2, 2, 2)


def test_frame_costs_two_statements_and_nothing_until_it_is_used(world):
    user = User.objects.select_related("person__department", "person__company").get(pk=world.hr_admin.pk)
    assert frame(user).nav
    user.__dict__.pop("_offices_held")
    with CaptureQueriesContext(connection) as captured:
        shown = frame(user)
        assert len(captured) == 0
        assert shown.me.name == "周敏"
    assert len(captured) == 2
