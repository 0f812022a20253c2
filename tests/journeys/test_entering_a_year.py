"""2027 entered after due dates were shown as 暂定: through the pages, until the day on which a request lapses."""

import re
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from governance.audit.models import Event
from governance.calendar.actions import seed_calendar
from governance.calendar.queries import forget
from governance.duties.actions import sweep
from governance.duties.ladders import MOVED
from governance.duties.models import Duty, Reminder
from groups.models import CreationRequest
from tests.factories import make_creation_request, make_group_company
from tests.journeys.reader import Reader

SHANGHAI = ZoneInfo("Asia/Shanghai")
NOTICE = """一、元旦：1月1日（周五）至3日（周日）放假，共3天。1月9日（周六）上班。
二、春节：2月5日（周五）至11日（周四）放假调休，共7天。"""


def at(year, month, day, hour=9, minute=30):
    return datetime(year, month, day, hour, minute, tzinfo=SHANGHAI)


def walk(client, monkeypatch):
    """The whole story; on whatever database the suite runs."""
    now = at(2026, 12, 30)
    monkeypatch.setattr(timezone, "now", lambda: now)
    world = make_group_company()
    calendar = seed_calendar(world.organisation, until_year=2026)
    asked = make_creation_request(
        world=world, group_type="marketing_platform", at=CreationRequest.State.SUBMITTED, now=now
    )
    decided = make_creation_request(
        world=world, group_type="executive_group", at=CreationRequest.State.APPROVED, now=now
    )
    duty = Duty.objects.open().of_subject(asked).get()
    closed = Duty.objects.of_subject(decided).exclude(closed_at=None).get(verb="approve")
    assert duty.due_at == at(2027, 1, 1, 18, 0)  # two days after, as if New Year's Day were worked

    vice_president, hr = Reader(client, world.marketing_vp), Reader(client, world.hr_admin)
    assert vice_president.open("/").reads("暂定")
    assert hr.open("/?tab=mine").reads("暂定")

    hr.open("/calendars/")
    assert hr.reads("2027 年尚未录入：日期仅按每周工作日推算，标注“暂定”。")
    hr.follow("录入 2027 年").press("查看变动情况", days=NOTICE)
    moving = re.search(r"期限将变动的待办\s*(\d+)", hr.page.words)
    assert int(moving[1]) > 0
    assert Duty.objects.get(pk=duty.pk).due_at == duty.due_at
    hr.press("确认录入 2027 年")
    assert hr.reads(f"期限变动的待办 {moving[1]} 项")

    duty.refresh_from_db()
    assert (duty.due_at, duty.provisional) == (at(2027, 1, 4, 18, 0), False)  # 31 December, 4 January
    assert duty.lapses_at == at(2027, 1, 20, 18, 0)  # fifteen days, the worked Saturday among them
    assert not vice_president.open("/").reads("暂定")
    assert Duty.objects.get(pk=closed.pk).due_at == closed.due_at
    assert Duty.objects.get(pk=closed.pk).provisional is True
    assert Event.objects.get(verb="enter-year").facts["moved"] == int(moving[1])

    sweep(now=at(2026, 12, 31))
    sweep(now=at(2027, 1, 4))
    told = Reminder.objects.filter(duty=duty).order_by("pk").values_list("rung", flat=True)
    assert list(told) == [MOVED, "holder-opened-1", "holder-opened-2"]
    vice_president.open("/inbox/")
    assert vice_president.reads("请于 1月1日 18:00（暂定） 前办理")  # as it was told on the day it came
    assert vice_president.reads("等您处理，期限已重新计算。 请于 1月4日 18:00 前办理。")
    sweep(now=at(2027, 1, 20, 17))
    asked.refresh_from_db()
    assert asked.state == CreationRequest.State.SUBMITTED
    sweep(now=at(2027, 1, 21))
    asked.refresh_from_db()
    assert asked.state == CreationRequest.State.LAPSED
    forget(calendar.organisation_id)


@pytest.mark.django_db
def test_entering_2027_settles_what_was_provisional(client, monkeypatch):
    walk(client, monkeypatch)


@pytest.mark.postgres
@pytest.mark.django_db
def test_entering_2027_settles_what_was_provisional_on_postgresql(client, monkeypatch):
    walk(client, monkeypatch)
