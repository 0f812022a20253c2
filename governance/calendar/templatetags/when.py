"""Times, dates and articles as an office writes them: 今天 14:30, 11月19日, 第四条第 1 项."""

import re
from datetime import date, datetime
from functools import lru_cache
from zoneinfo import ZoneInfo

from django import template
from django.conf import settings
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext, pgettext

register = template.Library()

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
DIGITS = "零一二三四五六七八九"


@lru_cache
def _zone(name: str) -> ZoneInfo:
    return ZoneInfo(name)


def organisation_zone() -> ZoneInfo:
    """The organisation's time; a reader elsewhere reads it too, since the deadlines are the office's."""
    return _zone(settings.TIME_ZONE)


def day_words(on: date, today: date) -> str:
    """A date as said on `today`: 今天, 昨天, 明天, 11月19日; with the year when it is another one."""
    match (on - today).days:
        case 0:
            return pgettext("date", "today")
        case -1:
            return pgettext("date", "yesterday")
        case 1:
            return pgettext("date", "tomorrow")
    # offers: {number}
    pattern = pgettext("date", "{day} {month}")
    if on.year != today.year:
        # offers: {number}
        pattern = pgettext("date", "{day} {month} {year}")
    return pattern.format(day=on.day, month=MONTHS[on.month - 1], number=on.month, year=on.year)


def when_words(at: datetime, now: datetime) -> str:
    """A moment as said at `now`: with the clock within a day of today, else the day alone."""
    zone = organisation_zone()
    local, today = at.astimezone(zone), now.astimezone(zone).date()
    words = day_words(local.date(), today)
    return f"{words} {local:%H:%M}" if abs((local.date() - today).days) <= 1 else words


@register.filter(is_safe=True)
def when(at: datetime | None) -> SafeString | str:
    """`<time>` with the moment in words and the full stamp as tooltip; nothing for None."""
    if not at:
        return ""
    local = at.astimezone(organisation_zone())
    return format_html(
        '<time datetime="{}" title="{}">{}</time>',
        local.isoformat(timespec="seconds"),
        f"{local:%Y-%m-%d %H:%M}",
        when_words(at, timezone.now()),
    )


@register.filter(is_safe=True)
def moment(at: datetime | None) -> SafeString | str:
    """Like `when`, always with the clock: for lists in which the minute counts."""
    if not at:
        return ""
    local, today = at.astimezone(organisation_zone()), timezone.now().astimezone(organisation_zone()).date()
    words = f"{day_words(local.date(), today)} {local:%H:%M}"
    return format_html('<time datetime="{}">{}</time>', local.isoformat(timespec="seconds"), words)


@register.filter(is_safe=True)
def day(on: date | None) -> SafeString | str:
    """`<time>` with a date in words; a moment counts as its day in the organisation's time; nothing for None."""
    if not on:
        return ""
    zone = organisation_zone()
    if isinstance(on, datetime):
        on = on.astimezone(zone).date()
    today = timezone.now().astimezone(zone).date()
    return format_html('<time datetime="{0}" title="{0}">{1}</time>', on.isoformat(), day_words(on, today))


def chinese_number(number: int) -> str:
    """1 to 99 in Chinese numerals: 四, 十, 十一, 二十, 三十二."""
    tens, ones = divmod(number, 10)
    head = "" if tens == 0 else "十" if tens == 1 else f"{DIGITS[tens]}十"
    return head + (DIGITS[ones] if ones or not tens else "")


ARTICLE = re.compile(
    r"^(?P<article>\d{1,2})(?:\.(?:(?P<note>note)|(?P<item>\d{1,2})|p(?P<paragraph>[1-9]\d?)"
    r"|[(（](?P<bracket>\d{1,2})[)）]))?$"
)


def clause_words(number: str) -> str:
    """An article number of a regulation file in words: "4", "4.1", "4.note", "3.(2)"; several stand with commas.

    What is not such a number stays as it is.
    """
    parts = [part.strip() for part in str(number).split(",")]
    return pgettext("between articles", ", ").join(map(_one_clause, parts))


def _one_clause(number: str) -> str:
    found = ARTICLE.match(number)
    if not found:
        return number
    words = {"article": int(found["article"]), "numeral": chinese_number(int(found["article"]))}
    if found["note"]:
        # offers: {numeral}
        return gettext("Art. {article} note").format(**words)
    if found["item"]:
        # offers: {numeral}
        return gettext("Art. {article} ({item})").format(item=found["item"], **words)
    if found["paragraph"]:
        ordinal = chinese_number(int(found["paragraph"]))
        # offers: {numeral}, {ordinal}
        return gettext("Art. {article}, paragraph {n}").format(n=found["paragraph"], ordinal=ordinal, **words)
    if found["bracket"]:
        # offers: {numeral}
        return gettext("Art. {article}, item ({item})").format(item=found["bracket"], **words)
    # offers: {numeral}
    return gettext("Art. {article}").format(**words)


@register.filter(name="clause")
def clause_filter(number: str | None) -> str:
    """`{{ duty.article|clause }}`: 第四条第 1 项; nothing for none."""
    return clause_words(number) if number else ""


@register.simple_tag
def clause(number: str) -> str:
    """`{% clause "4.1" %}`: 第四条第 1 项."""
    return clause_words(number)
