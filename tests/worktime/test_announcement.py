"""Pasted days: single lines, ranges, and the State Council's notice as it stands."""

from datetime import date, timedelta

import pytest
from django.utils import translation

from governance.worktime.announcement import Day, as_text, read_days

NOTICE = """国务院办公厅关于2027年部分节假日安排的通知
各省、自治区、直辖市人民政府：
一、元旦：1月1日（周五）至3日（周日）放假，共3天。
二、春节：2月5日（周五）至11日（周四）放假调休，共7天。1月31日（周日）、2月20日（周六）上班。
三、国庆节：10月1日（周五）至7日（周四）放假调休，共7天。10月9日（周六）上班。
2026年11月4日
"""


def span(year, month, first, last):
    return [date(year, month, day) for day in range(first, last + 1)]


def test_notice_is_read_as_it_stands():
    found = read_days(NOTICE, 2027)
    off = span(2027, 1, 1, 3) + span(2027, 2, 5, 11) + span(2027, 10, 1, 7)
    assert sorted(on for on, day in found.days.items() if not day.is_working) == off
    worked = [date(2027, 1, 31), date(2027, 2, 20), date(2027, 10, 9)]
    assert sorted(on for on, day in found.days.items() if day.is_working) == worked
    assert {day.name for day in found.days.values()} == {"元旦", "春节", "国庆节"}
    assert found.unread == ["国务院办公厅关于2027年部分节假日安排的通知", "各省、自治区、直辖市人民政府：", "2026年11月4日"]
    assert found.errors == []


@pytest.mark.parametrize(
    ("line", "days"),
    [
        ("2027-01-01 休 元旦", [Day(date(2027, 1, 1), False, "元旦")]),
        ("2027/2/20 班 春节", [Day(date(2027, 2, 20), True, "春节")]),
        ("2027.2.20 上班", [Day(date(2027, 2, 20), True)]),
        ("2027-10-09 work National Day", [Day(date(2027, 10, 9), True, "National Day")]),
        ("2027-05-03 off Labour Day", [Day(date(2027, 5, 3), False, "Labour Day")]),
        ("6月9日 端午节", [Day(date(2027, 6, 9), False, "端午节")]),
        ("2027年2月5日至2月6日 春节", [Day(date(2027, 2, 5), False, "春节"), Day(date(2027, 2, 6), False, "春节")]),
        ("1月30日～2月1日 休", [Day(date(2027, 1, 30) + timedelta(n), False) for n in range(3)]),
    ],
)
def test_one_line(line, days):
    assert list(read_days(line, 2027).days.values()) == days


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("2月30日 休", "Line 1: there is no day “2月30日”."),
        ("\n2月5日至1日 休", "Line 2: “2月5日至1日” must begin and end in 2027, in this order."),
        ("2026-12-31 ~ 2027-01-02 休", "Line 1: “2026-12-31 ~ 2027-01-02” must begin and end in 2027, in this order."),
        ("2月20日 休\n2月20日 上班", "Line 2: 2027-02-20 is said to be both off and worked."),
    ],
)
def test_what_cannot_be_meant_is_named_by_its_line(text, sentence):
    with translation.override("en"):
        assert read_days(text, 2027).errors == [sentence]


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_what_is_written_out_reads_as_the_same_days(language):
    days = read_days(NOTICE, 2027).days
    with translation.override(language):
        assert read_days(as_text(list(days.values())), 2027).days == days


def test_neighbours_stand_in_one_line():
    with translation.override("zh-hans"):
        assert as_text([Day(on, False, "元旦") for on in span(2027, 1, 1, 3)]) == "2027-01-01 ~ 2027-01-03 休 元旦"
