"""The desk's first sentence: 11月24日 周二 · 3 件待您决定，最早一件已等 3 个工作日."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from governance.calendar.queries import working_time
from governance.calendar.templatetags.when import MONTHS

from .badge import Badge
from .cards import Reader


@dataclass(frozen=True)
class Lede:
    """The day, the number that matters, and what is to be said about it."""

    day: str
    count: str
    rest: str


def lede_of(badge: Badge, reader: Reader, organisation_id: int, *, on: date) -> Lede:
    """To an executive lateness is how long the oldest has waited; to others how many are past their time."""
    if not badge.waiting:
        return Lede(weekday_and_date(on), "", _("Nothing waits for you."))
    return Lede(weekday_and_date(on), count_words(badge, reader), rest_words(badge, reader, organisation_id))


def count_words(badge: Badge, reader: Reader) -> str:
    if reader.executive:
        words = ngettext("{n} matter waits for your decision", "{n} matters wait for your decision", badge.waiting)
    else:
        words = ngettext("{n} duty waits for you", "{n} duties wait for you", badge.waiting)
    return words.format(n=badge.waiting)


def rest_words(badge: Badge, reader: Reader, organisation_id: int) -> str:
    if badge.late and not reader.executive:
        words = ngettext("{n} of them past its time", "{n} of them past their time", badge.late)
        return words.format(n=badge.late)
    days = working_time(organisation_id).waited(badge.oldest, reader.now)
    if days == 0:
        return _("all came in today")
    words = ngettext("the oldest has waited {days} working day", "the oldest has waited {days} working days", days)
    return words.format(days=days)


def weekday_and_date(on: date) -> str:
    """11月24日 周二; Tuesday 24 Nov."""
    weekday = [_("Mon"), _("Tue"), _("Wed"), _("Thu"), _("Fri"), _("Sat"), _("Sun")][on.weekday()]
    pattern = pgettext("date", "{day} {month}").format(
        day=on.day, month=MONTHS[on.month - 1], number=on.month, year=on.year
    )
    return pgettext("date and weekday", "{weekday} {date}").format(weekday=weekday, date=pattern)
