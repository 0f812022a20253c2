"""What a card of the desk says: kind, waiting and lateness by the calendar, who has it, what one can do."""

from datetime import datetime, timedelta
from types import SimpleNamespace
from zoneinfo import ZoneInfo

import pytest
from django.utils import translation

from governance.calendar.models import CalendarDay, CalendarYear, WorkCalendar
from governance.calendar.queries import forget
from governance.desk.cards import Reader, card_of
from governance.duties.actions import hand_over
from governance.duties.actions.handing_over import Clock
from governance.duties.queries import waiting_list
from groups.models import CreationRequest
from tests.factories import (
    NOW,
    make_creation_request,
    make_department,
    make_group_company,
    make_office,
    make_person,
    make_tenure,
)

pytestmark = pytest.mark.django_db
State = CreationRequest.State
DUE = datetime(2026, 3, 4, 18, 0, tzinfo=ZoneInfo("Asia/Shanghai"))  # two working days after NOW


@pytest.fixture
def world():
    return make_group_company()


def card(subject, user, now):
    """The card of the subject on the user's desk at that moment."""
    duties = waiting_list(user, on=now.date()).of_subject(subject)
    offices = [tenure.office for tenure in user.person.tenures.select_related("office")]
    return card_of(duties.get(), Reader.of(user.person, offices, now=now))


def submitted(world, **fields):
    return make_creation_request(world=world, at=State.SUBMITTED, **fields)


def test_card_of_a_request_in_time(world):
    shown = card(submitted(world), world.president, NOW + timedelta(days=1))
    assert (shown.title, str(shown.label), shown.bar, shown.waited, shown.due_tone) == (
        "集团高管工作群",
        "建群审批",
        "",
        "",
        "",
    )
    assert shown.due_at == DUE
    assert shown.matter == "周敏 · 行政人事部 提交 · JQ-2026-0001"
    assert shown.who == "总裁 · 昨天起 · 第四条第 1 项"


def test_card_due_today_has_the_amber_line(world):
    assert card(submitted(world), world.president, NOW + timedelta(days=2)).bar == "soon"


def test_executive_reads_his_own_lateness_in_words_and_never_in_red(world):
    shown = card(submitted(world), world.president, NOW + timedelta(days=3))
    assert (shown.bar, shown.due_tone, shown.due_at, shown.waited) == ("soon", "", None, "已等 3 个工作日")


def test_others_see_lateness_in_red_with_the_time(world):
    request = make_creation_request(world=world, at=State.APPROVED, group_type="headquarters_group")
    shown = card(request.group, world.hr_admin, NOW + timedelta(days=4))
    assert (shown.bar, shown.due_tone, shown.waited) == ("late", "late", "")
    assert shown.due_at == DUE


def test_waiting_is_counted_in_the_working_days_of_the_companys_calendar(world):
    calendar = WorkCalendar.objects.create(organisation=world.organisation, name="项目", weekdays="1111111")
    CalendarDay.objects.create(calendar=calendar, on=(NOW + timedelta(days=1)).date(), is_working=False)
    world.project.calendar = calendar
    world.project.save()
    forget(world.organisation.pk)
    request = submitted(world, group_type="project_company_group")
    assert card(request, world.president, NOW + timedelta(days=7)).waited == "已等 6 个工作日"


def test_date_in_a_year_nobody_entered_is_marked_provisional(world):
    assert card(submitted(world), world.president, NOW).provisional is True
    calendar = WorkCalendar.objects.create(organisation=world.organisation, name="总部", is_default=True)
    CalendarYear.objects.create(calendar=calendar, year=2026)
    forget(world.organisation.pk)
    known = submitted(world, group_type="planning_group")
    assert card(known, world.president, NOW).provisional is False


def test_request_without_consents_can_be_approved_at_once(world):
    request = submitted(world)
    assert card(request, world.president, NOW).approve_url == f"/requests/{request.pk}/approve/"


def test_request_with_consents_is_looked_at_first(world):
    senior = make_person(
        department=make_department(company=world.headquarters, name="总裁办公室"), name="苏晴", post="总裁助理"
    )
    request = submitted(world, exceptional={senior: "协助总裁"})
    shown = card(request, world.president, NOW)
    assert (shown.approve_url, str(shown.action)) == ("", "查看并决定")
    assert shown.sentence.endswith("1 人须您逐一同意。")


def test_step_without_a_due_date_says_how_long_it_waits(world):
    sent_back = make_creation_request(world=world, at=State.SENT_BACK, opinion="请补充名单。")
    shown = card(sent_back, world.hr_admin, NOW + timedelta(days=1))
    assert (shown.waited, shown.due_at, shown.bar, shown.who) == ("已等 1 个工作日", None, "", "昨天起")
    assert shown.sentence == "退回意见：请补充名单。"
    assert card(sent_back, world.hr_admin, NOW).waited == "今天收到"


def test_card_of_a_vacant_office_says_so_and_offers_no_approval(world):
    vacant = make_office(organisation=world.organisation, code="vacant", name="空缺岗位")
    request = make_creation_request(world=world)
    hr = world.hr_admin.person.tenures.get().office
    hand_over(request, "approve", to=vacant, now=NOW, fallback=hr, facts={"request": request.pk})
    shown = card(request, world.hr_admin, NOW)
    assert shown.nobody == "“空缺岗位”目前无人任职。"
    assert (shown.approve_url, shown.office_url) == ("", f"/offices/{vacant.pk}/")


def test_card_of_an_office_whose_only_holder_submitted_it_says_so(world):
    office = make_office(organisation=world.organisation, code="lonely", name="营销总监")
    only = make_person(company=world.headquarters)
    make_tenure(office=office, person=only)
    request = make_creation_request(world=world)
    hr = world.hr_admin.person.tenures.get().office
    hand_over(request, "approve", to=office, now=NOW, fallback=hr, barred=only)
    assert card(request, world.hr_admin, NOW).nobody == "“营销总监”的唯一任职人是本件提交人，不得办理自己提交的事项。"


def test_card_of_a_duty_of_ones_own_has_no_stand_in(world):
    request = make_creation_request(world=world)
    hand_over(request, "amend", to=world.hr_admin.person, now=NOW, clock=Clock(1))
    assert card(request, world.hr_admin, NOW).nobody == ""


def test_card_in_english(world):
    request = submitted(world)
    with translation.override("en"):
        shown = card(request, world.president, NOW + timedelta(days=3))
        assert (str(shown.label), shown.waited) == ("Group approval", "waiting for 3 working days")
        assert shown.matter == "周敏 · submitted by 行政人事部 · JQ-2026-0001"


def test_reader_without_offices_is_no_executive():
    assert Reader.of(None, [], now=NOW).executive is False
    office = SimpleNamespace(pk=1, executive=True, absent=None)
    assert Reader.of(None, [office], now=NOW).executive is True
