"""Running what the schedule names, and remembering how it went."""

import inspect
from collections.abc import Callable
from datetime import datetime

from celery import shared_task
from celery.signals import before_task_publish
from django.db import close_old_connections
from django.utils import timezone
from django.utils.module_loading import import_string

from governance.schedule import BY_NAME, RUNNER

from .models import SCHEDULER, LastRun


@shared_task
def run_scheduled(name: str) -> None:
    """Run one job of the schedule now. `now` is read here, once, and passed down."""
    run(name, now=timezone.now())


def run(name: str, *, now: datetime) -> object:
    """Run one job in this process as at `now`; its error is written down and goes on to the caller."""
    LastRun.objects.update_or_create(
        name=name, defaults={"started_at": timezone.now(), "ended_at": None, "result": "", "complaint": ""}
    )
    run_of = LastRun.objects.filter(name=name)
    try:
        result = call(import_string(BY_NAME[name].task), now)
    except Exception as failed:
        run_of.update(ended_at=timezone.now(), complaint=f"{type(failed).__name__}: {failed}"[:300])
        raise
    run_of.update(ended_at=timezone.now(), result="" if result is None else str(result)[:200])
    return result


def call(task: Callable[..., object], now: datetime) -> object:
    """Call a task, with the moment if it asks for one: some have nothing to do with the time."""
    asks = inspect.signature(getattr(task, "run", task)).parameters
    return task(now=now) if "now" in asks else task()


def heartbeat(*, now: datetime) -> None:
    """Nothing: that it ran is what counts."""


@before_task_publish.connect(sender=RUNNER)
def note_scheduler(body: tuple = (), **_about: object) -> None:
    """The scheduler leaves word that it lives, whenever it sends the heartbeat: so a silent scheduler and a silent
    worker can be told apart. Only the scheduler sends jobs of the schedule."""
    if tuple(body[0]) == ("heartbeat",):
        close_old_connections()
        LastRun.objects.update_or_create(name=SCHEDULER, defaults={"started_at": timezone.now()})
