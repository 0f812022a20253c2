"""What waits and what failed around the pages, in numbers: for `/readyz`, whoever asks, and for the operations page."""

from datetime import datetime, timedelta
from typing import Any

from django.core.cache import caches
from django.db.models import Count, Min, Q

from governance.jobs.actions.sweeping import SILENT_TOO_LONG
from governance.jobs.models import Job
from governance.jobs.queries import NOBODY_CAME
from governance.notifications.models import Delivery

from .models import SCHEDULER, LastRun

UNDELIVERED_AFTER = timedelta(minutes=15)
FAILED_FOR = timedelta(days=7)  # how long a failed piece of work counts
REMEMBERED_SECONDS = 10  # anybody may ask, as often as he likes
WAITING = Q(state=Job.State.QUEUED)
RUNNING = Q(state=Job.State.RUNNING)


def is_stuck(now: datetime) -> Q:
    """Work that nobody took, or whose worker gives no sign of life."""
    untaken = WAITING & Q(created_at__lt=now - NOBODY_CAME - SILENT_TOO_LONG)
    return untaken | RUNNING & Q(heartbeat_at__lt=now - SILENT_TOO_LONG)


def has_failed(now: datetime) -> Q:
    return Q(state=Job.State.FAILED, ended_at__gte=now - FAILED_FOR)


def work_counts(now: datetime, **of: Any) -> dict[str, int]:
    """Long work by how it stands, of one organisation or of all: one statement."""
    open_or_failed = Job.objects.filter(WAITING | RUNNING | has_failed(now), **of).order_by()
    return open_or_failed.aggregate(
        waiting=Count("pk", filter=WAITING),
        running=Count("pk", filter=RUNNING),
        stuck=Count("pk", filter=is_stuck(now)),
        failed=Count("pk", filter=has_failed(now)),
    )


def numbers(*, now: datetime) -> dict[str, Any]:
    """Seconds and counts over all organisations, as plain JSON: no names, no addresses. Three statements, remembered
    for ten seconds. None where nothing of the kind was ever seen, or nothing waits."""
    found = caches["process"].get("backlog")
    if found is None:
        found = read_numbers(now)
        caches["process"].set("backlog", found, REMEMBERED_SECONDS)
    return found


def read_numbers(now: datetime) -> dict[str, Any]:
    runs = {run.name: run for run in LastRun.objects.all()}
    queued, failed = Q(state=Delivery.State.QUEUED), Q(state=Delivery.State.FAILED)
    outbox = Delivery.objects.filter(queued | failed).aggregate(
        waiting=Count("pk", filter=queued), failed=Count("pk", filter=failed), due=Min("next_try_at", filter=queued)
    )
    work = work_counts(now)
    ago = {name: seconds(run.started_at, now) for name, run in runs.items()}
    return {
        "scheduler_seconds_ago": ago.get(SCHEDULER),
        "worker_seconds_ago": ago.get("heartbeat"),
        "sweep_seconds_ago": ago.get("sweep"),
        "sealing_seconds_ago": ago.get("seal-events"),
        "scheduled_jobs_failed": sum(bool(run.complaint) for run in runs.values()),
        "messages_waiting": outbox["waiting"],
        "messages_overdue_seconds": max(0, seconds(outbox["due"], now)) if outbox["due"] else None,
        "messages_failed": outbox["failed"],
        "work_waiting": work["waiting"],
        "work_running": work["running"],
        "work_stuck": work["stuck"],
        "work_failed": work["failed"],
    }


def seconds(at: datetime, now: datetime) -> int:
    return int((now - at).total_seconds())
