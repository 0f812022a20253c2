"""What HR types on the calendars' pages."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from governance.calendar.models import WorkCalendar
from governance.directory.forms import day_field

from .announcement import Announcement, read_days
from .patterns import BY_CODE, OWN, PATTERNS, WEEKDAYS, pattern_of


def time_field(**options: Any) -> forms.TimeField:
    """An hour with the browser's own clock."""
    return forms.TimeField(widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"), **options)


class YearForm(forms.Form):
    """The days of one year."""

    days = forms.CharField(
        label=gettext_lazy("Holidays and make-up days"),
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 14, "spellcheck": "false"}),
        help_text=gettext_lazy(
            "Paste the State Council's notice, or write one line a day: 2027-01-01 ~ 2027-01-03 off New Year. "
            "All other days follow the week."
        ),
    )

    def __init__(self, *args: Any, year: int, **options: Any) -> None:
        super().__init__(*args, **options)
        self.year = year
        self.announcement = Announcement()

    def clean_days(self) -> str:
        text = self.cleaned_data["days"]
        self.announcement = read_days(text, self.year)
        if self.announcement.errors:
            raise forms.ValidationError(self.announcement.errors)
        if not self.announcement.days:
            raise forms.ValidationError(_("No day of %(year)s stands there.") % {"year": self.year})
        return text


class HoursForm(forms.Form):
    """The week and the hours; cleans to the fields of a calendar."""

    pattern = forms.ChoiceField(
        label=gettext_lazy("Week"),
        choices=[*((pattern.code, pattern.label) for pattern in PATTERNS), (OWN, gettext_lazy("As ticked below"))],
    )
    weekdays = forms.MultipleChoiceField(
        label=gettext_lazy("Working days of a week as ticked"),
        required=False,
        choices=[(str(day), name) for day, name in enumerate(WEEKDAYS)],
        widget=forms.CheckboxSelectMultiple,
    )
    alternates_from = day_field(
        label=gettext_lazy("A day in a week of six days"),
        required=False,
        help_text=gettext_lazy("Only for alternate weeks: from it every second week has six days."),
    )
    opens = time_field(label=gettext_lazy("Work begins"))
    closes = time_field(
        label=gettext_lazy("Work ends"), help_text=gettext_lazy("What is due on a day is due at this hour.")
    )

    def clean(self) -> dict[str, Any]:
        said = super().clean()
        if said.get("opens") and said.get("closes") and said["opens"] >= said["closes"]:
            self.add_error("closes", _("Work ends after it begins."))
        if said.get("pattern") == OWN and not said.get("weekdays"):
            self.add_error("weekdays", _("Tick at least one day."))
        if said.get("pattern") == "alternate" and not said.get("alternates_from"):
            self.add_error("alternates_from", _("Name a day in a week of six days."))
        return said

    @property
    def hours(self) -> dict[str, Any]:
        """The fields of the calendar."""
        said = self.cleaned_data
        pattern = BY_CODE.get(said["pattern"])
        own = "".join("1" if str(day) in said["weekdays"] else "0" for day in range(7))
        return {
            "weekdays": pattern.weekdays if pattern else own,
            "alternate_weekdays": pattern.alternate if pattern else "",
            "alternates_from": said["alternates_from"] if pattern and pattern.alternate else None,
            "opens": said["opens"],
            "closes": said["closes"],
        }


class CalendarForm(HoursForm):
    """A new calendar: its name, its week, its hours."""

    name = forms.CharField(
        label=pgettext_lazy("a calendar", "Name"), max_length=WorkCalendar._meta.get_field("name").max_length
    )
    field_order = ("name",)

    def __init__(self, *args: Any, organisation_id: int, **options: Any) -> None:
        super().__init__(*args, **options)
        self.organisation_id = organisation_id

    def clean_name(self) -> str:
        name = " ".join(self.cleaned_data["name"].split())
        if WorkCalendar.objects.filter(organisation_id=self.organisation_id, name=name).exists():
            raise forms.ValidationError(_("There is a calendar of this name already."))
        return name


def hours_of(calendar: WorkCalendar) -> dict[str, Any]:
    """What stands in the form at first."""
    return {
        "pattern": pattern_of(calendar).code,
        "weekdays": [str(day) for day, mark in enumerate(calendar.weekdays) if mark == "1"],
        "alternates_from": calendar.alternates_from,
        "opens": calendar.opens,
        "closes": calendar.closes,
    }
