"""Joiner, mover and leaver through the pages: HR changes the directory, the admin finds it on his desk and ticks it off."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from governance.directory.actions import people
from governance.duties.models import Duty
from members.actions.reconciling import reconcile_rosters
from members.queries import roster_of
from tests.factories import make_person
from tests.journeys.reader import Reader
from tests.members.test_reconciling import build, march

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 3, 3, 10, 0, tzinfo=ZoneInfo("Asia/Shanghai"))


def test_joiner_mover_and_leaver(client):
    world = build()
    make_person(company=world.headquarters, department=world.finance, name="毕方", now=NOW)
    people.update(world.ai, by=world.hr_admin, now=NOW, company=world.project, department=None)
    people.leave(world.zhu, on=date(2026, 3, 6), by=world.hr_admin, now=NOW)
    reconcile_rosters(now=NOW)

    admin = Reader(client, world.group.admin.user).take_up(world.group.name)
    words = admin.page.words
    assert words.index("朱丹") < words.index("毕方")
    assert admin.reads("艾青")
    boxes = admin.page.named["orders"].controls
    every_order = [value for name, _kind, value, _chosen in boxes if name == "orders"]
    admin.press("勾选的已办理", orders=every_order)
    assert admin.reads("已登记办理 3 项")
    assert admin.reads("没有需要办理的变动")

    names = {str(row.person) for row in roster_of(world.group)}
    assert "毕方" in names
    assert not names & {"朱丹", "艾青"}
    assert reconcile_rosters(now=march(9)) == 0
    assert not Duty.objects.open().filter(verb="change_roster").exists()
