"""The tick: jobs whose message or worker was lost are found again."""

from collections.abc import Callable
from datetime import datetime, timedelta

from django.db import models
from django.db.models.functions import Coalesce
from django.utils import translation

from ..models import Job
from .running import MOST_ATTEMPTS, gave_up
from .starting import send

QUEUED_TOO_LONG = timedelta(seconds=30)
SILENT_TOO_LONG = timedelta(minutes=5)


def sweep(*, now: datetime, at_most: int = 100, send: Callable[[int], object] = send) -> int:
    """Put jobs of silent workers back in the queue and send what waits there; returns how many were sent.

    A job sent twice is run once: the second worker finds it taken.
    """
    recover_silent(now)
    waiting = Job.objects.filter(state=Job.State.QUEUED).annotate(
        since=Coalesce("heartbeat_at", "created_at", output_field=models.DateTimeField())
    )
    found = list(waiting.filter(since__lte=now - QUEUED_TOO_LONG).order_by("created_at", "pk")[:at_most])
    for job in found:
        send(job.pk)
    return len(found)


def recover_silent(now: datetime) -> None:
    """Running jobs that gave no sign of life: back into the queue, or failed after the third attempt."""
    silent = Job.objects.filter(state=Job.State.RUNNING, heartbeat_at__lt=now - SILENT_TOO_LONG)
    silent.filter(attempts__lt=MOST_ATTEMPTS).update(state=Job.State.QUEUED)
    for job in silent.filter(attempts__gte=MOST_ATTEMPTS).select_related("started_by"):
        with translation.override(job.started_by.language):
            still = silent.filter(pk=job.pk, heartbeat_at=job.heartbeat_at)
            still.update(state=Job.State.FAILED, ended_at=now, complaint=gave_up())
