"""Filling a calendar with what chinesecalendar knows, and remembering calendars."""

from datetime import date, time

import pytest

from governance.calendar.actions import seed_calendar, seed_year
from governance.calendar.models import CalendarDay, CalendarYear, WorkCalendar
from governance.calendar.queries import forget, working_time, working_times
from governance.calendar.rules import WorkingTime
from tests.factories import make_organisation

pytestmark = pytest.mark.django_db


@pytest.fixture
def organisation():
    return make_organisation()


@pytest.fixture
def calendar(organisation):
    return seed_calendar(organisation, until_year=2026)


def test_2026_is_entered_as_the_state_council_announced_it(calendar):
    days = dict(CalendarDay.objects.filter(calendar=calendar, on__year=2026).values_list("on", "is_working"))
    worked = [(1, 4), (2, 14), (2, 28), (5, 9), (9, 20), (10, 10)]
    assert [day for day, is_working in days.items() if is_working] == [date(2026, *day) for day in worked]
    assert len(days) == 39
    assert CalendarDay.objects.get(calendar=calendar, on=date(2026, 2, 17)).name == "春节"


def test_unknown_year_writes_nothing(calendar):
    assert seed_year(calendar, 2027) is False
    assert not CalendarYear.objects.filter(year=2027).exists()
    assert not CalendarDay.objects.filter(on__year=2027).exists()


def test_seeding_again_changes_nothing(calendar, organisation):
    before = list(CalendarDay.objects.values_list("pk", flat=True))
    assert seed_calendar(organisation, until_year=2026) == calendar
    assert list(CalendarDay.objects.values_list("pk", flat=True)) == before


def test_seeding_again_keeps_what_was_edited(calendar, organisation):
    CalendarDay.objects.filter(on=date(2026, 2, 28)).update(is_working=False, name="公司放假")
    seed_calendar(organisation, until_year=2026)
    assert CalendarDay.objects.get(on=date(2026, 2, 28)).name == "公司放假"


def test_own_day_entered_before_the_year_is_kept(organisation):
    calendar = seed_calendar(organisation, until_year=2025)
    CalendarDay.objects.create(calendar=calendar, on=date(2026, 2, 14), is_working=False, name="年会")
    assert seed_year(calendar, 2026) is True
    assert CalendarDay.objects.get(on=date(2026, 2, 14)).name == "年会"


def test_working_time_is_the_default_calendar_where_none_is_named(calendar, organisation):
    night = WorkCalendar.objects.create(
        organisation=organisation, name="夜班", weekdays="1111111", opens=time(1), closes=time(9)
    )
    forget(organisation.pk)
    assert working_time(organisation.pk).closes == time(18)
    assert working_time(organisation.pk, night.pk).closes == time(9)
    assert working_time(organisation.pk, 999999).closes == time(18)
    assert working_time(organisation.pk).is_working(date(2026, 2, 14))
    assert not working_time(organisation.pk).is_working(date(2026, 2, 17))


def test_organisation_without_calendar_counts_monday_to_friday(organisation):
    assert working_time(organisation.pk) == WorkingTime()


def test_calendars_of_another_organisation_are_not_read(calendar):
    assert working_times(make_organisation().pk) == {None: WorkingTime()}


def test_calendars_are_read_once_in_a_while(calendar, organisation, django_assert_num_queries):
    with django_assert_num_queries(3):
        working_time(organisation.pk)
        working_time(organisation.pk)


def test_entering_a_year_is_seen_at_once(organisation):
    calendar = seed_calendar(organisation, until_year=2025)
    assert not working_time(organisation.pk).is_known(date(2026, 1, 1))
    seed_year(calendar, 2026)
    assert working_time(organisation.pk).is_known(date(2026, 1, 1))
