"""What the register adds to the pages of people and offices."""

from datetime import timedelta

import pytest
from django.utils import timezone

from governance.directory.models import Office
from governance.register import panels
from groups.models import CreationRequest, Group
from tests.factories import make_creation_request, make_filing, make_group, make_group_company, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def now():
    return timezone.now()


@pytest.fixture
def world():
    return make_group_company()


@pytest.fixture
def on(now):
    return timezone.localdate(now)


def office(world, code):
    return Office.objects.get(organisation=world.organisation, code=code)


def test_person_page_lists_the_groups_of_the_person(client, world, now, on):
    member = make_user(company=world.headquarters)
    group = make_group(
        world=world, group_type="headquarters_group", at=Group.State.ESTABLISHED, members=[member.person], now=now
    )
    make_group(world=world, group_type="planning_group", admin=member, now=now)
    panel = panels.groups_of_person(world.presidents_office, member.person, on)
    assert [(line.name, line.role, line.state) for line in panel.facts["lines"]] == [
        ("计划运营推动群", "群管理员", "待建群"),
        ("集团工作群", "成员", ""),
    ]
    client.force_login(world.presidents_office)
    html = client.get(f"/people/{member.person.pk}/").content.decode()
    assert f'href="{group.get_absolute_url()}"' in html


def test_person_page_shows_only_groups_the_reader_may_see(world, now, on):
    member = make_user(company=world.headquarters)
    make_group(
        world=world, group_type="headquarters_group", at=Group.State.ESTABLISHED, members=[member.person], now=now
    )
    assert panels.groups_of_person(world.project_gm_office, member.person, on).facts["lines"] == []


def test_own_page_lists_ones_groups_and_says_when_there_are_none(client, world, now):
    member = make_user(company=world.headquarters)
    client.force_login(member)
    assert "您尚未在任何群中" in client.get("/me/").content.decode()
    make_group(
        world=world, group_type="headquarters_group", at=Group.State.ESTABLISHED, members=[member.person], now=now
    )
    assert "集团工作群" in client.get("/me/").content.decode()


def test_person_page_lists_the_requests_of_the_person(world, now, on):
    make_creation_request(world=world, at=CreationRequest.State.SUBMITTED, now=now)
    make_creation_request(world=world, group_type="planning_group", now=now)
    hr = world.hr_admin.person
    seen = {
        name: [request.name for request in panel.facts["requests"]] if panel else None
        for name, panel in {
            "himself": panels.requests_of_person(world.hr_admin, hr, on),
            "approver": panels.requests_of_person(world.president, hr, on),
            "stranger": panels.requests_of_person(make_user(company=world.project), hr, on),
        }.items()
    }
    assert seen == {"himself": ["计划运营推动群", "集团高管工作群"], "approver": ["集团高管工作群"], "stranger": None}


def test_office_page_says_what_the_regulation_gives_the_office(world, on):
    lines = panels.rules_of_office(world.hr_admin, office(world, "presidents_office"), on).facts["lines"]
    assert [(line.what, line.of, line.article) for line in lines] == [
        ("指定管理员", "集团高管工作群、计划运营推动群", "5.1"),
        ("负责日常监督", "", "12"),
    ]
    filed = panels.rules_of_office(world.hr_admin, office(world, "hr_admin"), on).facts["lines"]
    assert [(line.what, line.of, line.article) for line in filed[1:]] == [
        ("指定管理员", "集团工作群、项目公司工作群", "5.2"),
        ("接受备案", "项目营销微信平台", "4.5"),
        ("负责解释本办法", "", "13"),
    ]
    assert filed[0].ours != ""


def test_office_the_regulation_does_not_know_has_no_rules(world, on):
    unknown = Office.objects.create(organisation=world.organisation, code="canteen", name="食堂", kind="body")
    assert panels.rules_of_office(world.hr_admin, unknown, on) is None


def test_office_page_lists_what_waits_for_its_holders_and_overseers(client, world, now, on):
    filing = make_filing(world=world, now=now)
    hr = office(world, "hr_admin")
    panel = panels.duties_of_office(world.hr_admin, hr, on)
    assert filing.group.name in [line.title for line in panel.facts["lines"]]
    assert panels.duties_of_office(world.presidents_office, hr, on) is not None
    assert panels.duties_of_office(world.project_gm_office, hr, on) is None
    client.force_login(world.hr_admin)
    html = client.get(f"/offices/{hr.pk}/").content.decode()
    assert "待办事项" in html
    assert "办法规定的职责" in html


def test_lateness_of_an_executives_office_is_not_shown_in_red(world, now, on):
    make_creation_request(world=world, at=CreationRequest.State.SUBMITTED, now=now - timedelta(days=30))
    panel = panels.duties_of_office(world.presidents_office, office(world, "president"), on)
    assert [line.late for line in panel.facts["lines"] if line.title == "集团高管工作群"] == [False]
