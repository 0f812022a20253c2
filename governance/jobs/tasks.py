"""What the worker and the schedule call."""

from datetime import datetime

from celery import shared_task
from django.utils import timezone

from . import actions


@shared_task(name="governance.jobs.tasks.run_job_row")
def run_job_row(job_id: int) -> None:
    """The message about one row. Lost, the tick finds the row; twice, the second finds it taken."""
    actions.run(job_id, now=timezone.now())


def tick(*, now: datetime) -> int:
    """Find lost jobs again; returns how many were sent."""
    return actions.sweep(now=now)


def purge(*, now: datetime) -> int:
    """Remove the files of old jobs; returns of how many."""
    return actions.purge_finished(now=now)
