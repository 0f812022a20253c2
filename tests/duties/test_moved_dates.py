"""Whoever has what is due another day hears of it in one digest; what rests on an unknown year says so everywhere."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone, translation

from governance.calendar.actions import seed_calendar
from governance.calendar.models import CalendarDay, WorkCalendar
from governance.calendar.queries import forget
from governance.commands.proofs import WAITING
from governance.directory.models import Invitation
from governance.duties.actions import sweep
from governance.duties.ladders import MOVED
from governance.duties.models import Duty, Nudge, Reminder
from governance.duties.queries import company_of, open_about
from governance.duties.ready_text import ready_text_for
from governance.notifications.mails import mail_for
from governance.notifications.models import Delivery, Notice
from governance.notifications.wordings import text_of
from governance.regulations.models import OpenQuestion
from governance.worktime.actions import enter_year, use_calendar
from governance.worktime.announcement import Day
from groups.models import CreationRequest, Designation, Filing, Group, OpenPoints
from tests.factories import make_creation_request, make_designation, make_filing, make_group, make_group_company

pytestmark = pytest.mark.django_db
State = CreationRequest.State
SHANGHAI = ZoneInfo("Asia/Shanghai")


def at(year, month, day, hour=9, minute=30):
    return datetime(year, month, day, hour, minute, tzinfo=SHANGHAI)


YEAR_END = at(2026, 12, 30)


@pytest.fixture
def world():
    """Without the regulation's open questions, which have due dates of their own."""
    world = make_group_company()
    Duty.objects.filter(verb="instruct").delete()
    return world


@pytest.fixture
def calendar(world):
    return seed_calendar(world.organisation, until_year=2026)


def submitted(world, now, count=1, **fields):
    """Requests that wait for the marketing VP."""
    for nth in range(count):
        yield make_creation_request(
            world=world, group_type="marketing_platform", at=State.SUBMITTED, name_suffix=f"（{nth}）", now=now, **fields
        )


def six_days(calendar):
    """A calendar like the given one, in which Saturdays are worked."""
    made = WorkCalendar.objects.create(
        organisation=calendar.organisation, name="六天工作制", weekdays="1111110", opens="09:00", closes="18:00"
    )
    CalendarDay.objects.bulk_create(
        CalendarDay(calendar=made, on=day.on, is_working=day.is_working) for day in calendar.days.all()
    )
    made.years.bulk_create(type(year)(calendar=made, year=year.year) for year in calendar.years.all())
    forget(calendar.organisation_id)
    return made


def digest_of(user):
    notice = Notice.objects.get(person=user.person, kind="digest")
    return text_of(notice)


# --- 暂定 -------------------------------------------------------------------------------------------------------------
def test_notice_mail_and_ready_text_say_that_the_due_date_is_provisional(world, calendar):
    (request,) = submitted(world, YEAR_END)
    duty = Duty.objects.open().of_subject(request).get()
    notice = Notice.objects.get(subject_id=duty.pk, kind="duty-approve")
    notice.person.email = "vp@example.com"
    assert text_of(notice)[1] == "请于 1月1日 18:00（暂定） 前办理。"
    assert "1月1日 18:00（暂定）" in mail_for(notice).body
    assert "1月1日 18:00（暂定）" in ready_text_for(duty)
    with translation.override("en"):
        assert "1 Jan 18:00 (provisional)" in ready_text_for(duty)


def test_digest_says_that_the_due_date_is_provisional(world, calendar):
    list(submitted(world, YEAR_END))
    sweep(now=at(2026, 12, 31))
    assert "1月1日 18:00（暂定）" in digest_of(world.marketing_vp)[1]


def test_what_is_certain_says_nothing_of_it(world, calendar):
    (request,) = submitted(world, at(2026, 3, 2))
    sweep(now=at(2026, 3, 3))
    assert "暂定" not in ready_text_for(Duty.objects.open().of_subject(request).get())
    assert "暂定" not in digest_of(world.marketing_vp)[1]


# --- one digest -------------------------------------------------------------------------------------------------------
def enter_2027(world, calendar, now, *off):
    days = [Day(date(2027, 1, day), False) for day in off]
    return enter_year(calendar, 2027, days, by=world.hr_admin, now=now)


def test_many_moved_dates_are_told_in_one_digest(world, calendar):
    list(submitted(world, YEAR_END, count=3))
    enter_2027(world, calendar, at(2026, 12, 30, 15), 1)
    assert sweep(now=at(2026, 12, 30, 16)) == 1
    title, body = digest_of(world.marketing_vp)
    assert title == "今日提醒：3 件事项待办"
    assert body.count("期限已重新计算。 请于 1月4日 18:00 前办理。") == 3
    assert sweep(now=at(2026, 12, 30, 17)) == 0


def test_only_moved_dates_are_told(world, calendar):
    list(submitted(world, YEAR_END))
    moved = enter_2027(world, calendar, at(2026, 12, 30, 15), 5)  # the fifth lies behind the due day
    assert (moved.settled, Reminder.objects.count()) == (1, 0)


