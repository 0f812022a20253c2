"""The ladders against days counted by hand. March 2026 has no holiday: Mondays are the 2nd, 9th, 16th, 23rd, 30th."""

from datetime import date, timedelta

import pytest

from governance.calendar.rules import WorkingTime
from governance.duties.ladders import LADDERS, reached

PLAIN = WorkingTime(known_years=frozenset({2026}))
SPRING = WorkingTime(
    exceptions={date(2026, 2, day): False for day in (16, 17, 18, 19, 20, 23)}
    | {date(2026, 2, 14): True, date(2026, 2, 28): True},
    known_years=frozenset({2026}),
)
SIX_DAYS = WorkingTime(weekdays=frozenset(range(6)), known_years=frozenset({2026}))


def march(day):
    return date(2026, 3, day)


def lived(ladder, opened_on, due_on, until, working=PLAIN, missed=()):
    """Day by day, as the sweep does it: {day: what was told}, each rung and day once."""
    told, rows, today = {}, set(), opened_on
    while today <= until:
        if working.is_working(today) and today not in missed:
            standing = reached(ladder, opened_on=opened_on, due_on=due_on, today=today, working=working)
            fresh = [(rung.code, on) for rung, on in standing if (rung.code, on) not in rows]
            if fresh:
                told[today] = sorted(code for code, _on in fresh)
            rows.update(fresh)
        today += timedelta(days=1)
    return told


@pytest.mark.parametrize(
    ("ladder", "due_on", "told"),
    [
        (
            "approval",
            march(4),
            {
                3: ["holder-opened-1"],
                4: ["holder-opened-2"],
                5: ["nudging-opened-3"],
                10: ["nudging-opened-3"],
                13: ["nudging-opened-3"],
                18: ["nudging-opened-3"],
            },
        ),
        (
            "designation",
            march(4),
            {
                4: ["holder-due-0"],
                5: ["holder-due-0"],
                6: ["above-due-2", "holder-due-0"],
                9: ["holder-due-0"],
                10: ["holder-due-0"],
                11: ["holder-due-0"],
                12: ["holder-due-0"],
                13: ["holder-due-0"],
                16: ["holder-due-0"],
                17: ["holder-due-0"],
                18: ["holder-due-0"],
                19: ["holder-due-0"],
            },
        ),
        (
            "acceptance",
            march(17),
            {17: ["holder-due-0"], 18: ["holder-due-0"], 19: ["designating-due-2", "holder-due-0"]},
        ),
        (
            "establishment",
            march(17),
            {17: ["holder-due-0"], 18: ["holder-due-0"], 19: ["designating-due-2", "holder-due-0"]},
        ),
        ("filing", march(17), {18: ["holder-due-1"], 19: ["holder-due-1"]}),
        ("leaver", march(16), {16: ["holder-due-0"], 17: ["designating-due-1"], 18: ["hr-due-2"]}),
        ("admission", march(4), {4: ["holder-due-0"], 5: ["admin-due-1"]}),
        ("nickname", march(5), {5: ["holder-due-0"], 6: ["admin-due-1"]}),
        ("case", march(9), {9: ["holder-due-0"], 11: ["above-due-2"]}),
        ("", march(4), {}),
        ("unheard-of", march(4), {}),
    ],
)
def test_ladder_day_by_day(ladder, due_on, told):
    expected = {march(day): codes for day, codes in told.items()}
    assert lived(ladder, march(2), due_on, march(19)) == expected


def test_review_reminds_before_and_after_and_then_tells_others():
    told = lived("review", date(2026, 2, 27), march(13), date(2026, 4, 1))
    assert told == {
        march(4): ["holder-due-before-7"],
        march(10): ["holder-due-before-3"],
        march(12): ["holder-due-before-1"],
        march(13): ["holder-due-0"],
        march(17): ["holder-due-2"],
        march(19): ["holder-due-2"],
        march(20): ["designating-due-5"],
        march(23): ["holder-due-2"],
        march(25): ["holder-due-2"],
        march(27): ["holder-due-2", "supervising-due-10"],
        march(31): ["holder-due-2"],
    }


def test_review_with_five_days_left_skips_what_lies_behind():
    """Seven days before the due day was before the review opened: only 3 and 1 before are sent."""
    told = lived("review", march(6), march(13), march(13))
    assert told == {
        march(10): ["holder-due-before-3"],
        march(12): ["holder-due-before-1"],
        march(13): ["holder-due-0"],
    }


def test_spring_festival_reminds_nobody_and_the_worked_saturday_counts():
    told = lived("approval", date(2026, 2, 13), date(2026, 2, 24), march(3), SPRING)
    assert told == {
        date(2026, 2, 14): ["holder-opened-1"],
        date(2026, 2, 24): ["holder-opened-2"],
        date(2026, 2, 25): ["nudging-opened-3"],
        date(2026, 2, 28): ["nudging-opened-3"],
    }


def test_six_day_week_counts_saturday():
    told = lived("approval", march(6), march(9), march(14), SIX_DAYS)
    assert told == {
        march(7): ["holder-opened-1"],
        march(9): ["holder-opened-2"],
        march(10): ["nudging-opened-3"],
        march(13): ["nudging-opened-3"],
    }


def test_outage_of_a_week_is_caught_up_once():
    missed = {march(day) for day in range(3, 10)}
    told = lived("approval", march(2), march(4), march(13), missed=missed)
    assert told == {march(10): ["holder-opened-2", "nudging-opened-3"], march(13): ["nudging-opened-3"]}


def test_outage_does_not_shift_what_comes_later():
    """Told on the 11th what was reached on the 10th; the next is still the 13th."""
    told = lived("approval", march(2), march(4), march(13), missed={march(10)})
    assert [day.day for day in told] == [3, 4, 5, 11, 13]


def test_what_stands_reached_keeps_its_day():
    """So that a second sweep, and one on a later day without a new rung, finds the same row."""
    for today in (march(5), march(6), march(9)):
        [(rung, on)] = [
            found
            for found in reached("approval", opened_on=march(2), due_on=march(4), today=today, working=PLAIN)
            if found[0].to == "nudging"
        ]
        assert (rung.code, on) == ("nudging-opened-3", march(5))


def test_clock_set_back_finds_what_stood_then():
    found = reached("designation", opened_on=march(2), due_on=march(4), today=march(5), working=PLAIN)
    assert [(rung.code, on) for rung, on in found] == [("holder-due-0", march(5))]


def test_duty_that_is_never_due_climbs_only_from_its_opening():
    assert reached("designation", opened_on=march(2), due_on=None, today=march(9), working=PLAIN) == []


def test_duty_due_on_its_opening_day_is_not_reminded_of_the_same_day():
    assert lived("case", march(2), march(2), march(10)) == {march(4): ["above-due-2"]}


def test_due_day_on_a_holiday_is_reminded_of_on_the_working_day_before():
    assert lived("leaver", march(2), march(7), march(10)) == {
        march(6): ["holder-due-0"],
        march(9): ["designating-due-1"],
        march(10): ["hr-due-2"],
    }


def test_no_two_rungs_of_a_ladder_share_a_name():
    for ladder, rungs in LADDERS.items():
        assert len({rung.code for rung in rungs}) == len(rungs), ladder
        assert all(len(rung.code) <= 40 for rung in rungs)
