"""Working days and hours: one calendar per company or shared by several."""

from datetime import time

from django.db import models

from governance.accounts.models import Organisation


class WorkCalendar(models.Model):
    """A weekly pattern and working hours; single days that differ stand in `CalendarDay`.

    With alternate weeks (大小周) the week of `alternates_from` follows `weekdays`, the next one `alternate_weekdays`.
    `changed_at`: the last edit; what was opened about then may still have been counted by the calendar before it.
    """

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="calendars")
    name = models.CharField(max_length=50)
    weekdays = models.CharField(max_length=7, default="1111100")  # Monday first, 1 = working
    alternate_weekdays = models.CharField(max_length=7, blank=True)
    alternates_from = models.DateField(null=True, blank=True)
    opens = models.TimeField(default=time(9, 0))
    closes = models.TimeField(default=time(18, 0))
    is_default = models.BooleanField(default=False)
    changed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-is_default", "name"]
        constraints = [
            models.UniqueConstraint(fields=["organisation", "name"], name="calendar_name_once"),
            models.UniqueConstraint(
                fields=["organisation"], condition=models.Q(is_default=True), name="one_default_calendar"
            ),
            models.CheckConstraint(
                condition=models.Q(opens__lt=models.F("closes")), name="calendar_opens_before_closing"
            ),
            models.CheckConstraint(
                condition=models.Q(alternates_from=None, alternate_weekdays="")
                | models.Q(alternates_from__isnull=False) & ~models.Q(alternate_weekdays=""),
                name="calendar_alternates_from_a_day",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class CalendarDay(models.Model):
    """A day that differs from the weekly pattern: a public holiday, or a make-up day (调休)."""

    calendar = models.ForeignKey(WorkCalendar, on_delete=models.CASCADE, related_name="days")
    on = models.DateField()
    is_working = models.BooleanField()
    name = models.CharField(max_length=50, blank=True)

    class Meta:
        ordering = ["on"]
        constraints = [models.UniqueConstraint(fields=["calendar", "on"], name="calendar_day_once")]

    def __str__(self) -> str:
        return f"{self.on} {self.name}"


class CalendarYear(models.Model):
    """A year whose days were entered. Dates in any other year are provisional (暂定)."""

    calendar = models.ForeignKey(WorkCalendar, on_delete=models.CASCADE, related_name="years")
    year = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["year"]
        constraints = [models.UniqueConstraint(fields=["calendar", "year"], name="calendar_year_once")]

    def __str__(self) -> str:
        return str(self.year)
