"""Counting working days, against dates counted by hand on the State Council's calendar of 2026.

2026: 1–3 January off, Sunday 4 January worked; 15–23 February off, Saturdays 14 and 28 February worked; 4–6 April off;
1–5 May off, Saturday 9 May worked; 19–21 June off; 25–27 September off; Sunday 20 September worked; 1–7 October off,
Saturday 10 October worked.
"""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from governance.calendar.rules import WorkingTime

SHANGHAI = ZoneInfo("Asia/Shanghai")
OFF = [(1, 1), (1, 2), (2, 16), (2, 17), (2, 18), (2, 19), (2, 20), (2, 23), (4, 6), (5, 1), (5, 4), (5, 5)]
OFF += [(6, 19), (9, 25), (10, 1), (10, 2), (10, 5), (10, 6), (10, 7)]
WORKED = [(1, 4), (2, 14), (2, 28), (5, 9), (9, 20), (10, 10)]
CHINA = WorkingTime(
    exceptions={date(2026, *day): False for day in OFF} | {date(2026, *day): True for day in WORKED},
    known_years=frozenset({2025, 2026}),
)


def at(year, month, day, hour=10, minute=0):
    return datetime(year, month, day, hour, minute, tzinfo=SHANGHAI)


@pytest.mark.parametrize(
    ("day", "is_working"),
    [
        (date(2026, 2, 13), True),
        (date(2026, 2, 14), True),  # a Saturday, worked
        (date(2026, 2, 15), False),
        (date(2026, 2, 17), False),  # New Year's Day of the lunar year
        (date(2026, 2, 24), True),
        (date(2026, 1, 4), True),  # a Sunday, worked
        (date(2026, 3, 7), False),
        (date(2026, 3, 9), True),
    ],
)
def test_make_up_days_are_worked_and_holidays_are_not(day, is_working):
    assert CHINA.is_working(day) is is_working


@pytest.mark.parametrize(
    ("since", "days", "due_on"),
    [
        (at(2026, 3, 2), 2, date(2026, 3, 4)),  # Monday → Wednesday
        (at(2026, 3, 6), 2, date(2026, 3, 10)),  # Friday → Tuesday
        (at(2026, 3, 7), 1, date(2026, 3, 9)),  # Saturday → Monday
        (at(2026, 2, 13), 1, date(2026, 2, 14)),  # the worked Saturday counts
        (at(2026, 2, 13), 2, date(2026, 2, 24)),  # over nine days of Spring Festival
        (at(2026, 9, 18), 2, date(2026, 9, 21)),  # Saturday off, Sunday worked
        (at(2026, 9, 30), 5, date(2026, 10, 13)),  # 8, 9, 10 (Saturday), 12, 13 October
        (at(2025, 12, 31), 2, date(2026, 1, 5)),  # over the year's end: Sunday 4, Monday 5
        (at(2026, 3, 2), 10, date(2026, 3, 16)),
        (at(2026, 4, 30), 5, date(2026, 5, 11)),  # 6, 7, 8, 9 (Saturday), 11 May
    ],
)
def test_due_counts_working_days_from_the_day_after(since, days, due_on):
    assert CHINA.due(since, days).at == datetime.combine(due_on, time(18, 0), tzinfo=SHANGHAI)


def test_due_at_18_in_shanghai_is_10_in_utc():
    assert CHINA.due(at(2026, 3, 2), 2).at.astimezone(UTC) == datetime(2026, 3, 4, 10, 0, tzinfo=UTC)


def test_day_is_counted_where_the_company_is():
    late_in_utc = datetime(2026, 3, 2, 17, 0, tzinfo=UTC)  # 01:00 on the third in Shanghai
    assert CHINA.due(late_in_utc, 2).at == at(2026, 3, 5, 18)


@pytest.mark.parametrize(
    ("since", "due_at"),
    [
        (at(2026, 3, 2, 9), at(2026, 3, 2, 18)),
        (at(2026, 3, 2, 17, 59), at(2026, 3, 2, 18)),
        (at(2026, 3, 2, 18), at(2026, 3, 3, 18)),  # after closing: the next working day
        (at(2026, 3, 6, 22), at(2026, 3, 9, 18)),
        (at(2026, 3, 7, 9), at(2026, 3, 9, 18)),  # on a Saturday
        (at(2026, 2, 15, 9), at(2026, 2, 24, 18)),
    ],
)
def test_same_day_is_never_over_already(since, due_at):
    assert CHINA.due(since, 0).at == due_at


@pytest.mark.parametrize(
    ("since", "days", "due_on", "provisional"),
    [
        (at(2026, 12, 28), 2, date(2026, 12, 30), False),
        (at(2026, 12, 30), 5, date(2027, 1, 6), True),  # 31; 1, 4, 5, 6 January: nobody knows the holidays yet
        (at(2027, 1, 4), 2, date(2027, 1, 6), True),
        (at(2025, 12, 31), 2, date(2026, 1, 5), False),
    ],
)
def test_unknown_year_counts_monday_to_friday_and_is_provisional(since, days, due_on, provisional):
    due = CHINA.due(since, days)
    assert (due.at.date(), due.provisional) == (due_on, provisional)


def test_hours_and_weekdays_are_data():
    gulf = WorkingTime(weekdays=frozenset({6, 0, 1, 2, 3}), closes=time(16, 30), known_years=frozenset({2026}))
    assert gulf.due(at(2026, 3, 5), 1).at == at(2026, 3, 8, 16, 30)  # Thursday → Sunday


@pytest.mark.parametrize(
    ("start", "end", "days"),
    [
        (date(2026, 3, 2), date(2026, 3, 2), 0),
        (date(2026, 3, 2), date(2026, 3, 3), 1),
        (date(2026, 3, 6), date(2026, 3, 9), 1),
        (date(2026, 2, 13), date(2026, 2, 24), 2),
        (date(2026, 3, 9), date(2026, 3, 2), 0),
    ],
)
def test_working_days_between_leaves_out_the_first_day(start, end, days):
    assert CHINA.working_days_between(start, end) == days


def test_waited_counts_days_of_the_company():
    assert CHINA.waited(at(2026, 3, 6, 23, 30), at(2026, 3, 9, 0, 30)) == 1
    assert CHINA.waited(at(2026, 3, 6, 8), at(2026, 3, 6, 18)) == 0


@given(st.datetimes(datetime(2025, 1, 1), datetime(2028, 12, 31)), st.integers(1, 30))
def test_due_is_a_working_day_with_exactly_that_many_days_before_it(moment, days):
    since = moment.replace(tzinfo=SHANGHAI)
    due = CHINA.due(since, days).at
    assert CHINA.is_working(due.date())
    assert CHINA.working_days_between(since.date(), due.date()) == days
    assert CHINA.due(since + timedelta(seconds=1), days).at >= due
