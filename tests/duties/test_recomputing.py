"""An edited calendar moves the dates of what is open, and tells nobody twice because of it."""

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from governance.calendar.actions import seed_calendar
from governance.calendar.models import CalendarDay, CalendarYear, WorkCalendar
from governance.calendar.queries import forget, read_working_times
from governance.duties import kinds
from governance.duties.actions import close, hand_over, recomputing, sweep
from governance.duties.actions.handing_over import Clock
from governance.duties.actions.recomputing import Moved, dated_by, foresee, recompute
from governance.duties.kinds import DutyKind
from governance.duties.ladders import MOVED
from governance.duties.models import Duty, Reminder
from governance.notifications.models import Notice
from governance.notifications.wordings import wordings
from tests import factories

pytestmark = pytest.mark.django_db
SHANGHAI = ZoneInfo("Asia/Shanghai")
OPENED = datetime(2026, 12, 30, 10, tzinfo=SHANGHAI)  # a Wednesday


@pytest.fixture(autouse=True)
def _kind(monkeypatch):
    monkeypatch.setattr(kinds, "kinds", {})
    monkeypatch.setitem(wordings, "duty-decide", None)
    kinds.register(DutyKind("decide", "to decide", "Decide", "Please decide on “%(title)s”"))


@pytest.fixture
def calendar():
    return seed_calendar(factories.make_organisation(), until_year=2026)


@pytest.fixture
def office(calendar):
    factories.make_company(organisation=calendar.organisation)
    holder = factories.make_holder(organisation=calendar.organisation, code="president", name="陈国栋")
    return holder.person.tenures.get().office


def open_duty(office, *, days=3, ladder="", lapse_days=None, opened=OPENED, calendar=None):
    subject = factories.make_person(company=office.organisation.companies.first(), name="财务群")
    clock = Clock(days=days, ladder=ladder, lapse_days=lapse_days)
    return hand_over(
        subject, "decide", to=office, now=opened, clock=clock, path="/", calendar_id=calendar.pk if calendar else None
    )


def enter_2027(calendar):
    """1 January off, Sunday 3 January worked."""
    CalendarYear.objects.create(calendar=calendar, year=2027)
    CalendarDay.objects.create(calendar=calendar, on=date(2027, 1, 1), is_working=False)
    CalendarDay.objects.create(calendar=calendar, on=date(2027, 1, 3), is_working=True)
    forget(calendar.organisation_id)
    return read_working_times(calendar.organisation_id)[calendar.pk]


def due(duty):
    duty.refresh_from_db()
    return duty.due_at.astimezone(SHANGHAI).date(), duty.provisional


def test_entering_the_year_moves_the_due_day_and_settles_it(calendar, office):
    duty = open_duty(office)
    assert due(duty) == (date(2027, 1, 4), True)

    moved = recompute(dated_by(calendar), enter_2027(calendar), now=OPENED)

    assert due(duty) == (date(2027, 1, 4), False)  # a holiday and a make-up day outweigh each other
    assert moved == Moved(dates=0, settled=1)


def test_due_and_lapse_move_together(calendar, office):
    duty = open_duty(office, days=2, lapse_days=4)
    assert due(duty) == (date(2027, 1, 1), True)

    moved = recompute(dated_by(calendar), enter_2027(calendar), now=OPENED)

    assert due(duty) == (date(2027, 1, 3), False)
    assert duty.lapses_at.astimezone(SHANGHAI) == datetime(2027, 1, 5, 18, tzinfo=SHANGHAI)
    assert moved == Moved(dates=1, settled=1)


def test_hours_move_the_hour(calendar, office):
    duty = open_duty(office, days=1)
    recompute(dated_by(calendar), replace(read_working_times(calendar.organisation_id)[None], closes=time(17, 30)), now=OPENED)
    duty.refresh_from_db()
    assert duty.due_at.astimezone(SHANGHAI) == datetime(2026, 12, 31, 17, 30, tzinfo=SHANGHAI)


def test_foreseeing_says_the_same_and_writes_nothing(calendar, office):
    duty = open_duty(office, days=2, lapse_days=4)
    before = due(duty)
    working = enter_2027(calendar)
    assert foresee(calendar, working) == Moved(dates=1, settled=1)
    assert due(duty) == before


def test_what_is_closed_keeps_the_dates_under_which_it_was_done(calendar, office):
    duty = open_duty(office, days=2)
    close(duty.subject, by=None, now=OPENED)
    recompute(dated_by(calendar), enter_2027(calendar), now=OPENED)
    assert due(duty) == (date(2027, 1, 1), True)


