"""The dates of what is open follow an edited calendar, or another one: from the opening and the number of days. Closed
ones stay. Whoever has what is due another day hears of it in the next digest."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db import models, transaction

from governance.calendar.models import WorkCalendar
from governance.calendar.rules import WorkingTime

from ..models import Duty
from ..rules import dates_of
from .climbing import note_moved
from .pairs import set_each

CHUNK = 5000
DATES = ("due_at", "provisional", "lapses_at")
DATED = models.Q(days__isnull=False) | models.Q(lapse_days__isnull=False)


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
    return Duty.objects.open().filter(counted, DATED, organisation_id=calendar.organisation_id)


def foresee(calendar: WorkCalendar, working: WorkingTime) -> Moved:
    """What would move if the calendar counted like this; nothing is written."""
    return sum((moved_in(chunk, working)[1] for chunk in chunks(dated_by(calendar).order_by("pk"))), Moved())


@transaction.atomic
def recompute(duties: models.QuerySet[Duty], working: WorkingTime, *, now: datetime) -> Moved:
    """Count the dates again; three statements for each 5,000 open duties of one organisation. What is being closed at
    this moment is waited for and left as it is."""
    total = Moved()
    for chunk in chunks(duties.select_for_update().order_by("pk")):
        due_before = {duty.pk: duty.due_at for duty in chunk}
        rows, moved = moved_in(chunk, working)
        set_each(Duty, DATES, rows)
        if other := [pk for pk, due_at, *_rest in rows if due_at != due_before[pk]]:
            note_moved(other, chunk[0].organisation_id, working.local_day(now))
        total += moved
    return total


@transaction.atomic
def count_by(duties: models.QuerySet[Duty], calendar: WorkCalendar, working: WorkingTime, *, now: datetime) -> Moved:
    """Let open duties follow another calendar from now on, as if it had counted them from the beginning."""
    keys = list(duties.open().select_for_update().order_by("pk").values_list("pk", flat=True))
    total = Moved()
    for start in range(0, len(keys), CHUNK):
        chunk = Duty.objects.open().filter(pk__in=keys[start : start + CHUNK])
        chunk.update(calendar=calendar)
        total += recompute(chunk.filter(DATED), working, now=now)
    return total


def chunks(duties: models.QuerySet[Duty]) -> Iterator[list[Duty]]:
    """By primary key, 5,000 at a time."""
    needed, last = duties.only("organisation_id", "opened_at", "days", "lapse_days", *DATES), 0
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
