"""Filling a calendar with the public holidays and make-up days that chinesecalendar knows."""

from datetime import date, timedelta

import chinese_calendar
from django.db import transaction

from governance.accounts.models import Organisation

from ..models import CalendarDay, CalendarYear, WorkCalendar
from ..queries import forget

FIRST_YEAR = 2023
SATURDAY = 5


@transaction.atomic
def seed_calendar(organisation: Organisation, *, name: str = "标准工作日历", until_year: int) -> WorkCalendar:
    """The organisation's default calendar, Monday to Friday, with every year known up to `until_year`. Rerunnable."""
    calendar, _ = WorkCalendar.objects.get_or_create(
        organisation=organisation, is_default=True, defaults={"name": name}
    )
    for year in range(FIRST_YEAR, until_year + 1):
        seed_year(calendar, year)
    return calendar


@transaction.atomic
def seed_year(calendar: WorkCalendar, year: int) -> bool:
    """Enter one year from chinesecalendar; False (nothing written) when it does not know the year yet."""
    if CalendarYear.objects.filter(calendar=calendar, year=year).exists():
        return True
    days, day = [], date(year, 1, 1)
    while day.year == year:
        try:
            is_working = chinese_calendar.is_workday(day)
        except NotImplementedError:
            return False
        name = holiday_name(day)
        if name or is_working != (calendar.weekdays[day.weekday()] == "1"):
            days.append(CalendarDay(calendar=calendar, on=day, is_working=is_working, name=name))
        day += timedelta(days=1)
    CalendarYear.objects.create(calendar=calendar, year=year)
    CalendarDay.objects.bulk_create(days, ignore_conflicts=True)
    forget(calendar.organisation_id)
    transaction.on_commit(lambda: forget(calendar.organisation_id))  # another thread may have read in between
    return True


def name_holidays(calendar: WorkCalendar) -> None:
    """The known holidays' Saturdays and Sundays, which a week of five days leaves unsaid: another week may not be free.

    Days that somebody entered stay as they are.
    """
    days = []
    for year in calendar.years.values_list("year", flat=True):
        day = date(year, 1, 1)
        while day.year == year:
            name = known_name(day)
            if name and day.weekday() >= SATURDAY and not chinese_calendar.is_workday(day):
                days.append(CalendarDay(calendar=calendar, on=day, is_working=False, name=name))
            day += timedelta(days=1)
    CalendarDay.objects.bulk_create(days, ignore_conflicts=True)


def known_name(day: date) -> str:
    try:
        return holiday_name(day)
    except NotImplementedError:
        return ""


def holiday_name(day: date) -> str:
    """The holiday a day off or a make-up day belongs to, in Chinese; empty where it belongs to none."""
    _, name = chinese_calendar.get_holiday_detail(day)
    return chinese_calendar.Holiday(name).chinese if name else ""
