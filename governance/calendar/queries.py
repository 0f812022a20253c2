"""Reading calendars. A process remembers an organisation's calendars for a minute: they change a few times a year."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date

from django.core.cache import caches

from .models import CalendarDay, CalendarYear, WorkCalendar
from .rules import WorkingTime

REMEMBERED_SECONDS = 60


def cache_key(organisation_id: int) -> str:
    return f"working-times:{organisation_id}"


def forget(organisation_id: int) -> None:
    """Drop what this process remembers, after a calendar was edited."""
    caches["process"].delete(cache_key(organisation_id))


def working_times(organisation_id: int) -> dict[int | None, WorkingTime]:
    """Every calendar of the organisation by primary key; the default one also stands under None."""
    found = caches["process"].get(cache_key(organisation_id))
    if found is None:
        found = read_working_times(organisation_id)
        caches["process"].set(cache_key(organisation_id), found, REMEMBERED_SECONDS)
    return found


def working_time(organisation_id: int, calendar_id: int | None = None) -> WorkingTime:
    """One calendar; the organisation's default one when `calendar_id` is None or unknown."""
    found = working_times(organisation_id)
    return found.get(calendar_id) or found[None]


def read_working_times(organisation_id: int) -> dict[int | None, WorkingTime]:
    """The same, always from the database (three statements)."""
    exceptions: dict[int, dict[date, bool]] = defaultdict(dict)
    for day in CalendarDay.objects.filter(calendar__organisation_id=organisation_id):
        exceptions[day.calendar_id][day.on] = day.is_working
    years: dict[int, set[int]] = defaultdict(set)
    for year in CalendarYear.objects.filter(calendar__organisation_id=organisation_id):
        years[year.calendar_id].add(year.year)
    found: dict[int | None, WorkingTime] = {None: WorkingTime()}
    for calendar in WorkCalendar.objects.filter(organisation_id=organisation_id):
        working = time_of(calendar, exceptions[calendar.pk], years[calendar.pk])
        found[calendar.pk] = working
        if calendar.is_default:
            found[None] = working
    return found


def time_of(calendar: WorkCalendar, exceptions: Mapping[date, bool], years: Iterable[int]) -> WorkingTime:
    """How a calendar counts with these days and these years entered."""
    return WorkingTime(
        weekdays=days_of(calendar.weekdays),
        alternate=days_of(calendar.alternate_weekdays),
        alternates_from=calendar.alternates_from,
        exceptions=exceptions,
        known_years=frozenset(years),
        opens=calendar.opens,
        closes=calendar.closes,
    )


def days_of(marks: str) -> frozenset[int]:
    """The weekdays marked in a pattern such as "1111100", Monday (0) first."""
    return frozenset(day for day, mark in enumerate(marks) if mark == "1")
