"""Times, dates and articles in the words of an office, in both languages."""

from datetime import UTC, date, datetime

import pytest
import time_machine
from django.template import Context, Template
from django.utils import translation

from governance.calendar.templatetags.when import chinese_number, clause_words, day_words, when_words

NOW = datetime(2026, 11, 24, 2, 0, tzinfo=UTC)  # 10:00 in Shanghai


@pytest.mark.parametrize(
    ("at", "chinese", "english"),
    [
        (datetime(2026, 11, 24, 6, 30, tzinfo=UTC), "今天 14:30", "today 14:30"),
        (datetime(2026, 11, 23, 15, 59, tzinfo=UTC), "昨天 23:59", "yesterday 23:59"),
        (datetime(2026, 11, 23, 16, 0, tzinfo=UTC), "今天 00:00", "today 00:00"),  # midnight in Shanghai
        (datetime(2026, 11, 25, 10, 0, tzinfo=UTC), "明天 18:00", "tomorrow 18:00"),
        (datetime(2026, 11, 19, 6, 30, tzinfo=UTC), "11月19日", "19 Nov"),
        (datetime(2025, 12, 31, 15, 59, tzinfo=UTC), "2025年12月31日", "31 Dec 2025"),
        (datetime(2025, 12, 31, 16, 0, tzinfo=UTC), "1月1日", "1 Jan"),
    ],
)
def test_when_says_the_moment_in_the_organisations_time(at, chinese, english):
    assert when_words(at, NOW) == chinese
    with translation.override("en"):
        assert when_words(at, NOW) == english


def test_day_at_new_year_is_still_yesterday():
    assert day_words(date(2025, 12, 31), date(2026, 1, 1)) == "昨天"


@time_machine.travel(NOW, tick=False)
def test_when_filter_carries_the_full_stamp():
    html = Template("{% load when %}{{ at|when }}").render(Context({"at": datetime(2026, 11, 19, 6, 30, tzinfo=UTC)}))

    assert html == '<time datetime="2026-11-19T14:30:00+08:00" title="2026-11-19 14:30">11月19日</time>'


@time_machine.travel(NOW, tick=False)
def test_day_filter_takes_the_organisations_day_of_a_moment():
    html = Template("{% load when %}{{ at|day }}").render(Context({"at": datetime(2026, 11, 18, 16, 0, tzinfo=UTC)}))

    assert html == '<time datetime="2026-11-19" title="2026-11-19">11月19日</time>'


def test_filters_say_nothing_for_nothing():
    source = "{% load when %}[{{ none|when }}{{ none|day }}{{ none|clause }}]"

    assert Template(source).render(Context({"none": None})) == "[]"


@pytest.mark.parametrize(
    ("number", "chinese", "english"),
    [
        ("4", "第四条", "Art. 4"),
        ("4.1", "第四条第 1 项", "Art. 4 (1)"),
        ("4.note", "第四条备注", "Art. 4 note"),
        ("3.(2)", "第三条（2）", "Art. 3, item (2)"),
        ("13", "第十三条", "Art. 13"),
        ("5,6", "第五条、第六条", "Art. 5, Art. 6"),
        ("附则", "附则", "附则"),
    ],
)
def test_clause_says_the_article_in_words(number, chinese, english):
    assert clause_words(number) == chinese
    with translation.override("en"):
        assert clause_words(number) == english


def test_clause_is_escaped():
    assert Template("{% load when %}{% clause n %}{{ n|clause }}").render(Context({"n": "<b>"})) == "&lt;b&gt;&lt;b&gt;"


@pytest.mark.parametrize(
    ("number", "words"), [(1, "一"), (9, "九"), (10, "十"), (11, "十一"), (20, "二十"), (32, "三十二"), (99, "九十九")]
)
def test_chinese_number(number, words):
    assert chinese_number(number) == words
