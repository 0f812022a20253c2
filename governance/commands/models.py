"""When each scheduled job last ran, and how it ended."""

from django.db import models

SCHEDULER = "scheduler"  # the row the scheduler itself writes whenever it sends the heartbeat


class LastRun(models.Model):
    """One row for each job of `governance/schedule.py`, and one for the scheduler.

    `ended_at` is empty while it runs, or after it was killed.
    """

    name = models.SlugField(primary_key=True, max_length=40)
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    result = models.CharField(max_length=200, blank=True)
    complaint = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return f"{self.name} {self.started_at:%Y-%m-%d %H:%M}"
