"""The dates of what is open follow an edited calendar: from the opening and the number of days. Closed ones stay."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db import models, transaction

from governance.calendar.models import WorkCalendar
from governance.calendar.rules import WorkingTime

from ..models import Duty
from ..rules import dates_of
from .pairs import set_each

CHUNK = 5000
DATES = ("due_at", "provisional", "lapses_at")


@dataclass(frozen=True)
class Moved:
    """How many open duties have other dates: `dates` is due (or lapses) another time, `settled` is no longer
    provisional, `unsettled` has become so."""

    dates: int = 0
    settled: int = 0
    unsettled: int = 0

    def __add__(self, other: "Moved") -> "Moved":
        return Moved(self.dates + other.dates, self.settled + other.settled, self.unsettled + other.unsettled)


def dated_by(calendar: WorkCalendar) -> models.QuerySet[Duty]:
    """Open duties whose dates this calendar counts; the default one counts for those that name none."""
    counted = models.Q(calendar=calendar)
    if calendar.is_default:
        counted |= models.Q(calendar=None)
    dated = models.Q(days__isnull=False) | models.Q(lapse_days__isnull=False)
    return Duty.objects.open().filter(counted, dated, organisation_id=calendar.organisation_id)


def foresee(calendar: WorkCalendar, working: WorkingTime) -> Moved:
    """What would move if the calendar counted like this; nothing is written."""
    return sum((moved_in(chunk, working)[1] for chunk in chunks(dated_by(calendar).order_by("pk"))), Moved())


@transaction.atomic
def recompute(duties: models.QuerySet[Duty], working: WorkingTime) -> Moved:
    """Count the dates again; two statements for each 5,000 open duties. What is being closed at this moment is waited
    for and left as it is."""
    total = Moved()
    for chunk in chunks(duties.select_for_update().order_by("pk")):
        rows, moved = moved_in(chunk, working)
        set_each(Duty, DATES, rows)
        total += moved
    return total


def chunks(duties: models.QuerySet[Duty]) -> Iterator[list[Duty]]:
    """By primary key, 5,000 at a time."""
    needed, last = duties.only("opened_at", "days", "lapse_days", *DATES), 0
    while chunk := list(needed.filter(pk__gt=last)[:CHUNK]):
        yield chunk
        last = chunk[-1].pk


def moved_in(duties: list[Duty], working: WorkingTime) -> tuple[list[tuple], Moved]:
    """The new dates of those that have others, and what kind of change it is."""
    rows, dates, settled, unsettled = [], 0, 0, 0
    for duty in duties:
        now = dates_of(working, duty.opened_at, duty.days, duty.lapse_days)
        due_moved = (now.due_at, now.lapses_at) != (duty.due_at, duty.lapses_at)
        if due_moved or now.provisional != duty.provisional:
            rows.append((duty.pk, now.due_at, now.provisional, now.lapses_at))
        dates += due_moved
        settled += duty.provisional and not now.provisional
        unsettled += now.provisional and not duty.provisional
    return rows, Moved(dates, settled, unsettled)
