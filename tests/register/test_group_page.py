"""The page of a group: overview, members, history; who may see it; statements."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from governance.directory.models import Person
from governance.duties.models import Duty
from governance.notifications.actions import circulate
from groups.models import Designation, Filing, Group
from members.models import Membership
from tests.factories import (
    make_department,
    make_designation,
    make_filing,
    make_group,
    make_group_company,
    make_person,
    make_user,
)

pytestmark = pytest.mark.django_db
State = Group.State


@pytest.fixture
def now():
    return timezone.now()


@pytest.fixture
def world():
    return make_group_company()


def look(client, user, group, tab="overview"):
    client.force_login(user)
    return client.get(group.get_absolute_url(), {"tab": tab})


def words(response):
    text = re.sub(r"<(script|style|svg).*?</\1>", "", response.content.decode(), flags=re.S)
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", text))


def stops(response):
    return [(stop.label, stop.state) for stop in response.context["page"].way]


# --- who may see it -----------------------------------------------------------------------------------------------------
def test_group_is_seen_by_who_has_to_do_with_it_and_is_404_for_others(client, world, now):
    member, shown, stranger = (make_user(company=world.headquarters) for _ in range(3))
    group = make_group(
        world=world, group_type="headquarters_group", at=State.ESTABLISHED, members=[member.person], now=now
    )
    circulate(group, [shown.person], by=world.hr_admin, now=now)
    users = {
        "overseer": world.presidents_office,
        "approver": world.president,
        "submitter": world.hr_admin,
        "admin": group.admin.user,
        "member": member,
        "shown": shown,
        "other company": world.project_gm_office,
        "stranger": stranger,
        "other organisation": make_group_company(name="别家集团").presidents_office,
    }
    assert {name: look(client, user, group).status_code for name, user in users.items()} == {
        "overseer": 200,
        "approver": 200,
        "submitter": 200,
        "admin": 200,
        "member": 200,
        "shown": 200,
        "other company": 404,
        "stranger": 404,
        "other organisation": 404,
    }


# --- overview -----------------------------------------------------------------------------------------------------------
def test_group_just_approved_shows_what_comes_next(client, world, now):
    group = make_group(world=world, group_type="headquarters_group", now=now)
    response = look(client, world.presidents_office, group)
    assert stops(response) == [("提交", "done"), ("审批", "done"), ("指定管理员", "now"), ("建群确认", "")]
    text = words(response)
    assert "尚未建群" in text
    assert "现由谁办行政人事部 周敏" in text
    assert "第五条第 2 项" in text
    assert response.context["head"].step_url == ""


def test_next_step_is_offered_to_whose_turn_it_is(client, world, now):
    group = make_group(world=world, group_type="headquarters_group", now=now)
    head = look(client, world.hr_admin, group).context["head"]
    assert (head.step_url, head.step) == (f"/groups/{group.pk}/designate/", "指定")


def test_admin_designated_is_led_to_his_answer(client, world, now):
    designation = make_designation(world=world, group_type="headquarters_group", now=now)
    response = look(client, designation.person.user, designation.group)
    assert response.context["head"].step_url == f"/designations/{designation.pk}/"
    assert "钱立群（待接受）" in words(response)


def test_group_in_use_says_who_decided_what_when_and_on_which_article(client, world, now):
    people = [make_person(company=world.headquarters) for _ in range(2)]
    group = make_group(
        world=world,
        group_type="headquarters_group",
        at=State.ESTABLISHED,
        members=people,
        now=now - timedelta(days=1),
    )
    response = look(client, world.presidents_office, group)
    text = words(response)
    assert [state for _label, state in stops(response)] == ["done"] * 4
    assert "管理员 钱立群，3 名成员" in text
    assert "总裁 已同意陈国栋" in text
    assert "第四条第 3 项" in text
    assert "行政人事部指定 钱立群" in text
    assert "已开启入群邀请确认 第六条" in text
    assert "正常" in text
    assert response.context["page"].waiting is None


def test_filed_group_shows_its_number(client, world, now):
    filing = make_filing(world=world, at=Filing.State.ACKNOWLEDGED, now=now)
    text = words(look(client, world.hr_admin, filing.group))
    assert f"已备案{filing.number}" in text
    assert "第四条第 5 项" in text


def test_reminder_text_is_for_overseers_and_the_submitter_only(client, world, now):
    group = make_group(world=world, group_type="planning_group", now=now)
    has_text = {
        name: "可复制到微信的提醒文字" in words(look(client, user, group))
        for name, user in {
            "submitter": world.hr_admin,
            "approver": world.president,
            "whose turn it is": world.presidents_office,
        }.items()
    }
    assert has_text == {"submitter": True, "approver": False, "whose turn it is": False}


def test_admin_who_has_left_is_a_finding(client, world, now):
    group = make_group(world=world, group_type="headquarters_group", at=State.ESTABLISHED, now=now)
    Person.objects.filter(pk=group.admin_id).update(left_on=(now - timedelta(days=2)).date())
    text = words(look(client, world.presidents_office, group))
    assert "管理员钱立群已离职，请行政人事部另行指定。" in text
    assert "目前无管理员" in text


def test_owner_other_than_the_admin_is_a_finding(client, world, now):
    group = make_group(world=world, group_type="headquarters_group", at=State.ESTABLISHED, now=now)
    Group.objects.filter(pk=group.pk).update(owner=make_person(company=world.headquarters, name="艾青"))
    assert "微信中的群主是艾青，经指定的管理员是钱立群，二者不一致。" in words(
        look(client, world.presidents_office, group)
    )


def test_declined_designation_is_not_shown_as_the_present_one(client, world, now):
    designation = make_designation(
        world=world, group_type="headquarters_group", at=Designation.State.DECLINED, now=now
    )
    assert look(client, world.presidents_office, designation.group).context["page"].designation is None


def test_page_in_english(client, world, now):
    world.presidents_office.language = "en"
    world.presidents_office.save()
    group = make_group(world=world, group_type="headquarters_group", at=State.ESTABLISHED, now=now)
    for tab in ("overview", "members", "history"):
        text = words(look(client, world.presidents_office, group, tab))
        assert "Looked after by 钱立群, 1 members" in text
        assert not re.search("[管成概]员", text.replace("钱立群", ""))


# --- members ------------------------------------------------------------------------------------------------------------
@pytest.fixture
def office(world):
    return make_department(company=world.headquarters, name="财务管理部")


def members(client, user, group):
    return look(client, user, group, "members").context["page"]


def test_expected_members_stand_there_before_the_group_is_established(client, world, office, now):
    people = [make_person(department=office, name=name) for name in ("艾青", "朱丹")]
    make_person(department=office, name="外包员", employment_kind="contracted")
    group = make_group(world=world, group_type="headquarters_group", now=now)
    page = members(client, world.presidents_office, group)
    assert {"艾青", "朱丹"} <= {member.name for member in page.missing}
    assert "外包员" not in {member.name for member in page.missing}
    assert (page.is_established, page.declared, page.unexpected) == (False, 0, [])
    assert page.labels == ["集团本部全体员工（含试用、实习）"]
    assert page.rule.article == "4.3"
    assert len(people) == 2


def test_declared_roster_is_compared_the_odd_ones_first(client, world, office, now):
    here, missing = (make_person(department=office, name=name) for name in ("艾青", "朱丹"))
    guest = make_person(company=world.project, name="客串者")
    group = make_group(
        world=world, group_type="headquarters_group", at=State.ESTABLISHED, members=[here, guest], now=now
    )
    page = members(client, world.presidents_office, group)
    assert "艾青" in [member.name for member in page.in_order]
    assert "朱丹" in [member.name for member in page.missing]
    assert [member.name for member in page.unexpected] == ["客串者"]
    assert page.declared == 3
    assert page.declared_by == "钱立群 勾选，今天"
    assert missing.name == "朱丹"


def test_leaver_still_declared_is_said_to_have_left(client, world, office, now):
    leaver = make_person(department=office, name="艾青")
    group = make_group(world=world, group_type="headquarters_group", at=State.ESTABLISHED, members=[leaver], now=now)
    Person.objects.filter(pk=leaver.pk).update(left_on=(now - timedelta(days=2)).date())
    page = members(client, world.presidents_office, group)
    assert [(member.name, member.why) for member in page.unexpected] == [("艾青", "已离职")]


def test_reason_is_said_where_it_is_not_the_rule(client, world, now):
    group = make_group(world=world, group_type="headquarters_group", at=State.ESTABLISHED, now=now)
    page = members(client, world.presidents_office, group)
    reasons = {member.name: member.why for member in [*page.in_order, *page.missing]}
    assert reasons["钱立群"] == "群管理员"
    assert reasons["陈国栋"] == ""


def test_each_sayings_of_a_mixed_roster_stand_beside_the_names(client, world, office, now):
    first, second = (make_person(department=office, name=name) for name in ("艾青", "朱丹"))
    group = make_group(
        world=world, group_type="headquarters_group", at=State.ESTABLISHED, members=[first, second], now=now
    )
    Membership.objects.filter(person=second).update(evidence="pasted")
    page = members(client, world.presidents_office, group)
    said = {member.name: member.said for member in page.in_order}
    assert (page.declared_by, said["艾青"], said["朱丹"]) == ("", "钱立群 勾选，今天", "钱立群 粘贴，今天")


def test_kinds_of_employment_are_for_office_holders(client, world, office, now):
    member = make_user(department=office, name="艾青")
    group = make_group(
        world=world, group_type="headquarters_group", at=State.ESTABLISHED, members=[member.person], now=now
    )
    assert members(client, world.presidents_office, group).by_kind[0][0] == "正式"
    page = members(client, member, group)
    assert page.by_kind == []
    assert {row.pk for row in page.in_order} == {None}


# --- history ------------------------------------------------------------------------------------------------------------
def test_history_tells_request_designation_establishment_and_filing(client, world, now):
    filing = make_filing(world=world, at=Filing.State.ACKNOWLEDGED, now=now)
    lines = [line.text for line in look(client, world.hr_admin, filing.group, "history").context["lines"]]
    assert lines == [
        f"周敏 予以备案，编号 {filing.number}",
        "钱立群 申报了群成员名册（1 人）",
        "报备案",
        "钱立群 确认已建群",
        "钱立群 接受指定",
        "何丽华 指定 钱立群 为群管理员",
        "记入微信群台账",
        "何丽华 同意建群",
        "周敏 提交申请",
    ]


def test_history_begins_with_who_has_it_now(client, world, now):
    group = make_group(world=world, group_type="headquarters_group", now=now)
    first = look(client, world.hr_admin, group, "history").context["lines"][0]
    assert (first.at_text, first.tone, first.article) == ("现在", "now", "5.2")


# --- statements ---------------------------------------------------------------------------------------------------------
def statements(client, path):
    client.get(path)
    with CaptureQueriesContext(connection) as captured:
        response = client.get(path)
    assert response.status_code == 200
    return len(captured)


@pytest.mark.parametrize(("tab", "wanted"), [("members", 10), ("overview", 13), ("history", 13)])
def test_statements_are_the_same_for_five_and_five_hundred_members(client, world, office, now, tab, wanted):
    client.force_login(world.presidents_office)
    few = [make_person(department=office) for _ in range(5)]
    group = make_group(world=world, group_type="headquarters_group", at=State.ESTABLISHED, members=few, now=now)
    path = f"{group.get_absolute_url()}?tab={tab}"
    small = statements(client, path)
    Person.objects.bulk_create(
        Person(
            organisation=world.organisation,
            company=world.headquarters,
            department=office if number % 3 else None,
            number=f"B{number}",
            name=f"员工{number}",
            employment_kind=["regular", "probation", "intern"][number % 3],
            sort_key=f"yuan gong {number:04}",
        )
        for number in range(500)
    )
    by = group.admin.user
    Membership.objects.bulk_create(
        Membership(
            organisation=world.organisation,
            group=group,
            person=person,
            evidence=["ticked", "pasted"][person.pk % 2],
            declared_by=by,
            declared_at=now,
        )
        for person in Person.objects.filter(number__startswith="B")[:490]
    )
    assert (small, statements(client, path)) == (wanted, wanted)


def test_open_group_costs_the_same_at_every_step(client, world, now):
    groups = [
        make_group(world=world, group_type="headquarters_group", now=now),
        make_designation(world=world, group_type="planning_group", now=now).group,
        make_filing(world=world, now=now).group,
    ]
    client.force_login(world.president)
    assert Duty.objects.open().exclude(verb="instruct").count() == 3
    client.force_login(world.presidents_office)
    assert {statements(client, f"{group.get_absolute_url()}?tab=members") for group in groups} == {10}
