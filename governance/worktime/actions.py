"""Keeping the working calendars: each edit recounts the open due dates in the same transaction."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from governance.accounts.models import Organisation, User
from governance.audit.actions import record
from governance.calendar.actions.seeding import name_holidays
from governance.calendar.models import CalendarDay, CalendarYear, WorkCalendar
from governance.calendar.queries import forget, read_working_times
from governance.directory.models import Company
from governance.directory.permissions import check_can_keep_calendars
from governance.duties.actions.recomputing import Moved, count_by, dated_by, recompute
from governance.duties.queries import open_about

from .announcement import Day
from .patterns import hours_words

HOURS = ("weekdays", "alternate_weekdays", "alternates_from", "opens", "closes")


@transaction.atomic
def enter_year(calendar: WorkCalendar, year: int, days: Iterable[Day], *, by: User, now: datetime) -> Moved:
    """Enter a whole year, or enter it anew: exactly these days differ from the week. Dates in it are no longer 暂定."""
    office = check_can_keep_calendars(by)
    lock(calendar)
    CalendarDay.objects.filter(calendar=calendar, on__year=year).delete()
    rows = [CalendarDay(calendar=calendar, on=day.on, is_working=day.is_working, name=day.name) for day in days]
    CalendarDay.objects.bulk_create(rows)
    CalendarYear.objects.get_or_create(calendar=calendar, year=year)
    moved = recount(calendar, now=now)
    worked = sum(row.is_working for row in rows)
    facts = {"year": year, "off": len(rows) - worked, "worked": worked, "moved": moved.dates}
    record("enter-year", calendar, by=by, at=now, office=office, **facts)
    return moved


@transaction.atomic
def change_hours(calendar: WorkCalendar, hours: dict[str, Any], *, by: User, now: datetime) -> Moved:
    """Other working days of the week or other hours; the days of the years stay."""
    office = check_can_keep_calendars(by)
    lock(calendar)
    for name in HOURS:
        setattr(calendar, name, hours[name])
    calendar.save(update_fields=HOURS)
    name_holidays(calendar)
    moved = recount(calendar, now=now)
    record("change-hours", calendar, by=by, at=now, office=office, hours=hours_words(calendar), moved=moved.dates)
    return moved


@transaction.atomic
def add_calendar(
    organisation: Organisation, name: str, hours: dict[str, Any], *, by: User, now: datetime
) -> WorkCalendar:
    """A calendar of its own, with the years and days of the default one; the first one is the default."""
    office = check_can_keep_calendars(by)
    default = WorkCalendar.objects.filter(organisation=organisation, is_default=True).first()
    calendar = WorkCalendar.objects.create(
        organisation=organisation, name=name, is_default=default is None, **{name: hours[name] for name in HOURS}
    )
    if default is not None:
        copy_days(default, calendar)
    record("add-calendar", calendar, by=by, at=now, office=office, name=name, hours=hours_words(calendar))
    recount(calendar, now=now)
    return calendar


def copy_days(source: WorkCalendar, calendar: WorkCalendar) -> None:
    """Every day and year of another calendar."""
    CalendarDay.objects.bulk_create(
        [
            CalendarDay(calendar=calendar, on=day.on, is_working=day.is_working, name=day.name)
            for day in source.days.all()
        ]
    )
    CalendarYear.objects.bulk_create([CalendarYear(calendar=calendar, year=found.year) for found in source.years.all()])
    name_holidays(calendar)


@transaction.atomic
def use_calendar(company: Company, calendar: WorkCalendar, *, by: User, now: datetime) -> Moved:
    """From now on what belongs to the company counts by this calendar; what is open is counted again."""
    office = check_can_keep_calendars(by)
    if not Company.objects.filter(pk=company.pk).exclude(calendar=calendar).update(calendar=calendar):
        return Moved()
    working = read_working_times(company.organisation_id)[calendar.pk]
    moved = count_by(open_about(company), calendar, working, now=now)
    facts = {"company": str(company), "calendar": calendar.name, "moved": moved.dates}
    record("use-calendar", company, by=by, at=now, office=office, **facts)
    return moved


def lock(calendar: WorkCalendar) -> None:
    """One edit of a calendar at a time; duties may be opened under it meanwhile."""
    WorkCalendar.objects.select_for_update(no_key=True).get(pk=calendar.pk)


def recount(calendar: WorkCalendar, *, now: datetime) -> Moved:
    """The open due dates by the calendar as it stands now; processes that remember the old one forget it."""
    WorkCalendar.objects.filter(pk=calendar.pk).update(changed_at=now)
    forget(calendar.organisation_id)
    transaction.on_commit(lambda: forget(calendar.organisation_id))
    return recompute(dated_by(calendar), read_working_times(calendar.organisation_id)[calendar.pk], now=now)


def said(moved: Moved) -> str:
    """What an edit did, in one sentence."""
    return _("Open due dates moved: %(moved)s; no longer provisional: %(settled)s.") % {
        "moved": moved.dates,
        "settled": moved.settled,
    }
