"""The weeks that companies work, by name. Pure."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext, pgettext_lazy

from governance.calendar.models import WorkCalendar

OWN = "own"
WEEKDAYS = (
    pgettext_lazy("weekday", "Mon"),
    pgettext_lazy("weekday", "Tue"),
    pgettext_lazy("weekday", "Wed"),
    pgettext_lazy("weekday", "Thu"),
    pgettext_lazy("weekday", "Fri"),
    pgettext_lazy("weekday", "Sat"),
    pgettext_lazy("weekday", "Sun"),
)


@dataclass(frozen=True)
class Pattern:
    """`alternate` is the other week's, where two kinds of week follow each other."""

    code: str
    label: str | Promise
    weekdays: str
    alternate: str = ""


PATTERNS = (
    Pattern("five", gettext_lazy("Five days, Monday to Friday"), "1111100"),
    Pattern("six", gettext_lazy("Six days, Monday to Saturday"), "1111110"),
    Pattern("alternate", gettext_lazy("Alternate weeks: six days, then five"), "1111110", "1111100"),
    Pattern("sales", gettext_lazy("Sales office: Wednesday to Sunday"), "0011111"),
)
BY_CODE = {pattern.code: pattern for pattern in PATTERNS}


def pattern_of(calendar: WorkCalendar) -> Pattern:
    """The week that the calendar works; one of its own where no name fits."""
    for pattern in PATTERNS:
        if (pattern.weekdays, pattern.alternate) == (calendar.weekdays, calendar.alternate_weekdays):
            return pattern
    return Pattern(OWN, weekdays_words(calendar.weekdays), calendar.weekdays, calendar.alternate_weekdays)


def weekdays_words(marks: str) -> str:
    """The weekdays of "1111100" in words."""
    joined = pgettext("between listed words", ", ")
    return joined.join(str(name) for name, mark in zip(WEEKDAYS, marks, strict=True) if mark == "1")


def hours_words(calendar: WorkCalendar) -> str:
    """Five days, Monday to Friday, 09:00–18:00."""
    return _("%(week)s, %(opens)s–%(closes)s") % {
        "week": pattern_of(calendar).label,
        "opens": f"{calendar.opens:%H:%M}",
        "closes": f"{calendar.closes:%H:%M}",
    }
