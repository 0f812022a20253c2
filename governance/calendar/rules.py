"""Counting working days: pure functions over a calendar held in memory."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

ONE_DAY = timedelta(days=1)


def monday_of(on: date) -> date:
    return on - timedelta(days=on.weekday())


@dataclass(frozen=True)
class Due:
    """When something is due (aware), and whether that date rests on a year nobody has entered yet (暂定)."""

    at: datetime
    provisional: bool


@dataclass(frozen=True)
class WorkingTime:
    """One company's working days and hours. `weekdays` holds 0 (Monday) to 6; `exceptions` says True for a make-up
    day and False for a holiday; years not in `known_years` count by the weekly pattern alone and mark their dates
    provisional. With alternate weeks (大小周) every second week counted from `alternates_from` follows `alternate`.
    """

    weekdays: frozenset[int] = frozenset(range(5))
    alternate: frozenset[int] = frozenset()
    alternates_from: date | None = None
    exceptions: Mapping[date, bool] = field(default_factory=dict)
    known_years: frozenset[int] = frozenset()
    opens: time = time(9, 0)
    closes: time = time(18, 0)
    zone: ZoneInfo = ZoneInfo("Asia/Shanghai")

    def is_working(self, on: date) -> bool:
        """Whether `on` is a working day."""
        return self.exceptions.get(on, on.weekday() in self.pattern(on))

    def pattern(self, on: date) -> frozenset[int]:
        """The weekdays worked in the week of that day, as long as no single day says otherwise."""
        if self.alternates_from is None:
            return self.weekdays
        weeks = (monday_of(on) - monday_of(self.alternates_from)).days // 7
        return self.alternate if weeks % 2 else self.weekdays

    def is_open(self, at: datetime) -> bool:
        """Whether `at` lies in working hours of a working day."""
        local = at.astimezone(self.zone)
        return self.is_working(local.date()) and self.opens <= local.time() < self.closes

    def is_known(self, on: date) -> bool:
        return on.year in self.known_years

    def local_day(self, at: datetime) -> date:
        """The calendar day of `at` in the company's time."""
        return at.astimezone(self.zone).date()

    def working_day_after(self, on: date, days: int) -> date:
        """The `days`-th working day after `on`; `days` = 0 is `on` itself, or the next working day."""
        day = on
        if days == 0:
            while not self.is_working(day):
                day += ONE_DAY
        for _ in range(days):
            day += ONE_DAY
            while not self.is_working(day):
                day += ONE_DAY
        return day

    def working_day_before(self, on: date, days: int) -> date:
        """The `days`-th working day before `on`; `days` = 0 is `on` itself, working or not."""
        day = on
        for _ in range(days):
            day -= ONE_DAY
            while not self.is_working(day):
                day -= ONE_DAY
        return day

    def closing(self, on: date) -> datetime:
        """The end of working hours on a day, as aware time."""
        return datetime.combine(on, self.closes, tzinfo=self.zone)

    def due(self, since: datetime, days: int) -> Due:
        """`days` working days counted from the day after `since`, due at closing time of the last (DESIGN.md, Clocks).

        "The same day" (0) of what comes up after closing time is the next working day: nothing is born late.
        """
        first = self.local_day(since)
        last = self.working_day_after(first, days)
        if self.closing(last) <= since:
            last = self.working_day_after(last, 1)
        years = range(first.year, last.year + 1)
        return Due(self.closing(last), not all(year in self.known_years for year in years))

    def working_days_between(self, start: date, end: date) -> int:
        """Working days after `start` up to and including `end`; 0 when `end` is not later."""
        days, day = 0, start
        while day < end:
            day += ONE_DAY
            days += self.is_working(day)
        return days

    def waited(self, since: datetime, now: datetime) -> int:
        """How many working days something has waited (已等 N 个工作日)."""
        return self.working_days_between(self.local_day(since), self.local_day(now))