def test_only_what_the_calendar_counts_moves(calendar, office):
    other = WorkCalendar.objects.create(organisation=calendar.organisation, name="六天工作制", weekdays="1111110")
    forget(calendar.organisation_id)
    own, theirs = open_duty(office, days=2, calendar=calendar), open_duty(office, days=2, calendar=other)
    elsewhere = seed_calendar(factories.make_organisation(), until_year=2026)
    factories.make_company(organisation=elsewhere.organisation)
    holder = factories.make_holder(organisation=elsewhere.organisation, code="president")
    foreign = open_duty(holder.person.tenures.get().office, days=2)

    recompute(dated_by(calendar), enter_2027(calendar), now=OPENED)

    assert [due(duty) for duty in (own, theirs, foreign)] == [
        (date(2027, 1, 3), False),
        (date(2027, 1, 1), True),
        (date(2027, 1, 1), True),
    ]


@pytest.mark.parametrize("count", [1, 3, 12])
def test_statements_grow_by_the_chunk_and_not_by_the_duty(calendar, office, monkeypatch, count):
    monkeypatch.setattr(recomputing, "CHUNK", 12)
    for _ in range(count):
        open_duty(office, days=2)
    working = enter_2027(calendar)
    with CaptureQueriesContext(connection) as captured:
        assert recompute(dated_by(calendar), working, now=OPENED).dates == count
    asked = [query["sql"] for query in captured if "SAVEPOINT" not in query["sql"]]
    assert len(asked) == 4  # the chunk, its dates, whom to tell, nothing further


def test_dates_of_several_chunks_are_all_counted(calendar, office, monkeypatch):
    monkeypatch.setattr(recomputing, "CHUNK", 2)
    for _ in range(5):
        open_duty(office, days=2)
    assert recompute(dated_by(calendar), enter_2027(calendar), now=OPENED).dates == 5
    assert recompute(dated_by(calendar), enter_2027_again(calendar), now=OPENED) == Moved()


def enter_2027_again(calendar):
    return read_working_times(calendar.organisation_id)[calendar.pk]


# --- nobody is told twice -----------------------------------------------------------------------------------------------
def at(month, day, year=2026):
    return datetime(year, month, day, 9, 30, tzinfo=SHANGHAI)


def declare_holiday(calendar, on):
    CalendarDay.objects.create(calendar=calendar, on=on, is_working=False)
    forget(calendar.organisation_id)
    recompute(dated_by(calendar), read_working_times(calendar.organisation_id)[calendar.pk], now=at(3, 3))


def reminded():
    """The rungs that were told; that a date moved is told besides."""
    return list(Reminder.objects.exclude(rung=MOVED).order_by("pk").values_list("rung", "reached_on"))


def test_rung_that_was_told_is_not_told_again_on_the_day_to_which_it_moved(calendar, office):
    open_duty(office, days=2, ladder="approval", opened=at(3, 2))
    sweep(now=at(3, 3))
    assert reminded() == [("holder-opened-1", date(2026, 3, 3))]

    declare_holiday(calendar, date(2026, 3, 3))  # found out too late: the first day is now the fourth
    sweep(now=at(3, 4))
    assert reminded() == [("holder-opened-1", date(2026, 3, 3))]

    sweep(now=at(3, 5))
    assert reminded()[1:] == [("holder-opened-2", date(2026, 3, 5))]


def test_daily_rung_goes_on_once_a_day(calendar, office):
    open_duty(office, days=1, ladder="designation", opened=at(3, 2))
    for day in (3, 4):
        sweep(now=at(3, day))
    declare_holiday(calendar, date(2026, 3, 5))
    for day in (4, 6, 6):
        sweep(now=at(3, day))
    assert reminded() == [("holder-due-0", date(2026, 3, day)) for day in (3, 4, 6)]


def test_later_due_day_is_not_announced_a_second_time(calendar, office):
    duty = open_duty(office, days=2, ladder="case", opened=at(3, 2))
    sweep(now=at(3, 4))
    declare_holiday(calendar, date(2026, 3, 4))
    assert due(duty)[0] == date(2026, 3, 5)
    sweep(now=at(3, 5))
    assert reminded() == [("holder-due-0", date(2026, 3, 4))]
    lines = [line["kind"] for notice in Notice.objects.filter(kind="digest") for line in notice.parameters["own"]]
    assert sorted(lines) == ["duty-decide", "duty-moved"]  # that it moved is said, once


def test_turn_of_several_days_stays_a_turn(calendar, office):
    duty = open_duty(office, days=0, ladder="review", opened=at(3, 2))
    Duty.objects.filter(pk=duty.pk).update(due_at=at(3, 3) + timedelta(hours=8), opened_on=date(2026, 2, 2))
    for day in range(5, 8):
        sweep(now=at(3, day))
    assert reminded() == [("holder-due-2", date(2026, 3, 5))]
