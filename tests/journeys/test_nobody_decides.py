"""Nobody decides for fifteen working days: reminders, the President's Office, the lapse, one tap to ask again – through
the pages, a morning at a time (DESIGN.md §4 *Clocks*, *Approval*: silence never creates a group)."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse

from governance.duties.actions import sweep
from groups.models import CreationRequest, Group
from tests.factories import make_creation_request, make_group_company
from tests.journeys.reader import Reader

pytestmark = pytest.mark.django_db
SHANGHAI = ZoneInfo("Asia/Shanghai")
State = CreationRequest.State


def march(day, hour=9, minute=30):
    return datetime(2026, 3, day, hour, minute, tzinfo=SHANGHAI)


@pytest.fixture
def world(time_machine):
    time_machine.move_to(march(2), tick=False)
    return make_group_company()


@pytest.fixture
def mornings(time_machine):
    """Live through the mornings up to a day, each with its sweep."""

    def live(first, last):
        day = first
        while day <= last:
            time_machine.move_to(day, tick=False)
            sweep(now=day)
            day += timedelta(days=1)

    return live


def request_of(world, kind="marketing_platform"):
    return make_creation_request(world=world, group_type=kind, at=State.SUBMITTED, now=march(2))


def test_what_nobody_decides_comes_back_and_is_asked_for_again_in_one_tap(client, world, mornings):
    request = request_of(world)
    mornings(march(3), march(5))
    office = Reader(client, world.presidents_office).open(reverse("inbox"))
    assert office.reads(request.name), "the President's Office hears of it on the third day"
    mornings(march(6), march(24))
    hr = Reader(client, world.hr_admin).take_up(request.name)
    assert hr.reads("超时未审批")
    hr.press("重新提交")
    assert Reader(client, world.marketing_vp).take_up(request.name).reads("同意")
    assert not Group.objects.exists()


def test_decision_on_the_last_minute_stands(client, world, mornings, time_machine):
    request = request_of(world)
    mornings(march(3), march(23))
    time_machine.move_to(march(23, 17, 59), tick=False)
    Reader(client, world.marketing_vp).take_up(request.name).press("同意")
    mornings(march(24), march(25))
    request.refresh_from_db()
    assert (request.state, Group.objects.count()) == (State.APPROVED, 1)


def test_what_the_president_decides_waits_as_long_as_it_takes(client, world, mornings):
    request = request_of(world, "executive_group")
    mornings(march(3), march(31))
    president = Reader(client, world.president).take_up(request.name)
    assert president.reads("同意")
    president.press("同意")
    assert Group.objects.filter(creation_request=request).exists()
