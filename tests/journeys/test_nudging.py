"""催办 through the pages: HR reminds the president; the President's Office passes it on, and HR hears so."""

import pytest

from groups.models import Group
from tests.factories import NOW, make_creation_request, make_group_company
from tests.journeys.reader import Reader

pytestmark = pytest.mark.django_db
NAME = "集团高管工作群"


def test_reminder_to_the_president_goes_through_his_office(client, time_machine):
    time_machine.move_to(NOW, tick=False)
    world = make_group_company()
    request = make_creation_request(world=world, at="submitted")
    hr, office, president = (Reader(client, user) for user in (world.hr_admin, world.presidents_office, world.president))

    hr.open(request.get_absolute_url()).press("催办")
    assert hr.reads("总裁办 已收到您的催办，将代为转达。")

    president.open("/")
    assert not president.reads("催办")

    office.take_up(NAME)
    assert office.reads("周敏 于今天 09:00请求催办。")
    assert office.reads("陈国栋，您好！")
    office.press("已转达")

    hr.open("/inbox/")
    assert hr.reads(f"总裁办 已转达您对“{NAME}”的催办。")
    hr.open(request.get_absolute_url())
    assert hr.reads("许明哲 已于今天 09:00转达。")

    president.take_up(NAME).press("同意")
    assert Group.objects.get().name == NAME