def test_moved_again_after_the_digest_is_told_the_next_day(world, calendar):
    list(submitted(world, YEAR_END))
    enter_2027(world, calendar, at(2026, 12, 30, 10), 1)
    sweep(now=at(2026, 12, 30, 11))
    enter_2027(world, calendar, at(2026, 12, 30, 15), 1, 4)
    assert sweep(now=at(2026, 12, 30, 16)) == 0
    sweep(now=at(2026, 12, 31))
    digests = Notice.objects.filter(person=world.marketing_vp.person, kind="digest").order_by("created_at")
    assert ["1月5日 18:00" in text_of(notice)[1] for notice in digests] == [False, True]


def test_what_was_decided_before_the_digest_is_not_told(world, calendar):
    (request,) = submitted(world, YEAR_END)
    enter_2027(world, calendar, at(2026, 12, 30, 15), 1)
    Duty.objects.open().of_subject(request).update(closed_at=at(2026, 12, 30, 16))
    assert sweep(now=at(2026, 12, 30, 17)) == 0


def test_office_without_holder_is_told_where_its_duties_lie(world, calendar):
    duty = Duty.objects.open().of_subject(make_group(world=world, now=YEAR_END, group_type="executive_group")).get()
    duty.office.tenures.update(ends_on=date(2026, 12, 29))
    enter_2027(world, calendar, at(2026, 12, 30, 15), 1)
    told = Reminder.objects.filter(rung=MOVED).values_list("person__user__username", flat=True)
    holders = duty.fallback_office.tenures.values_list("person__user__username", flat=True)
    assert sorted(told) == sorted(holders) != []


# --- another calendar for a company -----------------------------------------------------------------------------------
def test_open_dates_follow_the_calendar_a_company_is_given(world, calendar):
    thursday = at(2026, 3, 5)
    (request,) = submitted(world, thursday)
    duty = Duty.objects.open().of_subject(request).get()
    assert duty.due_at == at(2026, 3, 9, 18, 0)

    moved = use_calendar(request.company, six_days(calendar), by=world.hr_admin, now=thursday)

    duty.refresh_from_db()
    assert (duty.due_at, duty.calendar.name, moved.dates) == (at(2026, 3, 7, 18, 0), "六天工作制", 1)
    sweep(now=at(2026, 3, 6))
    assert "期限已重新计算。 请于 3月7日 18:00 前办理。" in digest_of(world.marketing_vp)[1]


def test_duties_of_another_company_keep_theirs(world, calendar):
    (request,) = submitted(world, at(2026, 3, 5))
    duty = Duty.objects.open().of_subject(request).get()
    other = next(company for company in world.organisation.companies.all() if company != request.company)
    use_calendar(other, six_days(calendar), by=world.hr_admin, now=at(2026, 3, 5))
    assert Duty.objects.get(pk=duty.pk).due_at == duty.due_at


def test_everything_that_waits_about_a_company_is_found(world, calendar):
    now = at(2026, 3, 5)
    subjects = [
        next(submitted(world, now)),
        make_group(world=world, now=now, group_type="planning_group"),
        make_designation(world=world, now=now, group_type="executive_group"),
        make_filing(world=world, now=now, name_suffix="（备案）"),
    ]
    assert {type(subject) for subject in subjects} == {CreationRequest, Group, Designation, Filing}
    for subject in subjects:
        company = getattr(subject, "company", None) or subject.group.company
        assert Duty.objects.open().of_subject(subject).get() in open_about(company)


def test_no_kind_of_subject_is_forgotten():
    """Questions and lists of open points belong to no company; a nudge is passed on and a password consented to the
    same day, by whatever calendar."""
    apart = {OpenQuestion, Nudge, OpenPoints, Invitation}
    assert {model.__name__ for model in set(WAITING) - apart - set(company_of)} == set()


@pytest.mark.parametrize("count", [1, 3])
def test_statements_do_not_grow_with_the_duties(world, calendar, count):
    (request, *_) = submitted(world, at(2026, 3, 5), count=count)
    other = six_days(calendar)
    with CaptureQueriesContext(connection) as captured:
        use_calendar(request.company, other, by=world.hr_admin, now=at(2026, 3, 5))
    assert len([query for query in captured if "SAVEPOINT" not in query["sql"]]) == 14


def test_page_says_what_moved(client, world, calendar, monkeypatch):
    monkeypatch.setattr(timezone, "now", lambda: at(2026, 3, 5))
    (request,) = submitted(world, at(2026, 3, 5))
    other = six_days(calendar)
    client.force_login(world.hr_admin)
    answer = client.post(f"/calendars/companies/{request.company_id}/", {"calendar": other.pk}, follow=True)
    assert "期限变动的待办 1 项" in answer.content.decode()
    assert Delivery.objects.filter(notice__kind="digest").count() == 0
