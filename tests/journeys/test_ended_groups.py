"""Stories of groups that come to nothing: the approval revoked, nobody established it in time; asked for anew."""

from datetime import UTC, datetime

import pytest
from django.utils import timezone

from governance.duties.actions import sweep
from groups.models import CreationRequest, Group
from tests.factories import make_group, make_group_company, make_user
from tests.journeys.reader import Reader

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return make_group_company()


def test_revoked_before_anybody_established_it_then_asked_for_anew(client, world):
    admin = make_user(company=world.headquarters, name="钱立群")
    group = make_group(world=world, admin=admin, now=timezone.now())
    president = Reader(client, world.president).open(group.get_absolute_url())
    president.follow("撤销同意").press("撤销同意", status=422)
    president.open(group.get_absolute_url()).follow("撤销同意").press("撤销同意", opinion="并入周例会群。")
    assert president.reads("在建群前撤销同意") or president.reads("撤销同意，当时尚未建群")
    assert president.reads("并入周例会群。")
    told = Reader(client, admin).open("/inbox/")
    assert told.reads("在建群前被撤销同意")
    assert not told.open("/").reads("按清单逐项确认")
    submitter = Reader(client, world.hr_admin).open(group.get_absolute_url()).press("重新申请")
    assert submitter.reads("集团高管工作群")
    assert submitter.reads("JQ-")
    again = CreationRequest.objects.get(copied_from=group.creation_request)
    assert (again.state, again.name) == ("submitted", group.name)
    Reader(client, world.president).take_up(group.name).press("同意")
    assert list(Group.objects.order_by("pk").values_list("state", flat=True)) == ["revoked", "approved"]


def test_nobody_established_it_so_the_sweep_records_it_and_the_register_lists_it(client, world):
    admin = make_user(company=world.headquarters, name="钱立群")
    group = make_group(world=world, group_type="project_company_group", admin=admin)  # accepted in March 2026
    sweep(now=datetime(2026, 6, 1, 3, tzinfo=UTC))
    assert Group.objects.get(pk=group.pk).state == "abandoned"
    submitter = Reader(client, world.hr_admin)
    assert not submitter.open("/groups/").reads(group.name)
    assert submitter.open("/groups/?step=abandoned").reads(group.name)
    submitter.follow(group.name)
    assert submitter.reads("未建成")
    submitter.press("重新申请")
    assert CreationRequest.objects.get(copied_from=group.creation_request).state == "submitted"
