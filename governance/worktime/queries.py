"""What the calendars' pages read."""

from calendar import Calendar
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q

from governance.accounts.models import User
from governance.audit.queries import history_of
from governance.audit.verbs import worded
from governance.calendar.models import CalendarDay, CalendarYear, WorkCalendar
from governance.calendar.queries import time_of
from governance.calendar.rules import WorkingTime
from governance.directory.models import Company
from governance.duties.models import Duty

from .announcement import Day
from .patterns import hours_words

RECENT = 20


@dataclass(frozen=True)
class Cell:
    """One day of the year view; `mark` is what differs from the week."""

    day: int
    mark: str
    name: str
    is_working: bool


@dataclass(frozen=True)
class Month:
    number: int
    weeks: list[list[Cell | None]]


@dataclass(frozen=True)
class CalendarRow:
    """A calendar in the list."""

    calendar: WorkCalendar
    hours: str
    years: list[int]
    missing: list[int]
    companies: list[Company]
    provisional: int


def calendars_of(user: User) -> list[WorkCalendar]:
    return list(WorkCalendar.objects.filter(organisation_id=user.organisation_id))


def rows_of(user: User, companies: list[Company], *, on: date) -> list[CalendarRow]:
    """Every calendar with its years, the companies that work by it and how many open dates are provisional: three
    statements, whatever their number."""
    calendars = calendars_of(user)
    years: dict[int, list[int]] = {}
    for calendar_id, year in CalendarYear.objects.filter(calendar__in=calendars).values_list("calendar_id", "year"):
        years.setdefault(calendar_id, []).append(year)
    uncertain = Duty.objects.open().filter(organisation_id=user.organisation_id, provisional=True).order_by()
    counts = dict(uncertain.values_list("calendar_id").annotate(n=Count("pk")))
    return [
        CalendarRow(
            calendar=calendar,
            hours=hours_words(calendar),
            years=[year for year in years.get(calendar.pk, []) if year >= on.year],
            missing=[year for year in (on.year, on.year + 1) if year not in years.get(calendar.pk, [])],
            companies=[
                company
                for company in companies
                if company.calendar_id == calendar.pk or company.calendar_id is None and calendar.is_default
            ],
            provisional=counts.get(calendar.pk, 0) + (counts.get(None, 0) if calendar.is_default else 0),
        )
        for calendar in calendars
    ]


def companies_of(user: User) -> list[Company]:
    return list(Company.objects.filter(organisation_id=user.organisation_id))


def companies_by(calendar: WorkCalendar) -> list[Company]:
    """The companies that work by it; those without a calendar work by the default one."""
    by_it = Q(calendar=calendar)
    if calendar.is_default:
        by_it |= Q(calendar=None)
    return list(Company.objects.filter(by_it, organisation_id=calendar.organisation_id))


def days_of_year(calendar: WorkCalendar, year: int) -> list[Day]:
    found = CalendarDay.objects.filter(calendar=calendar, on__year=year)
    return [Day(day.on, day.is_working, day.name) for day in found]


def counted(calendar: WorkCalendar, *, year: int | None = None, days: Iterable[Day] = ()) -> WorkingTime:
    """How the calendar counts, and how it would with these days of that year."""
    found = CalendarDay.objects.filter(calendar=calendar)
    years = set(calendar.years.values_list("year", flat=True))
    exceptions = {day.on: day.is_working for day in found if day.on.year != year}
    if year is not None:
        years.add(year)
        exceptions |= {day.on: day.is_working for day in days}
    return time_of(calendar, exceptions, years)


def months_of(year: int, working: WorkingTime, days: Iterable[Day]) -> list[Month]:
    """The year as twelve tables, Monday first."""
    by_date = {day.on: day for day in days}
    return [
        Month(
            number,
            [
                [cell_of(on, working, by_date.get(on)) if on.month == number else None for on in week]
                for week in Calendar().monthdatescalendar(year, number)
            ],
        )
        for number in range(1, 13)
    ]


def cell_of(on: date, working: WorkingTime, day: Day | None) -> Cell:
    is_working = working.is_working(on)
    mark = "" if day is None else "worked" if is_working else "off"
    return Cell(on.day, mark, day.name if day else "", is_working)


def working_days(year: int, working: WorkingTime) -> int:
    return working.working_days_between(date(year - 1, 12, 31), date(year, 12, 31))


def history(calendar: WorkCalendar) -> list[dict[str, object]]:
    """The latest edits, as `components/timeline.html` lists them."""
    events = history_of(calendar)[:RECENT]
    return [{"text": worded(event), "at": event.at, "place": event.office} for event in events]
