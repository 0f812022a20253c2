"""The story of a group that the admin created under another name, through the pages."""

import pytest
from django.utils import timezone

from groups.models import Group
from tests.factories import make_group, make_group_company, make_user
from tests.journeys.reader import Reader

pytestmark = pytest.mark.django_db
OTHER = "渝北大家庭"


@pytest.fixture
def world():
    return make_group_company()


def established(client, world):
    admin = make_user(company=world.project, name="钱立群")
    group = make_group(world=world, group_type="project_company_group", admin=admin, now=timezone.now())
    page = Reader(client, admin).take_up(group.name)
    filled = {"invitation_confirmation": "on", "notice_posted": "on", "owner": "me", "everyone": "on"}
    page.press("确认建群", status=422, name_as_created=OTHER, **filled)
    response = page.client.post(
        f"/groups/{group.pk}/establish/",
        {"name_as_created": OTHER, "created_on": timezone.localdate().isoformat(), **filled},
    )
    page.take_up(group.name)
    assert 'name="other_name"' in response.content.decode()
    response = client.post(
        f"/groups/{group.pk}/establish/",
        {"name_as_created": OTHER, "created_on": timezone.localdate().isoformat(), "other_name": "on", **filled},
    )
    assert response.status_code == 302
    return group, admin


def test_name_is_accepted(client, world):
    group, _admin = established(client, world)
    office = Reader(client, world.hr_admin).take_up(group.name)
    assert office.reads(OTHER)
    office.press("同意该名称")
    assert Group.objects.get(pk=group.pk).name == OTHER
    assert office.open(group.get_absolute_url()).reads(OTHER)


def test_admin_renames_it_in_wechat(client, world):
    group, admin = established(client, world)
    Reader(client, world.hr_admin).take_up(group.name).press("要求改名", opinion="请用原名。")
    page = Reader(client, admin).take_up(group.name)
    assert page.reads("请用原名。")
    page.press("已在微信中改名")
    assert page.reads(group.name)
    assert not page.reads("尚未确定")
