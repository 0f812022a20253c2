"""What the worker and the schedule call."""

from celery import shared_task
from django.utils import timezone

from . import actions


@shared_task(name="governance.jobs.tasks.run_job_row", ignore_result=True)
def run_job_row(job_id: int) -> None:
    actions.run(job_id, now=timezone.now())


@shared_task(name="governance.jobs.tasks.tick", ignore_result=True)
def tick() -> None:
    """Every half minute: find lost jobs again."""
    actions.sweep(now=timezone.now())


@shared_task(name="governance.jobs.tasks.purge", ignore_result=True)
def purge() -> None:
    """Every night: remove the files of old jobs."""
    actions.purge_finished(now=timezone.now())
