"""Reading the days of a year as people paste them: one line a day, or the State Council's notice as it stands. Pure.

2027-02-06 班 春节 · 2027年1月1日至3日放假 元旦
春节：2月5日（周五）至11日（周四）放假调休，共7天。2月20日（周六）上班。
"""

import re
from dataclasses import dataclass, field
from datetime import date
from itertools import groupby

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from governance.calendar.rules import ONE_DAY

LONGEST_NAME = 50
DATES = re.compile(
    r"(?<!\d)(?:(?P<year>\d{4})\s*[年\-/.]\s*)?(?P<month>\d{1,2})\s*[月\-/.]\s*(?P<day>\d{1,2})(?!\d)\s*[日号]?"
    r"(?:\s*(?:至|到|~|～|–|—+|-)\s*"
    r"(?:(?P<last_year>\d{4})\s*[年\-/.]\s*)?(?:(?P<last_month>\d{1,2})\s*[月\-/.]\s*)?(?P<last_day>\d{1,2})(?!\d)\s*[日号]?)?"
)
BRACKETS = re.compile(r"[（(][^）)]*[）)]")
CLAUSES = re.compile(r"[。；;，,]")
COUNTING = re.compile(r"[一二三四五六七八九十]+、")
OFF = re.compile(r"放假|休息|\boff\b|\bholiday\b", re.IGNORECASE)
WORKED = re.compile(r"上班|补班|班|\bwork(?:ed|ing)?\b", re.IGNORECASE)
WORDS = re.compile(r"放假|休息|上班|补班|调休|休|班|\boff\b|\bholiday\b|\bwork(?:ed|ing)?\b|[、：:·\s]+", re.IGNORECASE)


@dataclass(frozen=True)
class Day:
    """A day that differs from the week, or belongs to a holiday."""

    on: date
    is_working: bool
    name: str = ""


@dataclass
class Announcement:
    """The days found; `unread` are lines without a day of that year; `errors` say what cannot be meant."""

    days: dict[date, Day] = field(default_factory=dict)
    unread: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)


def read_days(text: str, year: int) -> Announcement:
    """Every day that the lines name; without a word for it a day is off."""
    found = Announcement()
    for number, line in enumerate(text.splitlines(), start=1):
        if line.strip() and not read_line(BRACKETS.sub("", line), number, year, found):
            found.unread.append(line.strip()[:100])
    return found


def read_line(line: str, number: int, year: int, found: Announcement) -> bool:
    """Whether the line named a day of the year, or something that cannot be one."""
    heading, _colon, rest = line.replace(":", "：").partition("：")
    heading = COUNTING.sub("", heading).strip()
    if not rest or DATES.search(heading):
        heading, rest = "", line
    read = False
    for clause in CLAUSES.split(rest):
        dates = list(DATES.finditer(clause))
        name = (heading or WORDS.sub(" ", DATES.sub(" ", clause)).strip())[:LONGEST_NAME]
        is_working = not OFF.search(clause) and bool(WORKED.search(clause) or clause.strip().endswith("调休"))
        for match in dates:
            read = read_dates(match, Day(date.min, is_working, name), number, year, found) or read
    return read


def read_dates(match: re.Match[str], like: Day, number: int, year: int, found: Announcement) -> bool:
    """The day, or each day from the first to the last; False for those of another year."""
    said = {name: int(value) for name, value in match.groupdict().items() if value}
    try:
        first = date(said.get("year", year), said["month"], said["day"])
        last = first
        if "last_day" in said:
            months = said.get("last_month", first.month)
            last = date(said.get("last_year", first.year), months, said["last_day"])
    except ValueError:
        found.errors.append(_("Line %(n)s: there is no day “%(words)s”.") % {"n": number, "words": match[0].strip()})
        return True
    if year not in (first.year, last.year):
        return False
    if first.year != year or last.year != year or last < first:
        found.errors.append(
            _("Line %(n)s: “%(words)s” must begin and end in %(year)s, in this order.")
            % {"n": number, "words": match[0].strip(), "year": year}
        )
        return True
    while first <= last:
        add(Day(first, like.is_working, like.name), number, found)
        first += ONE_DAY
    return True


def add(day: Day, number: int, found: Announcement) -> None:
    """One day, unless it was said to be the opposite before."""
    before = found.days.get(day.on)
    if before is not None and before.is_working != day.is_working:
        found.errors.append(
            _("Line %(n)s: %(day)s is said to be both off and worked.") % {"n": number, "day": day.on.isoformat()}
        )
        return
    found.days[day.on] = day


def as_text(days: list[Day]) -> str:
    """The days as lines that `read_days()` reads again, neighbours of one name and kind together."""
    ordered = sorted(days, key=lambda day: day.on)
    runs = groupby(
        enumerate(ordered), lambda pair: (pair[1].on.toordinal() - pair[0], pair[1].is_working, pair[1].name)
    )
    return "\n".join(line_of([day for _place, day in run]) for _alike, run in runs)


def line_of(days: list[Day]) -> str:
    """2027-01-01 ~ 2027-01-03 休 元旦"""
    first, last = days[0], days[-1]
    when = first.on.isoformat() if len(days) == 1 else f"{first.on.isoformat()} ~ {last.on.isoformat()}"
    word = pgettext("a line of the calendar", "work") if first.is_working else pgettext("a line of the calendar", "off")
    return f"{when} {word} {first.name}".strip()
